"""The pictures, one file each; the `picture` of a module lists what it may say."""

from collections.abc import Callable
from types import MappingProxyType

from drawing.pictures import (
    consent,
    continuum,
    conventions,
    evidence,
    pathway,
    spectrum,
    stages,
    treatment_gap,
)
from drawing.sheet import Sheet

PICTURES = MappingProxyType[str, Callable[[], Sheet]](
    {
        "m1": treatment_gap.draw,
        "m2": spectrum.draw,
        "m3": continuum.draw,
        "m4": conventions.draw,
        "m5": consent.draw,
        "m6": stages.draw,
        "m7": pathway.draw,
        "m7b": evidence.draw,
    }
)
"""The name of each picture's file, without its folder and `.png`, and what draws it."""
