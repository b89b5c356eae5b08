"""A learner's reminders: their status, their preferences, and snoozing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain

from bot.actions.access import NotAllowed, access
from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    coming,
    sets_wishes,
    situation,
    visit,
)
from bot.parsing.reminder_settings import changed
from course import local_time
from course.reminders.allowed_times import HOUR, usual_minute
from course.reminders.next_reminder import Nudge, Silence
from course.reminders.preferences import Pace, Wishes
from course.reminders.rhythm import Rhythm
from storage.learners import Learner
from storage.reminders import LastNudge, NudgeFigures

EVENING = 18 * 60
""""This evening", in minutes after midnight: outside the quiet hours that most people keep."""

_FEW_HOURS = 4 * HOUR
_DAY = 24 * HOUR
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a learner's reminders.

    Attributes:
        planned: the next reminder, if the learner does nothing until then.
        active_at: the last activity, from which reminders count, in UTC milliseconds.
        usual_minute: the minute after midnight at which they usually learn, in their zone or in
            UTC.
    """

    visit: Visit
    rhythm: Rhythm
    wishes: Wishes
    planned: Nudge | Silence
    active_at: int
    usual: int

    @property
    def now(self) -> int:
        """The time of the interaction, in UTC milliseconds."""
        return self.visit.turn.at

    @property
    def knows_zone(self) -> bool:
        """Whether the learner's time zone is known."""
        return self.wishes.zone is not None

    @property
    def hour(self) -> int:
        """The minute after midnight at which reminders come, in their zone or in UTC."""
        return self.wishes.quiet_to if self.is_moved_out_of_quiet else self._wanted

    @property
    def is_moved_out_of_quiet(self) -> bool:
        """Whether the preferred time is within quiet hours, so that reminders come at their end."""
        return self.knows_zone and self.wishes.is_quiet(self._wanted)

    @property
    def _wanted(self) -> int:
        if self.wishes.zone is None or self.wishes.usual:
            return self.usual
        return self.rhythm.hour if self.wishes.hour is None else self.wishes.hour

    def local(self, at: int) -> datetime:
        """The learner's local time at `at`; UTC when their zone is not known."""
        return local_time.local(self.wishes.zone or "UTC", at)


async def look(services: Services, turn: Turn) -> Standing:
    """Load the status of a learner's reminders; changes nothing."""
    return standing(services, await visit(services, turn))


async def last(services: Services, turn: Turn) -> LastNudge | None:
    """Load the learner's newest reminder opportunity; `None` when there was none."""
    return await services.store.last_nudge(turn.learner)


async def figures(services: Services, turn: Turn) -> tuple[NudgeFigures, ...] | NotAllowed:
    """Load the results of all reminders, by kind, wording and arm; for admins."""
    if not (await access(services, turn)).is_admin:
        return NotAllowed()
    return await services.store.nudge_figures()


async def turn_on(services: Services, turn: Turn, *, on: bool) -> Standing:
    """Switch reminders on, whatever had switched them off, or off until switched on again."""
    here = await visit(services, turn)
    wished = _wished(here)
    if not on:
        return await _keep(services, here, replace(wished, paused=True))
    pace = Pace.NORMAL if wished.pace is Pace.NONE else wished.pace
    return await _keep(services, here, replace(wished, paused=False, stopped=False, pace=pace))


async def wish(services: Services, turn: Turn, what: str, value: str) -> Standing | None:
    """Change one preference; `None`, and no change, when the value is not valid.

    Args:
        setting: one of `bot.callback_data.PREFERENCES`.
        value: as `change_preference` parses it.
    """
    here = await visit(services, turn)
    wanted = changed(_wished(here), what, value)
    return None if wanted is None else await _keep(services, here, wanted)


async def snooze(services: Services, turn: Turn, until: str) -> Standing | None:
    """Put reminders off until a time, and send one then.

    Nothing changes while reminders are off or nothing is left to remind of. `None` when the time is
    not in the future.

    Args:
        until: one of `bot.callback_data.SNOOZE_CHOICES`, or a day such as 2026-03-12.
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
    """Whether reminders are switched off."""
    wished = standing.wishes
    return wished.stopped or wished.paused or wished.pace is Pace.NONE


def moment(standing: Standing, until: str) -> int | None:
    """When a snooze ends, in UTC milliseconds; `None` when that is not in the future.

    Where the zone is not known, days are counted from now, to the minute.
    """
    zone, now = standing.wishes.zone, standing.now
    match until:
        case "hours":
            return now + _FEW_HOURS
        case "evening":
            return local_time.next_time(zone or "UTC", EVENING, now)
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
    """Whether a snooze by hours ends outside quiet hours and rest days.

    True if the zone is not known, as neither holds then.
    """
    if not standing.knows_zone:
        return True
    here = standing.local(standing.now + _FEW_HOURS)
    wishes = standing.wishes
    return not wishes.is_quiet(local_time.minute(here)) and here.weekday() not in wishes.rest_days


def _at_hour(standing: Standing, zone: str, day: date) -> int:
    return local_time.at_minute(zone, day, standing.hour)


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def standing(services: Services, here: Visit) -> Standing:
    """Build the reminder status from a learner's state; being here now counts as activity."""
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
