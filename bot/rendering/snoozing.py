"""Snoozing reminders: by hours, until a day, and the confirmation."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.actions.reminders import ReminderStatus
from bot.actions.snoozing import EVENING_MINUTE, is_hours_snooze_exact
from bot.callback_data import (
    ListTimeZones,
    SetPreference,
    ShowScreen,
    Snooze,
    ToggleSetting,
)
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts, reminder_reasons
from course import local_time
from course.model import Course
from course.reminders.next_reminder import Reminder
from course.reminders.reasons import ReminderReason

# "This evening" is offered if it is at least this many minutes away.
_BEFORE_EVENING = 60

_WEEKS = (2, 4, 8)


def snooze_choice(_: Translator, course: Course, status: ReminderStatus) -> Reply:
    """Asks until when to snooze reminders."""
    if (nothing := _nothing_to_snooze(_, course, status)) is not None:
        return nothing
    tomorrow = parts.button(_("Tomorrow"), Snooze("tomorrow"))
    week = parts.button(_("Next week"), Snooze("week"))
    day = parts.button(_("On a day I choose"), ShowScreen("date"))
    off = parts.button(_("Turn reminders off"), ToggleSetting("reminders", on=False))
    text = parts.join_paragraphs(
        parts.bold(_("When shall I write?")),
        _("Until then I do not remind you. Your place is kept."),
        None if status.knows_zone else _("I do not know your time zone, so I count from now."),
    )
    zone = () if status.knows_zone else (parts.button(_("Set my time zone"), ShowScreen("zone")),)
    last = (off, *zone) if zone else (off,)
    first = (*_today_buttons(_, status), tomorrow)
    back = parts.button(_("Back"), ShowScreen("reminders"))
    return Reply(text, (first, (week, day), last, (back, parts.continue_button(_))))


def day_choice(_: Translator, course: Course, status: ReminderStatus) -> Reply:
    """Asks for a day: some weeks from now, or one that is typed."""
    if (nothing := _nothing_to_snooze(_, course, status)) is not None:
        return nothing
    today = status.local_time(status.now).date()
    rows = tuple((_day_button(_, today + timedelta(weeks=weeks)),) for weeks in _WEEKS)
    text = parts.join_paragraphs(
        parts.bold(_("On which day shall I write?")),
        _("Choose a day, or type one, for example: 12 March"),
    )
    return Reply(text, (*rows, (parts.button(_("Back"), ShowScreen("later")),)))


def confirm_days(_: Translator, days: Sequence[date]) -> Reply:
    """Asks whether to remind on a typed day, or on which of two possible ones."""
    rows = tuple((_day_button(_, each),) for each in days)
    return Reply(_("Shall I write to you then?"), (*rows, (parts.continue_button(_),)))


def invalid_day(_: Translator) -> Reply:
    """Tells that a typed day is past, more than a year away, or does not exist."""
    return Reply(
        _("I need a day to come, within a year from now. For example: 12 March"),
        ((parts.button(_("Choose a day"), ShowScreen("date")), parts.continue_button(_)),),
    )


def snoozed(_: Translator, course: Course, status: ReminderStatus) -> Reply:
    """Tells when the requested reminder will come."""
    if (nothing := _nothing_to_snooze(_, course, status)) is not None:
        return nothing
    text = parts.join_paragraphs(
        _("Good. Until then I do not remind you."),
        reminder_reasons.next_reminder(_, course, status),
    )
    change = parts.button(_("Change reminders"), ShowScreen("reminders"))
    return Reply(text, ((change, parts.continue_button(_)),))


def confirm_time(_: Translator, status: ReminderStatus, minute: int) -> Reply:
    """Asks whether a typed time is the current local time, or the time for reminders."""
    time = _.time(minute)
    ahead = _minutes_ahead(status.now, minute)
    rows = (
        (parts.button(_("It is {time} here now", time=time), ListTimeZones(ahead)),),
        (parts.button(_("Remind me at {time}", time=time), SetPreference("hour", str(minute))),),
        (parts.continue_button(_),),
    )
    return Reply(_("What about {time}?", time=time), rows)


def _minutes_ahead(now: int, minute: int) -> int:
    """The offset from UTC, in minutes to the quarter hour, at which it is `minute` now."""
    utc = local_time.clock_minute(local_time.to_local("UTC", now))
    ahead = 15 * round((minute - utc) / 15)
    return (ahead + 12 * 60) % (24 * 60) - 12 * 60


def _nothing_to_snooze(_: Translator, course: Course, status: ReminderStatus) -> Reply | None:
    """Tells that nothing can be snoozed: reminders are off, or the course is finished."""
    off = reminder_reasons.why_off(_, status)
    if off is not None:
        on = parts.button(_("Turn reminders on"), ToggleSetting("reminders", on=True))
        return Reply(off, ((on, parts.continue_button(_)),))
    planned = status.planned
    if not isinstance(planned, Reminder) and planned.reason is ReminderReason.FINISHED:
        return Reply(
            reminder_reasons.next_reminder(_, course, status), ((parts.continue_button(_),),)
        )
    return None


def _today_buttons(_: Translator, status: ReminderStatus) -> tuple[Button, ...]:
    """The button for the same day; none if a reminder could not come before tomorrow."""
    if _has_evening(status):
        return (
            parts.button(_("This evening, {time}", time=_.time(EVENING_MINUTE)), Snooze("evening")),
        )
    if is_hours_snooze_exact(status):
        return (parts.button(_("In four hours"), Snooze("hours")),)
    return ()


def _has_evening(status: ReminderStatus) -> bool:
    if not status.knows_zone or status.preferences.is_quiet(EVENING_MINUTE):
        return False
    learner_time = status.local_time(status.now)
    rests = learner_time.weekday() in status.preferences.rest_days
    return not rests and local_time.clock_minute(learner_time) + _BEFORE_EVENING <= EVENING_MINUTE


def _day_button(_: Translator, day: date) -> Button:
    return parts.button(_.day(day), Snooze(day.isoformat()))
