"""The weekly report to admins and facilitators: its setting, and its content."""

from dataclasses import dataclass, replace

from bot.actions import statistics as statistics_actions
from bot.actions.access import NotAllowed, access, write
from bot.actions.learner_state import Services, Turn
from bot.actions.statistics import NoCohort, View
from course.cohorts.group_summaries import next_summary
from course.model import LearnerId
from course.statistics.overview import (
    CohortFigures,
    Funnel,
    ItemFigures,
    Overview,
    Period,
)
from storage import learners, statistics, weekly_reports
from storage.cohorts import Cohort, State
from storage.weekly_reports import Wanted

# Milliseconds after a report in which no other is sent, even if clocks or settings change.
_PAUSE = 36 * 3_600_000

# The holder of a report that is skipped for this week, since the person has no cohort.
_SKIPPED = "nobody"

_LAST_MINUTE = 24 * 60 - 1
_UTC = "UTC"


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether a person wants the report, and when it is sent.

    Attributes:
        minute: after midnight in their zone; `None` when they want none.
        zone: their time zone; `None` when it is not known: then UTC is used.
        next_at: when the next one is sent, in UTC milliseconds; `None` when none is.
    """

    minute: int | None
    zone: str | None
    next_at: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """The content of a report, about the last 7 days.

    Attributes:
        quarter_view: the same people in the last 90 days: few of them get far in one week.
        funnel: of the last 90 days.
        first_question: the question to look at first; `None` when there is none.
        cohort_figures: the figures of each cohort, if there are several; they replace all other
            figures.
    """

    seen: View
    lasting: View
    overview: Overview
    funnel: Funnel
    first: ItemFigures | None
    beside: tuple[tuple[Cohort, CohortFigures], ...]


async def look(services: Services, turn: Turn) -> Wish | NotAllowed:
    """Load a person's setting."""
    if not (await access(services, turn)).is_facilitator:
        return NotAllowed()
    wanted = await weekly_reports.of(services.store, turn.learner)
    return await _wish(services, turn, wanted)


async def wish(services: Services, turn: Turn, minute: int | None) -> Wish | NotAllowed | None:
    """Set the minute after midnight, or `None` for no report; `None` if it is not valid.

    A new minute set after this week's report takes effect next week.
    """
    if not (await access(services, turn)).is_facilitator:
        return NotAllowed()
    if minute is None:
        await write(services, turn, weekly_reports.forgets(turn.learner))
    elif 0 <= minute <= _LAST_MINUTE:
        await write(services, turn, weekly_reports.wants(turn.learner, minute, turn.at))
    else:
        return None
    return await look(services, turn)


async def due(services: Services, now: int) -> tuple[Wanted, ...]:
    """Load the reports due at `now` (UTC milliseconds)."""
    known = await weekly_reports.all_wanted(services.store, now)
    return tuple(one for one in known if _next_at(one, one.zone) <= now)


async def take(services: Services, one: Wanted, now: int, holder: str) -> bool:
    """Claim a report; false when another process has it.

    It is claimed before it is sent, so that a crash never sends it twice.

    Args:
        holder: names this attempt; no other may use it.
    """
    await services.store.write(weekly_reports.takes(one, now + _PAUSE, holder))
    return await weekly_reports.is_held(services.store, one.person, holder)


async def give_back(services: Services, one: Wanted, now: int) -> None:
    """Release a report that was surely not sent: it is due again.

    Args:
        now: when it was claimed.
    """
    await services.store.write(weekly_reports.returns(one, now + _PAUSE))


async def lost(services: Services, one: Wanted, now: int) -> None:
    """Record that the person has blocked the bot."""
    await services.store.write(learners.is_unreachable(LearnerId(one.person), now))


async def told(services: Services, one: Wanted, now: int) -> Told | NotAllowed | NoCohort:
    """Build a person's report; a person who may have none any more is unsubscribed.

    Somebody without a cohort is skipped until next week, so that others are not delayed.
    """
    turn = Turn(LearnerId(one.person), one.language, 0, now)
    seen = await statistics_actions.view(services, turn, period=Period.WEEK)
    if isinstance(seen, NotAllowed):
        await services.store.write(weekly_reports.forgets(one.person))
    if isinstance(seen, NoCohort):
        await services.store.write(weekly_reports.takes(one, now + _PAUSE, _SKIPPED))
    if not isinstance(seen, View):
        return seen
    lasting = replace(seen, period=Period.QUARTER)
    pressing = statistics_actions.pressing(await statistics_actions.questions(services, seen))
    return Told(
        seen,
        lasting,
        await statistics.overview(services.store, seen.scope),
        await statistics.funnel(services.store, services.course, lasting.scope),
        pressing[0] if pressing else None,
        await _beside(services, seen),
    )


async def _beside(services: Services, seen: View) -> tuple[tuple[Cohort, CohortFigures], ...]:
    some = [one for one in seen.mine if one.state is not State.ARCHIVED][: statistics_actions.LINES]
    if seen.is_admin or len(some) < 2:  # noqa: PLR2004 - several
        return ()
    found = await statistics.cohorts(
        services.store, seen.today, seen.period, [one.id for one in some]
    )
    return tuple(zip(some, found, strict=True))


async def _wish(services: Services, turn: Turn, wanted: Wanted | None) -> Wish:
    history = await services.store.history(turn.learner)
    zone = None if history.learner is None else history.learner.wishes.zone
    if wanted is None:
        return Wish(None, zone, None)
    return Wish(wanted.minute, zone, _next_at(wanted, zone))


def _next_at(one: Wanted, zone: str | None) -> int:
    return next_summary(zone or _UTC, one.not_before, one.minute)
