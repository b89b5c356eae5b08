"""Why a reminder came, why one will come, or why none: each `ReminderReason` as text."""

from bot.actions.reminders import Standing
from bot.i18n import Voice
from bot.rendering import reminders
from course.model import Course
from course.reminders.experiment import Arm
from course.reminders.next_reminder import Nudge
from course.reminders.preferences import Pace
from course.reminders.reasons import Reason
from course.reminders.rhythm import Kind
from storage.outbox import State
from storage.reminders import LastNudge, Opportunity


def next_one(_: Voice, course: Course, standing: Standing) -> str:
    """The next reminder and its reason, or why none will come."""
    planned = standing.planned
    if isinstance(planned, Nudge):
        said = (_coming(_, course, standing, planned), _moved(_, planned.moved))
        return " ".join(each for each in said if each)
    return _silent(_, planned.because)


def last_one(_: Voice, standing: Standing, found: LastNudge | None) -> str:
    """Why the newest reminder came, or why it was not sent."""
    if found is None:
        return _("I have not reminded you so far.")
    at = found.opportunity.at
    when = _moment(_, standing, found.sent_at or at)
    if found.opportunity.arm is Arm.HOLD:
        return _(
            "On {moment} a reminder was due, and it was left out by chance. {number} in 100 are"
            " left out, so that we can see whether reminders help.",
            moment=when,
            number=_.number(standing.rhythm.hold_out_percent),
        )
    why = came(_, standing, found.opportunity.kind, found.opportunity)
    return _fate(_, found, when, why)


def left_out(_: Voice, standing: Standing, found: LastNudge | None) -> str | None:
    """That some reminders are held out by chance; `None` where that does not apply.

    It does not apply if none are held out, or if the last one was, since its text says so.
    """
    percent = standing.rhythm.hold_out_percent
    if not percent or (found is not None and found.opportunity.arm is Arm.HOLD):
        return None
    return _(
        "About {number} in 100 are left out by chance, so that we can see whether reminders help.",
        number=_.number(percent),
    )


def this_one(_: Voice, standing: Standing, kind: Kind) -> str:
    """Why an earlier reminder of this kind came."""
    return _("This one came {why}.", why=came(_, standing, kind))


def came(_: Voice, standing: Standing, kind: Kind, taken: Opportunity | None = None) -> str:
    """The reason of a reminder of this kind.

    Args:
        taken: the opportunity at which it came; `None` when not known.
    """
    match kind:
        case Kind.OPEN_QUESTION:
            return _("because a question was open in the middle of a lesson")
        case Kind.DEADLINE:
            return _("because the last day of your group was near")
        case Kind.SNOOZED:
            return _("because you had asked me to write then")
        case _:
            if taken is None:
                return _("because you had not been here for some days")
            days = _days(standing, taken.since, taken.at)
            return _.ngettext(
                "because you had not been here for {number} day",
                "because you had not been here for {number} days",
                days,
            )


def off(_: Voice, standing: Standing) -> str | None:
    """Why reminders are off; `None` when they are on."""
    if standing.wishes.stopped:
        return _silent(_, Reason.STOPPED)
    if standing.wishes.paused:
        return _silent(_, Reason.PAUSED)
    if standing.wishes.pace is Pace.NONE:
        return _silent(_, Reason.PACE_NONE)
    return None


def _coming(_: Voice, course: Course, standing: Standing, planned: Nudge) -> str:
    when = _moment(_, standing, planned.at)
    match planned.because:
        case Reason.QUESTION_LEFT:
            return _("Next: {moment}, because a question is open.", moment=when)
        case Reason.DEADLINE_NEAR:
            return _("Next: {moment}, because the last day of your group is near.", moment=when)
        case Reason.ASKED:
            return _("Next: {moment}, because you asked for it.", moment=when)
        case _:
            days = _days(standing, standing.active_at, planned.at)
            place = reminders.place(_, course, standing.visit.progress) or ""
            return _.ngettext(
                "Next: {moment}, if you have not been here for {number} day by then. It begins at"
                " {place}.",
                "Next: {moment}, if you have not been here for {number} days by then. It begins at"
                " {place}.",
                days,
                moment=when,
                place=place,
            )


def _moved(_: Voice, reason: Reason | None) -> str | None:
    match reason:
        case Reason.QUIET:
            return _("Before that it would come in your quiet hours.")
        case Reason.REST_DAY:
            return _("It waits until your rest days are over.")
        case Reason.ONE_A_DAY:
            return _(
                "No reminder comes on a day on which something else came unasked, so it waits."
            )
        case Reason.HOUR_UNKNOWN:
            return _(
                "As I do not know your time zone, it comes at an hour at which you were here"
                " before."
            )
        case _:
            return None


def _silent(_: Voice, reason: Reason) -> str:
    match reason:
        case Reason.STOPPED:
            return _("Reminders are off, because you stopped my messages.")
        case Reason.PAUSED:
            return _("Reminders are off until you turn them on again.")
        case Reason.PACE_NONE:
            return _("Reminders are off, as you chose.")
        case Reason.FINISHED:
            return _("None will come: you have done everything that is here.")
        case Reason.NO_MOMENT:
            return _("None can come: your rest days and quiet hours leave no time for one.")
        case _:
            return _("None will come until you have been here again.")


def _fate(_: Voice, found: LastNudge, when: str, why: str) -> str:
    match found.state:
        case State.SENT:
            return _("The last one came on {moment}, {why}.", moment=when, why=why)
        case State.QUEUED:  # the learner came back before it was sent
            return _(
                "One was due on {moment}, {why}. You are here now, so it does not come.",
                moment=when,
                why=why,
            )
        case State.CLAIMED | State.SENDING:
            return _("One is on its way now, {why}.", why=why)
        case State.UNKNOWN:
            return _(
                "One was sent on {moment}, {why}. The connection broke, so I do not know whether"
                " it arrived.",
                moment=when,
                why=why,
            )
        case State.FAILED:
            return _("One was due on {moment}, but Telegram did not take it.", moment=when)
        case _:
            return _(
                "One was due on {moment} and was not sent: {why}.",
                moment=when,
                why=_not_sent(_, found.reason),
            )


def _not_sent(_: Voice, reason: str | None) -> str:
    """Why a reminder was cancelled or skipped, by its stored reason."""
    said = {
        "active": lambda: _("you came first"),
        "superseded": lambda: _("the next one was due before it could go out"),
        "wishes": lambda: _("you changed what you wish about reminders, or put them off"),
        "blocked": lambda: _("you had blocked me"),
        Reason.UNREACHABLE.value: lambda: _("you had blocked me"),
        Reason.STOPPED.value: lambda: _("you had stopped my messages"),
        Reason.PAUSED.value: lambda: _("you had turned reminders off"),
        Reason.PACE_NONE.value: lambda: _("you had turned reminders off"),
        Reason.FINISHED.value: lambda: _("you had done everything"),
        Reason.SNOOZED.value: lambda: _("you had put reminders off"),
        Reason.DEADLINE_OVER.value: lambda: _("the last day of your group was over or had changed"),
    }
    return said.get(reason or "", lambda: _("it was no longer needed"))()


def _moment(_: Voice, standing: Standing, at: int) -> str:
    return reminders.moment(_, standing.local(at), knows_zone=standing.knows_zone)


def _days(standing: Standing, since: int, until: int) -> int:
    """Days between two times in the learner's calendar."""
    return (standing.local(until).date() - standing.local(since).date()).days
