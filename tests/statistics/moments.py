"""Who is looked at, and on which days people did what; apart from `course`, as `reckoning` is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from course.model import Course, Module
from tests.statistics.facts import DAY, Person


@dataclass(frozen=True, slots=True)
class World:
    """Who is looked at, and when."""

    course: Course
    today: int
    people: Sequence[Person]

    def of(self, cohort: int | None) -> dict[int, Person]:
        """Those of a cohort, or all, by a number of their own."""
        return {
            n: one for n, one in enumerate(self.people) if cohort is None or cohort in one.cohorts
        }


def started_on(one: Person) -> list[int]:
    """The day of the first tap, if any."""
    return [one.moments[0] // DAY] if one.moments else []


def active_on(one: Person) -> set[int]:
    """The days with a tap."""
    return {at // DAY for at in one.moments}


def closing(module: Module, one: Person) -> list[int]:
    """The day on which one closed a module, if any."""
    return [one.read[module.id] // DAY] if module.id in one.read else []


def end(world: World, one: Person) -> list[int]:
    """The day on which one finished, if any."""
    at = end_at(world, one)
    return [] if at == inf else [int(at) // DAY]


def end_at(world: World, one: Person) -> float:
    """The moment at which everything was read and passed; infinity for never."""
    return max(_done_at(module, one) for module in world.course.modules)


def _done_at(module: Module, one: Person) -> float:
    """The same of a module; one that was closed is done."""
    passed: dict[str, int] = {}
    for given in one.given:
        if given.right:
            passed.setdefault(given.question, given.at)
    moments = [
        *(one.read.get(card.id, inf) for card in module.cards()),
        *(passed.get(question.id, inf) for question in module.questions()),
    ]
    return min(max(moments), one.read.get(module.id, inf))
