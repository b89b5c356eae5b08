"""Pseudonyms for learners who chose no name: friendly, stable and anonymous.

Pure. A pseudonym depends on a secret key, the cohort and the learner: without the key nobody can
find the learner from it, and the learner has another one in another cohort.
"""

import hashlib
from collections.abc import Iterator
from hmac import digest
from itertools import count

# Words that are friendly in all countries we know: no animals, skin or party colours, or people,
# and none with a second meaning where drugs, custody or despair are spoken of; a test lists such.
# Names given before stay as they are: they are stored with the membership.
_FIRST = (
    "Agile", "Alpine", "Arctic", "Autumn", "Azure", "Breezy", "Bright", "Brisk", "Calm", "Cheerful",
    "Civic", "Coral", "Cosy", "Dewy", "Early", "Eastern", "Friendly", "Gentle", "Glad", "Global",
    "Graceful", "Grateful", "Hilly", "Indigo", "Inland", "Jade", "Keen", "Lilac", "Lively", "Local",
    "Lunar", "Maple", "Mild", "Modern", "Morning", "Nimble", "Noble", "Opal", "Ornate", "Plain",
    "Polite", "Punctual", "Quiet", "Rural", "Rustic", "Scenic", "Sincere", "Smooth", "Solar",
    "Southern", "Steady", "Sturdy", "Summer", "Tall", "Thankful", "Tidal", "Tidy", "Topaz",
    "Upland", "Violet", "Warm", "Western", "Windy", "Winter",
)  # fmt: skip
_SECOND = (
    "Acacia", "Alder", "Almond", "Apricot", "Aspen", "Baobab", "Basil", "Bay", "Beacon", "Beech",
    "Brook", "Canyon", "Cape", "Cedar", "Comet", "Compass", "Cove", "Desert", "Dune", "Elm",
    "Estuary", "Field", "Fjord", "Forest", "Fountain", "Garden", "Grove", "Guava", "Harbour",
    "Hill", "Horizon", "Inlet", "Island", "Jasmine", "Lagoon", "Lake", "Lantern", "Larch", "Laurel",
    "Linden", "Magnolia", "Mango", "Meadow", "Mountain", "Oak", "Oasis", "Olive", "Orchard",
    "Papaya", "Pine", "Poplar", "Prairie", "Rain", "Ridge", "River", "Rowan", "Sail", "Savanna",
    "Shore", "Spruce", "Stream", "Terrace", "Valley", "Walnut", "Willow", "Woodland",
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
