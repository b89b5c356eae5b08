"""People talk with the real bot over the simulator."""
