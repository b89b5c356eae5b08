"""Draws the pictures of the course: `python -m drawing`, or `make pictures`.

Nothing that runs in the bot imports this package; the bot sends the PNG files that are in the
course's folder. It reads no file, fetches nothing, and knows no fact: what a picture may say
stands in the module that shows it.
"""
