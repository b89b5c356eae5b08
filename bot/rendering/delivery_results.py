"""Delivery results as text: states and reasons of the outbox."""

from collections import Counter
from collections.abc import Sequence

from bot.actions.deliveries import is_unreachable
from bot.i18n import Translator
from course.cohorts.audiences import ExclusionReason
from storage.outbox import DeliveryState
from storage.recipients import DeliveryCount


def exclusion_text(_: Translator, found: Counter[ExclusionReason]) -> list[str]:
    """How many get nothing before it is sent; why messages do not reach somebody is theirs."""
    told_today = found[ExclusionReason.CONTACTED_TODAY]
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


def result_line(_: Translator, found: DeliveryCount) -> str:
    """How many stand the same, and why: "2 left out: already heard from me that day"."""
    counted = _count_text(_, found.state, found.count)
    why = reason_text(_, found.state, found.reason)
    return _("{counted}: {why}", counted=counted, why=why) if why else counted


def result_lines(_: Translator, found: Sequence[DeliveryCount]) -> str:
    """One line for each; those whom messages do not reach are one, whatever they chose."""
    others = [one for one in found if not is_unreachable(one.state, one.reason)]
    away = sum(one.count for one in found) - sum(one.count for one in others)
    return "\n".join([*(result_line(_, one) for one in others), *_out_of_reach(_, away)])


def recipient_result(_: Translator, state: DeliveryState, why: str | None) -> str:
    """What became of it for one recipient."""
    if is_unreachable(state, why):
        return _("cannot get messages now")
    words = {
        DeliveryState.QUEUED: _("waiting"),
        DeliveryState.CLAIMED: _("waiting"),
        DeliveryState.SENDING: _("on its way"),
        DeliveryState.SENT: _("arrived"),
        DeliveryState.FAILED: _("failed"),
        DeliveryState.UNKNOWN: _("not known whether it arrived"),
        DeliveryState.SKIPPED: _("left out"),
        DeliveryState.CANCELLED: _("not sent"),
        DeliveryState.DELETED: _("arrived, deleted again"),
    }[state]
    reasoned = reason_text(_, state, why)
    return _("{counted}: {why}", counted=words, why=reasoned) if reasoned else words


def reason_text(_: Translator, state: DeliveryState, why: str | None) -> str | None:
    """Why something was not sent; `None` where nothing need be said, or what somebody wishes."""
    if why is None:
        return None
    if state is DeliveryState.FAILED:
        return _refused_text(_, why.casefold())
    return {
        ExclusionReason.CONTACTED_TODAY.value: _("already heard from me that day"),
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


def _refused_text(_: Translator, why: str) -> str:
    if "fault" in why:
        return _("a fault of the bot; the log tells more")
    return _("Telegram refused the text")


def _out_of_reach(_: Translator, count: int) -> list[str]:
    if not count:
        return []
    return [
        _.ngettext("{number} cannot get messages now", "{number} cannot get messages now", count)
    ]


def _count_text(_: Translator, state: DeliveryState, count: int) -> str:
    return {
        DeliveryState.QUEUED: _.ngettext("{number} waiting", "{number} waiting", count),
        DeliveryState.CLAIMED: _.ngettext("{number} waiting", "{number} waiting", count),
        DeliveryState.SENDING: _.ngettext("{number} on its way", "{number} on their way", count),
        DeliveryState.SENT: _.ngettext("{number} arrived", "{number} arrived", count),
        DeliveryState.FAILED: _.ngettext("{number} failed", "{number} failed", count),
        DeliveryState.UNKNOWN: _.ngettext(
            "{number} not known whether it arrived",
            "{number} not known whether they arrived",
            count,
        ),
        DeliveryState.SKIPPED: _.ngettext("{number} left out", "{number} left out", count),
        DeliveryState.CANCELLED: _.ngettext("{number} not sent", "{number} not sent", count),
        DeliveryState.DELETED: _.ngettext(
            "{number} deleted again", "{number} deleted again", count
        ),
    }[state]
