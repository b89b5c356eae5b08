"""Thin: unpack an update, act, render, send."""
