"""Rules of the bot, broken on purpose: the judge must find each of them."""

from collections.abc import Callable
from typing import Any

from bot.jobs import reminders
from course.reminders import allowed_times, experiment, next_reminder, situation
from course.reminders.reasons import ReminderReason
from storage import outbox


def breaks(fault: str) -> None:
    """Break a rule in this process, one of `FAULTS`; nothing when it is empty."""
    if fault:
        FAULTS[fault]()


def _hears_not(*reasons: ReminderReason) -> Callable[[], None]:
    """Moments at which these would keep a reminder back are allowed."""

    def breaking() -> None:
        known = allowed_times.AllowedTimes.reason_not_allowed

        def deaf(self: allowed_times.AllowedTimes, at: int) -> ReminderReason | None:
            found = known(self, at)
            return None if found in reasons else found

        allowed_times.AllowedTimes.reason_not_allowed = deaf  # type: ignore[method-assign]

    return breaking


def _refuses_not(reason: ReminderReason) -> Callable[[], None]:
    def breaking() -> None:
        known = next_reminder._reason_for_none

        def deaf(*given: Any) -> ReminderReason | None:
            found = known(*given)
            return None if found is reason else found

        next_reminder._reason_for_none = deaf  # type: ignore[assignment]

    return breaking


def _knows_no_snooze() -> None:
    situation.ReminderSituation.snoozed_until = None  # type: ignore[assignment,method-assign]


def _sends_again_what_was_interrupted() -> None:
    known = outbox.record_delivery_result
    again: set[Any] = set()

    def settles(delivery: Any, holder: str, *rest: Any, **more: Any) -> Any:
        if delivery.recipient % 10 == 0 and delivery not in again:
            again.add(delivery)
            return outbox.requeue_delivery(delivery, holder, delivery.due_at)
        return known(delivery, holder, *rest, **more)

    outbox.record_delivery_result = settles


def _forgets_what_was_sent_that_day() -> None:
    allowed_times.AllowedTimes._was_sent_that_day = lambda *_: False  # type: ignore[method-assign]
    allowed_times.AllowedTimes._min_gap = 0  # type: ignore[assignment,method-assign]


def _comes_an_hour_late() -> None:
    known = experiment.jitter_milliseconds
    experiment.jitter_milliseconds = lambda learner, minutes: known(learner, minutes) + 40 * 60_000


def _comes_a_day_early() -> None:
    known = allowed_times.AllowedTimes.reminder_time_on_day

    def early(self: allowed_times.AllowedTimes, of: int, days: int = 0) -> int:
        return known(self, of, max(days - 1, 0))

    allowed_times.AllowedTimes.reminder_time_on_day = early  # type: ignore[method-assign,assignment]


def _loses_some() -> None:
    known = reminders.plan_next_reminder  # type: ignore[attr-defined]

    def loses(course: Any, rhythm: Any, situation: Any, now: int) -> Any:
        if situation.progress.learner % 10 == 0:
            return next_reminder.NoReminder(ReminderReason.ALL_USED)
        return known(course, rhythm, situation, now)

    reminders.plan_next_reminder = loses  # type: ignore[attr-defined]


FOUND_AS = {
    "quiet hours ignored": "in quiet hours",
    "rest days ignored": "on a rest day",
    "more than one a day": "two in one day",
    "stop ignored": "after /stop",
    "pause ignored": "while paused",
    "finishing ignored": "not due",  # what comes then says only that nothing is left
    "pace ignored": "against the pace",
    "snooze ignored": "while snoozed",
    "sent again": "twice",
    "forty minutes late": "not in time",
    "some forgotten": "not in time",
    "a day early": "not due",
}
"""By which rule of the judge each must be found."""

FAULTS: dict[str, Callable[[], None]] = {
    "quiet hours ignored": _hears_not(ReminderReason.QUIET),
    "rest days ignored": _hears_not(ReminderReason.REST_DAY),
    "more than one a day": _forgets_what_was_sent_that_day,
    "stop ignored": _refuses_not(ReminderReason.STOPPED),
    "pause ignored": _refuses_not(ReminderReason.PAUSED),
    "finishing ignored": _refuses_not(ReminderReason.FINISHED),
    "pace ignored": _refuses_not(ReminderReason.PACE_NONE),
    "snooze ignored": _knows_no_snooze,
    "sent again": _sends_again_what_was_interrupted,
    "forty minutes late": _comes_an_hour_late,
    "some forgotten": _loses_some,
    "a day early": _comes_a_day_early,
}
