"""A learner's own reminder settings: what will come, and each setting."""

from bot.actions.reminders import ReminderStatus
from bot.callback_data import SetPreference, ShowScreen, ToggleSetting
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import parts, reminder_preferences, reminder_reasons
from course.model import Course
from course.reminders.preferences import Pace
from course.reminders.rhythm import ReminderKind
from storage.reminders import LastReminder

# Times of day that are offered, in minutes after midnight; any other can be typed.
_HOURS = tuple(60 * hour for hour in (7, 9, 12, 15, 18, 20))

_HOUR = 60
_DAY = 24 * 60
_SATURDAY_SUNDAY, _FRIDAY_SATURDAY = frozenset({5, 6}), frozenset({4, 5})


def overview(_: Translator, course: Course, status: ReminderStatus) -> Reply:
    """The next reminder, the settings, and a button for each."""
    off = status.preferences.switched_off
    settings = (
        reminder_preferences.pace_line(_, status),
        reminder_preferences.hour_line(_, status),
        reminder_preferences.quiet_hours_line(_, status),
        reminder_preferences.rest_days_line(_, status.preferences),
        reminder_preferences.zone_line(_, status),
    )
    text = parts.join_paragraphs(
        parts.bold(_("Reminders")),
        reminder_reasons.next_reminder(_, course, status),
        None if off else "\n".join(settings),
    )
    if off:
        turn_on = parts.button(_("Turn reminders on"), ToggleSetting("reminders", on=True))
        return Reply(text, ((turn_on,), (parts.continue_button(_),)))
    return Reply(text, _changes(_))


def not_understood(_: Translator) -> Reply:
    """Tells that the text behind the command is no time, day or place."""
    text = parts.join_paragraphs(
        _("I did not understand that, so nothing has changed."),
        _(
            "Type a time of day such as 18:30, a day such as 12 March, or your city. For quiet"
            " hours, rest days and everything else there are buttons."
        ),
    )
    change = parts.button(_("Change reminders"), ShowScreen("reminders"))
    return Reply(text, ((change, parts.continue_button(_)),))


def explanation(
    _: Translator,
    course: Course,
    status: ReminderStatus,
    last: LastReminder | None,
    asked: ReminderKind | None = None,
) -> Reply:
    """Why the last reminder came, and why the next one will or will not.

    Args:
        asked: the kind of the reminder whose button was pressed.
    """
    text = parts.join_paragraphs(
        parts.bold(_("Why reminders come")),
        _older_reminder(_, status, last, asked),
        reminder_reasons.last_reminder(_, status, last),
        reminder_reasons.next_reminder(_, course, status),
        reminder_reasons.left_out_by_chance(_, status, last),
        _("All this can be changed: /reminders"),
    )
    change = parts.button(_("Change reminders"), ShowScreen("reminders"))
    return Reply(text, ((parts.continue_button(_), change),))


def _older_reminder(
    _: Translator, status: ReminderStatus, last: LastReminder | None, asked: ReminderKind | None
) -> str | None:
    """Why a reminder came that is not the last one that was delivered."""
    if asked is None or (last and last.was_delivered and last.due.kind is asked):
        return None
    return reminder_reasons.this_reminder(_, status, asked)


def hour_choice(_: Translator, status: ReminderStatus) -> Reply:
    """Choice of the time of day of reminders."""
    wished = status.preferences
    offered = [minute for minute in _HOURS if not wished.is_quiet(minute)]
    buttons = [
        parts.button(_.time(minute), SetPreference("hour", str(minute))) for minute in offered
    ]
    text = parts.join_paragraphs(
        parts.bold(reminder_preferences.hour_line(_, status)),
        _("For another time, type it behind the command: /reminders 18:30"),
    )
    usual = parts.button(_("When I usually learn"), SetPreference("hour", "usual"))
    return Reply(text, (*parts.rows_of(3, buttons), (usual,), (_back_button(_),)))


def quiet_hours_choice(_: Translator, status: ReminderStatus) -> Reply:
    """Choice of the quiet hours, in which no proactive messages are sent."""
    begin, end = status.preferences.quiet_from, status.preferences.quiet_to
    text = parts.join_paragraphs(
        parts.bold(reminder_preferences.quiet_hours_line(_, status)),
        reminder_preferences.quiet_hours_note(_, status),
    )
    rows: Rows = parts.column(_quiet_button(_, *pair) for pair in ((1200, 480), (1320, 420)))
    if begin != end:
        rows = (
            *_quiet_changes(_, begin, end),
            (parts.button(_("No quiet hours"), _quiet_press(0, 0)),),
        )
    return Reply(text, (*rows, (_back_button(_),)))


