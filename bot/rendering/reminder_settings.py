"""A learner's own reminder settings: what will come, and each setting."""

from bot.actions.reminders import Standing, is_off
from bot.callback_data import Set, Show, Wish
from bot.i18n import Voice
from bot.messages import Button, Reply, Rows
from bot.rendering import parts, reminder_preferences, reminder_reasons
from course.model import Course
from course.reminders.preferences import Pace
from course.reminders.rhythm import Kind
from storage.reminders import LastNudge

# Times of day that are offered, in minutes after midnight; any other can be typed.
_HOURS = tuple(60 * hour for hour in (7, 9, 12, 15, 18, 20))

_HOUR = 60
_DAY = 24 * 60
_SATURDAY_SUNDAY, _FRIDAY_SATURDAY = frozenset({5, 6}), frozenset({4, 5})


def overview(_: Voice, course: Course, standing: Standing) -> Reply:
    """The next reminder, the settings, and a button for each."""
    off = is_off(standing)
    settings = (
        reminder_preferences.pace(_, standing),
        reminder_preferences.hour(_, standing),
        reminder_preferences.quiet(_, standing),
        reminder_preferences.rest(_, standing.wishes),
        reminder_preferences.zone(_, standing),
    )
    text = parts.lines(
        parts.bold(_("Reminders")),
        reminder_reasons.next_one(_, course, standing),
        None if off else "\n".join(settings),
    )
    if off:
        turn_on = parts.button(_("Turn reminders on"), Set("reminders", on=True))
        return Reply(text, ((turn_on,), (parts.continue_button(_),)))
    return Reply(text, _changes(_))


def not_understood(_: Voice) -> Reply:
    """Tells that the text behind the command is no time, day or place."""
    text = parts.lines(
        _("I did not understand that, so nothing has changed."),
        _(
            "Type a time of day such as 18:30, a day such as 12 March, or your city. For quiet"
            " hours, rest days and everything else there are buttons."
        ),
    )
    change = parts.button(_("Change reminders"), Show("reminders"))
    return Reply(text, ((change, parts.continue_button(_)),))


def why(
    _: Voice,
    course: Course,
    standing: Standing,
    last: LastNudge | None,
    asked: Kind | None = None,
) -> Reply:
    """Why the last reminder came, and why the next one will or will not.

    Args:
        asked: the kind of the reminder whose button was pressed; explained too if it is not the
            last one that was delivered.
    """
    older = asked is not None and not (last and last.came and last.opportunity.kind is asked)
    text = parts.lines(
        parts.bold(_("Why reminders come")),
        reminder_reasons.this_one(_, standing, asked) if older and asked else None,
        reminder_reasons.last_one(_, standing, last),
        reminder_reasons.next_one(_, course, standing),
        reminder_reasons.left_out(_, standing, last),
        _("All this can be changed: /reminders"),
    )
    change = parts.button(_("Change reminders"), Show("reminders"))
    return Reply(text, ((parts.continue_button(_), change),))


def hour(_: Voice, standing: Standing) -> Reply:
    """Choice of the time of day of reminders."""
    wished = standing.wishes
    offered = [minute for minute in _HOURS if not wished.is_quiet(minute)]
    buttons = [parts.button(_.time(minute), Wish("hour", str(minute))) for minute in offered]
    text = parts.lines(
        parts.bold(reminder_preferences.hour(_, standing)),
        _("For another time, type it behind the command: /reminders 18:30"),
    )
    usual = parts.button(_("When I usually learn"), Wish("hour", "usual"))
    return Reply(text, (*_by_threes(buttons), (usual,), (_back(_),)))


