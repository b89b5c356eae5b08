"""Delivery results as text: states and reasons of the outbox."""

from collections.abc import Sequence

from bot.voice import Voice
from course.audiences import LeftOut
from storage.deliveries import State
from storage.recipients import Tally


def left_out(_: Voice, why: LeftOut, count: int) -> str:
    """How many people are left out, and why, before it is sent."""
    match why:
        case LeftOut.STOPPED:
            return _.ngettext("{number} stopped messages", "{number} stopped messages", count)
        case LeftOut.UNREACHABLE:
            return _.ngettext("{number} blocked the bot", "{number} blocked the bot", count)
        case LeftOut.TOLD_TODAY:
            return _.ngettext(
                "{number} already heard from me today",
                "{number} already heard from me today",
                count,
            )


def tally(_: Voice, found: Tally) -> str:
    """How many deliveries have the same state and reason: "2 failed: blocked the bot"."""
    counted = _counted(_, found.state, found.count)
    why = reason(_, found.state, found.reason)
    return _("{counted}: {why}", counted=counted, why=why) if why else counted


def tallies(_: Voice, found: Sequence[Tally]) -> str:
    """One line for each state and reason."""
    return "\n".join(tally(_, one) for one in found)


def one(_: Voice, state: State, why: str | None) -> str:
    """The result for one recipient."""
    words = {
        State.QUEUED: _("waiting"),
        State.CLAIMED: _("waiting"),
        State.SENDING: _("on its way"),
        State.SENT: _("arrived"),
        State.FAILED: _("failed"),
        State.UNKNOWN: _("not known whether it arrived"),
        State.SKIPPED: _("left out"),
        State.CANCELLED: _("not sent"),
        State.DELETED: _("arrived, deleted again"),
    }[state]
    reasoned = reason(_, state, why)
    return _("{counted}: {why}", counted=words, why=reasoned) if reasoned else words


def reason(_: Voice, state: State, why: str | None) -> str | None:
    """The reason for a state; `None` where there is nothing to explain.

    Telegram's errors are recognised by a part of their text (Bot API server, its error texts).
    """
    if why is None:
        return None
    if state is State.FAILED:
        return _refused(_, why.casefold())
    return {
        LeftOut.STOPPED.value: _("stopped messages"),
        LeftOut.UNREACHABLE.value: _("blocked the bot"),
        LeftOut.TOLD_TODAY.value: _("already heard from me that day"),
        "gone": _("deleted their data"),
        "left": _("left the cohort"),
        "no-longer-fits": _("no longer one of those it was for"),
        "quiet": _("it is night there"),
        "paused": _("wants no reminders"),
        "pace-none": _("wants no reminders"),
        "snoozed": _("put messages off until later"),
        "one-a-day": _("already heard from me that day"),
        "rest-day": _("it is a day of rest there"),
        "active": _("learning at that moment"),
        "no-moment": _("their quiet hours and days of rest leave no time"),
        "sender": _("taken back"),
        "not-deleted": _("could not be deleted again"),
        "no connection": _("no connection, tried again"),
        "too many": _("Telegram asked to wait"),
        "interrupted": _("the bot was interrupted"),
    }.get(why)


def _refused(_: Voice, why: str) -> str:
    if "deactivated" in why:
        return _("account deleted")
    if "blocked" in why or why == "forbidden":
        return _("blocked the bot")
    if "chat not found" in why or "peer_id_invalid" in why:
        return _("chat not found")
    if "fault" in why:
        return _("a fault of the bot; the log tells more")
    return _("Telegram refused the text")


def _counted(_: Voice, state: State, count: int) -> str:
    match state:
        case State.QUEUED | State.CLAIMED:
            return _.ngettext("{number} waiting", "{number} waiting", count)
        case State.SENDING:
            return _.ngettext("{number} on its way", "{number} on their way", count)
        case State.SENT:
            return _.ngettext("{number} arrived", "{number} arrived", count)
        case State.FAILED:
            return _.ngettext("{number} failed", "{number} failed", count)
        case State.UNKNOWN:
            return _.ngettext(
                "{number} not known whether it arrived",
                "{number} not known whether they arrived",
                count,
            )
        case State.SKIPPED:
            return _.ngettext("{number} left out", "{number} left out", count)
        case State.CANCELLED:
            return _.ngettext("{number} not sent", "{number} not sent", count)
        case State.DELETED:
            return _.ngettext("{number} deleted again", "{number} deleted again", count)
