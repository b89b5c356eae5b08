"""Sets every figure of every screen against what is reckoned from the facts."""

from collections.abc import Iterator, Sequence
from typing import Any

from course.statistics.item_findings import ItemFigures
from course.statistics.overview import Overview, Period, Scope, ValueTrend
from course.statistics.suppression import People
from storage import item_analysis, statistics
from storage.store import Store
from tests.statistics import item_reckoning, reckoning
from tests.statistics.moments import World

Compared = tuple[str, Any, Any]
"""Where it stands, what the store says, what was reckoned."""


async def compared(store: Store, world: World, cohorts: Sequence[int]) -> list[Compared]:
    """Every figure there is: of everybody and of each cohort, in each period."""
    found: list[Compared] = []
    for cohort in (None, *cohorts):
        for period in Period:
            scope = Scope(world.today, period, cohort)
            found += await _by_period(store, world, scope, f"cohort {cohort}, period {period}: ")
        found += await _of_all_days(store, world, cohort, f"cohort {cohort}: ")
    for period in Period:
        beside = await statistics.fetch_cohort_figures(store, world.today, period, cohorts)
        for one in beside:
            there = reckoning.overview(world, one.cohort, period)
            for name, (now, _) in there.items():
                said = _plain(getattr(one, name))
                found.append((f"cohort {one.cohort} beside others, {period}: {name}", said, now))
    return found


def wrong(found: Sequence[Compared]) -> list[Compared]:
    """What is not the same."""
    return [one for one in found if one[1] != one[2]]


async def _by_period(store: Store, world: World, scope: Scope, where: str) -> list[Compared]:
    asked = (world, scope.cohort, int(scope.period))
    found = list(
        _overview(await statistics.fetch_overview(store, scope), reckoning.overview(*asked))
    )
    funnel = await statistics.fetch_funnel(store, world.course, scope)
    there = reckoning.funnel(*asked)
    steps = [(s.lesson, s.done.at_least, s.percent, s.lost.at_least) for s in funnel.steps]
    found += [
        *(
            (name, getattr(funnel, name).at_least, there[name])
            for name in ("enrolled", "started", "finished")
        ),
        *(("step", *pair) for pair in zip(steps, there["steps"], strict=True)),
        ("worst", funnel.worst, there["worst"]),
    ]
    lines = await statistics.fetch_module_figures(store, world.course, scope)
    plain = [(one.module, one.closed.at_least, one.minutes, one.right) for one in lines]
    found += [("module", *pair) for pair in zip(plain, reckoning.modules(*asked), strict=True)]
    pattern = await statistics.fetch_activity_pattern(store, scope)
    hours, known = reckoning.activity(*asked)
    week = [share for day in pattern.cells for share in day]
    found.append(("hours", [*week, *pattern.days, *pattern.hours], hours))
    found.append(("known", pattern.known, known))
    return [(where + name, said, anew) for name, said, anew in found]


async def _of_all_days(
    store: Store, world: World, cohort: int | None, where: str
) -> list[Compared]:
    finishing = await statistics.fetch_completion_curve(store, cohort)
    days = [(day, people.at_least) for day, people in finishing.days]
    found: list[Compared] = [("finishing", days, reckoning.finishing(world, cohort))]
    reckoned = item_reckoning.items(world, cohort)
    for one, there in zip(
        await item_analysis.analyse_items(store, world.course, cohort), reckoned, strict=True
    ):
        found += _item(one, there)
        question = world.course.question(one.question)
        assert question is not None
        alone = await item_analysis.analyse_item(store, question, cohort)
        found.append((f"{one.question} alone", alone, one))
    return [(where + name, said, anew) for name, said, anew in found]


def _overview(one: Overview, there: dict[str, Any]) -> Iterator[Compared]:
    for name, expected in there.items():
        pair = getattr(one, name)
        yield f"{name} {type(pair).__name__}", (_plain(pair.now), _plain(pair.before)), expected
    assert isinstance(one.minutes, ValueTrend)


def _item(one: ItemFigures, there: dict[str, Any]) -> Iterator[Compared]:
    for name in ("facility", "seconds"):
        yield f"{one.question} {name}", getattr(one, name), there.get(name)
    yield f"{one.question} answered", one.answered.at_least, there["answered"]
    options = [(o.option, o.share, o.upper, o.lower) for o in one.options]
    yield f"{one.question} options", options, there.get("options", [])
    verdicts = [(verdict.finding.value, verdict.option) for verdict in one.verdicts]
    yield f"{one.question} verdicts", verdicts, there["verdicts"]
    exact = there.get("discrimination")
    yield f"{one.question} discrimination", one.discrimination, exact and round(exact, 2)


def _plain(said: object) -> object:
    return said.at_least if isinstance(said, People) else said
