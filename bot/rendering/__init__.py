"""Renderers: outcomes become texts and buttons. Pure; every sentence passes through gettext."""
