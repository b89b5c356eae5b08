"""Pseudonyms for learners who chose no name: friendly, stable and anonymous.

Pure. A pseudonym depends on a secret key, the cohort and the learner: without the key nobody can
find the learner from it, and the learner has another one in another cohort.
"""

import hashlib
from collections.abc import Iterator
from hmac import digest
from itertools import count

# Words that are friendly in all countries we know: no animals, skin or party colours, or people.
_FIRST = (
    "Amber", "Autumn", "Azure", "Breezy", "Bright", "Calm", "Clear", "Copper", "Coral", "Crystal",
    "Dewy", "Early", "Fair", "Fresh", "Gentle", "Glad", "Golden", "Indigo", "Ivory", "Jade",
    "Kind", "Late", "Lemon", "Light", "Lilac", "Lively", "Lunar", "Maple", "Merry", "Mild", "Misty",
    "Morning", "Noble", "Northern", "Opal", "Patient", "Pearl", "Plain", "Proud", "Quick", "Quiet",
    "Rapid", "Rosy", "Sandy", "Shady", "Silent", "Silver", "Smooth", "Snowy", "Soft", "Solar",
    "Southern", "Steady", "Summer", "Sunny", "Swift", "Tall", "Tidal", "Topaz", "Upland", "Violet",
    "Warm", "Windy", "Winter",
)  # fmt: skip
_SECOND = (
    "Acacia", "Almond", "Baobab", "Basil", "Bay", "Beech", "Birch", "Bridge", "Brook", "Canyon",
    "Cedar", "Cliff", "Cloud", "Coast", "Comet", "Cotton", "Cypress", "Delta", "Desert", "Dune",
    "Elm", "Fern", "Field", "Fjord", "Forest", "Garden", "Glacier", "Grove", "Harbour", "Hazel",
    "Hill", "Island", "Jasmine", "Juniper", "Lagoon", "Lake", "Lantern", "Lotus", "Mango", "Meadow",
    "Mint", "Moon", "Mountain", "Oak", "Oasis", "Olive", "Orchard", "Palm", "Pebble", "Pine",
    "Plateau", "Rain", "Reef", "River", "Sage", "Sail", "Shore", "Spring", "Star", "Stream",
    "Thyme", "Valley", "Water", "Willow",
)  # fmt: skip
_FROM, _TO = 10, 100


def generate_pseudonyms(key: bytes, cohort: int, learner: int) -> Iterator[str]:
    """Generate endless candidates for a learner in a cohort; use the first that is not taken."""
    for number in count():
        yield _name(digest(key, f"{cohort}:{learner}:{number}".encode(), hashlib.sha256))


def _name(hashed: bytes) -> str:
    number = int.from_bytes(hashed)
    number, first = divmod(number, len(_FIRST))
    number, second = divmod(number, len(_SECOND))
    return f"{_FIRST[first]} {_SECOND[second]} {_FROM + number % (_TO - _FROM)}"
