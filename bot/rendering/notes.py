"""Notes from a facilitator to one learner: preview, message, and delivery status."""

from collections.abc import Iterable

from bot.actions.deliveries import is_out_of_reach
from bot.actions.notes import Preview
from bot.actions.support_answers import Answering, Open
from bot.callback_data import Manage
from bot.i18n import Voice
from bot.messages import Button, Reply, Rows
from bot.rendering import (
    broadcasts,
    delivery_results,
    parts,
    radar,
)
from course import local_time
from course.cohorts.placeholders import Placeholder, Trouble, troubles
from course.cohorts.radar import Concern
from course.learning.progress import Progress
from course.limits import MESSAGE_UNITS
from course.model import Course
from storage.broadcasts import Content
from storage.notes import Stand
from storage.outbox import State

_FRAME = 1_200
"""Characters reserved for the text around a note, including a learner's question."""


def ready(_: Voice, concern: Concern) -> str:
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


def said(_: Voice, shown: Preview) -> str:
    """The text of a note: what its writer typed, or the suggested text."""
    return shown.writing.html or ready(_, shown.writing.concern)


def message(
    _: Voice,
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
    text = parts.lines(
        _("A message from your facilitator")
        if asked is None
        else _("Your facilitator has answered you"),
        broadcasts.filled(_, course, html, progress, name, deadline, zone) if asked is None else html,
        _("They see neither your number nor your username.")
        + ("" if asked else " " + _("/settings turns such messages off.")),
        None if asked is None else parts.quotation(
            _("You asked: {question}", question=parts.plain_text(asked))
        ),
    )  # fmt: skip
    back = parts.button(_("Write back"), Manage("q", "ask"))
    return Reply(text, ((parts.continue_button(_), back),))


def preview(_: Voice, course: Course, shown: Preview) -> Reply:
    """A note before it is sent."""
    one, zone = shown.shown, shown.zone
    filled = broadcasts.filled(
        _, course, said(_, shown), shown.progress, one.name, shown.cohort.deadline, zone
    )
    reasons = (
        radar.why(_, course, each, shown.now)
        for each in one.sightings
        if each.concern is shown.writing.concern
    )
    text = parts.lines(
        _("To {name} · {why}", name=parts.name(one.called), why=next(reasons, "")).rstrip(" ·"),
        parts.bold(_("They will read:")),
        filled,
        _("They can write back to you with one tap."),
    )
    return Reply(text, _choices(_, "d"))


def answer_preview(_: Voice, shown: Open, answering: Answering) -> Reply:
    """An answer before it is sent."""
    text = parts.lines(
        _("To {name} · an answer", name=parts.name(shown.request.called)),
        parts.bold(_("They will read:")),
        answering.html,
        parts.quotation(_("They asked: {question}", question=parts.plain_text(shown.request.said))),
    )
    return Reply(text, _choices(_, "q", shown.request.id), questions=(shown.request.id,))


def ask_text(_: Voice, called: str) -> Reply:
    """Asks for the text of a note."""
    listed = ", ".join(f"{{{one}}}" for one in Placeholder)
    text = parts.lines(
        _("To {name}", name=parts.name(called)),
        parts.bold(_("Send me the message as they should get it.")),
        _("I fill in, if you like: {placeholders}.", placeholders=parts.plain_text(listed)),
    )
    return Reply(text, ((_cancel(_, "d"),),))


def status(_: Voice, called: str, stand: Stand | None, now: int, zone: str) -> Reply:
    """The delivery status; the same message is edited until it is final."""
    name = parts.name(called)
    radar_hint = _("/radar shows who else may need you.")
    if stand is None:
        return Reply(_("Nothing was sent to {name}.", name=name))
    if stand.state is State.QUEUED and stand.due_at > now and stand.reason is not None:
        why = delivery_results.reason(_, State.QUEUED, stand.reason)
        there = local_time.local(zone, stand.due_at)
        moment = _("{day}, {time}", day=_.day(there.date()),
                   time=_.time(local_time.minute(there)))  # fmt: skip
        waits = _("It waits for {name} and goes on {moment} of their time.", name=name,
                  moment=moment)  # fmt: skip
        return Reply(parts.lines(waits, why and _("Why: {reason}.", reason=why)))
    if not stand.is_over:
        return Reply(_("On its way to {name}.", name=name))
    if stand.state is State.SENT:
        return Reply(parts.lines(_("Your message to {name} has arrived.", name=name), radar_hint))
    if is_out_of_reach(stand.state, stand.reason):
        became = _("Your message has not gone: {name} cannot get messages now.", name=name)
        return Reply(parts.lines(became, radar_hint))
    became = delivery_results.one(_, stand.state, stand.reason)
    return Reply(
        parts.lines(_("Your message to {name}: {outcome}.", name=name, outcome=became), radar_hint)
    )


def faster(_: Voice, called: str) -> Reply:
    """Tells that another facilitator has just written about the same concern."""
    return Reply(
        _(
            "Another facilitator has just written to {name} about this, so I have not sent yours.",
            name=parts.name(called),
        )
    )


def gone(_: Voice) -> Reply:
    """Tells that the dialogue is closed, or its subject no longer exists."""
    return Reply(_("There is nothing to send any more. /radar shows how it is now."))


def cancelled(_: Voice) -> Reply:
    """Tells that nothing is sent."""
    return Reply(_("Cancelled. Nothing was sent."))


def trouble(_: Voice, html: str, voices: Iterable[Voice], *, fills: bool = True) -> Reply | None:
    """Why a text cannot be sent; `None` when it can.

    Args:
        translators: every language in which its placeholders may be filled.
        has_placeholders: whether it may contain placeholders.
    """
    found = troubles(html) if fills else ()
    if found:
        return Reply(_placeholders(_, found))
    content = Content(html)
    if (
        broadcasts.is_too_big(content)
        or broadcasts.longest(voices, content) > MESSAGE_UNITS - _FRAME
    ):
        room = _.number(MESSAGE_UNITS - _FRAME)
        return Reply(_("This is too long. Please send it again, in {room} characters.", room=room))
    return None if html.strip() else Reply(_("Please send it as text."))


def _placeholders(_: Voice, found: Iterable[Trouble]) -> str:
    return parts.lines(
        _("I cannot fill in {places}.", places=", ".join(
            parts.plain_text(one.written) for one in found
        )),
        _(
            "I know these: {placeholders}. Other text must not stand in braces.",
            placeholders=parts.plain_text(", ".join(f"{{{one}}}" for one in Placeholder)),
        ),
        _("Please send the message again."),
    )  # fmt: skip


def _choices(_: Voice, verb: str, number: int = 0) -> Rows:
    send = parts.button(_("Send"), Manage(verb, "send", number))
    change = parts.button(_("Change"), Manage(verb, "change", number))
    return ((send, change, _cancel(_, verb, number)),)


def _cancel(_: Voice, verb: str, number: int = 0) -> Button:
    what = "leave" if verb == "q" else "cancel"
    return parts.button(_("Cancel"), Manage(verb, what, number))