def quiet(_: Voice, standing: Standing) -> Reply:
    """Choice of the quiet hours, in which no proactive messages are sent."""
    begin, end = standing.wishes.quiet_from, standing.wishes.quiet_to
    text = parts.lines(
        parts.bold(reminder_preferences.quiet(_, standing)),
        reminder_preferences.in_quiet_hours(_, standing),
    )
    if begin == end:
        offered = ((1200, 480), (1320, 420))
        rows: Rows = tuple((_hours(_, *pair),) for pair in offered)
        return Reply(text, (*rows, (_back(_),)))
    begins = [
        parts.button(_("Begin at {time}", time=_.time(minute)), _quiet_from_to(minute, end))
        for minute in ((begin - _HOUR) % _DAY, (begin + _HOUR) % _DAY)
        if minute != end
    ]
    ends = [
        parts.button(_("End at {time}", time=_.time(minute)), _quiet_from_to(begin, minute))
        for minute in ((end - _HOUR) % _DAY, (end + _HOUR) % _DAY)
        if minute != begin
    ]
    none = parts.button(_("No quiet hours"), _quiet_from_to(0, 0))
    return Reply(text, (tuple(begins), tuple(ends), (none,), (_back(_),)))


def rest(_: Voice, standing: Standing) -> Reply:
    """Choice of the rest days, on which no reminders are sent."""
    days = standing.wishes.rest_days
    buttons = [
        parts.button(_day_label(_, day, chosen=day in days), _resting(days ^ {day}))
        for day in range(7)
    ]
    text = parts.lines(
        parts.bold(reminder_preferences.rest(_, standing.wishes)),
        _("On rest days I send no reminders. Press a day to change it."),
    )
    return Reply(text, (tuple(buttons[:4]), tuple(buttons[4:]), (_back(_),)))


def ask_rest(_: Voice, standing: Standing) -> Reply:
    """Asks for the rest days, the usual ones of the region first; they apply until changed."""
    usual = standing.wishes.rest_days
    likely = dict.fromkeys((usual, _SATURDAY_SUNDAY, _FRIDAY_SATURDAY))
    rows = tuple(
        (parts.button(reminder_preferences.day_names(_, days), _resting(days)),)
        for days in likely
        if days
    )
    text = parts.lines(
        reminder_preferences.zone(_, standing),
        _("On which days do you rest? I send no reminders on them."),
    )
    other = parts.button(_("Other days"), Show("rest"))
    return Reply(text, (*rows, (other, parts.button(_("No rest days"), _resting(frozenset())))))


def pace(_: Voice, standing: Standing) -> Reply:
    """Choice of how many days lie between reminders."""
    text = parts.lines(
        parts.bold(reminder_preferences.pace(_, standing)),
        _("When you come back, the days count anew."),
    )
    rows = (
        (parts.button(_("Normal"), Wish("pace", Pace.NORMAL)),),
        (parts.button(_("Gentle: twice as many days"), Wish("pace", Pace.GENTLE)),),
        (parts.button(_("No reminders"), Wish("pace", Pace.NONE)),),
        (_back(_),),
    )
    return Reply(text, rows)


def _changes(_: Voice) -> Rows:
    off = parts.button(_("Turn reminders off"), Set("reminders", on=False))
    return (
        (parts.button(_("How often"), Show("pace")), parts.button(_("Time of day"), Show("hour"))),
        (
            parts.button(_("Quiet hours"), Show("quiet")),
            parts.button(_("Rest days"), Show("rest")),
        ),
        (
            parts.button(_("Time zone"), Show("zone")),
            parts.button(_("Take a break"), Show("later")),
        ),
        (off, parts.continue_button(_)),
    )


def _day_label(_: Voice, day: int, *, chosen: bool) -> str:
    name = _.weekday(day, short=True)
    if not chosen:
        return name
    return _("{day}, rest", day=name) if _.plain else f"✓ {name}"


def _resting(days: frozenset[int]) -> Wish:
    return Wish("rest", "".join(map(str, sorted(days))) or "-")


def _quiet_from_to(begin: int, end: int) -> Wish:
    return Wish("quiet", f"{begin}-{end}")


def _hours(_: Voice, begin: int, end: int) -> Button:
    label = _("{begin} to {end}", begin=_.time(begin), end=_.time(end))
    return parts.button(label, _quiet_from_to(begin, end))


def _by_threes(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))


def _back(_: Voice) -> Button:
    return parts.button(_("Back to reminders"), Show("reminders"))
