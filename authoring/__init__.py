"""What only authors run: the craft linter, reports on a course, and differences of two editions."""
