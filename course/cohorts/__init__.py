"""Audiences, who may need help, digests and placeholders. Pure rules."""
