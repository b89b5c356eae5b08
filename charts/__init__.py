"""Draws the pictures of the figures, each in a process that ends with it: `python -m charts`.

The bot imports nothing of it but `charts.specs`, so that it never carries the libraries that draw.
It knows no course, no language and no database: every word and number comes with the order.
"""
