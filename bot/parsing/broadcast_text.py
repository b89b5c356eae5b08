"""Parsing of text typed for a broadcast: its audience, buttons, and time. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from bot.parsing import dates
from bot.parsing.cohort_form import Asked, read
from course import local_time
from course.cohorts.audiences import Audience, Narrowing
from course.cohorts.learner_status import SILENT_DAYS
from course.cohorts.names import tidied
from course.cohorts.placeholders import visible
from storage.broadcasts import Answer, Link
from storage.cohorts import Cohort

LONGEST_LABEL = 40
"""Characters on a button: phones cut off more."""

MOST_DAYS = 365

MOST_COLONS, MOST_PARTS = 20, 50
"""Colons of a line that are tried, and parts with commas between that stand before one."""

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


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A line says nobody's name in as much of it as is read."""


def line(html: str, mine: Sequence[Cohort]) -> tuple[Audience, str] | TooMuch | None:
    """Whom a broadcast in one line is for, and its text; `None` when that is not said.

    Before the colon stand cohorts and who of them, with commas between; names may hold commas and
    colons. Of the first `MOST_COLONS` colons it is the last one with only such words before it, at
    most `MOST_PARTS`. Takes time in proportion to the text, and to `mine` for sorting it.

    Args:
        cohorts: the cohorts that may be named.
    """
    heads, names = _Heads(mine), html[:_LONGEST_HEAD]
    colons = [found.start() for found in islice(re.finditer(":", names), MOST_COLONS + 1)]
    is_too_much = len(colons) > MOST_COLONS
    for colon in reversed(colons[:MOST_COLONS]):
        head, text = visible(html[:colon]), html[colon + 1 :].strip()
        if head.count(",") >= MOST_PARTS:
            is_too_much = True
        elif text and (to := heads.audience(head)) is not None:
            return to, text
    return TooMuch() if is_too_much else None


class _Heads:
    """Reads what stands before colons; what several begin with is read once."""

    def __init__(self, mine: Iterable[Cohort]) -> None:
        self._cohorts = sorted((_folded(one.name), one.id) for one in mine)
        commas = {name.count(",") for name, _cohort in self._cohorts}
        self._commas = sorted(commas - {0}, reverse=True)  # in names, the most first
        self._read: dict[str, Audience | None] = {"": Audience(frozenset())}

    def audience(self, head: str) -> Audience | None:
        """Whom the words mean; `None` when anything of them means nobody."""
        to = self._before(head.strip().removesuffix(","))
        return to if to is not None and (to.cohorts is None or to.cohorts) else None

    def _before(self, comma: str) -> Audience | None:
        if comma not in self._read:
            self._read[comma] = next(self._readings(comma), None)
        return self._read[comma]

    def _readings(self, head: str) -> Iterator[Audience]:
        """The ways to read it, that with the longest name at its end first."""
        pieces = head.split(",")
        for commas in self._commas:
            part = _folded(",".join(pieces[-commas - 1 :]))
            if commas < len(pieces) and self._is_name(part):
                yield from self._with(",".join(pieces[: -commas - 1]), part)
        yield from self._with(",".join(pieces[:-1]), _folded(pieces[-1]))

    def _with(self, before: str, word: str) -> Iterator[Audience]:
        """The audience with one part more, unless nobody knows what it means."""
        to = self._before(before)
        more = None if to is None else _narrowed(to, word) or self._joined(to, word)
        if more is not None:
            yield more

    def _joined(self, to: Audience, word: str) -> Audience | None:
        """With the only cohort of this name, or else the only one whose name begins so."""
        at = bisect_left(self._cohorts, (word,))
        near = self._cohorts[at : at + 2]
        exact = [cohort for name, cohort in near if name == word]
        found = exact or [cohort for name, cohort in near if name.startswith(word)]
        if not word or len(found) != 1 or to.cohorts is None:
            return None
        return replace(to, cohorts=to.cohorts | {found[0]})

    def _is_name(self, part: str) -> bool:
        at = bisect_left(self._cohorts, (part,))
        return self._cohorts[at : at + 1] != [] and self._cohorts[at][0] == part


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
    return local_time.local(asked.zone, asked.now).date().isoformat()


def _narrowed(to: Audience, word: str) -> Audience | None:
    """With one of the words that are no cohort; `None` when it is none of them."""
    if word in _ALL:
        return replace(to, cohorts=None)
    if word in _WORDS:
        return replace(to, narrowed=to.narrowed | {_WORDS[word]})
    if silent := _SILENT.fullmatch(word):
        days = min(int(silent[1] or SILENT_DAYS), MOST_DAYS)
        return replace(to, narrowed=to.narrowed | {Narrowing.SILENT}, silent_days=days)
    if language := _LANGUAGE.fullmatch(word):
        return replace(to, language=language[1])
    return None


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
