"""Where facts are kept; the only place with SQL."""
