"""Asking for a learner's time zone: by the time there, then by a place; or by a typed city."""

from collections.abc import Sequence

from bot.actions.reminders import ReminderStatus
from bot.callback_data import ListTimeZones, SetPreference, ShowScreen
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import parts
from bot.rendering.reminder_preferences import zone_line
from course import local_time

# Buttons on one screen: more are hard to read.
_MAX_CHOICES = 6
_FEW = 3

ZONE_SCREENS = ("zone", "zone2", "zone3", "zone4", "zone5", "zone6", "zone7")
"""The screens that together offer every UTC offset in use, six on each."""


def ask_time(_: Translator, status: ReminderStatus, offsets: Sequence[int], page: str) -> Reply:
    """Asks what time it is where the learner is.

    Args:
        offsets: minutes ahead of UTC, the likely ones first.
        page: one of `ZONE_SCREENS`.
    """
    number = ZONE_SCREENS.index(page)
    offered = offsets[number * _MAX_CHOICES : (number + 1) * _MAX_CHOICES]
    more = (number + 1) * _MAX_CHOICES < len(offsets) and number + 1 < len(ZONE_SCREENS)
    following = ZONE_SCREENS[number + 1] if more else ZONE_SCREENS[0]
    text = parts.join_paragraphs(
        parts.bold(_("What time is it where you are?")),
        _("I need this to write at a good hour and never at night."),
        zone_line(_, status) if status.knows_zone else None,
        _("Press your time, or type it, or the name of your city. For example: Nairobi"),
    )
    rows = parts.rows_of(3, [_time(_, status.now, ahead) for ahead in sorted(offered)])
    other = parts.button(_("Other times"), ShowScreen(following))
    back = parts.button(_("Back"), ShowScreen("reminders"))
    return Reply(text, (*rows, (back, other)))


def likely_times(_: Translator, now: int, offsets: Sequence[int]) -> Rows:
    """The likeliest local times, as buttons below a question about something else.

    Args:
        offsets: as for `ask_time`.
    """
    times = [_time(_, now, ahead) for ahead in sorted(offsets[:_FEW])]
    return (tuple(times), (parts.button(_("Other times"), ShowScreen("zone")),))


def choose_city(_: Translator, status: ReminderStatus, found: Sequence[str], ahead: int) -> Reply:
    """Asks which place has the learner's time, as clock changes differ between places.

    Args:
        found: IANA zones where it is that time now, the likely ones first.
    """
    time = clock_minute(status.now, ahead)
    other = parts.button(_("Another time"), ShowScreen("zone"))
    if not found:
        text = _("I know no place where it is {time} now.", time=_.time(time))
        return Reply(text, ((other,),))
    text = parts.join_paragraphs(
        parts.bold(_("It is {time} where you are.", time=_.time(time))),
        _("Which of these places has the same time all year? If none does, type your city."),
    )
    rows = parts.rows_of(2, [_place(_, each) for each in found[:_MAX_CHOICES]])
    return Reply(text, (*rows, (other,)))


def confirm_city(_: Translator, status: ReminderStatus, found: Sequence[str]) -> Reply:
    """Asks whether a typed city is where the learner is, or which of several."""
    lines = "\n".join(
        _(
            "{city}: it is {time} there now.",
            city=parts.plain_text(_.city(each)),
            time=_.time(local_time.clock_minute(local_time.to_local(each, status.now))),
        )
        for each in found[:_MAX_CHOICES]
    )
    text = parts.join_paragraphs(lines, _("Shall I keep this as your time?"))
    rows = tuple((_yes(_, each),) for each in found[:_MAX_CHOICES])
    return Reply(text, (*rows, (parts.continue_button(_),)))


def clock_minute(now: int, ahead: int) -> int:
    """The minute after midnight at `now` in a zone `ahead` minutes ahead of UTC."""
    return (local_time.clock_minute(local_time.to_local("UTC", now)) + ahead) % (24 * 60)


def _time(_: Translator, now: int, ahead: int) -> Button:
    return parts.button(_.time(clock_minute(now, ahead)), ListTimeZones(ahead))


def _place(_: Translator, zone_name: str) -> Button:
    return parts.button(_.city(zone_name), SetPreference("zone", zone_name))


def _yes(_: Translator, zone_name: str) -> Button:
    return parts.button(_("Yes, {city}", city=_.city(zone_name)), SetPreference("zone", zone_name))
