"""How the process is, for its health server and for /status."""
