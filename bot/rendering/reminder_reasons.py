"""Why a reminder came, why one will come, or why none: each `ReminderReason` as text."""

from bot.actions.reminders import ReminderStatus
from bot.i18n import Translator
from bot.rendering import reminders
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
    """The reason of a reminder of this kind.

    Args:
        taken: the due reminder at which it came; `None` when not known.
    """
    match kind:
        case ReminderKind.OPEN_QUESTION:
            return _("because a question was open in the middle of a lesson")
        case ReminderKind.DEADLINE:
            return _("because the last day of your group was near")
        case ReminderKind.SNOOZED:
            return _("because you had asked me to write then")
        case _:
            if taken is None:
                return _("because you had not been here for some days")
            days = _days(status, taken.since, taken.at)
            return _.ngettext(
                "because you had not been here for {number} day",
                "because you had not been here for {number} days",
                days,
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
    match planned.reason:
        case ReminderReason.QUESTION_LEFT:
            return _("Next: {moment}, because a question is open.", moment=when)
        case ReminderReason.DEADLINE_NEAR:
            return _("Next: {moment}, because the last day of your group is near.", moment=when)
        case ReminderReason.ASKED:
            return _("Next: {moment}, because you asked for it.", moment=when)
        case _:
            days = _days(status, status.active_at, planned.at)
            place = reminders.next_position(_, course, status.learner_state.progress) or ""
            return _.ngettext(
                "Next: {moment}, if you have not been here for {number} day by then. It begins at"
                " {place}.",
                "Next: {moment}, if you have not been here for {number} days by then. It begins at"
                " {place}.",
                days,
                moment=when,
                place=place,
            )


def _moved_text(_: Translator, reason: ReminderReason | None) -> str | None:
    match reason:
        case ReminderReason.QUIET:
            return _("Before that it would come in your quiet hours.")
        case ReminderReason.REST_DAY:
            return _("It waits until your rest days are over.")
        case ReminderReason.ONE_A_DAY:
            return _(
                "No reminder comes on a day on which something else came unasked, so it waits."
            )
        case ReminderReason.HOUR_UNKNOWN:
            return _(
                "As I do not know your time zone, it comes at an hour at which you were here"
                " before."
            )
        case _:
            return None


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
            return _("The last one came on {moment}, {why}.", moment=when, why=why)
        case DeliveryState.QUEUED:  # the learner came back before it was sent
            return _(
                "One was due on {moment}, {why}. You are here now, so it does not come.",
                moment=when,
                why=why,
            )
        case DeliveryState.CLAIMED | DeliveryState.SENDING:
            return _("One is on its way now, {why}.", why=why)
        case DeliveryState.UNKNOWN:
            return _(
                "One was sent on {moment}, {why}. The connection broke, so I do not know whether"
                " it arrived.",
                moment=when,
                why=why,
            )
        case DeliveryState.FAILED:
            return _("One was due on {moment}, but Telegram did not take it.", moment=when)
        case _:
            return _(
                "One was due on {moment} and was not sent: {why}.",
                moment=when,
                why=_not_sent_reason(_, found.reason),
            )


def _not_sent_reason(_: Translator, reason: str | None) -> str:
    """Why a reminder was cancelled or skipped, by its stored reason."""
    said = {
        "active": lambda: _("you came first"),
        "superseded": lambda: _("the next one was due before it could go out"),
        "wishes": lambda: _("you changed what you wish about reminders, or put them off"),
        "blocked": lambda: _("you had blocked me"),
        ReminderReason.UNREACHABLE.value: lambda: _("you had blocked me"),
        ReminderReason.STOPPED.value: lambda: _("you had stopped my messages"),
        ReminderReason.PAUSED.value: lambda: _("you had turned reminders off"),
        ReminderReason.PACE_NONE.value: lambda: _("you had turned reminders off"),
        ReminderReason.FINISHED.value: lambda: _("you had done everything"),
        ReminderReason.SNOOZED.value: lambda: _("you had put reminders off"),
        ReminderReason.DEADLINE_OVER.value: lambda: _(
            "the last day of your group was over or had changed"
        ),
    }
    return said.get(reason or "", lambda: _("it was no longer needed"))()


def _moment(_: Translator, status: ReminderStatus, at: int) -> str:
    return reminders.date_and_time(_, status.local_time(at), knows_zone=status.knows_zone)


def _days(status: ReminderStatus, since: int, until: int) -> int:
    """Days between two times in the learner's calendar."""
    return (status.local_time(until).date() - status.local_time(since).date()).days
