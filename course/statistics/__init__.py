"""Figures, funnels, item analysis, and which numbers are too small to show. Pure."""
