"""Simulates colour blindness, print without colour, and a phone's size.

For looking at; no test can see whether a picture is clear.
"""

from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from PIL import Image

from drawing.palette import Colour, linear

ColourMatrix: TypeAlias = tuple[tuple[float, float, float], ...]
"""Gives red, green and blue as seen from red, green and blue as painted, in linear light."""

VISION_MATRICES = MappingProxyType[str, ColourMatrix](
    {
        "protanopia": (
            (0.152286, 1.052583, -0.204868),
            (0.114503, 0.786281, 0.099216),
            (-0.003882, -0.048116, 1.051998),
        ),
        "deuteranopia": (
            (0.367322, 0.860646, -0.227968),
            (0.280085, 0.672501, 0.047413),
            (-0.011820, 0.042940, 0.968881),
        ),
        "tritanopia": (
            (1.255528, -0.076749, -0.178779),
            (-0.078411, 0.930809, 0.147602),
            (0.004733, 0.691367, 0.303900),
        ),
        "grey": ((0.2126, 0.7152, 0.0722),) * 3,
    }
)
"""Machado, Oliveira and Fernandes (2009), severity 1.0; grey: relative luminance as in WCAG 2.2."""

PHONE = 360
"""Pixels that a small phone gives to a picture's width."""


def simulate_vision(image: Image.Image, by: ColourMatrix) -> Image.Image:
    """Transform `image` by a colour matrix."""
    levels = np.array([linear(level / 255) for level in range(256)])
    painted = levels[np.asarray(image.convert("RGB"))]
    other = np.clip(painted @ np.asarray(by).T, 0, 1)
    middles = (levels[1:] + levels[:-1]) / 2
    return Image.fromarray(np.searchsorted(middles, other).astype(np.uint8))


def simulate_vision_of_colour(colour: Colour, by: ColourMatrix) -> Colour:
    """Transform one colour by a colour matrix."""
    pixel = Image.new("RGB", (1, 1), colour)
    red, green, blue = np.asarray(simulate_vision(pixel, by))[0, 0]
    return Colour(f"#{red:02X}{green:02X}{blue:02X}")


def scale_to_phone(image: Image.Image) -> Image.Image:
    """Scale `image` to the size shown on a phone."""
    size = PHONE, round(image.height * PHONE / image.width)
    return image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
