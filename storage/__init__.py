"""Stores everything in SQLite or PostgreSQL; the only package with SQL."""
