"""Who is in the demo's small world, and when they learn. Pure: the same time gives the same people.

Nobody here is real, and their names say so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from random import Random

from course import zones
from course.model import LearnerId

DAY = 24 * 3_600_000
FIRST_LEARNER = 900_001
"""The user id of the first simulated learner; the others follow it."""

SEED = "a small world"
"""What all that is left to chance follows from."""
_NAMES = (
    "Abena", "Adil", "Agnes", "Alba", "Amir", "Anouk", "Arman", "Asha", "Aziz", "Beatriz",
    "Bilal", "Binta", "Camila", "Chen", "Daria", "Dawit", "Diego", "Dina", "Elif", "Emeka",
    "Esther", "Fatou", "Felix", "Gita", "Hana", "Hugo", "Ines", "Ismail", "Jana", "Joao",
    "Kamal", "Karin", "Kofi", "Lea", "Lina", "Luis", "Maja", "Malik", "Marta", "Milan",
    "Mona", "Nadia", "Nuno", "Olga", "Omar", "Paula", "Pedro", "Rania", "Ravi", "Rosa",
    "Sami", "Sara", "Sina", "Tariq", "Thandi", "Tomas", "Uma", "Vera", "Yusuf", "Zoe",
)  # fmt: skip


class Fate(Enum):
    """What becomes of somebody up to now."""

    FINISHED = auto()
    UNDER_WAY = auto()
    STUCK = auto()
    """Misses one question again and again."""
    SILENT = auto()
    BEHIND = auto()
    NOT_STARTED = auto()
    STOPPED = auto()
    """Wants to hear nothing more unasked."""
    BLOCKED = auto()
    """Has blocked the bot."""


@dataclass(frozen=True, slots=True)
class Group:
    """A cohort as it is to be made.

    Attributes:
        began: days ago.
        ends: days from now; below 0 when the deadline has passed.
        zone: where its learners are.
        is_farids: whether Farid leads it; the others are Ada's.
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
"""The cohorts; with those on their own there are 120 learners."""

_ALONE = Group("", 28, 0, "Europe/Vienna", False,
               ((Fate.FINISHED, 1), (Fate.UNDER_WAY, 4), (Fate.SILENT, 2),
                (Fate.NOT_STARTED, 1)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Session:
    """Some minutes of learning.

    Attributes:
        at: when it begins, in UTC milliseconds.
        most: things read or answered at most.
    """

    at: int
    most: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What one simulated learner is going to do. Times are UTC milliseconds.

    Attributes:
        group: index into `GROUPS`; `None` for somebody on their own.
        leaves_at: when they stop messages or block the bot; `None` for those who do not.
        skill: how often a first answer is right, 0 to 1.
        chance: what else they do follows from it.
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
    """Everybody, with all that they do before `now` (UTC milliseconds)."""
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
    """How many days ago somebody joined, and was last there."""
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


# Days between two sessions, and the fewest and most things done in one.
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
    """A time of the day at which people learn, so many days ago."""
    day = zones.local(zone, now).date() - timedelta(ago)
    minute = chance.choice((7, 8, 12, 13, 17, 18, 19, 20)) * 60 + chance.randrange(60)
    return zones.at_minute(zone, day, minute) + chance.randrange(60_000)
