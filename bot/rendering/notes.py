"""Notes from a facilitator to one learner: preview, message, and delivery status."""

from collections.abc import Callable, Iterable, Mapping

from bot.actions.deliveries import is_unreachable
from bot.actions.notes import NotePreview
from bot.actions.support_answers import AnswerDraft, OpenRequest
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import broadcasts, delivery_results, parts, radar
from bot.rendering.broadcast_text import placeholder_list, send_again
from bot.rendering.broadcasts import Recipient
from course import local_time
from course.cohorts.placeholders import find_placeholder_problems
from course.cohorts.radar import Concern
from course.limits import MAX_MESSAGE_UNITS
from course.model import Course
from course.reminders.reasons import ReminderReason
from storage.broadcasts import BroadcastContent
from storage.notes import Note, NoteStatus
from storage.outbox import DeliveryState

_FRAME_LENGTH = 1_200
"""Characters reserved for the text around a note, including a learner's question."""


_SUGGESTED_TEXTS: Mapping[Concern, Callable[[Translator], str]] = {
    Concern.STUCK: lambda _: _(
        "Hello {name}, I see that one question is a hard one. It is hard for many. Would"
        " you like to tell me where it is unclear? Press Write back, and I will help."
    ),
    Concern.BEHIND: lambda _: _(
        "Hello {name}, our course ends on {deadline}, and about {minutes_left}"
        " minutes are left for you. What would help you to find the time? Press Write back"
        " to tell me."
    ),
    Concern.NOT_STARTED: lambda _: _(
        "Hello {name}, it is good to have you with us. The first lesson takes about three"
        " minutes. Is anything in your way? Press Write back to tell me."
    ),
    Concern.SILENT: lambda _: _(
        "Hello {name}, I have not seen you here for a while. Your place is kept:"
        " {next_lesson}. Is anything in your way? Press Write back to tell me."
    ),
}


def suggested_text(_: Translator, concern: Concern) -> str:
    """The suggested text for a concern, which can be sent as it is or changed."""
    return _SUGGESTED_TEXTS.get(concern, _SUGGESTED_TEXTS[Concern.SILENT])(_)


def note_text(_: Translator, preview: NotePreview) -> str:
    """The text of a note: what its writer typed, or the suggested text."""
    return preview.draft.html or suggested_text(_, preview.draft.concern)


def note_message(
    _: Translator, course: Course, html: str, recipient: Recipient, asked: str | None = None
) -> Reply:
    """The message to the learner; its first line may show on a locked screen.

    Args:
        asked: the learner's question that it answers; `None` when it answers none.
    """
    unseen = _("They see neither your number nor your username.")
    said: tuple[str, ...]
    if asked is None:
        filled = broadcasts.fill_for_learner(_, course, html, recipient)
        how_to_end = f"{unseen} " + _("/settings turns such messages off.")
        said = (_("A message from your facilitator"), filled, how_to_end)
    else:
        question = parts.quotation(_("You asked: {question}", question=parts.plain_text(asked)))
        said = (_("Your facilitator has answered you"), html, unseen, question)
    back = parts.button(_("Write back"), ManagePress("q", "ask"))
    return Reply(parts.join_paragraphs(*said), ((parts.continue_button(_), back),))


def note_preview(_: Translator, course: Course, preview: NotePreview) -> Reply:
    """A note before it is sent."""
    one, deadline = preview.entry, preview.cohort.deadline
    recipient = Recipient(preview.progress, one.name, deadline, preview.zone)
    text = parts.join_paragraphs(
        _to_line(_, course, preview),
        parts.bold(_("They will read:")),
        broadcasts.fill_for_learner(_, course, note_text(_, preview), recipient),
        _("They can write back to you with one tap."),
        _other_text(_),
    )
    return Reply(text, _choices(_, "d"))


def _to_line(_: Translator, course: Course, preview: NotePreview) -> str:
    """Whom it is for, and the concern it is about."""
    reasons = (
        radar.concern_text(_, course, each, preview.now)
        for each in preview.entry.alerts
        if each.concern is preview.draft.concern
    )
    name = parts.safe_name(preview.entry.display_name)
    return _("To {name} · {why}", name=name, why=next(reasons, "")).rstrip(" ·")


def answer_preview(_: Translator, open_request: OpenRequest, draft: AnswerDraft) -> Reply:
    """An answer before it is sent."""
    request = open_request.request
    text = parts.join_paragraphs(
        _("To {name} · an answer", name=parts.safe_name(request.display_name)),
        parts.bold(_("They will read:")),
        draft.html,
        parts.quotation(_("They asked: {question}", question=parts.plain_text(request.text))),
        _other_text(_),
    )
    return Reply(text, _choices(_, "q", request.id), questions=(request.id,))


def _other_text(_: Translator) -> str:
    return _("What you type next takes the place of this text. /cancel ends it.")


