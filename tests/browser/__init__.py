"""Tests that look at the chat page as a person does, in a real browser."""
