"""Statistics for admins and facilitators, read from the counters: fast at any size.

docs/statistics.md defines each figure; `course.statistics.overview` has their types. Item analysis is in
`storage.item_analysis`.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from course.model import Course, Module
from course.statistics.counters import FINISHED, JOINED, STARTED
from course.statistics.funnels import funnel as funnel_of
from course.statistics.overview import (
    Activity,
    CohortFigures,
    Crowd,
    Finishing,
    Funnel,
    Measure,
    ModuleFigures,
    Overview,
    Period,
    Scope,
)
from course.statistics.periods import (
    FAR,
    Stretch,
    Sums,
    before,
    now,
    shown,
    sums_of_once,
    sums_of_people,
)
from course.statistics.suppression import People, shows_value
from storage.counters import Visited
from storage.medians import median
from storage.statements import statement
from storage.store import Store

EVERYBODY = 0
"""The cohort number of counters of all learners."""

_WEEK_HOURS, _DAY_HOURS = 7 * 24, 24

# Fewest answers with known local time for a weekly pattern to be shown (our judgement).
_ENOUGH_ANSWERS = 30


async def overview(store: Store, scope: Scope) -> Overview:
    """Fetch the figures of the first screen."""
    enrolled = await _passed(store, scope, JOINED)
    finished = await _passed(store, scope, FINISHED)
    return Overview(
        scope,
        enrolled=_crowd(enrolled, scope.period),
        started=_crowd(await _passed(store, scope, STARTED), scope.period),
        active=_crowd(await _visited(store, scope, Visited.ANY), scope.period or Period.WEEK),
        finished=_crowd(finished, scope.period),
        minutes=await _minutes(store, scope, FINISHED, finished),
        right=await _right(store, scope),
        is_empty=scope.cohort is None and not enrolled[now(Period.ALL)],
    )


async def funnel(store: Store, course: Course, scope: Scope) -> Funnel:
    """Fetch the funnel of those who joined in the scope."""
    since, _ = now(scope.period).days(scope.today)
    rows = await store.rows(statement("reached_since", cohort=_cohort(scope), since=since))
    return funnel_of(course, scope, {item: int(count) for item, count in rows})


async def modules(store: Store, course: Course, scope: Scope) -> tuple[ModuleFigures, ...]:
    """Fetch the figures of every module, in teaching order."""
    rights = await _rights(store, _cohort(scope))
    whole = rights if scope.cohort is None else await _rights(store, EVERYBODY)
    return tuple([await _module(store, module, scope, rights, whole) for module in course.modules])


async def cohorts(
    store: Store, today: int, period: Period, wanted: Sequence[int]
) -> tuple[CohortFigures, ...]:
    """Fetch the figures of several cohorts, in the given order; a few milliseconds each."""
    scopes = (Scope(today, period, cohort) for cohort in wanted)
    return tuple([_in_short(await overview(store, scope)) for scope in scopes])


async def finishing(store: Store, cohort: int | None = None) -> Finishing:
    """Fetch how many have finished by the end of each day on which somebody did."""
    of = EVERYBODY if cohort is None else cohort
    rows = await store.rows(statement("passed_by_day", cohort=of, item=FINISHED))
    until = accumulate(int(count) for _, count in rows)
    days = zip((int(day) for day, _ in rows), map(People.of, until), strict=True)
    return Finishing(cohort, tuple(days))


async def activity(store: Store, scope: Scope) -> Activity:
    """Fetch at what local times people give first answers."""
    since, until = now(scope.period).days(scope.today)
    wanted = statement("hours_between", cohort=_cohort(scope), since=since, until=until)
    counts = {int(hour): int(count) for hour, count in await store.rows(wanted)}
    everything, known = sum(counts.values()), sum(counts.values()) - counts.get(-1, 0)
    stretch = now(scope.period)
    if stretch not in await _shown_by(store, scope, Visited.FIRST) or not everything:
        return Activity(scope, (), None)
    share = round(100 * known / everything)
    placed = await _shown_by(store, scope, Visited.PLACED)
    if stretch not in placed or known < _ENOUGH_ANSWERS:
        return Activity(scope, (), share)
    week = [counts.get(hour, 0) for hour in range(_WEEK_HOURS)]
    days = [week[day : day + _DAY_HOURS] for day in range(0, _WEEK_HOURS, _DAY_HOURS)]
    return Activity(
        scope,
        tuple(_shares(day, known, 10_000) for day in days),
        share,
        _shares(map(sum, days), known),
        _shares((sum(hour) for hour in zip(*days, strict=True)), known),
    )


def _cohort(scope: Scope) -> int:
    return EVERYBODY if scope.cohort is None else scope.cohort


def _crowd(people: Sums, period: Period) -> Crowd:
    return Crowd(People.of(people[now(period)]), People.of(people[before(period)]))


async def _passed(store: Store, scope: Scope, item: str) -> Sums:
    wanted = statement("passed_in", cohort=_cohort(scope), item=item, today=scope.today)
    (row,) = await store.rows(wanted)
    return sums_of_once(row)


async def _visited(store: Store, scope: Scope, what: Visited) -> Sums:
    """Fetch how many people were active in each range of days, each counted once."""
    of, today = _cohort(scope), scope.today
    (ever,) = await store.rows(statement("visited_ever", cohort=of, what=what.value, today=today))
    (lately,) = await store.rows(statement("visited_in", cohort=of, what=what.value, today=today))
    return sums_of_people(lately, ever)


async def _minutes(store: Store, scope: Scope, item: str, passed: Sums) -> Measure:
    """Fetch the median minutes to a milestone, now and before."""
    everybody = scope.cohort is None
    around = passed if everybody else await _passed(store, Scope(scope.today), item)
    allowed = shown(around, None if everybody else passed)

    async def median_in(stretch: Stretch) -> int | None:
        if stretch not in allowed:
            return None
        since, until = stretch.days(scope.today)
        of = _cohort(scope)
        wanted = statement("minutes_between", cohort=of, item=item, since=since, until=until)
        return median(await store.rows(wanted))

    return Measure(await median_in(now(scope.period)), await median_in(before(scope.period)))


async def _right(store: Store, scope: Scope) -> Measure:
    """Fetch the percentage of first answers that were right when given, now and before."""
    allowed = await _shown_by(store, scope, Visited.FIRST)

    async def share_in(stretch: Stretch) -> int | None:
        if stretch not in allowed:
            return None
        return _percent(*await _answers_in(store, scope, stretch))

    return Measure(await share_in(now(scope.period)), await share_in(before(scope.period)))


async def _answers_in(store: Store, scope: Scope, stretch: Stretch) -> tuple[int, int]:
    """Fetch how many first answers were right, and how many there were."""
    of, (since, until) = _cohort(scope), stretch.days(scope.today)
    if since:
        return await _answers_between(store, of, since, until)
    ((right, count),) = await store.rows(statement("right_ever", cohort=of))
    later = await _answers_between(store, of, until + 1, FAR)
    return int(right) - later[0], int(count) - later[1]


async def _answers_between(store: Store, of: int, since: int, until: int) -> tuple[int, int]:
    if since > until:
        return 0, 0
    wanted = statement("right_between", cohort=of, since=since, until=until)
    ((right, count),) = await store.rows(wanted)
    return int(right), int(count)


async def _shown_by(store: Store, scope: Scope, what: Visited) -> frozenset[Stretch]:
    """Fetch the day ranges for which a value may be shown, by the people active in them."""
    everybody = await _visited(store, Scope(scope.today), what)
    cohort = None if scope.cohort is None else await _visited(store, scope, what)
    return shown(everybody, cohort)


async def _rights(store: Store, cohort: int) -> Mapping[str, tuple[int, int]]:
    """Fetch the number of first answers to each question, and of right ones."""
    rows = await store.rows(statement("rights", cohort=cohort))
    return {question: (int(count), int(correct)) for question, count, correct in rows}


async def _module(
    store: Store,
    module: Module,
    scope: Scope,
    rights: Mapping[str, tuple[int, int]],
    whole: Mapping[str, tuple[int, int]],
) -> ModuleFigures:
    closed = await _passed(store, scope, module.id)
    minutes = await _minutes(store, scope, module.id, closed)
    right = _right_in(module, rights, whole)
    return ModuleFigures(module.id, People.of(closed[now(scope.period)]), minutes.now, right)


def _right_in(
    module: Module,
    rights: Mapping[str, tuple[int, int]],
    whole: Mapping[str, tuple[int, int]],
) -> int | None:
    """Percentage of right answers to a module's questions; `None` when of too few people."""
    asked = [question.id for question in module.questions()]
    counts = [rights.get(question, (0, 0)) for question in asked]
    most = max((count for count, _ in counts), default=0)
    others = max((whole.get(q, (0, 0))[0] - rights.get(q, (0, 0))[0] for q in asked), default=0)
    if not shows_value(most, (most + others,)):
        return None
    return _percent(sum(correct for _, correct in counts), sum(count for count, _ in counts))


def _in_short(whole: Overview) -> CohortFigures:
    assert whole.scope.cohort is not None, "only cohorts stand beside each other"
    return CohortFigures(
        whole.scope.cohort,
        whole.enrolled.now,
        whole.started.now,
        whole.active.now,
        whole.finished.now,
        whole.minutes.now,
        whole.right.now,
    )


def _shares(counts: Iterable[int], whole: int, parts: int = 100) -> tuple[int, ...]:
    return tuple(round(parts * count / whole) for count in counts)


def _percent(part: int, whole: int) -> int | None:
    return round(100 * int(part) / int(whole)) if whole else None
