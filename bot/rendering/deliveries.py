"""Delivery reports of broadcasts, as shown to those who sent them."""

from collections.abc import Iterator, Sequence

from bot.actions.deliveries import (
    PAGE_SIZE,
    DeliveryReport,
    NamedRecipient,
    RecipientsPage,
)
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import delivery_results, parts
from bot.rendering.audiences import audience_text, excerpt
from bot.rendering.broadcast_buttons import broadcast_button
from bot.rendering.dates import moment_text, own_time_text
from bot.rendering.paging import cut_page, page_buttons
from course.cohorts.placeholders import visible_text
from storage.broadcasts import Broadcast, BroadcastState
from storage.outbox import DeliveryState

_MAX_TEXT = 2000  # characters: half a message, the figures stand below


def delivery_report(_: Translator, report: DeliveryReport) -> Reply:
    """The delivery results, and the possible actions."""
    known = report.broadcast
    text = parts.join_paragraphs(
        heading(_, known),
        _whole_text(_, known),
        _stage_text(_, report),
        "\n".join(_audience_lines(_, report)),
        delivery_results.result_lines(_, report.delivery_counts) or None,
        _answers(_, report),
    )
    return Reply(text, _choices(_, report))


def recipients_page(_: Translator, page: RecipientsPage) -> Reply:
    """The result of each recipient, by chosen names or pseudonyms."""
    lines = "\n".join(_line(_, one) for one in page.recipients)
    text = parts.join_paragraphs(heading(_, page.broadcast), lines or _("Nobody is on this page."))

    def opened(label: str, number: str) -> Button:
        return broadcast_button(label, "who", page.broadcast, number)

    turning = page_buttons(_, page.number, opened, is_last=page.is_last)
    return Reply(
        text, parts.filled(turning, (broadcast_button(_("Back"), "open", page.broadcast),))
    )


def broadcast_list(_: Translator, found: Sequence[Broadcast], page: int) -> Reply:
    """A page of broadcasts, from 0; a page beyond the end gives the first."""
    if not found:
        return Reply(_("Nothing was sent yet. /broadcast writes to a cohort."))
    shown = cut_page(found, page, PAGE_SIZE)
    numbered = [(_.number(number), one) for number, one in enumerate(shown.items, 1)]
    text = parts.join_paragraphs(
        parts.bold(_("Messages to cohorts")),
        "\n".join(f"{number}. {_brief(_, one)}" for number, one in numbered),
    )
    opens = [broadcast_button(number, "open", one) for number, one in numbered]

    def opened(label: str, number: str) -> Button:
        return broadcast_button(label, "list", None, number)

    turning = page_buttons(_, shown.number, opened, is_last=shown.is_last)
    return Reply(text, parts.filled(*parts.rows_of(3, opens), turning))


def confirm_undo(_: Translator, report: DeliveryReport) -> Reply:
    """Asks for confirmation before sent messages are deleted."""
    text = parts.join_paragraphs(
        heading(_, report.broadcast),
        _(
            "Delete it from the chats of everybody who got it? Telegram lets me do so for 48 hours."
            " Who has read it has read it."
        ),
    )
    delete = broadcast_button(_("Delete it"), "undo-now", report.broadcast)
    return Reply(text, ((delete, _leave_button(_, report)),))


def confirm_resend(_: Translator, report: DeliveryReport) -> Reply:
    """Asks for confirmation before it is sent again to people who may have it."""
    text = parts.join_paragraphs(
        heading(_, report.broadcast),
        _.ngettext(
            "The connection broke while it was sent to {number} person. They may have it already,"
            " and would then get it twice. Send it again?",
            "The connection broke while it was sent to {number} people. They may have it already,"
            " and would then get it twice. Send it again?",
            report.count(DeliveryState.UNKNOWN),
        ),
    )
    again = broadcast_button(_("Send again"), "again-now", report.broadcast)
    return Reply(text, ((again, _leave_button(_, report)),))


def cancelled(_: Translator, known: Broadcast) -> Reply:
    """Tells that it was cancelled."""
    return Reply(parts.join_paragraphs(heading(_, known), _("Cancelled. Nothing was sent.")))


def already_sent(_: Translator) -> str:
    """Toast: a colleague has just sent it."""
    return _("Somebody else has sent it already. It goes out once.")


def reopened(_: Translator) -> str:
    """Toast: a planned broadcast can be changed now."""
    return _("It is not planned any more. Change it, then plan it again.")


def no_longer_changeable(_: Translator) -> str:
    """Toast: it can no longer be changed, since it was sent."""
    return _("This was sent already. Here is what became of it.")


def _leave_button(_: Translator, report: DeliveryReport) -> Button:
    return broadcast_button(_("Leave it"), "open", report.broadcast)


def heading(_: Translator, known: Broadcast) -> str:
    """The beginning of a broadcast's text, in bold."""
    return parts.bold(excerpt(known) or _("A picture or a file"))


