"""Delivery reports of broadcasts, as shown to those who sent them."""

from collections.abc import Iterator, Sequence

from bot.actions.deliveries import (
    AT_A_TIME,
    Named,
    People,
    Report,
)
from bot.actions.rsvps import Answered
from bot.i18n import Voice
from bot.messages import Button, Reply, Rows
from bot.rendering import delivery_results, parts
from bot.rendering.audiences import audience_of, button, excerpt
from course import local_time
from storage.broadcasts import Broadcast
from storage.broadcasts import State as Stage
from storage.outbox import State

_WAITING = (State.QUEUED, State.CLAIMED, State.SENDING)


def progress(_: Voice, told: Report, seconds_left: int | None = None) -> Reply:
    """How far the sending is; the same message is edited until it is done.

    Args:
        seconds_left: until all deliveries that are due now are sent; `None` when not known.
    """
    if told.broadcast.state not in (Stage.SCHEDULED, Stage.SENDING):
        return report(_, told)
    if told.broadcast.state is Stage.SCHEDULED:
        return Reply(
            parts.lines(_head(_, told.broadcast), _("I am putting together who gets it.")),
            ((button(_("Stop"), "stop", told.broadcast),),),
        )
    waiting, done = told.count(*_WAITING), told.count(State.SENT)
    tried = done + told.count(State.UNKNOWN) + sum(one.count for one in told.failed)
    words = [
        _("Sent {done} of {total}", done=_.number(done), total=_.number(waiting + tried)),
        *(delivery_results.tally(_, one) for one in told.failed),
        _left(_, told, seconds_left),
    ]
    text = parts.lines(
        _head(_, told.broadcast),
        None if _.plain else parts.bar(tried, waiting + tried),
        " · ".join(word for word in words if word),
    )
    return Reply(text, ((button(_("Stop"), "stop", told.broadcast),),))


def report(_: Voice, told: Report) -> Reply:
    """The delivery results, and the possible actions."""
    known = told.broadcast
    text = parts.lines(
        _head(_, known),
        _stage(_, told),
        "\n".join(_to(_, told)),
        delivery_results.tallies(_, told.tallies) or None,
        _answers(_, told),
    )
    return Reply(text, _choices(_, told))


def people(_: Voice, page: People) -> Reply:
    """The result of each recipient, by chosen names or pseudonyms."""
    lines = "\n".join(_line(_, one) for one in page.named)
    text = parts.lines(_head(_, page.broadcast), lines or _("Nobody is on this page."))
    back = (
        (button(_("Earlier"), "who", page.broadcast, str(page.number - 1)),) if page.number else ()
    )
    forth = (
        () if page.is_last else (button(_("More"), "who", page.broadcast, str(page.number + 1)),)
    )
    turning: Rows = ((*back, *forth),) if back or forth else ()
    return Reply(text, (*turning, (button(_("Back"), "open", page.broadcast),)))


def listed(_: Voice, found: Sequence[Broadcast], page: int) -> Reply:
    """A page of broadcasts, from 0; a page beyond the end gives the first."""
    if not found:
        return Reply(_("Nothing was sent yet. /broadcast writes to a cohort."))
    page = page if page * AT_A_TIME < len(found) else 0
    shown = found[page * AT_A_TIME : (page + 1) * AT_A_TIME]
    text = parts.lines(
        parts.bold(_("Messages to cohorts")),
        "\n".join(f"{number}. {_brief(_, one)}" for number, one in enumerate(shown, 1)),
    )
    opens = tuple(_opening(_, number, one) for number, one in enumerate(shown, 1))
    back = (button(_("Earlier"), "list", None, str(page - 1)),) if page else ()
    forth = (
        (button(_("More"), "list", None, str(page + 1)),)
        if (page + 1) * AT_A_TIME < len(found)
        else ()
    )
    turning: Rows = ((*back, *forth),) if back or forth else ()
    return Reply(text, (opens[:3], *((opens[3:],) if opens[3:] else ()), *turning))


def ask_undo(_: Voice, told: Report) -> Reply:
    """Asks for confirmation before sent messages are deleted."""
    text = parts.lines(
        _head(_, told.broadcast),
        _(
            "Delete it from the chats of everybody who got it? Telegram lets me do so for 48 hours."
            " Who has read it has read it."
        ),
    )
    delete = button(_("Delete it"), "undo-now", told.broadcast)
    return Reply(text, ((delete, _leave(_, told)),))


def ask_unknown(_: Voice, told: Report) -> Reply:
    """Asks for confirmation before it is sent again to people who may have it."""
    text = parts.lines(
        _head(_, told.broadcast),
        _.ngettext(
            "The connection broke while it was sent to {number} person. They may have it already,"
            " and would then get it twice. Send it again?",
            "The connection broke while it was sent to {number} people. They may have it already,"
            " and would then get it twice. Send it again?",
            told.count(State.UNKNOWN),
        ),
    )
    again = button(_("Send again"), "again-now", told.broadcast)
    return Reply(text, ((again, _leave(_, told)),))


def called_off(_: Voice, known: Broadcast) -> Reply:
    """Tells that it was cancelled."""
    return Reply(parts.lines(_head(_, known), _("Cancelled. Nothing was sent.")))


def answered(_: Voice, happened: Answered) -> str:
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


def only_shown(_: Voice) -> str:
    """Toast: an answer button in the preview was pressed."""
    return _("In the message this button counts an answer.")


def was_faster(_: Voice) -> str:
    """Toast: a colleague has just sent it."""
    return _("Somebody else has sent it already. It goes out once.")


