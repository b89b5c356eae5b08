"""Snoozing reminders: by hours, until a day, and the confirmation."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.actions.reminders import EVENING, Standing, comes_in_hours
from bot.callback_data import (
    Places,
    Set,
    Show,
    Snooze,
    Wish,
)
from bot.i18n import Voice
from bot.messages import Button, Reply
from bot.rendering import parts, reminder_reasons
from course import local_time
from course.model import Course
from course.reminders.next_reminder import Nudge
from course.reminders.reasons import Reason

# "This evening" is offered if it is at least this many minutes away.
_BEFORE_EVENING = 60

_WEEKS = (2, 4, 8)


def later(_: Voice, course: Course, standing: Standing) -> Reply:
    """Asks until when to snooze reminders."""
    if (nothing := _nothing(_, course, standing)) is not None:
        return nothing
    tomorrow = parts.button(_("Tomorrow"), Snooze("tomorrow"))
    week = parts.button(_("Next week"), Snooze("week"))
    day = parts.button(_("On a day I choose"), Show("date"))
    off = parts.button(_("Turn reminders off"), Set("reminders", on=False))
    text = parts.lines(
        parts.bold(_("When shall I write?")),
        _("Until then I do not remind you. Your place is kept."),
        None if standing.knows_zone else _("I do not know your time zone, so I count from now."),
    )
    zone = () if standing.knows_zone else (parts.button(_("Set my time zone"), Show("zone")),)
    last = (off, *zone) if zone else (off,)
    first = (*_today(_, standing), tomorrow)
    return Reply(text, (first, (week, day), last, (parts.continue_button(_),)))


def day(_: Voice, course: Course, standing: Standing) -> Reply:
    """Asks for a day: some weeks from now, or one that is typed."""
    if (nothing := _nothing(_, course, standing)) is not None:
        return nothing
    today = standing.local(standing.now).date()
    rows = tuple((_on(_, today + timedelta(weeks=weeks)),) for weeks in _WEEKS)
    text = parts.lines(
        parts.bold(_("On which day shall I write?")),
        _("Choose a day, or type one, for example: 12 March"),
    )
    return Reply(text, (*rows, (parts.button(_("Back"), Show("later")),)))


def offer_days(_: Voice, days: Sequence[date]) -> Reply:
    """Asks whether to remind on a typed day, or on which of two possible ones."""
    rows = tuple((_on(_, each),) for each in days)
    return Reply(_("Shall I write to you then?"), (*rows, (parts.continue_button(_),)))


def no_day(_: Voice) -> Reply:
    """Tells that a typed day is past, more than a year away, or does not exist."""
    return Reply(
        _("I need a day to come, within a year from now. For example: 12 March"),
        ((parts.button(_("Choose a day"), Show("date")), parts.continue_button(_)),),
    )


def snoozed(_: Voice, course: Course, standing: Standing) -> Reply:
    """Tells when the requested reminder will come."""
    if (nothing := _nothing(_, course, standing)) is not None:
        return nothing
    text = parts.lines(
        _("Good. Until then I do not remind you."),
        reminder_reasons.next_one(_, course, standing),
    )
    change = parts.button(_("Change reminders"), Show("reminders"))
    return Reply(text, ((change, parts.continue_button(_)),))


def offer_time(_: Voice, standing: Standing, minute: int) -> Reply:
    """Asks whether a typed time is the current local time, or the time for reminders."""
    time = _.time(minute)
    ahead = _ahead(standing.now, minute)
    rows = (
        (parts.button(_("It is {time} here now", time=time), Places(ahead)),),
        (parts.button(_("Remind me at {time}", time=time), Wish("hour", str(minute))),),
        (parts.continue_button(_),),
    )
    return Reply(_("What about {time}?", time=time), rows)


def _ahead(now: int, minute: int) -> int:
    """The offset from UTC, in minutes to the quarter hour, at which it is `minute` now."""
    utc = local_time.minute(local_time.local("UTC", now))
    ahead = 15 * round((minute - utc) / 15)
    return (ahead + 12 * 60) % (24 * 60) - 12 * 60


def _nothing(_: Voice, course: Course, standing: Standing) -> Reply | None:
    """Tells that nothing can be snoozed: reminders are off, or the course is finished."""
    off = reminder_reasons.off(_, standing)
    if off is not None:
        on = parts.button(_("Turn reminders on"), Set("reminders", on=True))
        return Reply(off, ((on, parts.continue_button(_)),))
    planned = standing.planned
    if not isinstance(planned, Nudge) and planned.because is Reason.FINISHED:
        return Reply(reminder_reasons.next_one(_, course, standing), ((parts.continue_button(_),),))
    return None


def _today(_: Voice, standing: Standing) -> tuple[Button, ...]:
    """The button for the same day; none if a reminder could not come before tomorrow."""
    if _has_evening(standing):
        return (parts.button(_("This evening, {time}", time=_.time(EVENING)), Snooze("evening")),)
    if comes_in_hours(standing):
        return (parts.button(_("In four hours"), Snooze("hours")),)
    return ()


def _has_evening(standing: Standing) -> bool:
    if not standing.knows_zone or standing.wishes.is_quiet(EVENING):
        return False
    here = standing.local(standing.now)
    rests = here.weekday() in standing.wishes.rest_days
    return not rests and local_time.minute(here) + _BEFORE_EVENING <= EVENING


def _on(_: Voice, day: date) -> Button:
    return parts.button(_.day(day), Snooze(day.isoformat()))
