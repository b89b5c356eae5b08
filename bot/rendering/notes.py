"""Notes from a facilitator to one learner: preview, message, and delivery status."""

from collections.abc import Iterable

from bot.actions.deliveries import is_unreachable
from bot.actions.notes import NotePreview
from bot.actions.support_answers import AnswerDraft, OpenRequest
from bot.callback_data import ManagePress
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.rendering import (
    broadcasts,
    delivery_results,
    parts,
    radar,
)
from course import local_time
from course.cohorts.placeholders import Placeholder, PlaceholderProblem, find_placeholder_problems
from course.cohorts.radar import Concern
from course.learning.progress import Progress
from course.limits import MAX_MESSAGE_UNITS
from course.model import Course
from storage.broadcasts import BroadcastContent
from storage.notes import NoteStatus
from storage.outbox import DeliveryState

_FRAME_LENGTH = 1_200
"""Characters reserved for the text around a note, including a learner's question."""


def suggested_text(_: Translator, concern: Concern) -> str:
    """The suggested text for a concern, which can be sent as it is or changed."""
    match concern:
        case Concern.STUCK:
            return _(
                "Hello {name}, I see that one question is a hard one. It is hard for many. Would"
                " you like to tell me where it is unclear? Press Write back, and I will help."
            )
        case Concern.BEHIND:
            return _(
                "Hello {name}, our course ends on {deadline}, and about {minutes_left}"
                " minutes are left for you. What would help you to find the time? Press Write back"
                " to tell me."
            )
        case Concern.NOT_STARTED:
            return _(
                "Hello {name}, it is good to have you with us. The first lesson takes about three"
                " minutes. Is anything in your way? Press Write back to tell me."
            )
        case _:
            return _(
                "Hello {name}, I have not seen you here for a while. Your place is kept:"
                " {next_lesson}. Is anything in your way? Press Write back to tell me."
            )


def note_text(_: Translator, preview: NotePreview) -> str:
    """The text of a note: what its writer typed, or the suggested text."""
    return preview.draft.html or suggested_text(_, preview.draft.concern)


def note_message(
    _: Translator,
    course: Course,
    html: str,
    progress: Progress,
    name: str | None,
    deadline: int | None,
    zone: str | None,
    asked: str | None = None,
) -> Reply:
    """The message to the learner; its first line may show on a locked screen.

    Args:
        asked: the learner's question that it answers; `None` when it answers none.
    """
    text = parts.join_paragraphs(
        _("A message from your facilitator")
        if asked is None
        else _("Your facilitator has answered you"),
        broadcasts.fill_for_learner(_, course, html, progress, name, deadline, zone)
        if asked is None
        else html,
        _("They see neither your number nor your username.")
        + ("" if asked else " " + _("/settings turns such messages off.")),
        None
        if asked is None
        else parts.quotation(_("You asked: {question}", question=parts.plain_text(asked))),
    )
    back = parts.button(_("Write back"), ManagePress("q", "ask"))
    return Reply(text, ((parts.continue_button(_), back),))


def note_preview(_: Translator, course: Course, preview: NotePreview) -> Reply:
    """A note before it is sent."""
    one, zone = preview.entry, preview.zone
    filled = broadcasts.fill_for_learner(
        _, course, note_text(_, preview), preview.progress, one.name, preview.cohort.deadline, zone
    )
    reasons = (
        radar.concern_text(_, course, each, preview.now)
        for each in one.alerts
        if each.concern is preview.draft.concern
    )
    text = parts.join_paragraphs(
        _(
            "To {name} · {why}", name=parts.safe_name(one.display_name), why=next(reasons, "")
        ).rstrip(" ·"),
        parts.bold(_("They will read:")),
        filled,
        _("They can write back to you with one tap."),
    )
    return Reply(text, _choices(_, "d"))


def answer_preview(_: Translator, open_request: OpenRequest, draft: AnswerDraft) -> Reply:
    """An answer before it is sent."""
    text = parts.join_paragraphs(
        _("To {name} · an answer", name=parts.safe_name(open_request.request.display_name)),
        parts.bold(_("They will read:")),
        draft.html,
        parts.quotation(
            _("They asked: {question}", question=parts.plain_text(open_request.request.text))
        ),
    )
    return Reply(
        text, _choices(_, "q", open_request.request.id), questions=(open_request.request.id,)
    )


