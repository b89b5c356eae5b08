"""The colours of all pictures, and the contrast between them.

The two accents come from the palette of Okabe and Ito (2008), made for people who see colours
differently: bluish green and orange, darkened until text in them can be read on white. A colour
never carries a meaning alone; words or shapes say the same.
"""

from typing import NewType

Colour = NewType("Colour", str)
"""Red, green and blue as `#RRGGBB`."""

WHITE = Colour("#FFFFFF")
INK = Colour("#1B2A2E")
SOFT = Colour("#44535A")
"""Ink for what may be read last: notes and sources."""

OUTLINE = Colour("#6B7C83")
"""For edges and lines that carry meaning."""

MIST = Colour("#F1F4F3")
"""The ground of what stands apart."""

GREEN = Colour("#00664F")
PALE_GREEN = Colour("#DFF0E9")
ORANGE = Colour("#8F4700")
PALE_ORANGE = Colour("#FDEBCF")

ALL = (WHITE, INK, SOFT, OUTLINE, MIST, GREEN, PALE_GREEN, ORANGE, PALE_ORANGE)

LEAST_CONTRAST = 4.5
"""Of any text with its ground. WCAG 2.2, success criterion 1.4.3, level AA."""

_DARKEST = 0.04045
"""Up to here light grows evenly with the part of a colour. IEC 61966-2-1 (sRGB)."""

_LIGHT = (0.2126, 0.7152, 0.0722)
"""What red, green and blue add to lightness. WCAG 2.2, definition of relative luminance."""


def channels(colour: Colour) -> tuple[float, float, float]:
    """Red, green and blue in linear light, from 0 to 1. WCAG 2.2, relative luminance."""
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: Colour) -> float:
    """Relative luminance of `colour`, from 0 for black to 1 for white."""
    return sum(part * share for part, share in zip(channels(colour), _LIGHT, strict=True))


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, from 1 for equal luminance to 21 for black on white. WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def linear(part: float) -> float:
    """Convert a colour component to linear light, both from 0 to 1. IEC 61966-2-1 (sRGB)."""
    return part / 12.92 if part <= _DARKEST else ((part + 0.055) / 1.055) ** 2.4
