"""What somebody may type: each command, and texts without one, with the worst 4,096 characters."""

from collections.abc import Iterator, Sequence
from random import Random

from bot.handlers.commands import COMMANDS
from simulator.entities import tidy
from tests.fuzz.updates import Odd, odd, private, user
from tests.support.running import NOON

LONGEST = 4096
"""UTF-16 units of a message (Bot API, Message)."""

UNITS = (
    "all,", ":", ",", ";", " ", "\n", "\t", "a", "9", "-", ".", "/", "(", "<b>", "&amp;", "@", "\\",
    "x;", "x:", "all:", "1 ", "1,", "1-", "1.", "12:", "1 day ", "name x;", "places 9", "2026-",
    "December ", "March 1, ", "m1q1 ", "{name}", "{", "http://a.b/", "[a](", "Kericho,", "Kericho:",
    "\N{THUMBS UP SIGN}", "e\u0301", "\u0301", "\u202e", "\u00a0", "\u0661", "\u0130", "\ufdfa",
    "\x00", "\x1b[", "kill myself ", "city Nairobi;", "finished;", "language sw, ",
)  # fmt: skip
"""Pieces that mean something to one parser or another, to be said again and again."""

SHAPES = (
    ("all,", ":", "x"), ("Kericho,", ":"), (" ", "x"), ("1", "-"), (":",), (",",), (";",), ("\n",),
    ("9",), ("a",), ("\u0301",), ("<b>",),
)  # fmt: skip
"""Texts by the pieces of which they are made, each repeated for an equal share of the text."""


def filled(pieces: Sequence[str], room: int = LONGEST) -> str:
    """`pieces` said again and again, one after the other, until `room` is full."""
    share = room // len(pieces)
    return "".join(_cut(piece * share, share) for piece in pieces)


def says(person: int, text: str) -> Odd:
    """Somebody types `text` in their own chat; Telegram cleans it and marks the command."""
    text = tidy(_cut(text, LONGEST), []).text or "-"
    message = {
        "message_id": 5,
        "date": int(NOON),
        "from": user(person),
        "chat": private(person),
        "text": text,
    }
    if text.startswith("/"):
        length = len(text.split()[0]) if text.split() else 1
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return odd({"message": message}, sender=person)


def every_command(people: Sequence[int]) -> Iterator[Odd]:
    """Each command, by each of `people` in turn, with every one of `SHAPES` behind it."""
    for turn, shape in enumerate(SHAPES):
        for name in COMMANDS:
            person = people[turn % len(people)]
            yield says(person, f"/{name} {filled(shape, LONGEST - len(name) - 2)}")


def text(random: Random, people: Sequence[int]) -> Odd:
    """A command with its worst behind it, or that alone, which goes to what was asked before."""
    begun = random.choice(("", "/broadcast Kericho: ", f"/{random.choice([*COMMANDS])} "))
    pieces = random.choices(UNITS, k=random.randint(1, 4))
    room = random.choice((1, 20, 300, LONGEST))
    return says(random.choice(people), begun + filled(pieces, room))


def _cut(text: str, units: int) -> str:
    """As much of `text` as Telegram's count has room for."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
