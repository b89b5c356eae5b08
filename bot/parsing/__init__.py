"""Text that people type becomes values: dates, time zones, answers. Pure."""
