"""The data of buttons: every verb there is, with what stands behind it at its bounds and past."""

from collections.abc import Iterator, Sequence
from random import Random

from bot.callback_data import (
    LONGEST,
    SCREENS,
    SETTINGS,
    SNOOZES,
    WISHES,
)
from bot.handlers.permissions import BUTTONS, VERBS
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

_WORTH = ("", 9 * "9", 40 * "9", "-1")

# The share of presses of which the verb is another than that of a button that was shown.
_OTHER_VERB = 0.5

_LEARNERS = {
    "s": SCREENS,
    "x": tuple(f"{setting}:1" for setting in SETTINGS if setting != "forget"),
    "w": tuple(f"{wish}:" for wish in WISHES),
    "z": SNOOZES,
}


def press(person: int, data: str, message: int = 1) -> Odd:
    """Somebody presses something that says `data`; the Bot API bounds it by 64 bytes."""
    while len(data.encode()) > LONGEST:
        data = data[:-1]
    query = {
        "id": str(person),
        "from": user(person),
        "chat_instance": "1",
        "data": data,
        "message": {"message_id": message, "date": 0, "chat": private(person)},
    }
    return odd({"callback_query": query}, sender=person)


def every_button(people: Sequence[int], numbers: Sequence[int]) -> Iterator[Odd]:
    """Each kind of button once with what is worth a try, pressed by each of `people`.

    Args:
        numbers: ids of what there is.
    """
    for number, (verb, what) in enumerate(BUTTONS):
        for turn, value in enumerate(_WORTH):
            known = numbers[(number + turn) % len(numbers)]
            person = people[turn % len(people)]
            yield press(person, f"{verb}:{what}:{known}:{value}")
            yield press(person, f"{verb}:{what}:{value}:{value}")
    for verb in VERBS:
        for value in (*_LEARNERS.get(verb, ()), *NUMBERS):
            yield press(people[0], f"{verb}:{value}")


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
        parts[:2] = random.choice((random.choice([*BUTTONS]), (random.choice([*VERBS]),)))
    return press(random.choice(people), ":".join(parts), random.choice((1, 2, 40, 2**31 - 1)))
