"""Facts, i.e. readings and attempts: statements that append them, and parsing of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course.learning.progress import Attempt, Progress, Reading, is_feedback
from course.model import LearnerId, OptionId, QuestionId
from course.statistics.counters import AnswerDetails
from storage import counters, learners
from storage.learners import Learner
from storage.statements import Row, Statement, statement

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
    """Append a reading, and count it, unless it is feedback: there is as much as answers."""
    is_counted = not is_feedback(reading.item)
    appended = statement(
        "add_reading",
        learner=learner,
        item=reading.item,
        at=reading.at,
        update_id=reading.update,
        uncounted=1 if is_counted else None,
    )
    return (appended, *counters.COUNT_READINGS) if is_counted else (appended,)


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
    return appended, *counters.COUNT_ATTEMPTS


def parse_options(stored: str) -> frozenset[OptionId]:
    """The options of a stored attempt; none for "I do not know"."""
    return frozenset(OptionId(option) for option in stored.split(".") if option)


def history_from_rows(learner: LearnerId, known: Sequence[Row], facts: Iterable[Row]) -> History:
    """Parse the rows of the queries `fetch_learner` and `fetch_facts`."""
    readings: list[Reading] = []
    attempts: list[Attempt] = []
    for item, at, update, ordinal, options, correct, hour in facts:
        if ordinal is None:
            readings.append(Reading(item, at, update))
            continue
        chosen = parse_options(options)
        attempts.append(
            Attempt(QuestionId(item), ordinal, chosen, bool(correct), at, update, hour is not None)
        )
    return History(
        learners.learner_from_rows(learner, known) if known else None,
        Progress.from_facts(learner, readings, attempts),
    )