def _quiet_changes(_: Translator, begin: int, end: int) -> Rows:
    """Buttons that begin or end the quiet hours an hour earlier or later."""
    begins = (
        parts.button(_("Begin at {time}", time=_.time(minute)), _quiet_press(minute, end))
        for minute in ((begin - _HOUR) % _DAY, (begin + _HOUR) % _DAY)
        if minute != end
    )
    ends = (
        parts.button(_("End at {time}", time=_.time(minute)), _quiet_press(begin, minute))
        for minute in ((end - _HOUR) % _DAY, (end + _HOUR) % _DAY)
        if minute != begin
    )
    return (tuple(begins), tuple(ends))


def rest_days_choice(_: Translator, status: ReminderStatus) -> Reply:
    """Choice of the rest days, on which no reminders are sent."""
    days = status.preferences.rest_days
    buttons = [
        parts.button(_day_label(_, day, chosen=day in days), _rest_press(days ^ {day}))
        for day in range(7)
    ]
    text = parts.join_paragraphs(
        parts.bold(reminder_preferences.rest_days_line(_, status.preferences)),
        _("On rest days I send no reminders. Press a day to change it."),
    )
    return Reply(text, (tuple(buttons[:4]), tuple(buttons[4:]), (_back_button(_),)))


def ask_rest_days(_: Translator, status: ReminderStatus) -> Reply:
    """Asks for the rest days, the usual ones of the region first; they apply until changed."""
    usual = status.preferences.rest_days
    likely = dict.fromkeys((usual, _SATURDAY_SUNDAY, _FRIDAY_SATURDAY))
    rows = tuple(
        (parts.button(reminder_preferences.day_names(_, days), _rest_press(days)),)
        for days in likely
        if days
    )
    text = parts.join_paragraphs(
        reminder_preferences.zone_line(_, status),
        _("On which days do you rest? I send no reminders on them."),
    )
    other = parts.button(_("Other days"), ShowScreen("rest"))
    return Reply(text, (*rows, (other, parts.button(_("No rest days"), _rest_press(frozenset())))))


def pace_choice(_: Translator, status: ReminderStatus) -> Reply:
    """Choice of how many days lie between reminders."""
    text = parts.join_paragraphs(
        parts.bold(reminder_preferences.pace_line(_, status)),
        _("When you come back, the days count anew."),
    )
    rows = (
        (parts.button(_("Normal"), SetPreference("pace", Pace.NORMAL)),),
        (parts.button(_("Gentle: twice as many days"), SetPreference("pace", Pace.GENTLE)),),
        (parts.button(_("No reminders"), SetPreference("pace", Pace.NONE)),),
        (_back_button(_),),
    )
    return Reply(text, rows)


def _changes(_: Translator) -> Rows:
    off = parts.button(_("Turn reminders off"), ToggleSetting("reminders", on=False))
    return (
        (
            parts.button(_("How often"), ShowScreen("pace")),
            parts.button(_("Time of day"), ShowScreen("hour")),
        ),
        (
            parts.button(_("Quiet hours"), ShowScreen("quiet")),
            parts.button(_("Rest days"), ShowScreen("rest")),
        ),
        (
            parts.button(_("Time zone"), ShowScreen("zone")),
            parts.button(_("Take a break"), ShowScreen("later")),
        ),
        (off, parts.continue_button(_)),
    )


def _day_label(_: Translator, day: int, *, chosen: bool) -> str:
    name = _.weekday(day, short=True)
    if not chosen:
        return name
    return _("{day}, rest", day=name) if _.plain else f"✓ {name}"


def _rest_press(days: frozenset[int]) -> SetPreference:
    return SetPreference("rest", "".join(map(str, sorted(days))) or "-")


def _quiet_press(begin: int, end: int) -> SetPreference:
    return SetPreference("quiet", f"{begin}-{end}")


def _quiet_button(_: Translator, begin: int, end: int) -> Button:
    label = _("{begin} to {end}", begin=_.time(begin), end=_.time(end))
    return parts.button(label, _quiet_press(begin, end))


def _back_button(_: Translator) -> Button:
    return parts.button(_("Back to reminders"), ShowScreen("reminders"))
