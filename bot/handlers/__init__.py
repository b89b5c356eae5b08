"""Handlers: unpack an update, call an action, render its outcome. Thin."""
