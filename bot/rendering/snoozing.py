"""Putting reminders off: for hours, until a day, and what was chosen."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.actions.reminding import EVENING, Standing, comes_in_hours
from bot.callbacks import Places, Set, Show, Snooze, Wish
from bot.rendering import parts, reasons
from bot.replies import Button, Reply
from bot.voice import Voice
from course import zones
from course.model import Course
from course.reasons import Reason
from course.reminders import Nudge

# "This evening" is offered when it is at least so many minutes away.
_BEFORE_EVENING = 60

_WEEKS = (2, 4, 8)


def later(_: Voice, course: Course, standing: Standing) -> Reply:
    """Asks until when reminders are to wait."""
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
    """Asks whether to write on a day that was typed, or which of two it is."""
    rows = tuple((_on(_, each),) for each in days)
    return Reply(_("Shall I write to you then?"), (*rows, (parts.continue_button(_),)))


def no_day(_: Voice) -> Reply:
    """A day was typed that is over, too far away or not in any calendar."""
    return Reply(
        _("I need a day to come, within a year from now. For example: 12 March"),
        ((parts.button(_("Choose a day"), Show("date")), parts.continue_button(_)),),
    )


def snoozed(_: Voice, course: Course, standing: Standing) -> Reply:
    """When the reminder comes that was asked for."""
    if (nothing := _nothing(_, course, standing)) is not None:
        return nothing
    text = parts.lines(
        _("Good. Until then I do not remind you."),
        reasons.next_one(_, course, standing),
    )
    change = parts.button(_("Change reminders"), Show("reminders"))
    return Reply(text, ((change, parts.continue_button(_)),))


def offer_time(_: Voice, standing: Standing, minute: int) -> Reply:
    """Asks what a time of day means that was typed: what it is now, or when to write."""
    time = _.time(minute)
    ahead = _ahead(standing.now, minute)
    rows = (
        (parts.button(_("It is {time} here now", time=time), Places(ahead)),),
        (parts.button(_("Remind me at {time}", time=time), Wish("hour", str(minute))),),
        (parts.continue_button(_),),
    )
    return Reply(_("What about {time}?", time=time), rows)


def _ahead(now: int, minute: int) -> int:
    """Minutes ahead of UTC, to the quarter hour, where clocks show `minute` about now."""
    utc = zones.minute(zones.local("UTC", now))
    ahead = 15 * round((minute - utc) / 15)
    return (ahead + 12 * 60) % (24 * 60) - 12 * 60


def _nothing(_: Voice, course: Course, standing: Standing) -> Reply | None:
    """Nothing can be put off: reminders are off, or there is nothing to remind of."""
    off = reasons.off(_, standing)
    if off is not None:
        on = parts.button(_("Turn reminders on"), Set("reminders", on=True))
        return Reply(off, ((on, parts.continue_button(_)),))
    planned = standing.planned
    if not isinstance(planned, Nudge) and planned.because is Reason.FINISHED:
        return Reply(reasons.next_one(_, course, standing), ((parts.continue_button(_),),))
    return None


def _today(_: Voice, standing: Standing) -> tuple[Button, ...]:
    """The offer for the same day; none when a reminder would not come before the next."""
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
    return not rests and zones.minute(here) + _BEFORE_EVENING <= EVENING


def _on(_: Voice, day: date) -> Button:
    return parts.button(_.day(day), Snooze(day.isoformat()))
