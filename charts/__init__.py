"""Renders charts of statistics, each in a short-lived subprocess: `python -m charts`.

The bot imports only `charts.specs`, so that it never loads the drawing libraries. Independent of
course, language and database: every word and number is in the spec.
"""
