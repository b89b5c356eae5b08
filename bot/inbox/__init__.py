"""How updates come in and are never lost: inbox, retries, flood control, duplicate presses."""
