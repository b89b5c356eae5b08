"""Tables that `tutorbot check` prints about a course: plain text, in columns."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TypeAlias

from authoring.citations import UNCHECKED_CONFIDENCES, Citation
from authoring.survey import QuestionMix, ReadingEffort, Survey
from course.reading.course_format import CONFIDENCES
from course.reading.module_format import KINDS, ROLES

_WIDTH = 100
_LETTERS = "ABCDEF"
_WHOLE_COURSE = "course"

_Row: TypeAlias = Sequence[str]


def format_tables(survey: Survey) -> Iterator[str]:
    """Format all tables: reading, questions, objectives, cases and facts."""
    asked = [
        *((module.id, module.asked) for module in survey.modules),
        (_WHOLE_COURSE, survey.asked),
    ]
    facts = [
        *((module.id, module.facts) for module in survey.modules),
        (_WHOLE_COURSE, survey.facts),
    ]
    yield from ("", *_format_reading(survey))
    yield from ("", *_format_questions(asked, survey))
    yield from ("", *_format_objectives(asked))
    yield from (
        "",
        *_format_counts("Cases for", ROLES, [(name, each.roles) for name, each in asked]),
    )
    yield from ("", *_format_counts("Facts used", CONFIDENCES, facts))


def format_sources(citations: Sequence[Citation]) -> Iterator[str]:
    """List every fact in use, beginning with those that an expert must read."""
    read = [confidence for confidence in CONFIDENCES if confidence not in UNCHECKED_CONFIDENCES]
    unused = [citation.fact for citation in citations if not citation.places]
    yield from ("", "An expert must read these facts before the course is published:")
    yield from _format_citations(citations, UNCHECKED_CONFIDENCES)
    yield from ("", "These facts were found in a source:")
    yield from _format_citations(citations, read)
    yield from ("", f"Not used: {', '.join(unused) or 'none'}")


def format_columns(rows: Sequence[_Row]) -> Iterator[str]:
    """Align rows in columns, the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    for first, *rest in rows:
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=False))
        yield "  ".join((first.ljust(widths[0]), *cells)).rstrip()


def _format_reading(survey: Survey) -> Iterator[str]:
    rows: list[_Row] = [("Lesson", "minutes", "words", "ease", "questions")]
    titles = [""]
    for module in survey.modules:
        rows += (
            (f"  {name}", *_format_reading_cells(reading)) for name, _, reading in module.lessons
        )
        rows.append((module.id, *_format_reading_cells(module.reading)))
        titles += (*(title for _, title, _ in module.lessons), module.title)
    rows.append((_WHOLE_COURSE, *_format_reading_cells(survey.reading)))
    for line, title in zip(format_columns(rows), (*titles, ""), strict=True):
        yield f"{line}  {title}".rstrip()


def _format_reading_cells(reading: ReadingEffort) -> _Row:
    ease = f"{reading.ease:.0f}"
    return f"{reading.minutes:.1f}", str(reading.words), ease, str(reading.questions)


def _format_questions(each: Sequence[tuple[str, QuestionMix]], survey: Survey) -> Iterator[str]:
    letters = [letter for letter in _LETTERS if survey.asked.keys.get(letter)]
    rows: list[_Row] = [("Questions", *KINDS, *(f"key {letter}" for letter in letters), "longest")]
    for name, asked in each:
        share = f"{asked.longest} of {asked.singles}"
        if asked.singles:
            share += f", {100 * asked.longest / asked.singles:.0f} percent"
        rows.append(
            (
                name,
                *_format_count_cells(KINDS, asked.kinds),
                *_format_count_cells(letters, asked.keys),
                share,
            )
        )
    return format_columns(rows)


def _format_objectives(each: Sequence[tuple[str, QuestionMix]]) -> Iterator[str]:
    rows: list[_Row] = [("Objectives asked for by", *KINDS, "of")]
    for name, asked in each:
        rows.append((name, *_format_count_cells(KINDS, asked.covered), str(asked.objectives)))
    return format_columns(rows)


def _format_counts(
    title: str, names: Sequence[str], each: Sequence[tuple[str, Mapping[str, int]]]
) -> Iterator[str]:
    return format_columns(
        [(title, *names), *((name, *_format_count_cells(names, found)) for name, found in each)]
    )


def _format_count_cells(names: Sequence[str], found: Mapping[str, int]) -> _Row:
    return [str(found.get(name, 0)) for name in names]


def _format_citations(citations: Sequence[Citation], confidences: Sequence[str]) -> Iterator[str]:
    for confidence in confidences:
        for citation in citations:
            if citation.places and citation.confidence == confidence:
                yield f"  {citation.fact} ({confidence}) {citation.publication}"
                if confidence in UNCHECKED_CONFIDENCES:
                    yield from _wrap(citation.says)
                yield from _wrap(f"in {', '.join(citation.places)}")


def _wrap(text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="    ")