def ask_text(_: Translator, called: str) -> Reply:
    """Asks for the text of a note."""
    text = parts.join_paragraphs(
        _("To {name}", name=parts.safe_name(called)),
        parts.bold(_("Send me the message as they should get it.")),
        _("I fill in, if you like: {placeholders}.", placeholders=placeholder_list()),
    )
    return Reply(text, ((_cancel(_, "d"),),))


def delivery_status(
    _: Translator, called: str, stand: NoteStatus | None, now: int, zone: str, note: Note
) -> Reply:
    """The delivery status; the same message is edited until it is final.

    A note that waits can be withdrawn; one that waits only since the person has heard from the bot
    that day can be sent anyway.

    Args:
        called: the name of its reader; "" for one who has left the cohort.
    """
    name = parts.safe_name(called) if called else _("somebody who has left the cohort")
    if stand is None:
        return Reply(parts.one_full_stop(_("Nothing was sent to {name}.", name=name), name))
    if stand.state is DeliveryState.QUEUED and stand.due_at > now and stand.reason is not None:
        return Reply(_waiting_text(_, name, stand, zone), _waiting_rows(_, stand, note))
    if not stand.is_final:
        return Reply(parts.one_full_stop(_("On its way to {name}.", name=name), name))
    others = _("/radar shows who else may need you.")
    return Reply(parts.join_paragraphs(_result_text(_, name, stand), others))


def _waiting_text(_: Translator, name: str, stand: NoteStatus, zone: str) -> str:
    why = delivery_results.reason_text(_, DeliveryState.QUEUED, stand.reason)
    there = local_time.to_local(zone, stand.due_at)
    time = _.time(local_time.clock_minute(there))
    moment = _("{day}, {time}", day=_.day(there.date()), time=time)
    waits = _("It waits for {name} and goes on {moment} of their time.", name=name, moment=moment)
    return parts.join_paragraphs(waits, why and _("Why: {reason}.", reason=why))


def _waiting_rows(_: Translator, stand: NoteStatus, note: Note) -> Rows:
    if note.concern is None:  # the learner asked, and waits for the answer
        return ()
    anyway = parts.button(_("Send now anyway"), ManagePress("d", "anyway", note.id))
    withdraw = parts.button(_("Do not send"), ManagePress("d", "withdraw", note.id))
    is_told_today = stand.reason == ReminderReason.ONE_A_DAY
    return parts.filled((anyway,) if is_told_today else (), (withdraw,))


def _result_text(_: Translator, name: str, stand: NoteStatus) -> str:
    if stand.state is DeliveryState.SENT:
        return _("Your message to {name} has arrived.", name=name)
    if is_unreachable(stand.state, stand.reason):
        return _("Your message has not gone: {name} cannot get messages now.", name=name)
    became = delivery_results.recipient_result(_, stand.state, stand.reason)
    return _("Your message to {name}: {outcome}.", name=name, outcome=became)


def already_written(_: Translator, called: str) -> Reply:
    """Tells that another facilitator has just written about the same concern."""
    return Reply(
        _(
            "Another facilitator has just written to {name} about this, so I have not sent yours.",
            name=parts.safe_name(called),
        )
    )


def nothing_to_send(_: Translator) -> Reply:
    """Tells that the dialogue is closed, or its subject no longer exists."""
    return Reply(_("There is nothing to send any more. /radar shows how it is now."))


def cancelled(_: Translator) -> Reply:
    """Tells that nothing is sent."""
    return Reply(_("Cancelled. Nothing was sent."))


def text_problem(
    _: Translator, html: str, translators: Iterable[Translator], *, has_placeholders: bool = True
) -> Reply | None:
    """Why a text cannot be sent, in any of the languages of `translators`; `None` when it can.

    Args:
        has_placeholders: whether it may contain placeholders.
    """
    if has_placeholders and (found := find_placeholder_problems(html)):
        places = ", ".join(parts.plain_text(one.written) for one in found)
        return Reply(send_again(_, _("I cannot fill in {places}.", places=places)))
    content, most = BroadcastContent(html), MAX_MESSAGE_UNITS - _FRAME_LENGTH
    longest = broadcasts.longest_length(translators, content)
    if broadcasts.has_too_many_bytes(content) or longest > most:
        room = _.number(most)
        return Reply(_("This is too long. Please send it again, in {room} characters.", room=room))
    return None if html.strip() else Reply(_("Please send it as text."))


def _choices(_: Translator, verb: str, number: int = 0) -> Rows:
    send = parts.button(_("Send"), ManagePress(verb, "send", number))
    change = parts.button(_("Change"), ManagePress(verb, "change", number))
    return ((send, change, _cancel(_, verb, number)),)


def _cancel(_: Translator, verb: str, number: int = 0) -> Button:
    what = "leave" if verb == "q" else "cancel"
    return parts.button(_("Cancel"), ManagePress(verb, what, number))
