"""Statements that update the statistics counters in the transaction of the facts they count.

A counter is the number of rows in the view `shares` of the newest migration that makes it.
Facts are inserted as uncounted; the same transaction counts all that are, and marks them as
counted. A fact that is already there is not inserted again, so a transaction may be repeated.
"""

from collections.abc import Iterable

from course.model import LearnerId
from course.statistics.counters import ActivityKind, Milestone, day_of
from storage.statements import Phase, Statement, statement

COUNT_ATTEMPTS = (
    statement("count_facts", Phase.COUNTS),
    statement("mark_attempts_counted", Phase.MARKS),
)
"""Count the attempts that are inserted in the same transaction."""

COUNT_READINGS = (
    statement("count_facts", Phase.COUNTS),
    statement("mark_readings_counted", Phase.MARKS),
)
"""Count the readings that are inserted in the same transaction."""


def add_visits(learner: LearnerId, at: int, kind: ActivityKind) -> tuple[Statement, ...]:
    """Insert and count the day of `at` as active by `kind`, and by those that it implies."""
    return (
        statement("add_visits", learner=learner, day=day_of(at), kind=kind.value),
        statement("count_visits", Phase.COUNTS),
        statement("mark_visits_counted", Phase.MARKS),
    )


def add_milestones(
    learner: LearnerId, at: int, milestones: Iterable[Milestone]
) -> tuple[Statement, ...]:
    """Insert and count the milestones reached at `at`; no effect for those reached before."""
    added = tuple(
        statement(
            "add_milestone", learner=learner, item=reached.item, at=at, minutes=reached.minutes
        )
        for reached in milestones
    )
    if not added:
        return ()
    return (
        *added,
        statement("count_facts", Phase.COUNTS),
        statement("mark_milestones_counted", Phase.MARKS),
    )


def update_counted_cohorts(learner: LearnerId) -> tuple[Statement, ...]:
    """Move the learner's counts to the cohorts they belong to after this transaction."""
    return tuple(
        statement(query, Phase.COHORTS, learner=learner)
        for query in ("move_counts", "add_counted_cohorts", "remove_counted_cohorts")
    )


def keep_counts_of_deleted(learner: LearnerId) -> Statement:
    """Keep the counts of a learner who is deleted in the same transaction in the totals."""
    return statement("keep_counts_of_deleted", Phase.DELETIONS, learner=learner)
