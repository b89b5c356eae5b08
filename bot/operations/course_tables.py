"""Tables that `tutorbot check` prints about a course: plain text, in columns."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TypeAlias

from authoring.citations import UNREAD, Citation
from authoring.survey import Asked, Reading, Survey
from course.reading.course_format import CONFIDENCES, KINDS, ROLES

_WIDTH = 100
_LETTERS = "ABCDEF"
_WHOLE = "course"

_Row: TypeAlias = Sequence[str]


def tables(survey: Survey) -> Iterator[str]:
    """Format all tables: reading, questions, objectives, cases and facts."""
    asked = [*((module.id, module.asked) for module in survey.modules), (_WHOLE, survey.asked)]
    facts = [*((module.id, module.facts) for module in survey.modules), (_WHOLE, survey.facts)]
    yield from ("", *_reading(survey))
    yield from ("", *_questions(asked, survey))
    yield from ("", *_objectives(asked))
    yield from ("", *_numbers("Cases for", ROLES, [(name, each.roles) for name, each in asked]))
    yield from ("", *_numbers("Facts used", CONFIDENCES, facts))


def sources(citations: Sequence[Citation]) -> Iterator[str]:
    """List every fact in use, beginning with those that an expert must read."""
    read = [confidence for confidence in CONFIDENCES if confidence not in UNREAD]
    unused = [citation.fact for citation in citations if not citation.places]
    yield from ("", "An expert must read these facts before the course is published:")
    yield from _listed(citations, UNREAD)
    yield from ("", "These facts were found in a source:")
    yield from _listed(citations, read)
    yield from ("", f"Not used: {', '.join(unused) or 'none'}")


def columns(rows: Sequence[_Row]) -> Iterator[str]:
    """Align rows in columns, the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    for first, *rest in rows:
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=False))
        yield "  ".join((first.ljust(widths[0]), *cells)).rstrip()


def _reading(survey: Survey) -> Iterator[str]:
    rows: list[_Row] = [("Lesson", "minutes", "words", "ease", "questions")]
    titles = [""]
    for module in survey.modules:
        rows += ((f"  {name}", *_read(reading)) for name, _, reading in module.lessons)
        rows.append((module.id, *_read(module.reading)))
        titles += (*(title for _, title, _ in module.lessons), module.title)
    rows.append((_WHOLE, *_read(survey.reading)))
    for line, title in zip(columns(rows), (*titles, ""), strict=True):
        yield f"{line}  {title}".rstrip()


def _read(reading: Reading) -> _Row:
    ease = f"{reading.ease:.0f}"
    return f"{reading.minutes:.1f}", str(reading.words), ease, str(reading.questions)


def _questions(each: Sequence[tuple[str, Asked]], survey: Survey) -> Iterator[str]:
    letters = [letter for letter in _LETTERS if survey.asked.keys.get(letter)]
    rows: list[_Row] = [("Questions", *KINDS, *(f"key {letter}" for letter in letters), "longest")]
    for name, asked in each:
        share = f"{asked.longest} of {asked.singles}"
        if asked.singles:
            share += f", {100 * asked.longest / asked.singles:.0f} percent"
        rows.append((name, *_counts(KINDS, asked.kinds), *_counts(letters, asked.keys), share))
    return columns(rows)


def _objectives(each: Sequence[tuple[str, Asked]]) -> Iterator[str]:
    rows: list[_Row] = [("Objectives asked for by", *KINDS, "of")]
    for name, asked in each:
        rows.append((name, *_counts(KINDS, asked.covered), str(asked.objectives)))
    return columns(rows)


def _numbers(
    title: str, names: Sequence[str], each: Sequence[tuple[str, Mapping[str, int]]]
) -> Iterator[str]:
    return columns([(title, *names), *((name, *_counts(names, found)) for name, found in each)])


def _counts(names: Sequence[str], found: Mapping[str, int]) -> _Row:
    return [str(found.get(name, 0)) for name in names]


def _listed(citations: Sequence[Citation], confidences: Sequence[str]) -> Iterator[str]:
    for confidence in confidences:
        for citation in citations:
            if citation.places and citation.confidence == confidence:
                yield f"  {citation.fact} ({confidence}) {citation.publication}"
                if confidence in UNREAD:
                    yield from _filled(citation.says)
                yield from _filled(f"in {', '.join(citation.places)}")


def _filled(text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")
