"""Reminder preferences: one line for each that a learner can change."""

from bot.actions.reminders import ReminderStatus
from bot.i18n import Translator
from bot.rendering import parts
from course import local_time
from course.reminders.preferences import Pace, Preferences

_FEW = 2  # days whose full names fit on a button


def zone_line(_: Translator, status: ReminderStatus) -> str:
    """The time zone that is set, by its city, and the time there."""
    if status.preferences.zone is None:
        return _("Your time zone: not known yet.")
    return _(
        "Your time zone: {city}, where it is {time} now.",
        city=parts.plain_text(_.city(status.preferences.zone)),
        time=_.time(local_time.clock_minute(status.local_time(status.now))),
    )


def pace_line(_: Translator, status: ReminderStatus) -> str:
    """How many days lie between reminders, and whether one comes before a deadline."""
    times = 2 if status.preferences.pace is Pace.GENTLE else 1
    days = [_.number(days * times) for days in status.rhythm.after_days]
    often = _(
        "How often: {days} days after you were last here. Then no more until you come back.",
        days=parts.join_words(_, days),
    )
    known = status.learner_state.learner
    if not (status.rhythm.deadline_hours and known and known.future_deadlines(status.now)):
        return often
    return " ".join((often, _("There is also one before the last day of your group.")))


def hour_line(_: Translator, status: ReminderStatus) -> str:
    """The time of day of reminders, and why it differs from the chosen one."""
    time = _.time(status.reminder_minute)
    if status.preferences.zone is None:
        return _("Time of day: when you have been here before, about {time} (UTC).", time=time)
    if status.is_moved_out_of_quiet:
        return _moved_hour_line(_, status.preferences, time)
    if status.preferences.at_usual_time:
        return _("Time of day: when you usually learn, about {time}.", time=time)
    return _("Time of day: {time}.", time=time)


def quiet_hours_line(_: Translator, status: ReminderStatus) -> str:
    """The quiet hours; without a known time zone there are none."""
    if not status.knows_zone:
        return _("Quiet hours: none before I know your time zone.")
    begin, end = status.preferences.quiet_from, status.preferences.quiet_to
    if begin == end:
        return _("Quiet hours: none.")
    return _("Quiet hours: {begin} to {end}.", begin=_.time(begin), end=_.time(end))


def _moved_hour_line(_: Translator, preferences: Preferences, time: str) -> str:
    if preferences.reminder_minute is None or preferences.at_usual_time:
        return _("Time of day: {time}, when your quiet hours end.", time=time)
    return _(
        "Time of day: {time}, when your quiet hours end. {chosen}, as you chose, lies in them.",
        time=time,
        chosen=_.time(preferences.reminder_minute),
    )


def quiet_hours_note(_: Translator, status: ReminderStatus) -> str:
    """What may be sent in quiet hours nevertheless."""
    if status.learner_state.has_facilitator:
        return _(
            "In quiet hours I write only when you write to me, or when your group has something"
            " urgent."
        )
    return _("In quiet hours I write only when you write to me.")


def rest_days_line(_: Translator, preferences: Preferences) -> str:
    """The rest days."""
    if not preferences.rest_days:
        return _("Rest days: none.")
    return _("Rest days: {days}.", days=day_names(_, preferences.rest_days))


def day_names(_: Translator, days: frozenset[int]) -> str:
    """Days of the week, in full if there are few."""
    short = len(days) > _FEW
    return parts.join_words(_, [_.weekday(day, short=short) for day in sorted(days)])
