"""Statements that update the statistics counters in the transaction of the facts they count.

A counter is the sum over a view in `storage/migrations/versions/0007_statistics.sql`. Each
statement adds only what is not counted yet, so a transaction may be repeated.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from course.model import LearnerId
from course.statistics.counters import DayChange, Milestone, day_of
from storage.statements import Phase, Statement, statement


class ActivityKind(IntEnum):
    """What made a day count as active; stored by number."""

    ANY = 0
    """A fact of any kind."""
    FIRST_ANSWER = 1
    """A first answer."""
    FIRST_ANSWER_WITH_HOUR = 2
    """A first answer with its local hour, i.e. the learner's time zone was known."""


_SHIFTS_BY_COHORT = (
    "shift_answers",
    "shift_hours",
    "shift_visits",
    "shift_reached",
    "shift_passed",
)
_SHIFTS_IN_TOTAL = ("shift_times", "shift_readings")


def count_enrolment(learner: LearnerId, at: int) -> tuple[Statement, ...]:
    """Count a new learner, who is added in the same transaction; no effect for a known one."""
    return (
        statement("count_joined", Phase.NEW_LEARNERS, learner=learner, day=day_of(at)),
        statement("count_joined_day", Phase.NEW_LEARNERS, learner=learner, day=day_of(at)),
    )


def count_active_days(
    learner: LearnerId, at: int, days: Mapping[ActivityKind, Sequence[DayChange]]
) -> tuple[Statement, ...]:
    """Count the day of a fact at `at` (UTC milliseconds) as active.

    Args:
        days: the changes to the counts of active days, by kind.
    """
    counted = (
        _count_active_day(learner, what, day_of(at), changes) for what, changes in days.items()
    )
    return tuple(one for each in counted for one in each)


def add_milestones(
    learner: LearnerId, at: int, milestones: Iterable[Milestone]
) -> tuple[Statement, ...]:
    """Insert and count the milestones reached at `at`; no effect for those reached before."""
    return tuple(one for reached in milestones for one in _add_milestone(learner, at, reached))


def update_counted_cohorts(learner: LearnerId) -> tuple[Statement, ...]:
    """Move the learner's counts to the cohorts they belong to after this transaction."""
    return (
        *_shift_counts(learner, _SHIFTS_BY_COHORT, is_deleted=False),
        statement("add_counted_cohorts", Phase.COHORTS, learner=learner),
        statement("remove_counted_cohorts", Phase.COHORTS, learner=learner),
    )


def keep_counts_of_deleted(learner: LearnerId) -> tuple[Statement, ...]:
    """Keep the counts of a learner who is deleted in the same transaction in the totals."""
    return _shift_counts(learner, (*_SHIFTS_BY_COHORT, *_SHIFTS_IN_TOTAL), is_deleted=True)


def _shift_counts(
    learner: LearnerId, queries: Iterable[str], *, is_deleted: bool
) -> tuple[Statement, ...]:
    return tuple(
        statement(query, Phase.COHORTS, learner=learner, leaving=int(is_deleted))
        for query in queries
    )


def _count_active_day(
    learner: LearnerId, what: ActivityKind, visited: int, changes: Sequence[DayChange]
) -> tuple[Statement, ...]:
    if not changes:
        return ()
    counted = (
        statement(
            "count_visit",
            Phase.COUNTS,
            learner=learner,
            what=what.value,
            visited=visited,
            day=change.day,
            gap=change.gap,
            change=change.by,
        )
        for change in changes
    )
    return *counted, statement("add_visit", learner=learner, what=what.value, day=visited)


def _add_milestone(learner: LearnerId, at: int, reached: Milestone) -> Iterable[Statement]:
    yield statement("count_reached", Phase.COUNTS, learner=learner, item=reached.item)
    if reached.minutes is not None:
        yield statement(
            "count_passed",
            Phase.COUNTS,
            learner=learner,
            item=reached.item,
            day=day_of(at),
            minutes=reached.minutes,
        )
    yield statement(
        "add_milestone", learner=learner, item=reached.item, at=at, minutes=reached.minutes
    )
