"""Plans of the demo's simulated learners: who they are, and when they learn.

Pure and reproducible: the same time gives the same people. Their names mark them as simulated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from bot.demo.sample_cohorts import NO_COHORT, SAMPLE_COHORTS, LearnerStatus, SampleCohort
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
        _plan_learner(number, status, cohort, now)
        for number, (status, cohort) in enumerate(_list_statuses())
    )


def _list_statuses() -> Iterator[tuple[LearnerStatus, int | None]]:
    for number, cohort in (*enumerate(SAMPLE_COHORTS), (None, NO_COHORT)):
        for status, count in cohort.statuses:
            yield from [(status, number)] * count


def _plan_learner(
    number: int, status: LearnerStatus, cohort_index: int | None, now: int
) -> LearnerPlan:
    random = Random(f"{SEED}:{number}")  # noqa: S311 - the same people every time
    cohort = NO_COHORT if cohort_index is None else SAMPLE_COHORTS[cohort_index]
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
    began = cohort.began_days_ago
    early = began - random.randint(0, 3)
    if status is LearnerStatus.FINISHED:
        return early, 0
    if status is LearnerStatus.UNDER_WAY:
        return began - random.randint(0, began // 2), random.randint(0, 3)
    if status is LearnerStatus.NOT_STARTED:
        return random.randint(3, min(early, 14)), 0
    last = {
        LearnerStatus.STUCK: (0, 3),
        LearnerStatus.SILENT: (8, max(9, began - 8)),
        LearnerStatus.BEHIND: (1, 4),
    }.get(status, (3, max(4, began - 6)))
    return early, random.randint(*last)


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
