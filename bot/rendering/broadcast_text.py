"""What is wrong with the text that was typed for a broadcast or a note, and how to write it."""

from collections.abc import Iterable

from bot.actions.broadcast_drafts import BroadcastDraft
from bot.i18n import Translator
from bot.messages import Reply
from bot.parsing.broadcast_text import MOST_COLONS, MOST_PARTS, find_typed_stars
from bot.rendering import parts
from bot.rendering.broadcast_buttons import cancel_button
from course.cohorts.placeholders import (
    Placeholder,
    PlaceholderInLink,
    PlaceholderProblem,
    SplitPlaceholder,
    UnknownPlaceholder,
)

_MAX_WORDS = 60  # characters of what was typed that are repeated


def placeholder_list() -> str:
    """All placeholders as they are typed; safe in HTML."""
    return parts.plain_text(", ".join(f"{{{one}}}" for one in Placeholder))


def send_again(_: Translator, problem: str, listed: str | None = None) -> str:
    """What is wrong with the placeholders of a text, and which there are."""
    return parts.join_paragraphs(
        problem,
        listed,
        _(
            "I know these: {placeholders}. Other text must not stand in braces.",
            placeholders=placeholder_list(),
        ),
        _("Please send the message again."),
    )


def placeholder_problems(
    _: Translator, draft: BroadcastDraft, found: Iterable[PlaceholderProblem]
) -> Reply:
    """Tells which placeholders cannot be filled."""
    listed = "\n".join(f"- {_problem_line(_, one)}" for one in found)
    text = send_again(_, _("I cannot send this yet."), listed)
    return Reply(text, ((cancel_button(_, draft),),))


def unsupported_attachment(_: Translator) -> Reply:
    """Tells that a video or the like cannot be sent."""
    return Reply(_("I can send text, one picture or one file. Please send it as one of these."))


def too_long(_: Translator, draft: BroadcastDraft, length: int, room: int) -> Reply:
    """Tells that the text may become longer than Telegram allows."""
    text = parts.join_paragraphs(
        _("This is too long."),
        _(
            "With the longest name and place filled in it may have {length} characters, and"
            " Telegram takes {room}. Please send it again, shorter.",
            length=_.number(length),
            room=_.number(room),
        ),
    )
    return Reply(text, ((cancel_button(_, draft),),))


def stars_note(_: Translator, draft: BroadcastDraft) -> str | None:
    """Warns of words between stars, which stay as they were typed; `None` without any."""
    stars = find_typed_stars(draft.broadcast.content.html)
    if stars is None:
        return None
    return _(
        "People will see the stars in {words}. For bold text, select the words in Telegram and"
        " choose Bold.",
        words=parts.plain_text(stars),
    )


def one_line_help(_: Translator, *, is_too_much: bool = False, unknown: str | None = None) -> Reply:
    """How to write a broadcast in one line.

    Args:
        is_too_much: whether there was more in the line than is read.
        unknown: the words that were not understood; `None` for none in particular.
    """
    text = parts.join_paragraphs(
        _("I did not find whom you mean."),
        None
        if unknown is None
        else _(
            "I know no cohort and no group of people called “{words}”.",
            words=parts.plain_text(parts.shorten(unknown, _MAX_WORDS)),
        ),
        _how_much_is_read(_) if is_too_much else None,
        _(
            "In one line it goes like this: /broadcast Nairobi, not finished, silent 7: Hello"
            " {name}",
        ),
        _("Before the colon stand your cohorts and who of them; /broadcast alone asks for all."),
    )
    return Reply(text)


def _how_much_is_read(_: Translator) -> str:
    return _(
        "I look for that in the first {colons} colons, with at most {parts} parts before the"
        " colon. Please write less there, or send /broadcast alone and choose with buttons.",
        colons=_.number(MOST_COLONS),
        parts=_.number(MOST_PARTS),
    )


def _problem_line(_: Translator, found: PlaceholderProblem) -> str:
    written = parts.plain_text(found.written)
    match found:
        case UnknownPlaceholder():
            return _("I cannot fill in {placeholder}.", placeholder=written)
        case SplitPlaceholder():
            return _(
                "Only a part of {placeholder} is formatted. Format all of it or nothing.",
                placeholder=written,
            )
        case PlaceholderInLink():
            return _(
                "{placeholder} stands in the address of a link, which would tell another server who"
                " reads it.",
                placeholder=written,
            )
