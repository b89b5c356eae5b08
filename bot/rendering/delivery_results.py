"""Delivery results as text: states and reasons of the outbox."""

from collections import Counter
from collections.abc import Sequence

from bot.actions.deliveries import is_out_of_reach
from bot.i18n import Voice
from course.cohorts.audiences import LeftOut
from storage.outbox import State
from storage.recipients import Tally


def left_out(_: Voice, found: Counter[LeftOut]) -> list[str]:
    """How many get nothing before it is sent; why messages do not reach somebody is theirs."""
    told_today = found[LeftOut.TOLD_TODAY]
    words = _out_of_reach(_, found.total() - told_today)
    if told_today:
        words.append(
            _.ngettext(
                "{number} already heard from me today",
                "{number} already heard from me today",
                told_today,
            )
        )
    return words


def tally(_: Voice, found: Tally) -> str:
    """How many stand the same, and why: "2 left out: already heard from me that day"."""
    counted = _counted(_, found.state, found.count)
    why = reason(_, found.state, found.reason)
    return _("{counted}: {why}", counted=counted, why=why) if why else counted


def tallies(_: Voice, found: Sequence[Tally]) -> str:
    """One line for each; those whom messages do not reach are one, whatever they chose."""
    others = [one for one in found if not is_out_of_reach(one.state, one.reason)]
    away = sum(one.count for one in found) - sum(one.count for one in others)
    return "\n".join([*(tally(_, one) for one in others), *_out_of_reach(_, away)])


def one(_: Voice, state: State, why: str | None) -> str:
    """What became of it for one recipient."""
    if is_out_of_reach(state, why):
        return _("cannot get messages now")
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
    """Why something was not sent; `None` where nothing need be said, or what somebody wishes."""
    if why is None:
        return None
    if state is State.FAILED:
        return _refused(_, why.casefold())
    return {
        LeftOut.TOLD_TODAY.value: _("already heard from me that day"),
        "left": _("left the cohort"),
        "no-longer-fits": _("no longer one of those it was for"),
        "quiet": _("it is night there"),
        "one-a-day": _("already heard from me that day"),
        "active": _("learning at that moment"),
        "sender": _("taken back"),
        "not-deleted": _("could not be deleted again"),
        "no connection": _("no connection, tried again"),
        "too many": _("Telegram asked to wait"),
        "interrupted": _("the bot was interrupted"),
    }.get(why)


def _refused(_: Voice, why: str) -> str:
    if "fault" in why:
        return _("a fault of the bot; the log tells more")
    return _("Telegram refused the text")


def _out_of_reach(_: Voice, count: int) -> list[str]:
    if not count:
        return []
    return [
        _.ngettext("{number} cannot get messages now", "{number} cannot get messages now", count)
    ]


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
