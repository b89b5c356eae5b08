"""Asking for a learner's time zone: by the time there, then by a place; or by a typed city."""

from collections.abc import Sequence

from bot.actions.reminders import Standing
from bot.callback_data import Places, Show, Wish
from bot.i18n import Voice
from bot.messages import Button, Reply, Rows
from bot.rendering import parts
from bot.rendering.reminder_preferences import zone
from course import local_time

# Buttons on one screen: more are hard to read.
_MOST = 6
_FEW = 3

PAGES = ("zone", "zone2", "zone3", "zone4", "zone5", "zone6", "zone7")
"""The screens that together offer every UTC offset in use, six on each."""


def ask(_: Voice, standing: Standing, offsets: Sequence[int], page: str) -> Reply:
    """Asks what time it is where the learner is.

    Args:
        offsets: minutes ahead of UTC, the likely ones first.
        page: one of `ZONE_SCREENS`.
    """
    number = PAGES.index(page)
    offered = offsets[number * _MOST : (number + 1) * _MOST]
    more = (number + 1) * _MOST < len(offsets) and number + 1 < len(PAGES)
    following = PAGES[number + 1] if more else PAGES[0]
    text = parts.lines(
        parts.bold(_("What time is it where you are?")),
        _("I need this to write at a good hour and never at night."),
        zone(_, standing) if standing.knows_zone else None,
        _("Press your time, or type it, or the name of your city. For example: Nairobi"),
    )
    rows = by_threes([_time(_, standing.now, ahead) for ahead in sorted(offered)])
    other = parts.button(_("Other times"), Show(following))
    back = parts.button(_("Back"), Show("reminders"))
    return Reply(text, (*rows, (back, other)))


def likely(_: Voice, now: int, offsets: Sequence[int]) -> Rows:
    """The likeliest local times, as buttons below a question about something else.

    Args:
        offsets: as for `ask_time`.
    """
    times = [_time(_, now, ahead) for ahead in sorted(offsets[:_FEW])]
    return (tuple(times), (parts.button(_("Other times"), Show("zone")),))


def cities(_: Voice, standing: Standing, found: Sequence[str], ahead: int) -> Reply:
    """Asks which place has the learner's time, as clock changes differ between places.

    Args:
        found: IANA zones where it is that time now, the likely ones first.
    """
    time = clock(standing.now, ahead)
    other = parts.button(_("Another time"), Show("zone"))
    if not found:
        text = _("I know no place where it is {time} now.", time=_.time(time))
        return Reply(text, ((other,),))
    text = parts.lines(
        parts.bold(_("It is {time} where you are.", time=_.time(time))),
        _("Which of these places has the same time all year? If none does, type your city."),
    )
    rows = _by_twos([_place(_, each) for each in found[:_MOST]])
    return Reply(text, (*rows, (other,)))


def offer(_: Voice, standing: Standing, found: Sequence[str]) -> Reply:
    """Asks whether a typed city is where the learner is, or which of several."""
    lines = "\n".join(
        _(
            "{city}: it is {time} there now.",
            city=parts.plain_text(_.city(each)),
            time=_.time(local_time.minute(local_time.local(each, standing.now))),
        )
        for each in found[:_MOST]
    )
    text = parts.lines(lines, _("Shall I keep this as your time?"))
    rows = tuple((_yes(_, each),) for each in found[:_MOST])
    return Reply(text, (*rows, (parts.continue_button(_),)))


def clock(now: int, ahead: int) -> int:
    """The minute after midnight at `now` in a zone `ahead` minutes ahead of UTC."""
    return (local_time.minute(local_time.local("UTC", now)) + ahead) % (24 * 60)


def by_threes(buttons: Sequence[Button]) -> Rows:
    """Buttons, three to a row."""
    return tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))


def _by_twos(buttons: Sequence[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _time(_: Voice, now: int, ahead: int) -> Button:
    return parts.button(_.time(clock(now, ahead)), Places(ahead))


def _place(_: Voice, zone_name: str) -> Button:
    return parts.button(_.city(zone_name), Wish("zone", zone_name))


def _yes(_: Voice, zone_name: str) -> Button:
    return parts.button(_("Yes, {city}", city=_.city(zone_name)), Wish("zone", zone_name))
