"""Why a reminder came, why one will come, or why none: each `ReminderReason` as text."""

from collections.abc import Callable, Mapping

from bot.actions.reminders import ReminderStatus
from bot.i18n import Translator
from bot.rendering import reminders
from bot.rendering.dates import date_and_time
from course.model import Course
from course.reminders.experiment import ExperimentArm
from course.reminders.next_reminder import Reminder
from course.reminders.preferences import Pace
from course.reminders.reasons import ReminderReason
from course.reminders.rhythm import ReminderKind
from storage.outbox import DeliveryState
from storage.reminders import DueReminder, LastReminder


def next_reminder(_: Translator, course: Course, status: ReminderStatus) -> str:
    """The next reminder and its reason, or why none will come."""
    planned = status.planned
    if isinstance(planned, Reminder):
        said = (_planned_text(_, course, status, planned), _moved_text(_, planned.delay_reason))
        return " ".join(each for each in said if each)
    return _silence_text(_, planned.reason)


def last_reminder(_: Translator, status: ReminderStatus, found: LastReminder | None) -> str:
    """Why the newest reminder came, or why it was not sent."""
    if found is None:
        return _("I have not reminded you so far.")
    at = found.due.at
    when = _moment(_, status, found.sent_at or at)
    if found.due.arm is ExperimentArm.HOLD:
        return _(
            "On {moment} a reminder was due, and it was left out by chance. {number} in 100 are"
            " left out, so that we can see whether reminders help.",
            moment=when,
            number=_.number(status.rhythm.hold_out_percent),
        )
    why = why_it_came(_, status, found.due.kind, found.due)
    return _result_text(_, found, when, why)


def left_out_by_chance(
    _: Translator, status: ReminderStatus, found: LastReminder | None
) -> str | None:
    """That some reminders are held out by chance; `None` where that does not apply.

    It does not apply if none are held out, or if the last one was, since its text says so.
    """
    percent = status.rhythm.hold_out_percent
    if not percent or (found is not None and found.due.arm is ExperimentArm.HOLD):
        return None
    return _(
        "About {number} in 100 are left out by chance, so that we can see whether reminders help.",
        number=_.number(percent),
    )


def this_reminder(_: Translator, status: ReminderStatus, kind: ReminderKind) -> str:
    """Why an earlier reminder of this kind came."""
    return _("This one came {why}.", why=why_it_came(_, status, kind))


def why_it_came(
    _: Translator,
    status: ReminderStatus,
    kind: ReminderKind,
    taken: DueReminder | None = None,
) -> str:
    """The reason of a reminder of this kind, at a due reminder if that is known."""
    known = {
        ReminderKind.OPEN_QUESTION: _("because a question was open in the middle of a lesson"),
        ReminderKind.DEADLINE: _("because the last day of your group was near"),
        ReminderKind.SNOOZED: _("because you had asked me to write then"),
    }
    if kind in known:
        return known[kind]
    return _away_text(_, status, taken)


def _away_text(_: Translator, status: ReminderStatus, taken: DueReminder | None) -> str:
    if taken is None:
        return _("because you had not been here for some days")
    return _.ngettext(
        "because you had not been here for {number} day",
        "because you had not been here for {number} days",
        _days(status, taken.since, taken.at),
    )


def why_off(_: Translator, status: ReminderStatus) -> str | None:
    """Why reminders are off; `None` when they are on."""
    if status.preferences.stopped:
        return _silence_text(_, ReminderReason.STOPPED)
    if status.preferences.paused:
        return _silence_text(_, ReminderReason.PAUSED)
    if status.preferences.pace is Pace.NONE:
        return _silence_text(_, ReminderReason.PACE_NONE)
    return None


