"""Delivery reports of broadcasts, as shown to those who sent them."""

from collections.abc import Iterator, Sequence

from bot.actions.deliveries import (
    PAGE_SIZE,
    DeliveryReport,
    NamedRecipient,
    RecipientsPage,
)
from bot.actions.rsvps import RsvpRecorded
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import delivery_results, parts
from bot.rendering.audiences import audience_text, broadcast_button, excerpt
from course import local_time
from storage.broadcasts import Broadcast
from storage.broadcasts import BroadcastState as Stage
from storage.outbox import DeliveryState

_WAITING_STATES = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)


def progress(_: Translator, report: DeliveryReport, seconds_left: int | None = None) -> Reply:
    """How far the sending is; the same message is edited until it is done.

    Args:
        seconds_left: until all deliveries that are due now are sent; `None` when not known.
    """
    if report.broadcast.state not in (Stage.SCHEDULED, Stage.SENDING):
        return delivery_report(_, report)
    if report.broadcast.state is Stage.SCHEDULED:
        return Reply(
            parts.join_paragraphs(
                _heading(_, report.broadcast), _("I am putting together who gets it.")
            ),
            ((broadcast_button(_("Stop"), "stop", report.broadcast),),),
        )
    waiting, done = report.count(*_WAITING_STATES), report.count(DeliveryState.SENT)
    tried = done + report.count(DeliveryState.UNKNOWN) + sum(one.count for one in report.failed)
    words = [
        _("Sent {done} of {total}", done=_.number(done), total=_.number(waiting + tried)),
        *(delivery_results.result_line(_, one) for one in report.failed),
        _time_left(_, report, seconds_left),
    ]
    text = parts.join_paragraphs(
        _heading(_, report.broadcast),
        None if _.plain else parts.progress_bar(tried, waiting + tried),
        " · ".join(word for word in words if word),
    )
    return Reply(text, ((broadcast_button(_("Stop"), "stop", report.broadcast),),))


def delivery_report(_: Translator, report: DeliveryReport) -> Reply:
    """The delivery results, and the possible actions."""
    known = report.broadcast
    text = parts.join_paragraphs(
        _heading(_, known),
        _stage_text(_, report),
        "\n".join(_audience_lines(_, report)),
        delivery_results.result_lines(_, report.delivery_counts) or None,
        _answers(_, report),
    )
    return Reply(text, _choices(_, report))


def recipients_page(_: Translator, page: RecipientsPage) -> Reply:
    """The result of each recipient, by chosen names or pseudonyms."""
    lines = "\n".join(_line(_, one) for one in page.recipients)
    text = parts.join_paragraphs(_heading(_, page.broadcast), lines or _("Nobody is on this page."))
    back = (
        (broadcast_button(_("Earlier"), "who", page.broadcast, str(page.number - 1)),)
        if page.number
        else ()
    )
    forth = (
        ()
        if page.is_last
        else (broadcast_button(_("More"), "who", page.broadcast, str(page.number + 1)),)
    )
    turning: Rows = ((*back, *forth),) if back or forth else ()
    return Reply(text, (*turning, (broadcast_button(_("Back"), "open", page.broadcast),)))


def broadcast_list(_: Translator, found: Sequence[Broadcast], page: int) -> Reply:
    """A page of broadcasts, from 0; a page beyond the end gives the first."""
    if not found:
        return Reply(_("Nothing was sent yet. /broadcast writes to a cohort."))
    page = page if page * PAGE_SIZE < len(found) else 0
    shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    text = parts.join_paragraphs(
        parts.bold(_("Messages to cohorts")),
        "\n".join(f"{number}. {_brief(_, one)}" for number, one in enumerate(shown, 1)),
    )
    opens = tuple(_open_button(_, number, one) for number, one in enumerate(shown, 1))
    back = (broadcast_button(_("Earlier"), "list", None, str(page - 1)),) if page else ()
    forth = (
        (broadcast_button(_("More"), "list", None, str(page + 1)),)
        if (page + 1) * PAGE_SIZE < len(found)
        else ()
    )
    turning: Rows = ((*back, *forth),) if back or forth else ()
    return Reply(text, (opens[:3], *((opens[3:],) if opens[3:] else ()), *turning))


