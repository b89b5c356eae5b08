"""The message that tells its sender how far a broadcast is."""

from bot.actions.deliveries import DeliveryReport
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import delivery_results, parts
from bot.rendering.broadcast_buttons import broadcast_button
from bot.rendering.deliveries import delivery_report, heading
from storage.broadcasts import BroadcastState
from storage.outbox import DeliveryState

_WAITING_STATES = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)


def progress_message(
    _: Translator, report: DeliveryReport, seconds_left: int | None = None
) -> Reply:
    """How far the sending is; the same message is edited until it is done.

    Args:
        seconds_left: until all deliveries that are due now are sent; `None` when not known.
    """
    known = report.broadcast
    if known.state not in (BroadcastState.SCHEDULED, BroadcastState.SENDING):
        return delivery_report(_, report)
    stop = broadcast_button(_("Stop"), "stop", known)
    said = (
        (_("I am putting together who gets it."),)
        if known.state is BroadcastState.SCHEDULED
        else _counts(_, report, seconds_left)
    )
    return Reply(parts.join_paragraphs(heading(_, known), *said), ((stop,),))


def _counts(
    _: Translator, report: DeliveryReport, seconds_left: int | None
) -> tuple[str | None, str]:
    """The progress bar, and how many messages are sent and failed."""
    waiting, done = report.count(*_WAITING_STATES), report.count(DeliveryState.SENT)
    tried = done + report.count(DeliveryState.UNKNOWN) + sum(one.count for one in report.failed)
    words = (
        _("Sent {done} of {total}", done=_.number(done), total=_.number(waiting + tried)),
        *(delivery_results.result_line(_, one) for one in report.failed),
        _time_left(_, report, seconds_left),
    )
    bar = None if _.plain else parts.progress_bar(tried, waiting + tried)
    return bar, " · ".join(word for word in words if word)


def _time_left(_: Translator, report: DeliveryReport, seconds: int | None) -> str | None:
    due = report.next_due_at
    if due is not None and due > report.now:
        waiting = report.count(DeliveryState.QUEUED)
        return _.ngettext("{number} will be sent later", "{number} will be sent later", waiting)
    if seconds is None:
        return None
    if seconds > 90:  # noqa: PLR2004 - from there on seconds say nothing
        return _.ngettext(
            "about {number} minute left", "about {number} minutes left", round(seconds / 60)
        )
    return _.ngettext("about {number} second left", "about {number} seconds left", seconds)
