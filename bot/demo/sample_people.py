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
FIRST_LEARNER = 900_001
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


class Fate(Enum):
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
class Group:
    """A cohort to create.

    Attributes:
        began_days_ago: when it started.
        ends_in_days: its deadline; negative if it has passed.
        zone: time zone of its learners.
        is_led_by_farid: whether Farid facilitates it; the others are Ada's.
        statuses: number of learners by status.
    """

    name: str
    began: int
    ends: int
    zone: str
    is_farids: bool
    fates: tuple[tuple[Fate, int], ...]


GROUPS = (
    Group("District courts", 35, 5, "Africa/Nairobi", True,
          ((Fate.FINISHED, 5), (Fate.UNDER_WAY, 14), (Fate.STUCK, 3), (Fate.SILENT, 8),
           (Fate.BEHIND, 7), (Fate.NOT_STARTED, 4), (Fate.STOPPED, 2), (Fate.BLOCKED, 1))),
    Group("Probation service", 21, 24, "America/Bogota", True,
          ((Fate.FINISHED, 3), (Fate.UNDER_WAY, 14), (Fate.STUCK, 2), (Fate.SILENT, 6),
           (Fate.NOT_STARTED, 7), (Fate.STOPPED, 2), (Fate.BLOCKED, 2))),
    Group("Health partners", 42, -6, "Asia/Kathmandu", False,
          ((Fate.FINISHED, 8), (Fate.UNDER_WAY, 4), (Fate.STUCK, 1), (Fate.SILENT, 11),
           (Fate.NOT_STARTED, 5), (Fate.STOPPED, 2), (Fate.BLOCKED, 1))),
)  # fmt: skip
"""All cohorts; including learners without a cohort there are 120 learners."""

_ALONE = Group("", 28, 0, "Europe/Vienna", False,
               ((Fate.FINISHED, 1), (Fate.UNDER_WAY, 4), (Fate.SILENT, 2),
                (Fate.NOT_STARTED, 1)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Session:
    """Some minutes of learning.

    Attributes:
        starts_at: UTC milliseconds.
        max_items: largest number of items read or answered.
    """

    at: int
    most: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Plan of one simulated learner. Times are UTC milliseconds.

    Attributes:
        cohort_index: index into `SAMPLE_COHORTS`; `None` for a learner without a cohort.
        leaves_at: when they write /stop or block the bot; `None` for those who do not.
        skill: probability that a first answer is right, 0 to 1.
        random: seeded generator for their other choices.
    """

    learner: LearnerId
    name: str
    fate: Fate
    group: int | None
    zone: str
    joins_at: int
    sessions: tuple[Session, ...]
    leaves_at: int | None
    skill: float
    chance: Random


def cast(now: int) -> tuple[Plan, ...]:
    """Plan all learners' actions before `now` (UTC milliseconds)."""
    return tuple(
        _plan(number, fate, group, now) for number, (fate, group) in enumerate(_everybody())
    )


def _everybody() -> Iterator[tuple[Fate, int | None]]:
    groups: tuple[tuple[int | None, Group], ...] = (*enumerate(GROUPS), (None, _ALONE))
    for number, group in groups:
        for fate, count in group.fates:
            yield from [(fate, number)] * count


def _plan(number: int, fate: Fate, index: int | None, now: int) -> Plan:
    chance = Random(f"{SEED}:{number}")  # noqa: S311 - the same people every time
    group = _ALONE if index is None else GROUPS[index]
    joined, last = _days(fate, group, chance)
    sessions = tuple(_sessions(fate, group.zone, joined, last, now, chance))
    joins_at = _moment(group.zone, joined, now, chance)
    has_left = fate in (Fate.STOPPED, Fate.BLOCKED)
    name = f"Sim {_NAMES[number % len(_NAMES)]} {'AB'[number // len(_NAMES)]}."
    return Plan(
        learner=LearnerId(FIRST_LEARNER + number),
        name=name,
        fate=fate,
        group=index,
        zone=group.zone,
        joins_at=min(joins_at, *(one.at - 60_000 for one in sessions), now - DAY // 2),
        sessions=sessions,
        leaves_at=min(sessions[-1].at + DAY, now - 1) if has_left else None,
        skill=chance.uniform(0.55, 0.95),
        chance=chance,
    )


def _days(fate: Fate, group: Group, chance: Random) -> tuple[int, int]:
    """Choose how many days ago a learner joined, and was last active."""
    early = group.began - chance.randint(0, 3)
    match fate:
        case Fate.FINISHED:
            return early, 0
        case Fate.STUCK:
            return early, chance.randint(0, 3)
        case Fate.UNDER_WAY:
            return group.began - chance.randint(0, group.began // 2), chance.randint(0, 3)
        case Fate.SILENT:
            return early, chance.randint(8, max(9, group.began - 8))
        case Fate.BEHIND:
            return early, chance.randint(1, 4)
        case Fate.NOT_STARTED:
            return chance.randint(3, min(early, 14)), 0
        case Fate.STOPPED | Fate.BLOCKED:
            return early, chance.randint(3, max(4, group.began - 6))


# Days between sessions, and the smallest and largest number of items in one.
_RHYTHMS = {
    Fate.FINISHED: ((1, 1, 1, 2), (14, 24)),
    Fate.STUCK: ((1, 2, 2), (6, 10)),
    Fate.BEHIND: ((5, 6, 8), (2, 5)),
}
_USUAL_RHYTHM = ((2, 3, 4, 6), (4, 9))


def _sessions(
    fate: Fate, zone: str, joined: int, last: int, now: int, chance: Random
) -> Iterator[Session]:
    gaps, (fewest, most) = _RHYTHMS.get(fate, _USUAL_RHYTHM)
    ago = joined
    while fate is not Fate.NOT_STARTED and ago > last:
        yield Session(_moment(zone, ago, now, chance), chance.randint(fewest, most))
        ago -= chance.choice(gaps)
    if fate is not Fate.NOT_STARTED:
        yield Session(min(_moment(zone, last, now, chance), now - DAY // 12), fewest)


def _moment(zone: str, ago: int, now: int, chance: Random) -> int:
    """Choose a time at which people learn, `days_ago` days ago."""
    day = local_time.local(zone, now).date() - timedelta(ago)
    minute = chance.choice((7, 8, 12, 13, 17, 18, 19, 20)) * 60 + chance.randrange(60)
    return local_time.at_minute(zone, day, minute) + chance.randrange(60_000)
