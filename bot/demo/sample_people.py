"""Plans of the demo's simulated learners: who they are, and when they learn.

Pure and reproducible: the same time gives the same people. Their names mark them as simulated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from random import Random

from course import local_time
from course.model import LearnerId

DAY = 24 * 3_600_000
FIRST_LEARNER_ID = 900_001
"""User id of the first simulated learner; the others are numbered consecutively."""

SEED = "a small world"
"""Seed of all random choices."""
_NAMES = (
    "Abena", "Adil", "Agnes", "Alba", "Amir", "Anouk", "Arman", "Asha", "Aziz", "Beatriz",
    "Bilal", "Binta", "Camila", "Chen", "Daria", "Dawit", "Diego", "Dina", "Elif", "Emeka",
    "Esther", "Fatou", "Felix", "Gita", "Hana", "Hugo", "Ines", "Ismail", "Jana", "Joao",
    "Kamal", "Karin", "Kofi", "Lea", "Lina", "Luis", "Maja", "Malik", "Marta", "Milan",
    "Mona", "Nadia", "Nuno", "Olga", "Omar", "Paula", "Pedro", "Rania", "Ravi", "Rosa",
    "Sami", "Sara", "Sina", "Tariq", "Thandi", "Tomas", "Uma", "Vera", "Yusuf", "Zoe",
)  # fmt: skip


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

_NO_COHORT = SampleCohort(
    "", 28, 0, "Europe/Vienna", False, _statuses(finished=1, under_way=4, silent=2, not_started=1)
)


@dataclass(frozen=True, slots=True)
class Session:
    """Some minutes of learning.

    Attributes:
        starts_at: UTC milliseconds.
        max_items: largest number of items read or answered.
    """

    starts_at: int
    max_items: int


@dataclass(frozen=True, slots=True)
class LearnerPlan:
    """Plan of one simulated learner. Times are UTC milliseconds.

    Attributes:
        cohort_index: index into `SAMPLE_COHORTS`; `None` for a learner without a cohort.
        leaves_at: when they write /stop or block the bot; `None` for those who do not.
        skill: probability that a first answer is right, 0 to 1.
        random: seeded generator for their other choices.
    """

    learner: LearnerId
    name: str
    status: LearnerStatus
    cohort_index: int | None
    zone: str
    joins_at: int
    sessions: tuple[Session, ...]
    leaves_at: int | None
    skill: float
    random: Random


def plan_learners(now: int) -> tuple[LearnerPlan, ...]:
    """Plan all learners' actions before `now` (UTC milliseconds)."""
    return tuple(
        _plan_learner(number, fate, group, now)
        for number, (fate, group) in enumerate(_list_statuses())
    )


def _list_statuses() -> Iterator[tuple[LearnerStatus, int | None]]:
    groups: tuple[tuple[int | None, SampleCohort], ...] = (
        *enumerate(SAMPLE_COHORTS),
        (None, _NO_COHORT),
    )
    for number, group in groups:
        for fate, count in group.statuses:
            yield from [(fate, number)] * count


def _plan_learner(
    number: int, status: LearnerStatus, cohort_index: int | None, now: int
) -> LearnerPlan:
    random = Random(f"{SEED}:{number}")  # noqa: S311 - the same people every time
    cohort = _NO_COHORT if cohort_index is None else SAMPLE_COHORTS[cohort_index]
    joined, last = _choose_days(status, cohort, random)
    sessions = tuple(_plan_sessions(status, cohort.zone, joined, last, now, random))
    joins_at = _choose_time(cohort.zone, joined, now, random)
    has_left = status in (LearnerStatus.STOPPED, LearnerStatus.BLOCKED)
    name = f"Sim {_NAMES[number % len(_NAMES)]} {'AB'[number // len(_NAMES)]}."
    return LearnerPlan(
        learner=LearnerId(FIRST_LEARNER_ID + number),
        name=name,
        status=status,
        cohort_index=cohort_index,
        zone=cohort.zone,
        joins_at=min(joins_at, *(one.starts_at - 60_000 for one in sessions), now - DAY // 2),
        sessions=sessions,
        leaves_at=min(sessions[-1].starts_at + DAY, now - 1) if has_left else None,
        skill=random.uniform(0.55, 0.95),
        random=random,
    )


def _choose_days(status: LearnerStatus, cohort: SampleCohort, random: Random) -> tuple[int, int]:
    """Choose how many days ago a learner joined, and was last active."""
    early = cohort.began_days_ago - random.randint(0, 3)
    match status:
        case LearnerStatus.FINISHED:
            return early, 0
        case LearnerStatus.STUCK:
            return early, random.randint(0, 3)
        case LearnerStatus.UNDER_WAY:
            return cohort.began_days_ago - random.randint(
                0, cohort.began_days_ago // 2
            ), random.randint(0, 3)
        case LearnerStatus.SILENT:
            return early, random.randint(8, max(9, cohort.began_days_ago - 8))
        case LearnerStatus.BEHIND:
            return early, random.randint(1, 4)
        case LearnerStatus.NOT_STARTED:
            return random.randint(3, min(early, 14)), 0
        case LearnerStatus.STOPPED | LearnerStatus.BLOCKED:
            return early, random.randint(3, max(4, cohort.began_days_ago - 6))


# Days between sessions, and the smallest and largest number of items in one.
_SESSION_PATTERNS = {
    LearnerStatus.FINISHED: ((1, 1, 1, 2), (14, 24)),
    LearnerStatus.STUCK: ((1, 2, 2), (6, 10)),
    LearnerStatus.BEHIND: ((5, 6, 8), (2, 5)),
}
_USUAL_PATTERN = ((2, 3, 4, 6), (4, 9))


def _plan_sessions(
    status: LearnerStatus, zone: str, joined: int, last: int, now: int, random: Random
) -> Iterator[Session]:
    gaps, (fewest, most) = _SESSION_PATTERNS.get(status, _USUAL_PATTERN)
    ago = joined
    while status is not LearnerStatus.NOT_STARTED and ago > last:
        yield Session(_choose_time(zone, ago, now, random), random.randint(fewest, most))
        ago -= random.choice(gaps)
    if status is not LearnerStatus.NOT_STARTED:
        yield Session(min(_choose_time(zone, last, now, random), now - DAY // 12), fewest)


def _choose_time(zone: str, days_ago: int, now: int, random: Random) -> int:
    """Choose a time at which people learn, `days_ago` days ago."""
    day = local_time.to_local(zone, now).date() - timedelta(days_ago)
    minute = random.choice((7, 8, 12, 13, 17, 18, 19, 20)) * 60 + random.randrange(60)
    return local_time.time_on_day(zone, day, minute) + random.randrange(60_000)