def under_way(_: Voice) -> str:
    """Toast: it can no longer be changed, since it was sent."""
    return _("This was sent already. Here is what became of it.")


def not_for_you(_: Voice) -> str:
    """Toast: it can no longer be answered, or was sent to others."""
    return _("This can no longer be answered.")


def _leave(_: Voice, told: Report) -> Button:
    return button(_("Leave it"), "open", told.broadcast)


def _head(_: Voice, known: Broadcast) -> str:
    return parts.bold(excerpt(known) or _("A picture or a file"))


def _left(_: Voice, told: Report, seconds: int | None) -> str | None:
    due = told.next_due
    if due is not None and due > told.now:
        waiting = told.count(State.QUEUED)
        return _.ngettext("{number} will be sent later", "{number} will be sent later", waiting)
    if seconds is None:
        return None
    if seconds > 90:  # noqa: PLR2004 - from there on seconds say nothing
        return _.ngettext(
            "about {number} minute left", "about {number} minutes left", round(seconds / 60)
        )
    return _.ngettext("about {number} second left", "about {number} seconds left", seconds)


def _stage(_: Voice, told: Report) -> str:
    arrived = _.ngettext("{number} arrived", "{number} arrived", told.count(State.SENT))
    match told.broadcast.state:
        case Stage.DRAFT:
            return _("Not sent yet.")
        case Stage.SCHEDULED:
            return _planned(_, told)
        case Stage.SENDING:
            return _("It is being sent.")
        case Stage.STOPPED:
            return _("Stopped. {arrived}.", arrived=arrived)
        case Stage.DONE:
            return _("Done. {arrived}.", arrived=arrived)
        case Stage.CANCELLED:
            return _("Cancelled. Nothing was sent.")
        case Stage.UNDOING:
            return _("It is being deleted.")
        case Stage.UNDONE:
            return _("Deleted again, where Telegram allowed it.")


def _to(_: Voice, told: Report) -> Iterator[str]:
    """The audience; its size is known only once sending begins."""
    known = told.broadcast
    yield _("To: {audience}", audience=audience_of(_, known.audience, told.cohorts))
    if told.is_part:
        yield _("Other cohorts get it, too. Here you see only the people in yours.")
    if known.state is not Stage.SCHEDULED or told.total:
        yield _.ngettext("{number} person in all.", "{number} people in all.", told.total)


def _planned(_: Voice, told: Report) -> str:
    known = told.broadcast
    goes = _("It goes on {moment}.", moment=_moment(_, told))
    if known.local_hour is None:
        return goes
    own = _("At {time} of each person's own day.", time=_.time(known.local_hour * 60))
    return f"{goes} {own}"


def _moment(_: Voice, told: Report) -> str:
    zone = told.cohorts[0].zone if told.cohorts else "UTC"
    at = told.broadcast.send_at or told.now
    there = local_time.local(zone, at)
    return _(
        "{day}, {time} ({city})",
        day=_.day(there.date()),
        time=_.time(local_time.minute(there)),
        city=parts.plain_text(_.city(zone)),
    )


def _answers(_: Voice, told: Report) -> str | None:
    offered = told.broadcast.content.answers
    if not offered:
        return None
    lines = (
        f"{parts.plain_text(text)}: {_.number(told.answers.get(number, 0))}"
        for number, text in enumerate(offered)
    )
    return _("Answers:") + "\n" + "\n".join(lines)


def _choices(_: Voice, told: Report) -> Rows:
    known = told.broadcast
    listed_button = button(_("All messages"), "list", None)
    if told.is_part:
        return ((button(_("Who"), "who", known), listed_button),)
    match known.state:
        case Stage.DRAFT:
            return ((button(_("Open it"), "look", known, "anew"), listed_button),)
        case Stage.SCHEDULED:
            return ((button(_("Cancel"), "cancel", known), listed_button),)
        case Stage.CANCELLED | Stage.UNDONE | Stage.UNDOING:
            return ((button(_("Who"), "who", known), listed_button),)
        case Stage.SENDING:
            stop = button(_("Stop"), "stop", known)
            return ((stop, button(_("Who"), "who", known)), (listed_button,))
        case _:
            return _choices_at_end(_, told, listed_button)


def _choices_at_end(_: Voice, told: Report, listed_button: Button) -> Rows:
    known = told.broadcast
    again: tuple[Button, ...] = ()
    if told.passing:
        again = (button(_("Try again"), "retry", known),)
    if told.count(State.UNKNOWN):
        again = (*again, button(_("Unknown ones"), "again", known))
    undo = (button(_("Delete again"), "undo", known),) if told.can_undo else ()
    rows: Rows = ((button(_("Who"), "who", known), *undo), again, (listed_button,))
    return tuple(row for row in rows if row)


def _line(_: Voice, found: Named) -> str:
    called = found.called or _("Somebody who belongs to none of its cohorts")
    became = delivery_results.one(_, found.recipient.state, found.recipient.reason)
    return _("{name}: {outcome}", name=parts.name(called), outcome=became)


def _brief(_: Voice, known: Broadcast) -> str:
    state = {
        Stage.DRAFT: _("not sent yet"),
        Stage.SCHEDULED: _("planned"),
        Stage.SENDING: _("being sent"),
        Stage.STOPPED: _("stopped"),
        Stage.DONE: _("sent"),
        Stage.CANCELLED: _("cancelled"),
        Stage.UNDOING: _("being deleted"),
        Stage.UNDONE: _("deleted again"),
    }[known.state]
    return f"{excerpt(known) or _('A picture or a file')} · {state}"


def _opening(_: Voice, number: int, known: Broadcast) -> Button:
    return button(_.number(number), "open", known)
