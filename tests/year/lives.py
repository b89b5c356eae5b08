"""Random lives of learners: when they come, what they do, and what they do about a reminder.

Drawn from a seed before and while they are lived; knows nothing of when reminders are due.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from random import Random

from tests.year.record import Act, Value

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SLOT = 2 * HOUR
"""What people do falls on one moment of every two hours, so that fewer are to be played."""

ZONES = (
    "Africa/Nairobi", "Europe/Berlin", "Africa/Cairo", "Asia/Kathmandu", "Australia/Lord_Howe",
    "America/Santiago", "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca",
    "America/St_Johns", "America/Havana", "Atlantic/Azores",
)  # fmt: skip

_EAGER_STEPS = 6  # each time: half of the course of `tests.year.working`

_QUIET = ("1200-480",) * 6 + ("1320-420", "0-0", "540-1020", "1080-600", "60-300")
_REST = ("56", "45", "-", "6", "5", "0246", "12345")
_SNOOZES = ("hours", "evening", "tomorrow", "week")


@dataclass(frozen=True, slots=True, order=True)
class Plan:
    """What somebody is going to do; `number` keeps the order of what falls on one moment."""

    at: int
    number: int
    learner: int
    act: Act
    value: Value = None


@dataclass(slots=True)
class Person:
    """Somebody.

    Attributes:
        is_here: has come and is not gone for good.
        patience: how often reminders bring them back, from 0 to 1.
    """

    id: int
    random: Random
    patience: float
    tells_zone: bool
    is_here: bool = False
    is_blocking: bool = False
    has_finished: bool = False

    @property
    def is_eager(self) -> bool:
        """One in eight learns much at a time, and finishes also in a year of a few weeks."""
        return self.id % 8 == 0


@dataclass(slots=True)
class Lives:
    """All of them, from `begin` to `end`."""

    seed: int
    number: int
    begin: int
    end: int
    people: dict[int, Person] = field(default_factory=dict)
    _plans: list[Plan] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        for learner in range(10_001, 10_001 + self.number):
            random = Random(f"{self.seed}:{learner}")  # noqa: S311 - lives, not secrets
            person = Person(
                learner, random, random.choice((0.05, 0.2, 0.4)), random.random() > 0.05
            )
            self.people[learner] = person
            self._comes(person)

    @property
    def next_at(self) -> int:
        """When somebody does something next."""
        return self._plans[0].at if self._plans else self.end

    def take(self, until: int) -> list[Plan]:
        """Who does something until then, each for one thing; the rest stays."""
        taken: dict[int, Plan] = {}
        again = []
        while self._plans and self._plans[0].at <= until:
            plan = heappop(self._plans)
            if plan.learner in taken:
                again.append(plan)
            else:
                taken[plan.learner] = plan
        for plan in again:
            heappush(self._plans, plan)
        return list(taken.values())

    def later(self, plan: Plan, at: int) -> None:
        """They do it then."""
        self.plan(plan.learner, at, plan.act, plan.value)

    def plan(self, learner: int, at: int, act: Act, value: Value = None) -> None:
        """Somebody is going to do something."""
        heappush(self._plans, Plan(self._moment(at), next(self._numbers), learner, act, value))

    def did(self, plan: Plan) -> None:
        """It happened: what follows from it."""
        person = self.people[plan.learner]
        if plan.act is Act.COMES:
            person.is_here = True
        elif plan.act is Act.BLOCKS:
            person.is_blocking = True
            self.plan(person.id, plan.at + self._days(person, 3, 60), Act.UNBLOCKS)
        elif plan.act is Act.UNBLOCKS:
            person.is_blocking = False
        elif plan.act is Act.STOPS and person.random.random() < 0.6:
            self.plan(person.id, plan.at + self._days(person, 2, 50), Act.STARTS)
        elif plan.act is Act.PAUSES:
            self.plan(person.id, plan.at + self._days(person, 2, 40), Act.RESUMES)
        elif plan.act is Act.PACE and plan.value == "none":
            self.plan(person.id, plan.at + self._days(person, 5, 40), Act.PACE, "normal")

    def reminded(self, learner: int, at: int) -> None:
        """A reminder lies before somebody: they may go on, put it off, stop, block, or nothing."""
        person = self.people[learner]
        chance, soon = person.random.random(), at + self._hours(person, 0.5, 10)
        if chance < person.patience:
            self._learns(person, soon)
        elif chance < person.patience + 0.12:
            self.plan(learner, soon, Act.SNOOZES, person.random.choice(_SNOOZES))
        elif chance < person.patience + 0.15:
            self.plan(learner, soon, person.random.choice((Act.STOPS, Act.BLOCKS, Act.PAUSES)))

    def joining(self, share: float, random: Random) -> list[int]:
        """Some of those who are here, to be invited into a cohort."""
        here = [one.id for one in self.people.values() if one.is_here and not one.is_blocking]
        return random.sample(here, round(len(here) * share))

    def _comes(self, person: Person) -> None:
        random = person.random
        length = self.end - self.begin
        at = self.begin + int(length * 0.7 * random.random())
        self.plan(person.id, at, Act.COMES)
        if person.tells_zone:
            self.plan(person.id, at, Act.ZONE, random.choice(ZONES))
            self.plan(person.id, at, Act.REST, random.choice(_REST))
            for act, value in self._settings(person, 0.3):
                self.plan(person.id, at, act, value)
        self._learns(person, at)
        while (at := at + self._gap(person)) < self.end:
            self._learns(person, at)
        for _ in range(round(3.5 * (self.end - self.begin) / (365 * DAY)) + 1):
            self._changes(person, self.begin + int(length * random.random()))

    def _learns(self, person: Person, at: int) -> None:
        steps = person.random.choice((1, 1, 1, 2))
        for _ in range(_EAGER_STEPS if person.is_eager else steps):
            self.plan(person.id, at, Act.LEARNS)

    def _settings(self, person: Person, share: float) -> Iterator[tuple[Act, Value]]:
        random = person.random
        if random.random() < share:
            yield Act.HOUR, str(random.choice((0, 390, 450, 720, 1080, 1170, 1290, 1439)))
        if random.random() < share:
            yield Act.QUIET, random.choice(_QUIET)
        if random.random() < share:
            yield Act.PACE, random.choice(("gentle", "normal", "gentle", "none"))

    def _changes(self, person: Person, at: int) -> None:
        """Something that people do now and then."""
        random = person.random
        act = random.choice((
            Act.ZONE, Act.HOUR, Act.QUIET, Act.REST, Act.PACE, Act.PAUSES, Act.STOPS, Act.BLOCKS,
            Act.SNOOZES, Act.SNOOZES, Act.STARTS,
        ))  # fmt: skip
        value: Value = None
        match act:
            case Act.ZONE | Act.HOUR | Act.QUIET | Act.PACE | Act.REST if not person.tells_zone:
                return
            case Act.ZONE:
                value = random.choice(ZONES)
            case Act.REST:
                value = random.choice(_REST)
            case Act.SNOOZES:
                value = random.choice(_SNOOZES)
            case Act.HOUR | Act.QUIET | Act.PACE:
                found = dict(self._settings(person, 1.0))
                value = found[act]
            case _:
                pass
        self.plan(person.id, at, act, value)

    def _moment(self, at: int) -> int:
        """The first of the moments at which people do something that is not before `at`."""
        for slot in range(at // SLOT, at // SLOT + 2):
            moment = slot * SLOT + (slot * 7_654_321 + self.seed) % SLOT
            if moment >= at:
                return moment
        return moment  # type: ignore[possibly-undefined]  # there are two slots

    def _gap(self, person: Person) -> int:
        longest = person.random.choice((4, 20, 50, 90, 120))
        return self._days(person, 0.2, longest)

    def _days(self, person: Person, least: float, most: float) -> int:
        return int(DAY * person.random.uniform(least, most))

    def _hours(self, person: Person, least: float, most: float) -> int:
        return int(HOUR * person.random.uniform(least, most))
