"""Works out what few people did, by setting every two figures that are shown against each other.

Stronger than anybody: it knows how many facts stand behind each figure, which no screen tells.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import combinations

from course.statistics.overview import Period, Scope
from course.statistics.periods import current_range, previous_range
from course.statistics.suppression import People
from storage import item_analysis, statistics
from storage.store import Store
from tests.statistics import reckoning
from tests.statistics.facts import DAY, Person
from tests.statistics.moments import World, active_on, started_on

Behind = frozenset[tuple[int, Hashable]]
"""What stands behind a figure: whose fact, and which."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure on a screen.

    Attributes:
        figure: only the same figure is set against each other.
        value: a number of people, or whatever else; `None` where nothing is shown.
    """

    figure: str
    where: str
    value: object
    behind: Behind

    @property
    def people(self) -> set[int]:
        return {one for one, _ in self.behind}

    @property
    def bounds(self) -> tuple[int, int]:
        """What a number of people may be, by what is shown of it."""
        assert isinstance(self.value, People)
        return self.value.at_least, self.value.at_least + WIDTH


WIDTH = 4
"""By how much a number that is shown may fall short (docs/statistics.md)."""


async def everything(store: Store, world: World, cohorts: tuple[int, ...]) -> list[Shown]:
    """Each figure of each filter, with what stands behind it."""
    found: list[Shown] = []
    for cohort in (None, *cohorts):
        for period in Period:
            scope = Scope(world.today, period, cohort)
            found += await _overview(store, world, scope)
            found += await _modules(store, world, scope)
            found += await _funnel(store, world, scope)
        for one in await item_analysis.analyse_items(store, world.course, cohort):
            answers = _answers(world, cohort, (0, reckoning.inf), {one.question})
            where = f"cohort {cohort}"
            found.append(Shown(f"number of {one.question}", where, one.answered, answers))
            found.append(Shown(f"item {one.question}", where, one.facility, answers))
    return found


def worked_out(found: list[Shown]) -> tuple[int, list[str]]:
    """How many pairs tell something of a difference, and which tell of fewer than five people."""
    pairs, broken = 0, [_alone(one) for one in found if _is_few(one)]
    for one, other in combinations(found, 2):
        large, small = (one, other) if one.behind >= other.behind else (other, one)
        if one.figure != other.figure or None in (one.value, other.value):
            continue
        if not large.behind > small.behind:
            continue
        pairs += 1
        if _tells(large, small):
            number = len({who for who, _ in large.behind - small.behind})
            broken.append(f"{large.figure}: {large.where} without {small.where}: {number}")
    return pairs, broken


def _is_few(one: Shown) -> bool:
    if isinstance(one.value, People):
        return 0 < len(one.people) < 5 and one.value.at_least > 0
    return one.value is not None and len(one.people) < 5


def _alone(one: Shown) -> str:
    return f"{one.figure}: {one.where}: {len(one.people)}"


def _tells(large: Shown, small: Shown) -> bool:
    """Whether a difference is of one to four people; of numbers, whether it surely is."""
    if isinstance(large.value, People):
        least = max(0, large.bounds[0] - small.bounds[1])
        return least > 0 and large.bounds[1] - small.bounds[0] < 5
    return 0 < len({who for who, _ in large.behind - small.behind}) < 5


async def _overview(store: Store, world: World, scope: Scope) -> list[Shown]:
    one = await statistics.fetch_overview(store, scope)
    pattern = await statistics.fetch_activity_pattern(store, scope)
    found: list[Shown] = []
    for name, stretch in (
        ("now", current_range(scope.period)),
        ("before", previous_range(scope.period)),
    ):
        days = (stretch.newest, stretch.oldest)
        where = f"cohort {scope.cohort}, days {days}"
        answers = _answers(world, scope.cohort, days, None)
        ended = _once(world, scope.cohort, days, lambda who: reckoning.end(world, who))
        joined = _once(world, scope.cohort, days, lambda who: [who.joined])
        started = _once(world, scope.cohort, days, started_on)
        span = scope.period or Period.WEEK  # of all days it is told of the last 7
        lately = current_range(span) if name == "now" else previous_range(span)
        active = _once(world, scope.cohort, (lately.newest, lately.oldest), active_on)
        found += [
            Shown("started", where, getattr(one.started, name), started),
            Shown("active", where, getattr(one.active, name), active),
            Shown("right", where, getattr(one.right, name), answers),
            Shown("minutes", where, getattr(one.minutes, name), ended),
            Shown("finished", where, getattr(one.finished, name), ended),
            Shown("enrolled", where, getattr(one.enrolled, name), joined),
        ]
        if name == "now":
            found.append(Shown("right", f"hours, {where}", pattern.known, answers))
            placed = frozenset(one for one in answers if world.people[one[0]].zone is not None)
            found.append(Shown("hours", where, pattern.cells or None, placed))
    return found


async def _modules(store: Store, world: World, scope: Scope) -> list[Shown]:
    days = (0.0, reckoning.inf if scope.period is Period.ALL else float(scope.period))
    found: list[Shown] = []
    for one, module in zip(
        await statistics.fetch_module_figures(store, world.course, scope),
        world.course.modules,
        strict=True,
    ):
        asked = {str(question.id) for question in module.questions()}
        where = f"cohort {scope.cohort}, days {days}"
        closed = _once(world, scope.cohort, days, lambda who, m=module: reckoning.closing(m, who))
        ever = _answers(world, scope.cohort, (0, reckoning.inf), asked)
        found += [
            Shown(f"closed {module.id}", where, one.closed, closed),
            Shown(f"minutes {module.id}", where, one.minutes, closed),
            Shown(f"right {module.id}", where, one.right, ever),
        ]
    return found


async def _funnel(store: Store, world: World, scope: Scope) -> list[Shown]:
    """How many of those who joined in the period have done each lesson, whenever that was."""
    one = await statistics.fetch_funnel(store, world.course, scope)
    where = f"cohort {scope.cohort}, joined in {scope.period}"
    ends: dict[str, People] = {"start": one.started, "end": one.finished}
    found = ends | {str(step.lesson): step.done for step in one.steps}
    return [
        Shown(f"step {name}", where, done, _reached(world, scope, name))
        for name, done in found.items()
    ]


def _reached(world: World, scope: Scope, name: str) -> Behind:
    return frozenset(
        (n, "once")
        for n, one in world.of(scope.cohort).items()
        if world.today - one.joined < (scope.period or reckoning.inf)
        and reckoning.has_come_to(world, name, one)
    )


def _answers(
    world: World, cohort: int | None, days: tuple[float, float], asked: set[str] | None
) -> Behind:
    return frozenset(
        (n, given.question)
        for n, one in world.of(cohort).items()
        for given in one.firsts
        if days[0] <= world.today - given.at // DAY < days[1]
        and (asked is None or given.question in asked)
    )


def _once(
    world: World,
    cohort: int | None,
    days: tuple[float, float],
    when: Callable[[Person], Iterable[int]],
) -> Behind:
    return frozenset(
        (n, "once")
        for n, one in world.of(cohort).items()
        if any(days[0] <= world.today - day < days[1] for day in when(one))
    )
