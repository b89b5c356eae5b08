"""The data of buttons: every verb there is, with what stands behind it at its bounds and past."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import cycle
from random import Random

from bot.callback_data import MAX_BYTES, PREFERENCES, SCREENS, SETTINGS, SNOOZE_CHOICES
from bot.handlers.presses import MANAGE_PERMISSIONS
from tests.fuzz.updates import Odd, odd, private, user
from tests.fuzz.values import PAST

NUMBERS = (
    "0", "1", "-1", "7", "999", "1000", "1440", "00", "", "-0", "1e9", "0x1", "1_0", " 1", "1.5",
    "\N{ARABIC-INDIC DIGIT ONE}", "\N{SUPERSCRIPT TWO}", "NaN", 9 * "9", 10 * "9", 18 * "9",
    19 * "9", 40 * "9", *map(str, PAST[:-1]),
)  # fmt: skip
"""Numbers as somebody may write them into a button."""

VALUES = (
    *NUMBERS, "one", "name", "anew", "off", "csv", "admin", "facilitator", "cohort.2001",
    "7.finishing", "zone", "capacity", "en", "xx-" + 40 * "y", "Africa/Nairobi", "../../etc/passwd",
    "2026-02-30", "2099-12-31", "2000-01-01", "m1q1", "m1l1c1", "m1q1#1", "a", "a.b", ".", "...",
    "-", "+", 40 * "a", "\x00", "%s", "{0}", "'--", "\N{THUMBS UP SIGN}", "hour", "1439", "30",
)  # fmt: skip
"""Whatever else may stand behind the last colon."""

LEARNERS_VERBS = (*"cnatprflsxwzoy",)
"""The first letters of the buttons of learners (bot/callback_data.py)."""

_WORTH = (40 * "9", 9 * "9", "-1")

# The share of presses of which the verb is another than that of a button that was shown.
_OTHER_VERB = 0.5

_LEARNERS = {
    "s": SCREENS,
    "x": tuple(f"{setting}:1" for setting in SETTINGS if setting != "forget"),
    "w": tuple(f"{wish}:" for wish in PREFERENCES),
    "z": SNOOZE_CHOICES,
}


def press(person: int, data: str, message: int = 1) -> Odd:
    """Somebody presses something that says `data`; the Bot API bounds it by 64 bytes."""
    while len(data.encode()) > MAX_BYTES:
        data = data[:-1]
    query = {
        "id": str(person),
        "from": user(person),
        "chat_instance": "1",
        "data": data,
        "message": {"message_id": message, "date": 0, "chat": private(person)},
    }
    return odd({"callback_query": query}, sender=person)


def every_button(
    people: Sequence[int], numbers: Sequence[int], shown: Sequence[str]
) -> Iterator[Odd]:
    """Each kind of button about what there is, and with each of `_WORTH`, pressed by `people`.

    Args:
        numbers: ids of what there is.
        shown: data of buttons that were shown, which tell what a verb may be about.
    """
    for verb, what in MANAGE_PERMISSIONS:
        for number in _newest(verb, shown) or numbers:
            yield from (press(person, f"{verb}:{what}:{number}:") for person in people)
    turns = cycle(people)
    for value in _WORTH:
        for verb, what in MANAGE_PERMISSIONS:
            number = (_newest(verb, shown) or numbers)[-1]
            yield press(next(turns), f"{verb}:{what}:{number}:{value}")
            yield press(next(turns), f"{verb}:{what}:{value}:{value}")
    for verb in LEARNERS_VERBS:
        for value in (*_LEARNERS.get(verb, ()), *NUMBERS):
            yield press(next(turns), f"{verb}:{value}")


@cache
def _newest(verb: str, shown: Sequence[str]) -> tuple[int, ...]:
    """The latest two things that a verb's buttons were about; later ones have higher numbers."""
    parts = (data.split(":") for data in shown if data.startswith(f"{verb}:"))
    found = {int(part[2]) for part in parts if part[2:] and part[2].isdecimal()}
    return tuple(sorted(found - {0})[-2:])


def button(random: Random, people: Sequence[int], shown: Sequence[str]) -> Odd:
    """A press by one of `people`.

    Args:
        shown: data of buttons that were really shown, of which one part or another is changed.
    """
    parts = random.choice(shown).split(":")
    for _ in range(random.choice((0, 1, 1, 2))):
        known = random.choice(random.choice(shown).split(":"))
        parts[random.randrange(len(parts))] = random.choice((known, random.choice(VALUES)))
    if random.random() < _OTHER_VERB:
        parts[:2] = random.choice(
            (random.choice([*MANAGE_PERMISSIONS]), (random.choice(LEARNERS_VERBS),))
        )
    return press(random.choice(people), ":".join(parts), random.choice((1, 2, 40, 2**31 - 1)))
