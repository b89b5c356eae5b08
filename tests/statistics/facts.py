"""What people did, exported from a store as plain values: facts only, nothing that is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from course.model import LearnerId
from storage import memberships
from storage.store import Store

DAY = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Given:
    """An answer."""

    question: str
    ordinal: int
    chosen: frozenset[str]
    right: bool
    at: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with all they did.

    Attributes:
        joined: the day, numbered from 1970 by UTC.
        read: when each thing was read.
        given: every answer, the earliest first.
    """

    joined: int
    zone: str | None
    cohorts: frozenset[int]
    read: dict[str, int]
    given: Sequence[Given]
    moments: list[int] = field(init=False)

    def __post_init__(self) -> None:
        moments = sorted([*self.read.values(), *(one.at for one in self.given)])
        object.__setattr__(self, "moments", moments)

    @property
    def firsts(self) -> list[Given]:
        return [one for one in self.given if one.ordinal == 1]


async def export(store: Store, learners: Iterable[LearnerId]) -> list[Person]:
    """Everybody of `learners` who is there."""
    found = [await _person(store, learner) for learner in learners]
    return [one for one in found if one is not None]


async def _person(store: Store, learner: LearnerId) -> Person | None:
    history = await store.fetch_history(learner)
    if history.learner is None:
        return None
    given = [
        Given(one.question, one.ordinal, frozenset(one.chosen), one.correct, one.at)
        for askings in history.progress.attempts.values()
        for one in askings
    ]
    return Person(
        history.learner.joined_at // DAY,
        history.learner.preferences.zone,
        frozenset(one.cohort for one in await memberships.fetch_memberships(store, learner)),
        dict(history.progress.read),
        sorted(given, key=lambda one: one.at),
    )
