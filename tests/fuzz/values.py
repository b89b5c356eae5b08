"""Odd numbers, words and values: at the bounds of what the Bot API and the database take, and past.

`NUMBERS` and `WORDS` are of the type that is asked for; `ODD` may stand anywhere and is of none.
"""

from typing import Any

IDS = (1, 777, 2**31 - 1, 2**31, 2**40, 2**52 - 1)
"""Ids as Telegram may give them: at most 52 significant bits (Bot API, User)."""

NUMBERS = (0, 1, 2, 5, 64, 4096, 2**31 - 1)
"""Whole numbers where nothing else is said: 32 bits, as the Bot API has them."""

PAST = (-1, 2**31, 2**52, 2**53 + 1, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**40, 10**400)
"""Numbers past one bound or another."""

WORDS = (
    "", "a", "ab", "en", "Amina", "/start", "/help@tutor_bot", "1", "Kericho", "<b>&amp;", "\x00",
    "\x1b[2J", "\n\n", "\u202e", "e" + 60 * "\u0301", 64 * "\N{THUMBS UP SIGN}", 4096 * "x",
)  # fmt: skip
"""Texts that a person may send; none is longer than Telegram takes."""

_DEEP_LIST: Any = 1
_DEEP_OBJECT: Any = 1
for _ in range(300):
    _DEEP_LIST, _DEEP_OBJECT = [_DEEP_LIST], {"from": _DEEP_OBJECT}

ODD: tuple[Any, ...] = (
    None, True, False, "", "abc", "soon", "\ud83d", "\x00", 100_000 * "x", "17",
    0, 1.5, -0.0, 1e300, *PAST, [], {}, [[]], [None], {"": None}, {"id": None}, {"id": "abc"},
    {"id": 1.5}, [1, "two", None, {}], 2000 * [0], _DEEP_LIST, _DEEP_OBJECT,
)  # fmt: skip
"""Values of every type that JSON has, at every depth and length."""
