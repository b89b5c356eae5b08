"""Snoozing: putting reminders off until a time."""

from dataclasses import replace
from datetime import date, timedelta

from bot.actions.learner_changes import save_preferences
from bot.actions.learner_state import Interaction, Services, load_learner
from bot.actions.reminders import ReminderStatus, build_status
from course import local_time
from course.local_time import DAY, HOUR

EVENING_MINUTE = 18 * 60
""""This evening", in minutes after midnight: outside the quiet hours that most people keep."""

_HOURS_SNOOZE = 4 * HOUR
_DAYS_IN_WEEK = 7


async def snooze_reminders(
    services: Services, interaction: Interaction, until: str
) -> ReminderStatus | None:
    """Put reminders off until a time, and send one then.

    Nothing changes while reminders are off or nothing is left to remind of. `None` when the time is
    not in the future.

    Args:
        until: one of `bot.callback_data.SNOOZE_CHOICES`, or a day such as 2026-03-12.
    """
    state = await load_learner(services, interaction)
    status = build_status(services, state)
    at = snooze_end(status, until)
    if at is None:
        return None
    if status.preferences.switched_off:
        return status
    snoozed = replace(status.preferences, snoozed_until=at)
    return build_status(services, await save_preferences(services, state, snoozed))


def snooze_end(status: ReminderStatus, until: str) -> int | None:
    """When a snooze ends, in UTC milliseconds; `None` when that is not in the future.

    Where the zone is not known, days are counted from now, to the minute.
    """
    zone, now = status.preferences.zone, status.now
    today = status.local_time(now).date()
    match until:
        case "hours":
            return now + _HOURS_SNOOZE
        case "evening":
            return local_time.next_occurrence(zone or "UTC", EVENING_MINUTE, now)
        case "tomorrow" | "week":
            day: date | None = today + timedelta(1 if until == "tomorrow" else _DAYS_IN_WEEK)
        case _:
            day = _parse_date(until)
    if day is None or day <= today:
        return None
    if zone is None:
        return now + (day - today).days * DAY
    return local_time.time_on_day(zone, day, status.reminder_minute)


def is_hours_snooze_exact(status: ReminderStatus) -> bool:
    """Whether a snooze by hours ends outside quiet hours and rest days.

    True if the zone is not known, as neither holds then.
    """
    if not status.knows_zone:
        return True
    learner_time = status.local_time(status.now + _HOURS_SNOOZE)
    wishes = status.preferences
    return (
        not wishes.is_quiet(local_time.clock_minute(learner_time))
        and learner_time.weekday() not in wishes.rest_days
    )


def _parse_date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
