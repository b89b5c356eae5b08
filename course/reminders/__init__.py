"""When the next reminder is due, of what, and why. Pure rules."""
