"""Parsing of text typed for a broadcast: its audience, buttons, and time. Pure."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot import dates
from bot.actions.describing import Asked, read
from course import zones
from course.audiences import Audience, Narrowing
from course.naming import tidied
from course.placeholders import visible
from course.standings import SILENT_DAYS
from storage.broadcasts import Answer, Link
from storage.cohorts import Cohort

LONGEST_LABEL = 40
"""Characters on a button: phones cut off more."""

MOST_DAYS = 365

_LONGEST_HEAD = 2_000  # characters in which a colon is looked for: what is behind is a text

_ALL = ("all", "everybody", "everyone")
_SILENT = re.compile(r"silent(?: for)?(?: (\d{1,3}))?(?: days?)?")
_LANGUAGE = re.compile(r"language:? ([a-z]{2,3})")
_WORDS = {
    "not started": Narrowing.NOT_STARTED, "not finished": Narrowing.NOT_FINISHED,
    "unfinished": Narrowing.NOT_FINISHED, "finished": Narrowing.FINISHED,
    "behind": Narrowing.BEHIND, "stuck": Narrowing.STUCK,
}  # fmt: skip
_DAYTIME = "09:00"


def line(html: str, mine: Sequence[Cohort]) -> tuple[Audience, str] | None:
    """Parse a broadcast typed in one line: its audience and text; `None` if it names no audience.

    Cohorts and filters stand before the colon, separated by commas. Names may contain commas and
    colons, so the last colon that has only such words before it separates the two.

    Args:
        cohorts: the cohorts that may be named.
    """
    for colon in reversed([*re.finditer(":", html[:_LONGEST_HEAD])]):
        text = html[colon.end() :].strip()
        to = _audience(visible(html[: colon.start()]).strip(), mine)
        if to is not None and text:
            return to, text
    return None


def _audience(rest: str, mine: Sequence[Cohort]) -> Audience | None:
    """The audience that the words before a colon name; `None` if any of them is unknown."""
    to = Audience(frozenset())
    while rest:
        part, rest = _next(rest, mine)
        more = _with(to, part, mine)
        if more is None:
            return None
        to = more
    return to if to.cohorts is None or to.cohorts else None


def link(typed: str) -> Link | None:
    """Parse a button with a link: its last word is the address; `None` if it is none.

    Placeholders are not filled in on buttons, so braces are refused in the label and in the
    address.
    """
    label, _space, url = typed.strip().rpartition(" ")
    text = tidied(label, LONGEST_LABEL)
    try:
        address = urlsplit(url)
        is_address = address.scheme in ("http", "https") and "." in (address.hostname or "")
    except ValueError:
        return None
    return Link(text, url) if text is not None and is_address and "{" not in typed else None


def answers(typed: str, most: int) -> tuple[Answer, ...]:
    """Parse answers separated by lines or commas, without duplicates; empty if any is unusable."""
    parts = [part for part in re.split(r"[\n,;]", typed) if part.strip()]
    texts = tuple(dict.fromkeys(tidied(part, LONGEST_LABEL) for part in parts))
    if not 1 <= len(texts) <= most:
        return ()
    return tuple(Answer(text) for text in texts if text is not None) if None not in texts else ()


def moment(typed: str, asked: Asked) -> int | None:
    """Parse a day, with or without a time, to UTC milliseconds; without a time it is 9:00.

    `None` for no day, or one in the past.
    """
    words = typed.split()
    has_time = bool(words) and dates.minute(words[-1]) is not None
    if has_time and len(words) == 1:
        typed = f"{_today(asked)} {typed}"
    found = read("deadline", typed if has_time else f"{typed} {_DAYTIME}", asked)
    return found if isinstance(found, int) else None


def _today(asked: Asked) -> str:
    assert asked.zone is not None, "times go by some clock"
    return zones.local(asked.zone, asked.now).date().isoformat()


def _next(rest: str, mine: Sequence[Cohort]) -> tuple[str, str]:
    """The first part of the text before the colon, and the rest."""
    folded = rest.casefold()
    for name in sorted((one.name for one in mine), key=len, reverse=True):
        behind = rest[len(name) :].lstrip()
        if folded.startswith(name.casefold()) and behind[:1] in ("", ","):
            return name, behind[1:].strip()
    part, _comma, behind = rest.partition(",")
    return part.strip(), behind.strip()


def _with(to: Audience, part: str, mine: Sequence[Cohort]) -> Audience | None:
    """The audience narrowed or extended by one part; `None` if the part is unknown."""
    word = " ".join(part.casefold().split())
    if word in _ALL:
        return Audience(None, to.narrowed, to.silent_days, to.language)
    if word in _WORDS:
        return Audience(to.cohorts, to.narrowed | {_WORDS[word]}, to.silent_days, to.language)
    if silent := _SILENT.fullmatch(word):
        days = min(int(silent[1] or SILENT_DAYS), MOST_DAYS)
        return Audience(to.cohorts, to.narrowed | {Narrowing.SILENT}, days, to.language)
    if language := _LANGUAGE.fullmatch(word):
        return Audience(to.cohorts, to.narrowed, to.silent_days, language[1])
    exact = [one.id for one in mine if one.name.casefold() == word]
    found = exact or [one.id for one in mine if one.name.casefold().startswith(word)]
    if not word or len(found) != 1 or to.cohorts is None:
        return None
    return Audience(to.cohorts | {found[0]}, to.narrowed, to.silent_days, to.language)
