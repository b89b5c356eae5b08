"""Outcomes become words and buttons; pure. Every sentence passes through gettext."""
