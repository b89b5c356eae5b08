"""Reminder preferences: one line for each that a learner can change."""

from bot.actions.reminders import Standing
from bot.i18n import Voice
from bot.rendering import parts
from course import local_time
from course.reminders.preferences import Pace, Wishes

_FEW = 2  # days whose full names fit on a button


def zone(_: Voice, standing: Standing) -> str:
    """The time zone that is set, by its city, and the time there."""
    if standing.wishes.zone is None:
        return _("Your time zone: not known yet.")
    return _(
        "Your time zone: {city}, where it is {time} now.",
        city=parts.plain_text(_.city(standing.wishes.zone)),
        time=_.time(local_time.minute(standing.local(standing.now))),
    )


def pace(_: Voice, standing: Standing) -> str:
    """How many days lie between reminders, and whether one comes before a deadline."""
    times = 2 if standing.wishes.pace is Pace.GENTLE else 1
    days = [_.number(days * times) for days in standing.rhythm.after_days]
    often = _(
        "How often: {days} days after you were last here. Then no more until you come back.",
        days=parts.listed(_, days),
    )
    known = standing.visit.learner
    if not (standing.rhythm.deadline_hours and known and known.coming_deadlines(standing.now)):
        return often
    return " ".join((often, _("There is also one before the last day of your group.")))


def hour(_: Voice, standing: Standing) -> str:
    """The time of day of reminders, and why it differs from the chosen one."""
    time = _.time(standing.hour)
    if standing.wishes.zone is None:
        return _("Time of day: when you have been here before, about {time} (UTC).", time=time)
    if standing.is_moved_out_of_quiet:
        return _after_quiet(_, standing.wishes, time)
    if standing.wishes.usual:
        return _("Time of day: when you usually learn, about {time}.", time=time)
    return _("Time of day: {time}.", time=time)


def quiet(_: Voice, standing: Standing) -> str:
    """The quiet hours; without a known time zone there are none."""
    if not standing.knows_zone:
        return _("Quiet hours: none before I know your time zone.")
    begin, end = standing.wishes.quiet_from, standing.wishes.quiet_to
    if begin == end:
        return _("Quiet hours: none.")
    return _("Quiet hours: {begin} to {end}.", begin=_.time(begin), end=_.time(end))


def _after_quiet(_: Voice, wished: Wishes, time: str) -> str:
    if wished.hour is None or wished.usual:
        return _("Time of day: {time}, when your quiet hours end.", time=time)
    return _(
        "Time of day: {time}, when your quiet hours end. {chosen}, as you chose, lies in them.",
        time=time,
        chosen=_.time(wished.hour),
    )


def in_quiet_hours(_: Voice, standing: Standing) -> str:
    """What may be sent in quiet hours nevertheless."""
    if standing.visit.has_facilitator:
        return _(
            "In quiet hours I write only when you write to me, or when your group has something"
            " urgent."
        )
    return _("In quiet hours I write only when you write to me.")


def rest(_: Voice, wished: Wishes) -> str:
    """The rest days."""
    if not wished.rest_days:
        return _("Rest days: none.")
    return _("Rest days: {days}.", days=day_names(_, wished.rest_days))


def day_names(_: Voice, days: frozenset[int]) -> str:
    """Days of the week, in full if there are few."""
    short = len(days) > _FEW
    return parts.listed(_, [_.weekday(day, short=short) for day in sorted(days)])
