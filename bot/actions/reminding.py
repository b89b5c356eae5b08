"""Seeing and changing what a learner wishes about reminders, and putting one off."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from bot.actions.access import NotAllowed, access
from bot.actions.changing import changed
from bot.actions.visits import (
    Services,
    Turn,
    Visit,
    coming,
    sets_wishes,
    situation,
    visit,
)
from course import zones
from course.moments import HOUR, usual_minute
from course.reminders import Nudge, Silence
from course.rhythm import Rhythm
from course.wishes import Pace, Wishes
from storage.learners import Learner
from storage.nudges import LastNudge, NudgeFigures

EVENING = 18 * 60
"""When "this evening" is: minutes after midnight, outside the quiet hours that most people keep."""

_FEW_HOURS = 4 * HOUR
_DAY = 24 * HOUR
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """Where reminding a learner stands.

    Attributes:
        planned: what comes next, if they do nothing until then.
        active_at: what their reminders count from, in UTC milliseconds.
        usual: the minute after midnight at which they usually learn, in their zone or in UTC.
    """

    visit: Visit
    rhythm: Rhythm
    wishes: Wishes
    planned: Nudge | Silence
    active_at: int
    usual: int

    @property
    def now(self) -> int:
        """When they asked, in UTC milliseconds."""
        return self.visit.turn.at

    @property
    def knows_zone(self) -> bool:
        """Whether they told where they are."""
        return self.wishes.zone is not None

    @property
    def hour(self) -> int:
        """The minute after midnight at which reminders come, in their zone or in UTC."""
        return self.wishes.quiet_to if self.is_moved_out_of_quiet else self._wanted

    @property
    def is_moved_out_of_quiet(self) -> bool:
        """Whether the time of day that holds lies in their quiet hours, so that these go first."""
        return self.knows_zone and self.wishes.is_quiet(self._wanted)

    @property
    def _wanted(self) -> int:
        if self.wishes.zone is None or self.wishes.usual:
            return self.usual
        return self.rhythm.hour if self.wishes.hour is None else self.wishes.hour

    def local(self, at: int) -> datetime:
        """What their clock and calendar show at `at`; UTC's when their zone is not known."""
        return zones.local(self.wishes.zone or "UTC", at)


async def look(services: Services, turn: Turn) -> Standing:
    """See how things stand; changes nothing."""
    return standing(services, await visit(services, turn))


async def last(services: Services, turn: Turn) -> LastNudge | None:
    """The newest opportunity to remind this learner; `None` when there was none."""
    return await services.store.last_nudge(turn.learner)


async def figures(services: Services, turn: Turn) -> tuple[NudgeFigures, ...] | NotAllowed:
    """What came of all reminders, by kind, wording and arm; for admins."""
    if not (await access(services, turn)).is_admin:
        return NotAllowed()
    return await services.store.nudge_figures()


async def turn_on(services: Services, turn: Turn, *, on: bool) -> Standing:
    """Switch reminders on, whatever had switched them off, or off until they are wanted again."""
    here = await visit(services, turn)
    wished = _wished(here)
    if not on:
        return await _keep(services, here, replace(wished, paused=True))
    pace = Pace.NORMAL if wished.pace is Pace.NONE else wished.pace
    return await _keep(services, here, replace(wished, paused=False, stopped=False, pace=pace))


async def wish(services: Services, turn: Turn, what: str, value: str) -> Standing | None:
    """Change one thing; `None`, and no change, when there is no such value.

    Args:
        what: one of `bot.callbacks.WISHES`.
        value: as `changed` reads it.
    """
    here = await visit(services, turn)
    wanted = changed(_wished(here), what, value)
    return None if wanted is None else await _keep(services, here, wanted)


async def snooze(services: Services, turn: Turn, until: str) -> Standing | None:
    """Put reminders off, and ask for one then.

    Nothing changes while reminders are off or nothing is left to remind of. `None` when there is
    no such time to come.

    Args:
        until: one of `bot.callbacks.SNOOZES`, or a day such as 2026-03-12.
    """
    here = await visit(services, turn)
    stands = standing(services, here)
    at = moment(stands, until)
    if at is None:
        return None
    if is_off(stands):
        return stands
    return await _keep(services, here, replace(stands.wishes, snoozed_until=at))


def is_off(standing: Standing) -> bool:
    """Whether the learner wants no reminders at all now."""
    wished = standing.wishes
    return wished.stopped or wished.paused or wished.pace is Pace.NONE


def moment(standing: Standing, until: str) -> int | None:
    """When a snooze ends, in UTC milliseconds; `None` when that is no time to come.

    Where the zone is not known, days are counted from now, to the minute.
    """
    zone, now = standing.wishes.zone, standing.now
    match until:
        case "hours":
            return now + _FEW_HOURS
        case "evening":
            return zones.next_time(zone or "UTC", EVENING, now)
        case "tomorrow" | "week":
            days = 1 if until == "tomorrow" else _WEEK
            if zone is None:
                return now + days * _DAY
            return _at_hour(standing, zone, standing.local(now).date() + timedelta(days))
        case _:
            day = _date(until)
            if day is None or day <= standing.local(now).date():
                return None
            if zone is None:
                return now + (day - standing.local(now).date()).days * _DAY
            return _at_hour(standing, zone, day)


def comes_in_hours(standing: Standing) -> bool:
    """Whether one that is put off by hours comes then, not after quiet hours or rest days.

    Without a zone it does: it comes when it was asked for.
    """
    if not standing.knows_zone:
        return True
    here = standing.local(standing.now + _FEW_HOURS)
    wishes = standing.wishes
    return not wishes.is_quiet(zones.minute(here)) and here.weekday() not in wishes.rest_days


def _at_hour(standing: Standing, zone: str, day: date) -> int:
    return zones.at_minute(zone, day, standing.hour)


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def standing(services: Services, here: Visit) -> Standing:
    """Where reminding the learner of a visit stands: they are here, so reminders count from now."""
    known = here.learner or Learner(here.turn.learner, here.turn.at, here.turn.language)
    present = replace(here, learner=replace(known, active_at=here.turn.at))
    looked_at, rhythm = situation(present), services.rhythm
    wished = looked_at.wishes
    usual = usual_minute(_activity(here, looked_at.joined_at), wished.zone)
    return Standing(here, rhythm, wished, coming(services, present), looked_at.active_at, usual)


async def _keep(services: Services, here: Visit, wanted: Wishes) -> Standing:
    return standing(services, await sets_wishes(services, here, wanted))


def _wished(here: Visit) -> Wishes:
    return Wishes() if here.learner is None else here.learner.wishes


def _activity(here: Visit, joined_at: int) -> Iterable[int]:
    answered = (one.at for askings in here.progress.attempts.values() for one in askings)
    return chain((joined_at, here.turn.at), here.progress.read.values(), answered)
