"""The demo's cohorts, and how their simulated learners are doing."""

from dataclasses import dataclass
from enum import Enum, auto


class LearnerStatus(Enum):
    """How a simulated learner is doing at the end of the history."""

    FINISHED = auto()
    UNDER_WAY = auto()
    STUCK = auto()
    """Fails one question again and again."""
    SILENT = auto()
    BEHIND = auto()
    NOT_STARTED = auto()
    STOPPED = auto()
    """Has written /stop."""
    BLOCKED = auto()
    """Has blocked the bot."""


@dataclass(frozen=True, slots=True)
class SampleCohort:
    """A cohort to create.

    Attributes:
        began_days_ago: when it started.
        ends_in_days: its deadline; negative if it has passed.
        zone: time zone of its learners.
        is_led_by_farid: whether Farid facilitates it; the others are Ada's.
        statuses: number of learners by status.
    """

    name: str
    began_days_ago: int
    ends_in_days: int
    zone: str
    is_led_by_farid: bool
    statuses: tuple[tuple[LearnerStatus, int], ...]


def _statuses(**counts: int) -> tuple[tuple[LearnerStatus, int], ...]:
    return tuple((LearnerStatus[name.upper()], count) for name, count in counts.items())


SAMPLE_COHORTS = (
    SampleCohort(
        "District courts",
        35,
        5,
        "Africa/Nairobi",
        True,
        _statuses(
            finished=5,
            under_way=14,
            stuck=3,
            silent=8,
            behind=7,
            not_started=4,
            stopped=2,
            blocked=1,
        ),
    ),
    SampleCohort(
        "Probation service",
        21,
        24,
        "America/Bogota",
        True,
        _statuses(finished=3, under_way=14, stuck=2, silent=6, not_started=7, stopped=2, blocked=2),
    ),
    SampleCohort(
        "Health partners",
        42,
        -6,
        "Asia/Kathmandu",
        False,
        _statuses(finished=8, under_way=4, stuck=1, silent=11, not_started=5, stopped=2, blocked=1),
    ),
)
"""All cohorts; including learners without a cohort there are 120 learners."""

NO_COHORT = SampleCohort(
    "", 28, 0, "Europe/Vienna", False, _statuses(finished=1, under_way=4, silent=2, not_started=1)
)
"""Stands for learners without a cohort."""
