"""How messages that nobody waits for go out: outbox, lease, delivery results."""
