"""Statistics for admins and facilitators, read from the counters: fast at any size.

docs/statistics.md defines each figure; `course.statistics.overview` has their types. Item analysis
is in `storage.item_analysis`.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from course.model import Course, Module
from course.statistics.counters import FINISHED, JOINED, STARTED, ActivityKind
from course.statistics.funnels import build_funnel as funnel_of
from course.statistics.overview import (
    ActivityPattern,
    CohortFigures,
    CompletionCurve,
    Funnel,
    ModuleFigures,
    Overview,
    PeopleTrend,
    Period,
    Scope,
    ValueTrend,
)
from course.statistics.periods import (
    FAR_FUTURE_DAY,
    DayRange,
    SumsByRange,
    current_range,
    previous_range,
    showable_ranges,
    sum_people,
    sum_single_events,
)
from course.statistics.suppression import People, can_show_value
from storage.statements import Row, Value, statement
from storage.store import Store

EVERYBODY = 0
"""The cohort number of counters of all learners."""

_WEEK_HOURS, _DAY_HOURS = 7 * 24, 24

# Fewest answers with known local time for a weekly pattern to be shown (our judgement).
_ENOUGH_ANSWERS = 30


async def fetch_overview(store: Store, scope: Scope) -> Overview:
    """Fetch the figures of the first screen."""
    enrolled = await _fetch_milestone_sums(store, scope, JOINED)
    finished = await _fetch_milestone_sums(store, scope, FINISHED)
    return Overview(
        scope,
        enrolled=_people_trend(enrolled, scope.period),
        started=_people_trend(await _fetch_milestone_sums(store, scope, STARTED), scope.period),
        active=_people_trend(
            await _fetch_active_sums(store, scope, ActivityKind.ANY), scope.period or Period.WEEK
        ),
        finished=_people_trend(finished, scope.period),
        minutes=await _fetch_median_minutes(store, scope, FINISHED, finished),
        right=await _fetch_right_share(store, scope),
        is_empty=scope.cohort is None and not enrolled[current_range(Period.ALL)],
    )


async def fetch_funnel(store: Store, course: Course, scope: Scope) -> Funnel:
    """Fetch the funnel of those who joined in the scope."""
    since, _ = current_range(scope.period).days(scope.today)
    rows = await store.fetch_rows(
        statement("fetch_reached_since", cohort=_cohort(scope), since=since)
    )
    return funnel_of(course, scope, {item: int(count) for item, count in rows})


async def fetch_module_figures(
    store: Store, course: Course, scope: Scope
) -> tuple[ModuleFigures, ...]:
    """Fetch the figures of every module, in teaching order."""
    rights = await _fetch_right_counts(store, _cohort(scope))
    whole = rights if scope.cohort is None else await _fetch_right_counts(store, EVERYBODY)
    return tuple(
        [await _fetch_module(store, module, scope, rights, whole) for module in course.modules]
    )


async def fetch_cohort_figures(
    store: Store, today: int, period: Period, cohort_ids: Sequence[int]
) -> tuple[CohortFigures, ...]:
    """Fetch the figures of several cohorts, in the given order; a few milliseconds each."""
    scopes = (Scope(today, period, cohort) for cohort in cohort_ids)
    return tuple([_summarise(await fetch_overview(store, scope)) for scope in scopes])


async def fetch_completion_curve(store: Store, cohort: int | None = None) -> CompletionCurve:
    """Fetch how many have finished by the end of each day on which somebody did."""
    of = EVERYBODY if cohort is None else cohort
    rows = await store.fetch_rows(statement("fetch_milestones_by_day", cohort=of, item=FINISHED))
    until = accumulate(int(count) for _, count in rows)
    days = zip((int(day) for day, _ in rows), map(People.rounded, until), strict=True)
    return CompletionCurve(cohort, tuple(days))


async def fetch_activity_pattern(store: Store, scope: Scope) -> ActivityPattern:
    """Fetch at what local times people give first answers."""
    since, until = current_range(scope.period).days(scope.today)
    wanted = statement("fetch_answer_hours", cohort=_cohort(scope), since=since, until=until)
    counts = {int(hour): int(count) for hour, count in await store.fetch_rows(wanted)}
    everything, known = sum(counts.values()), sum(counts.values()) - counts.get(-1, 0)
    stretch = current_range(scope.period)
    if (
        stretch not in await _fetch_showable_ranges(store, scope, ActivityKind.FIRST_ANSWER)
        or not everything
    ):
        return ActivityPattern(scope, (), None)
    share = round(100 * known / everything)
    placed = await _fetch_showable_ranges(store, scope, ActivityKind.FIRST_ANSWER_WITH_HOUR)
    if stretch not in placed or known < _ENOUGH_ANSWERS:
        return ActivityPattern(scope, (), share)
    week = [counts.get(hour, 0) for hour in range(_WEEK_HOURS)]
    days = [week[day : day + _DAY_HOURS] for day in range(0, _WEEK_HOURS, _DAY_HOURS)]
    return ActivityPattern(
        scope,
        tuple(_percentages(day, known, 10_000) for day in days),
        share,
        _percentages(map(sum, days), known),
        _percentages((sum(hour) for hour in zip(*days, strict=True)), known),
    )


def _cohort(scope: Scope) -> int:
    return EVERYBODY if scope.cohort is None else scope.cohort


def _people_trend(people: SumsByRange, period: Period) -> PeopleTrend:
    return PeopleTrend(
        People.rounded(people[current_range(period)]),
        People.rounded(people[previous_range(period)]),
    )


async def _fetch_milestone_sums(store: Store, scope: Scope, item: str) -> SumsByRange:
    wanted = statement("fetch_milestone_sums", cohort=_cohort(scope), item=item, today=scope.today)
    (row,) = await store.fetch_rows(wanted)
    return sum_single_events(row)


async def _fetch_active_sums(store: Store, scope: Scope, what: ActivityKind) -> SumsByRange:
    """Fetch how many people were active in each range of days, each counted once."""
    of: dict[str, Value] = {"cohort": _cohort(scope), "item": str(what.value)}
    (ever,) = await store.fetch_rows(statement("fetch_ever_active_sums", **of, today=scope.today))
    (lately,) = await store.fetch_rows(statement("fetch_active_sums", **of, today=scope.today))
    return sum_people(lately, ever)


async def _fetch_median_minutes(
    store: Store, scope: Scope, item: str, passed: SumsByRange
) -> ValueTrend:
    """Fetch the median minutes to a milestone, now and before."""
    everybody = scope.cohort is None
    around = passed if everybody else await _fetch_milestone_sums(store, Scope(scope.today), item)
    allowed = showable_ranges(around, None if everybody else passed)

    async def median_in(stretch: DayRange) -> int | None:
        if stretch not in allowed:
            return None
        since, until = stretch.days(scope.today)
        of = _cohort(scope)
        wanted = statement(
            "fetch_milestone_minutes", cohort=of, item=item, since=since, until=until
        )
        return median(await store.fetch_rows(wanted))

    return ValueTrend(
        await median_in(current_range(scope.period)), await median_in(previous_range(scope.period))
    )


async def _fetch_right_share(store: Store, scope: Scope) -> ValueTrend:
    """Fetch the percentage of first answers that were right when given, now and before."""
    allowed = await _fetch_showable_ranges(store, scope, ActivityKind.FIRST_ANSWER)

    async def share_in(stretch: DayRange) -> int | None:
        if stretch not in allowed:
            return None
        return _percent(*await _fetch_answers_in_range(store, scope, stretch))

    return ValueTrend(
        await share_in(current_range(scope.period)), await share_in(previous_range(scope.period))
    )


async def _fetch_answers_in_range(store: Store, scope: Scope, stretch: DayRange) -> tuple[int, int]:
    """Fetch how many first answers were right, and how many there were."""
    of, (since, until) = _cohort(scope), stretch.days(scope.today)
    if since:
        return await _fetch_answers_between(store, of, since, until)
    ((right, count),) = await store.fetch_rows(statement("fetch_right_answers_ever", cohort=of))
    later = await _fetch_answers_between(store, of, until + 1, FAR_FUTURE_DAY)
    return int(right) - later[0], int(count) - later[1]


async def _fetch_answers_between(store: Store, of: int, since: int, until: int) -> tuple[int, int]:
    if since > until:
        return 0, 0
    wanted = statement("fetch_right_answers_between", cohort=of, since=since, until=until)
    ((right, count),) = await store.fetch_rows(wanted)
    return int(right), int(count)


async def _fetch_showable_ranges(
    store: Store, scope: Scope, what: ActivityKind
) -> frozenset[DayRange]:
    """Fetch the day ranges for which a value may be shown, by the people active in them."""
    everybody = await _fetch_active_sums(store, Scope(scope.today), what)
    cohort = None if scope.cohort is None else await _fetch_active_sums(store, scope, what)
    return showable_ranges(everybody, cohort)


async def _fetch_right_counts(store: Store, cohort: int) -> Mapping[str, tuple[int, int]]:
    """Fetch the number of first answers to each question, and of right ones."""
    rows = await store.fetch_rows(statement("fetch_right_counts", cohort=cohort))
    return {question: (int(count), int(correct)) for question, count, correct in rows}


async def _fetch_module(
    store: Store,
    module: Module,
    scope: Scope,
    rights: Mapping[str, tuple[int, int]],
    whole: Mapping[str, tuple[int, int]],
) -> ModuleFigures:
    closed = await _fetch_milestone_sums(store, scope, module.id)
    minutes = await _fetch_median_minutes(store, scope, module.id, closed)
    right = _right_share(module, rights, whole)
    return ModuleFigures(
        module.id, People.rounded(closed[current_range(scope.period)]), minutes.now, right
    )


def _right_share(
    module: Module,
    rights: Mapping[str, tuple[int, int]],
    whole: Mapping[str, tuple[int, int]],
) -> int | None:
    """Percentage of right answers to a module's questions; `None` when of too few people."""
    asked = [question.id for question in module.questions()]
    counts = [rights.get(question, (0, 0)) for question in asked]
    most = max((count for count, _ in counts), default=0)
    others = max((whole.get(q, (0, 0))[0] - rights.get(q, (0, 0))[0] for q in asked), default=0)
    if not can_show_value(most, (most + others,)):
        return None
    return _percent(sum(correct for _, correct in counts), sum(count for count, _ in counts))


def _summarise(whole: Overview) -> CohortFigures:
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


def _percentages(counts: Iterable[int], whole: int, parts: int = 100) -> tuple[int, ...]:
    return tuple(round(parts * count / whole) for count in counts)


def _percent(part: int, whole: int) -> int | None:
    return round(100 * int(part) / int(whole)) if whole else None


def median(rows: Sequence[Row]) -> int | None:
    """Return the lower median; `None` without values.

    Args:
        rows: value and count, by rising value.
    """
    whole, until = sum(int(count) for _, count in rows), 0
    for value, count in rows:
        until += int(count)
        if 2 * until >= whole > 0:
            return int(value)
    return None
