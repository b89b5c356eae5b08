"""Benchmarks of this bot beside others, in one run: `python -m bench` prints the table."""
