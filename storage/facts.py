"""Facts, i.e. readings and attempts: statements that append them, and parsing of rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from course.learning.progress import (
    Attempt,
    Progress,
    Reading,
    is_feedback,
)
from course.model import LearnerId, OptionId, QuestionId
from course.statistics.counters import AnswerDetails, day_of
from storage import learners
from storage.learners import Learner
from storage.statements import Phase, Row, Statement, statement

_LEARNER, _READING, _ATTEMPT, _COHORT = range(4)

_UNKNOWN = AnswerDetails()


@dataclass(frozen=True, slots=True)
class History:
    """Everything stored about one learner.

    Attributes:
        learner: `None` for an unknown person.
    """

    learner: Learner | None
    progress: Progress


def add_reading(learner: LearnerId, reading: Reading) -> tuple[Statement, ...]:
    """Append a reading, and count it."""
    appended = statement(
        "add_reading",
        learner=learner,
        item=reading.item,
        at=reading.at,
        update_id=reading.update,
    )
    if is_feedback(reading.item):  # not counted: as many as there are answers
        return (appended,)
    return statement("count_reading", Phase.COUNTS, learner=learner, item=reading.item), appended


def add_attempt(
    learner: LearnerId, attempt: Attempt, course_version: str, details: AnswerDetails = _UNKNOWN
) -> tuple[Statement, ...]:
    """Append an attempt with the version of the course that marked it, and count it.

    Args:
        details: hour, duration and prior score; stored for first answers only.
    """
    options = ".".join(sorted(attempt.chosen))
    known = details if attempt.ordinal == 1 else _UNKNOWN
    appended = statement(
        "add_attempt",
        learner=learner,
        question=attempt.question,
        ordinal=attempt.ordinal,
        options=options,
        correct=int(attempt.correct),
        course_version=course_version,
        at=attempt.at,
        update_id=attempt.update,
        hour=known.hour,
        took=known.seconds,
        standing=known.prior_score,
    )
    return *_count_answer(learner, attempt, options, known), appended


def _count_answer(
    learner: LearnerId, attempt: Attempt, options: str, known: AnswerDetails
) -> Iterator[Statement]:
    yield statement(
        "count_answer",
        Phase.COUNTS,
        learner=learner,
        question=attempt.question,
        ordinal=attempt.ordinal,
        options=options,
        is_first=int(attempt.ordinal == 1),
        standing=_or_unknown(known.prior_score),
        correct=int(attempt.correct),
    )
    if attempt.ordinal != 1:
        return
    yield statement(
        "count_hour",
        Phase.COUNTS,
        learner=learner,
        question=attempt.question,
        day=day_of(attempt.at),
        hour=_or_unknown(known.hour),
        correct=int(attempt.correct),
    )
    if known.seconds is not None:
        yield statement(
            "count_time",
            Phase.COUNTS,
            learner=learner,
            question=attempt.question,
            took=known.seconds,
        )


def _or_unknown(number: int | None) -> int:
    return -1 if number is None else number


def history_from_rows(learner: LearnerId, rows: Iterable[Row]) -> History:
    """Parse the rows of the query `fetch_history`."""
    known: Learner | None = None
    readings: list[Reading] = []
    attempts: list[Attempt] = []
    cohorts: list[tuple[int | None, str]] = []
    for row in rows:
        kind, item, number, options, at, update, extra = row
        if kind == _READING:
            readings.append(Reading(item, at, update))
        elif kind == _ATTEMPT:
            chosen = frozenset(map(OptionId, options.split(".")))
            right, placed = bool(extra & 1), bool(extra & 2)
            attempts.append(Attempt(QuestionId(item), number, chosen, right, at, update, placed))
        elif kind == _COHORT:
            cohorts.append((at, item))
        else:
            known = learners.learner_from_row(learner, row)
    if known is not None and cohorts:
        clocks = {at: zone for at, zone in cohorts if at is not None}
        known = replace(
            known, deadlines=tuple(sorted(clocks)), deadline_zones=clocks, has_cohort=True
        )
    return History(known, Progress.from_facts(learner, readings, attempts))
