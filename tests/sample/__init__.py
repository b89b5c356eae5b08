"""The small world of the demo."""