def confirm_undo(_: Translator, report: DeliveryReport) -> Reply:
    """Asks for confirmation before sent messages are deleted."""
    text = parts.join_paragraphs(
        _heading(_, report.broadcast),
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
        _heading(_, report.broadcast),
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
    return Reply(parts.join_paragraphs(_heading(_, known), _("Cancelled. Nothing was sent.")))


def rsvp_noted(_: Translator, happened: RsvpRecorded) -> str:
    """Toast: the learner's answer is recorded."""
    said = _("Noted: {answer}.", answer=happened.answer)
    if not happened.others:
        return said
    others = _.ngettext(
        "{number} other person said the same.",
        "{number} other people said the same.",
        happened.others,
    )
    return f"{said} {others}"


def only_a_preview(_: Translator) -> str:
    """Toast: an answer button in the preview was pressed."""
    return _("In the message this button counts an answer.")


def already_sent(_: Translator) -> str:
    """Toast: a colleague has just sent it."""
    return _("Somebody else has sent it already. It goes out once.")


def no_longer_changeable(_: Translator) -> str:
    """Toast: it can no longer be changed, since it was sent."""
    return _("This was sent already. Here is what became of it.")


def no_longer_answerable(_: Translator) -> str:
    """Toast: it can no longer be answered, or was sent to others."""
    return _("This can no longer be answered.")


def _leave_button(_: Translator, report: DeliveryReport) -> Button:
    return broadcast_button(_("Leave it"), "open", report.broadcast)


def _heading(_: Translator, known: Broadcast) -> str:
    return parts.bold(excerpt(known) or _("A picture or a file"))


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


def _stage_text(_: Translator, report: DeliveryReport) -> str:
    arrived = _.ngettext("{number} arrived", "{number} arrived", report.count(DeliveryState.SENT))
    match report.broadcast.state:
        case Stage.DRAFT:
            return _("Not sent yet.")
        case Stage.SCHEDULED:
            return _planned_text(_, report)
        case Stage.SENDING:
            return _("It is being sent.")
        case Stage.STOPPED:
            return _("Stopped. {arrived}.", arrived=arrived)
        case Stage.DONE:
            return _("Done. {arrived}.", arrived=arrived)
        case Stage.CANCELLED:
            return _("Cancelled. Nothing was sent.")
        case Stage.DELETING:
            return _("It is being deleted.")
        case Stage.DELETED:
            return _("Deleted again, where Telegram allowed it.")


def _audience_lines(_: Translator, report: DeliveryReport) -> Iterator[str]:
    """The audience; its size is known only once sending begins."""
    known = report.broadcast
    yield _("To: {audience}", audience=audience_text(_, known.audience, report.cohorts))
    if report.is_partial:
        yield _("Other cohorts get it, too. Here you see only the people in yours.")
    if known.state is not Stage.SCHEDULED or report.total:
        yield _.ngettext("{number} person in all.", "{number} people in all.", report.total)


def _planned_text(_: Translator, report: DeliveryReport) -> str:
    known = report.broadcast
    goes = _("It goes on {moment}.", moment=_moment(_, report))
    if known.local_hour is None:
        return goes
    own = _("At {time} of each person's own day.", time=_.time(known.local_hour * 60))
    return f"{goes} {own}"


def _moment(_: Translator, report: DeliveryReport) -> str:
    zone = report.cohorts[0].zone if report.cohorts else "UTC"
    at = report.broadcast.send_at or report.now
    there = local_time.to_local(zone, at)
    return _(
        "{day}, {time} ({city})",
        day=_.day(there.date()),
        time=_.time(local_time.clock_minute(there)),
        city=parts.plain_text(_.city(zone)),
    )


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
        case Stage.DRAFT:
            return ((broadcast_button(_("Open it"), "look", known, "anew"), listed_button),)
        case Stage.SCHEDULED:
            return ((broadcast_button(_("Cancel"), "cancel", known), listed_button),)
        case Stage.CANCELLED | Stage.DELETED | Stage.DELETING:
            return ((broadcast_button(_("Who"), "who", known), listed_button),)
        case Stage.SENDING:
            stop = broadcast_button(_("Stop"), "stop", known)
            return ((stop, broadcast_button(_("Who"), "who", known)), (listed_button,))
        case _:
            return _choices_at_end(_, report, listed_button)


def _choices_at_end(_: Translator, report: DeliveryReport, listed_button: Button) -> Rows:
    known = report.broadcast
    again: tuple[Button, ...] = ()
    if report.retryable:
        again = (broadcast_button(_("Try again"), "retry", known),)
    if report.count(DeliveryState.UNKNOWN):
        again = (*again, broadcast_button(_("Unknown ones"), "again", known))
    undo = (broadcast_button(_("Delete again"), "undo", known),) if report.can_undo else ()
    rows: Rows = ((broadcast_button(_("Who"), "who", known), *undo), again, (listed_button,))
    return tuple(row for row in rows if row)


def _line(_: Translator, found: NamedRecipient) -> str:
    called = found.display_name or _("Somebody who belongs to none of its cohorts")
    became = delivery_results.recipient_result(_, found.recipient.state, found.recipient.reason)
    return _("{name}: {outcome}", name=parts.safe_name(called), outcome=became)


def _brief(_: Translator, known: Broadcast) -> str:
    state = {
        Stage.DRAFT: _("not sent yet"),
        Stage.SCHEDULED: _("planned"),
        Stage.SENDING: _("being sent"),
        Stage.STOPPED: _("stopped"),
        Stage.DONE: _("sent"),
        Stage.CANCELLED: _("cancelled"),
        Stage.DELETING: _("being deleted"),
        Stage.DELETED: _("deleted again"),
    }[known.state]
    return f"{excerpt(known) or _('A picture or a file')} · {state}"


def _open_button(_: Translator, number: int, known: Broadcast) -> Button:
    return broadcast_button(_.number(number), "open", known)