def _whole_text(_: Translator, known: Broadcast) -> str | None:
    """The text, if the heading cuts it."""
    text = visible_text(known.content.html).strip()
    if excerpt(known) == parts.plain_text(text):
        return None
    return parts.quotation(parts.plain_text(parts.shorten(text, _MAX_TEXT))) if text else None


def _stage_text(_: Translator, report: DeliveryReport) -> str:
    arrived = _.ngettext("{number} arrived", "{number} arrived", report.count(DeliveryState.SENT))
    if report.broadcast.state is BroadcastState.SCHEDULED:
        return _planned_text(_, report)
    return {
        BroadcastState.DRAFT: _("Not sent yet."),
        BroadcastState.SENDING: _("It is being sent."),
        BroadcastState.STOPPED: _("Stopped. {arrived}.", arrived=arrived),
        BroadcastState.DONE: _("Done. {arrived}.", arrived=arrived),
        BroadcastState.CANCELLED: _("Cancelled. Nothing was sent."),
        BroadcastState.DELETING: _("It is being deleted."),
        BroadcastState.DELETED: _("Deleted again, where Telegram allowed it."),
    }[report.broadcast.state]


def _audience_lines(_: Translator, report: DeliveryReport) -> Iterator[str]:
    """The audience; its size is known only once sending begins."""
    known = report.broadcast
    yield _("To: {audience}", audience=audience_text(_, known.audience, report.cohorts))
    if report.is_partial:
        yield _("Other cohorts get it, too. Here you see only the people in yours.")
    if known.state is not BroadcastState.SCHEDULED or report.total:
        yield _.ngettext("{number} person in all.", "{number} people in all.", report.total)


def _planned_text(_: Translator, report: DeliveryReport) -> str:
    known = report.broadcast
    zone = report.cohorts[0].zone if report.cohorts else "UTC"
    moment = moment_text(_, known.send_at or report.now, zone)
    goes = _("It goes on {moment}.", moment=moment)
    return goes if known.local_hour is None else f"{goes} {own_time_text(_, known.local_hour)}"


def _answers(_: Translator, report: DeliveryReport) -> str | None:
    offered = report.broadcast.content.answers
    if not offered:
        return None
    lines = (
        f"{parts.plain_text(text)}: {_.number(report.rsvp_counts.get(number, 0))}"
        for number, text in enumerate(offered)
    )
    return _("Answers:") + "\n" + "\n".join(lines)


def _choices(_: Translator, report: DeliveryReport) -> Rows:
    known = report.broadcast
    listed_button = broadcast_button(_("All messages"), "list", None)
    if report.is_partial:
        return ((broadcast_button(_("Who"), "who", known), listed_button),)
    match known.state:
        case BroadcastState.DRAFT:
            return ((broadcast_button(_("Open it"), "look", known, "anew"), listed_button),)
        case BroadcastState.SCHEDULED:
            edit = (broadcast_button(_("Change"), "edit", known),) if not report.total else ()
            return ((*edit, broadcast_button(_("Cancel"), "cancel", known)), (listed_button,))
        case BroadcastState.CANCELLED | BroadcastState.DELETED | BroadcastState.DELETING:
            return ((broadcast_button(_("Who"), "who", known), listed_button),)
        case BroadcastState.SENDING:
            stop = broadcast_button(_("Stop"), "stop", known)
            return ((stop, broadcast_button(_("Who"), "who", known)), (listed_button,))
        case _:
            return _choices_at_end(_, report, listed_button)


def _choices_at_end(_: Translator, report: DeliveryReport, listed_button: Button) -> Rows:
    known = report.broadcast
    again: tuple[Button, ...] = ()
    if report.retryable:
        people = sum(one.count for one in report.retryable)
        label = _.ngettext("Try again: {number} person", "Try again: {number} people", people)
        again = (broadcast_button(label, "retry", known),)
    if report.count(DeliveryState.UNKNOWN):
        again = (*again, broadcast_button(_("Unknown ones"), "again", known))
    undo = (broadcast_button(_("Delete it everywhere"), "undo", known),) if report.can_undo else ()
    rows: Rows = ((broadcast_button(_("Who"), "who", known), *undo), again, (listed_button,))
    return tuple(row for row in rows if row)


def _line(_: Translator, found: NamedRecipient) -> str:
    called = found.display_name or _("Somebody who belongs to none of its cohorts")
    became = delivery_results.recipient_result(_, found.recipient.state, found.recipient.reason)
    return _("{name}: {outcome}", name=parts.safe_name(called), outcome=became)


def _brief(_: Translator, known: Broadcast) -> str:
    state = {
        BroadcastState.DRAFT: _("not sent yet"),
        BroadcastState.SCHEDULED: _("planned"),
        BroadcastState.SENDING: _("being sent"),
        BroadcastState.STOPPED: _("stopped"),
        BroadcastState.DONE: _("sent"),
        BroadcastState.CANCELLED: _("cancelled"),
        BroadcastState.DELETING: _("being deleted"),
        BroadcastState.DELETED: _("deleted again"),
    }[known.state]
    return f"{excerpt(known) or _('A picture or a file')} · {state}"
