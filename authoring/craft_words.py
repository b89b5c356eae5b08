"""Craft rule on words that the course avoids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from authoring.passages import Passage, learner_texts
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.yaml_nodes import YamlMapping, YamlScalar

_QUOTES = re.compile(r'"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»')


@dataclass(frozen=True, slots=True)
class _Entry:
    """Words to avoid, what to write instead, and whether quotations may contain them."""

    words: re.Pattern[str]
    instead: str
    quoted: bool


def avoided_words_are_avoided(draft: CourseDraft) -> Iterator[Problem]:
    """No text that learners see has words or statements that the course avoids."""
    entries = tuple(_entries(draft))
    for text in learner_texts(draft) if entries else ():
        told = text.text
        quotes = [range(*quote.span()) for quote in _QUOTES.finditer(told)]
        for entry in entries:
            for found in entry.words.finditer(told):
                if not entry.quoted or not any(found.start() in quote for quote in quotes):
                    yield _problem(text, found, entry)


def _problem(text: Passage, found: re.Match[str], entry: _Entry) -> Problem:
    shown = " ".join(found.group().split())
    what = f"this course avoids {shown}"
    if entry.quoted:
        what += " outside of quotations"
    return text.location_at(found.start()).problem(what, f"instead: {entry.instead}")


def _entries(draft: CourseDraft) -> Iterator[_Entry]:
    top = draft.avoid.top if draft.avoid is not None else None
    for entry in top.mappings("avoid") if top is not None else ():
        words = [word.text for word in entry.scalars("words")]
        if words:
            yield _Entry(_pattern(words), entry.text("instead"), _is_quoted(entry))


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Match whole words in any case, across line ends, and no part of a longer number."""
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(rf"(?<![\w])(?<!\d[.,])(?:{either})(?!\w)", re.IGNORECASE)


def _is_quoted(entry: YamlMapping) -> bool:
    mark = entry.value("quoted")
    return isinstance(mark, YamlScalar) and mark.as_bool is True