def _planned_text(_: Translator, course: Course, status: ReminderStatus, planned: Reminder) -> str:
    when = _moment(_, status, planned.at)
    known = {
        ReminderReason.QUESTION_LEFT: _("Next: {moment}, because a question is open."),
        ReminderReason.DEADLINE_NEAR: _(
            "Next: {moment}, because the last day of your group is near."
        ),
        ReminderReason.ASKED: _("Next: {moment}, because you asked for it."),
    }
    if planned.reason in known:
        return known[planned.reason].format(moment=when)
    place = reminders.next_position(_, course, status.learner_state.progress) or ""
    return _.ngettext(
        "Next: {moment}, if you have not been here for {number} day by then. It begins at {place}.",
        "Next: {moment}, if you have not been here for {number} days by then. It begins at"
        " {place}.",
        _days(status, status.active_at, planned.at),
        moment=when,
        place=place,
    )


def _moved_text(_: Translator, reason: ReminderReason | None) -> str | None:
    return {
        None: None,
        ReminderReason.QUIET: _("Before that it would come in your quiet hours."),
        ReminderReason.REST_DAY: _("It waits until your rest days are over."),
        ReminderReason.ONE_A_DAY: _(
            "No reminder comes on a day on which something else came unasked, so it waits."
        ),
        ReminderReason.HOUR_UNKNOWN: _(
            "As I do not know your time zone, it comes at an hour at which you were here before."
        ),
    }.get(reason)


def _silence_text(_: Translator, reason: ReminderReason) -> str:
    match reason:
        case ReminderReason.STOPPED:
            return _("Reminders are off, because you stopped my messages.")
        case ReminderReason.PAUSED:
            return _("Reminders are off until you turn them on again.")
        case ReminderReason.PACE_NONE:
            return _("Reminders are off, as you chose.")
        case ReminderReason.FINISHED:
            return _("None will come: you have done everything that is here.")
        case ReminderReason.NO_MOMENT:
            return _("None can come: your rest days and quiet hours leave no time for one.")
        case _:
            return _("None will come until you have been here again.")


def _result_text(_: Translator, found: LastReminder, when: str, why: str) -> str:
    match found.state:
        case DeliveryState.SENT:
            said = _("The last one came on {moment}, {why}.")
        case DeliveryState.QUEUED:  # the learner came back before it was sent
            said = _("One was due on {moment}, {why}. You are here now, so it does not come.")
        case DeliveryState.CLAIMED | DeliveryState.SENDING:
            said = _("One is on its way now, {why}.")
        case DeliveryState.UNKNOWN:
            said = _(
                "One was sent on {moment}, {why}. The connection broke, so I do not know whether"
                " it arrived."
            )
        case DeliveryState.FAILED:
            said = _("One was due on {moment}, but Telegram did not take it.")
        case _:
            why = _not_sent_reason(_, found.reason)
            said = _("One was due on {moment} and was not sent: {why}.")
    return said.format(moment=when, why=why)


_NOT_SENT_REASONS: Mapping[str, Callable[[Translator], str]] = {
    "active": lambda _: _("you came first"),
    "superseded": lambda _: _("the next one was due before it could go out"),
    "wishes": lambda _: _("you changed what you wish about reminders, or put them off"),
    "blocked": lambda _: _("you had blocked me"),
    ReminderReason.UNREACHABLE: lambda _: _("you had blocked me"),
    ReminderReason.STOPPED: lambda _: _("you had stopped my messages"),
    ReminderReason.PAUSED: lambda _: _("you had turned reminders off"),
    ReminderReason.PACE_NONE: lambda _: _("you had turned reminders off"),
    ReminderReason.FINISHED: lambda _: _("you had done everything"),
    ReminderReason.SNOOZED: lambda _: _("you had put reminders off"),
    ReminderReason.DEADLINE_OVER: lambda _: _("the last day of your group was over or had changed"),
}
"""Why a reminder was cancelled or skipped, by its stored reason."""


def _not_sent_reason(_: Translator, reason: str | None) -> str:
    said = _NOT_SENT_REASONS.get(reason or "")
    return _("it was no longer needed") if said is None else said(_)


def _moment(_: Translator, status: ReminderStatus, at: int) -> str:
    return date_and_time(_, status.local_time(at), knows_zone=status.knows_zone)


def _days(status: ReminderStatus, since: int, until: int) -> int:
    """Days between two times in the learner's calendar."""
    return (status.local_time(until).date() - status.local_time(since).date()).days
