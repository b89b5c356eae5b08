"""A weekly report to admins and facilitators who want it: the wish, and what it tells."""

from dataclasses import dataclass, replace

from bot.actions import viewing
from bot.actions.access import NotAllowed, access, write
from bot.actions.viewing import NoCohort, View
from bot.actions.visits import Services, Turn
from course.model import LearnerId
from course.overview import CohortFigures, Funnel, ItemFigures, Overview, Period
from course.weekly import next_summary
from storage import learners, statistics, weekly_reports
from storage.cohorts import Cohort, State
from storage.weekly_reports import Wanted

# Hours after a report in which no other comes, whatever becomes of clocks and wishes meanwhile.
_PAUSE = 36 * 3_600_000

# In whose hands the report is of somebody about whose cohorts nothing can be told.
_SKIPPED = "nobody"

_LAST_MINUTE = 24 * 60 - 1
_UTC = "UTC"


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether somebody wants the report, and when it comes.

    Attributes:
        minute: after midnight where they are; `None` when they want none.
        zone: where they are; `None` when they never told: then it goes by UTC.
        next_at: when the next one comes, in UTC milliseconds; `None` when none does.
    """

    minute: int | None
    zone: str | None
    next_at: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells, of the last 7 days.

    Attributes:
        lasting: the same people in the last 90 days: in one week too few come far.
        funnel: of these days.
        first: the question to look at first; `None` when there is none.
        beside: the cohorts of somebody who has several, in place of all other figures.
    """

    seen: View
    lasting: View
    overview: Overview
    funnel: Funnel
    first: ItemFigures | None
    beside: tuple[tuple[Cohort, CohortFigures], ...]


async def look(services: Services, turn: Turn) -> Wish | NotAllowed:
    """What somebody has wished."""
    if not (await access(services, turn)).is_facilitator:
        return NotAllowed()
    wanted = await weekly_reports.of(services.store, turn.learner)
    return await _wish(services, turn, wanted)


async def wish(services: Services, turn: Turn, minute: int | None) -> Wish | NotAllowed | None:
    """Have it at this minute after midnight, or with `None` not at all; `None` for no such minute.

    Whoever changes the minute after this week's report gets the next one next week.
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
    """Whose report is due at `now` (UTC milliseconds)."""
    known = await weekly_reports.all_wanted(services.store, now)
    return tuple(one for one in known if _next_at(one, one.zone) <= now)


async def take(services: Services, one: Wanted, now: int, holder: str) -> bool:
    """Take a report into one's hands; false when another run of the program has it.

    It is noted before it is sent, so that a crash never brings it twice.

    Args:
        holder: names this attempt; no other may have it.
    """
    await services.store.write(weekly_reports.takes(one, now + _PAUSE, holder))
    return await weekly_reports.is_held(services.store, one.person, holder)


async def give_back(services: Services, one: Wanted, now: int) -> None:
    """It was surely not sent: it is due again.

    Args:
        now: when it was taken.
    """
    await services.store.write(weekly_reports.returns(one, now + _PAUSE))


async def lost(services: Services, one: Wanted, now: int) -> None:
    """They have blocked the bot."""
    await services.store.write(learners.is_unreachable(LearnerId(one.person), now))


async def told(services: Services, one: Wanted, now: int) -> Told | NotAllowed | NoCohort:
    """What the report of somebody tells; who may have none any more is not asked again.

    Who has no cohort yet is asked again next week, and keeps no others from theirs meanwhile.
    """
    turn = Turn(LearnerId(one.person), one.language, 0, now)
    seen = await viewing.view(services, turn, period=Period.WEEK)
    if isinstance(seen, NotAllowed):
        await services.store.write(weekly_reports.forgets(one.person))
    if isinstance(seen, NoCohort):
        await services.store.write(weekly_reports.takes(one, now + _PAUSE, _SKIPPED))
    if not isinstance(seen, View):
        return seen
    lasting = replace(seen, period=Period.QUARTER)
    pressing = viewing.pressing(await viewing.questions(services, seen))
    return Told(
        seen,
        lasting,
        await statistics.overview(services.store, seen.scope),
        await statistics.funnel(services.store, services.course, lasting.scope),
        pressing[0] if pressing else None,
        await _beside(services, seen),
    )


async def _beside(services: Services, seen: View) -> tuple[tuple[Cohort, CohortFigures], ...]:
    some = [one for one in seen.mine if one.state is not State.ARCHIVED][: viewing.LINES]
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
