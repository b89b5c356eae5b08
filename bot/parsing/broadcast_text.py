"""Parsing of text typed for a broadcast: its audience, buttons, and time. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from bot.parsing import dates
from bot.parsing.cohort_form import ParseContext, parse_answer
from course import local_time
from course.cohorts.audiences import Audience, AudienceFilter
from course.cohorts.learner_status import SILENT_DAYS
from course.cohorts.names import clean_line
from course.cohorts.placeholders import visible_text
from storage.broadcasts import AnswerButton, LinkButton
from storage.cohorts import Cohort

MAX_LABEL_LENGTH = 40
"""Characters on a button: phones cut off more."""

MAX_DAYS = 365

MOST_COLONS, MOST_PARTS = 20, 50
"""Colons of a line that are tried, and parts with commas between that stand before one."""

_MAX_AUDIENCE_LENGTH = 2_000  # characters in which a colon is looked for: what is behind is a text

_EVERYBODY_WORDS = ("all", "everybody", "everyone")
_SILENT_PATTERN = re.compile(r"silent(?: for)?(?: (\d{1,3}))?(?: days?)?")
_LANGUAGE_PATTERN = re.compile(r"language:? ([a-z]{2,3})")
_FILTER_WORDS = {
    "not started": AudienceFilter.NOT_STARTED, "not finished": AudienceFilter.NOT_FINISHED,
    "unfinished": AudienceFilter.NOT_FINISHED, "finished": AudienceFilter.FINISHED,
    "behind": AudienceFilter.BEHIND, "stuck": AudienceFilter.STUCK,
}  # fmt: skip
_STARS_PATTERN = re.compile(r"(?<![\w*])(\*{1,2})[^\s*](?:[^*\n]{0,40}[^\s*])?\1(?![\w*])")
_DEFAULT_TIME = "09:00"


@dataclass(frozen=True, slots=True)
class TooManyParts:
    """A line says nobody's name in as much of it as is read."""


def parse_line(html: str, cohorts: Sequence[Cohort]) -> tuple[Audience, str] | TooManyParts | None:
    """Whom a broadcast in one line is for, and its text; `None` when that is not said.

    Before the colon stand cohorts and who of them, with commas between; names may hold commas and
    colons. Of the first `MOST_COLONS` colons it is the last one with only such words before it, at
    most `MOST_PARTS`. Takes time in proportion to the text, and to `cohorts` for sorting it.

    Args:
        cohorts: the cohorts that may be named.
    """
    heads, names = _AudienceParser(cohorts), html[:_MAX_AUDIENCE_LENGTH]
    colons = [found.start() for found in islice(re.finditer(":", names), MOST_COLONS + 1)]
    is_too_much = len(colons) > MOST_COLONS
    for colon in reversed(colons[:MOST_COLONS]):
        head, text = visible_text(html[:colon]), html[colon + 1 :].strip()
        if head.count(",") >= MOST_PARTS:
            is_too_much = True
        elif text and (to := heads.audience(head)) is not None:
            return to, text
    return TooManyParts() if is_too_much else None


def find_unknown_words(html: str, cohorts: Sequence[Cohort]) -> str | None:
    """The first words before the colon that are neither a cohort nor who of it.

    `None` when there is no colon, or all of them are known.
    """
    head, colon, _text = html[:_MAX_AUDIENCE_LENGTH].partition(":")
    pieces = visible_text(head).split(",")[:MOST_PARTS] if colon else []
    unknown = _AudienceParser(cohorts).find_unknown(pieces)
    return None if unknown is None else unknown.strip() or None


def find_typed_stars(html: str) -> str | None:
    """The first words between stars, such as *these*: Telegram shows the stars to people."""
    found = _STARS_PATTERN.search(visible_text(html))
    return None if found is None else found[0]


class _AudienceParser:
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

    def find_unknown(self, pieces: Sequence[str]) -> str | None:
        """The piece behind the longest beginning that is understood; `None` when all are."""
        heads = (",".join(pieces[:count]) for count in range(len(pieces) + 1))
        known = [count for count, head in enumerate(heads) if self._before(head) is not None]
        return pieces[known[-1]] if known[-1] < len(pieces) else None

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


def parse_link(typed: str) -> LinkButton | None:
    """Parse a button with a link: its last word is the address; `None` if it is none.

    Placeholders are not filled in on buttons, so braces are refused in the label and in the
    address.
    """
    label, _space, url = typed.strip().rpartition(" ")
    text = clean_line(label, MAX_LABEL_LENGTH)
    try:
        address = urlsplit(url)
        is_address = address.scheme in ("http", "https") and "." in (address.hostname or "")
    except ValueError:
        return None
    return LinkButton(text, url) if text is not None and is_address and "{" not in typed else None


def parse_answers(typed: str, limit: int) -> tuple[AnswerButton, ...]:
    """Parse answers separated by lines or commas, without duplicates; empty if any is unusable."""
    parts = [part for part in re.split(r"[\n,;]", typed) if part.strip()]
    texts = tuple(dict.fromkeys(clean_line(part, MAX_LABEL_LENGTH) for part in parts))
    if not 1 <= len(texts) <= limit:
        return ()
    return (
        tuple(AnswerButton(text) for text in texts if text is not None) if None not in texts else ()
    )


def parse_send_time(typed: str, context: ParseContext) -> int | None:
    """Parse a day, with or without a time, to UTC milliseconds; without a time it is 9:00.

    `None` for no day, or one in the past.
    """
    words = typed.split()
    has_time = bool(words) and dates.parse_time_of_day(words[-1]) is not None
    if has_time and len(words) == 1:
        typed = f"{_today(context)} {typed}"
    found = parse_answer("deadline", typed if has_time else f"{typed} {_DEFAULT_TIME}", context)
    return found if isinstance(found, int) else None


def _today(context: ParseContext) -> str:
    assert context.zone is not None, "times go by some clock"
    return local_time.to_local(context.zone, context.now).date().isoformat()


def _narrowed(to: Audience, word: str) -> Audience | None:
    """With one of the words that are no cohort; `None` when it is none of them."""
    if word in _EVERYBODY_WORDS:
        return replace(to, cohorts=None)
    if word in _FILTER_WORDS:
        return replace(to, filters=to.filters | {_FILTER_WORDS[word]})
    if silent := _SILENT_PATTERN.fullmatch(word):
        days = min(int(silent[1] or SILENT_DAYS), MAX_DAYS)
        return replace(to, filters=to.filters | {AudienceFilter.SILENT}, silent_days=days)
    if language := _LANGUAGE_PATTERN.fullmatch(word):
        return replace(to, language=language[1])
    return None


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