def ask_text(_: Translator, called: str) -> Reply:
    """Asks for the text of a note."""
    listed = ", ".join(f"{{{one}}}" for one in Placeholder)
    text = parts.join_paragraphs(
        _("To {name}", name=parts.safe_name(called)),
        parts.bold(_("Send me the message as they should get it.")),
        _("I fill in, if you like: {placeholders}.", placeholders=parts.plain_text(listed)),
    )
    return Reply(text, ((_cancel(_, "d"),),))


def delivery_status(
    _: Translator, called: str, stand: NoteStatus | None, now: int, zone: str
) -> Reply:
    """The delivery status; the same message is edited until it is final."""
    name = parts.safe_name(called)
    radar_hint = _("/radar shows who else may need you.")
    if stand is None:
        return Reply(_("Nothing was sent to {name}.", name=name))
    if stand.state is DeliveryState.QUEUED and stand.due_at > now and stand.reason is not None:
        why = delivery_results.reason_text(_, DeliveryState.QUEUED, stand.reason)
        there = local_time.to_local(zone, stand.due_at)
        moment = _("{day}, {time}", day=_.day(there.date()),
                   time=_.time(local_time.clock_minute(there)))  # fmt: skip
        waits = _("It waits for {name} and goes on {moment} of their time.", name=name,
                  moment=moment)  # fmt: skip
        return Reply(parts.join_paragraphs(waits, why and _("Why: {reason}.", reason=why)))
    if not stand.is_final:
        return Reply(_("On its way to {name}.", name=name))
    if stand.state is DeliveryState.SENT:
        return Reply(
            parts.join_paragraphs(_("Your message to {name} has arrived.", name=name), radar_hint)
        )
    if is_unreachable(stand.state, stand.reason):
        became = _("Your message has not gone: {name} cannot get messages now.", name=name)
        return Reply(parts.join_paragraphs(became, radar_hint))
    became = delivery_results.recipient_result(_, stand.state, stand.reason)
    return Reply(
        parts.join_paragraphs(
            _("Your message to {name}: {outcome}.", name=name, outcome=became), radar_hint
        )
    )


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
    """Why a text cannot be sent; `None` when it can.

    Args:
        translators: every language in which its placeholders may be filled.
        has_placeholders: whether it may contain placeholders.
    """
    found = find_placeholder_problems(html) if has_placeholders else ()
    if found:
        return Reply(_placeholders(_, found))
    content = BroadcastContent(html)
    if (
        broadcasts.has_too_many_bytes(content)
        or broadcasts.longest_length(translators, content) > MAX_MESSAGE_UNITS - _FRAME_LENGTH
    ):
        room = _.number(MAX_MESSAGE_UNITS - _FRAME_LENGTH)
        return Reply(_("This is too long. Please send it again, in {room} characters.", room=room))
    return None if html.strip() else Reply(_("Please send it as text."))


def _placeholders(_: Translator, found: Iterable[PlaceholderProblem]) -> str:
    return parts.join_paragraphs(
        _("I cannot fill in {places}.", places=", ".join(
            parts.plain_text(one.written) for one in found
        )),
        _(
            "I know these: {placeholders}. Other text must not stand in braces.",
            placeholders=parts.plain_text(", ".join(f"{{{one}}}" for one in Placeholder)),
        ),
        _("Please send the message again."),
    )  # fmt: skip


def _choices(_: Translator, verb: str, number: int = 0) -> Rows:
    send = parts.button(_("Send"), ManagePress(verb, "send", number))
    change = parts.button(_("Change"), ManagePress(verb, "change", number))
    return ((send, change, _cancel(_, verb, number)),)


def _cancel(_: Translator, verb: str, number: int = 0) -> Button:
    what = "leave" if verb == "q" else "cancel"
    return parts.button(_("Cancel"), ManagePress(verb, what, number))
