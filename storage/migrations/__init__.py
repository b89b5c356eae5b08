"""Alembic revisions; each runs one .sql file that SQLite and PostgreSQL both understand."""
