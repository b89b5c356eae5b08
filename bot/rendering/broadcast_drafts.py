"""A broadcast before it is sent: its audience, text, buttons and time."""

from collections.abc import Iterable

from bot.actions.broadcast_drafts import MAX_BUTTONS, BroadcastDraft
from bot.i18n import Translator
from bot.messages import Button, Reply, Rows
from bot.parsing.broadcast_text import MOST_COLONS, MOST_PARTS
from bot.rendering import audiences, broadcasts, parts
from bot.rendering.cohorts import date_text
from course import local_time
from course.cohorts.placeholders import (
    Placeholder,
    PlaceholderInLink,
    PlaceholderProblem,
    SplitPlaceholder,
    UnknownPlaceholder,
)
from course.model import Course
from storage.broadcasts import AnswerButton, ContinueButton, LinkButton

HOURS = (8, 9, 12, 18)


def ask_text(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks for the text."""
    listed = ", ".join(f"{{{one}}}" for one in Placeholder)
    text = parts.join_paragraphs(
        _("To: {audience}", audience=audiences.draft_audience(_, draft)),
        parts.bold(_("Send me the message as people should get it.")),
        _(
            "Bold, links and so on stay. It may have one picture or one file. The first line may"
            " show on a locked screen."
        ),
        _("I fill in for each person: {placeholders}.", placeholders=parts.plain_text(listed)),
    )
    return Reply(text, ((audiences.audience_button(_, draft), audiences.cancel_button(_, draft)),))


def preview(_: Translator, course: Course, draft: BroadcastDraft) -> Reply | None:
    """The message as the sample recipient would get it; `None` if there is nothing to preview."""
    sample = draft.sample
    if sample is None:
        return None
    return broadcasts.broadcast_message(
        _, course, draft.broadcast, sample.progress, sample.name, sample.deadline, sample.zone
    )


def summary(_: Translator, draft: BroadcastDraft) -> Reply:
    """The audience, the time and the possible actions; shown below the preview."""
    counted = draft.audience_count
    if counted is None and draft.too_few:
        return audiences.filter_choice(_, draft)
    if counted is None:
        return (
            ask_text(_, draft)
            if draft.cohorts or _is_for_everybody(draft)
            else audiences.cohort_choice(_, draft)
        )
    text = parts.join_paragraphs(
        _("To: {audience}", audience=audiences.draft_audience(_, draft))
        + "\n"
        + audiences.recipients_text(_, draft),
        _when(_, draft),
        _("Urgent: also at night, and to those who already heard from me today.")
        if draft.broadcast.urgent
        else None,
    )
    last = (
        audiences.broadcast_button(_("Change"), "change", draft),
        audiences.cancel_button(_, draft),
    )
    return Reply(text, (_send_buttons(_, draft, counted.reached), last))


def what_to_change(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks what to change."""
    urgent = draft.broadcast.urgent
    rows = (
        (audiences.broadcast_button(_("Text"), "text", draft), audiences.audience_button(_, draft)),
        (
            audiences.broadcast_button(_("Buttons"), "buttons", draft),
            audiences.broadcast_button(
                _("Not urgent") if urgent else _("Urgent"), "urgent", draft, str(int(not urgent))
            ),
        ),
        (audiences.done_button(_, draft),),
    )
    text = parts.join_paragraphs(
        _("What do you want to change?"),
        _(
            "Urgent messages go also at night and to people who already heard from me today. They"
            " never go to people who stopped messages."
        ),
    )
    return Reply(text, rows)


def buttons_page(_: Translator, draft: BroadcastDraft) -> Reply:
    """The buttons under the message, and how to add some."""
    mine = draft.broadcast.content.buttons
    named = "\n".join(f"- {_button_line(_, one)}" for one in mine)
    text = parts.join_paragraphs(
        parts.bold(_("Buttons under the message")),
        named or _("None yet."),
        _.ngettext("At most {number} button.", "At most {number} buttons.", MAX_BUTTONS),
    )
    rows: Rows = ()
    if len(mine) < MAX_BUTTONS:
        go_on = (
            ()
            if ContinueButton() in mine
            else (audiences.broadcast_button(_("Continue"), "go-on", draft),)
        )
        rows = (
            (
                *go_on,
                audiences.broadcast_button(_("A link"), "link", draft),
                audiences.broadcast_button(_("Answers"), "answers", draft),
            ),
        )
    if mine:
        rows = (*rows, (audiences.broadcast_button(_("Take all away"), "no-buttons", draft),))
    return Reply(text, (*rows, (audiences.done_button(_, draft, with_preview=True),)))


def when_to_send(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks when to send it."""
    hours = tuple(
        audiences.broadcast_button(_.time(hour * 60), "hour", draft, str(hour)) for hour in HOURS
    )
    text = parts.join_paragraphs(
        parts.bold(_("When should it go?")),
        _(
            "Type a day and a time, for example: 12 March 18:30. I take them by the clock of"
            " {city}.",
            city=parts.plain_text(_.city(draft.zone)),
        ),
        _("Or press a time of day: it then goes to each person at that time of their own day."),
    )
    rows: Rows = (hours, (audiences.broadcast_button(_("At once"), "now", draft),))
    if draft.last_deadline is not None:
        weekly = draft.broadcast.weekly
        rows = (
            *rows,
            (
                audiences.toggle_button(
                    _, _("Every week until the deadline"), weekly, "weekly", draft,
                    str(int(not weekly)),
                ),
            ),
        )  # fmt: skip
    return Reply(text, (*rows, (audiences.done_button(_, draft),)))


def ask_link(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks for the label and the address of a button."""
    text = parts.join_paragraphs(
        parts.bold(_("What should stand on the button, and where does it lead?")),
        _("Type both with a space between, for example: The programme https://example.org"),
    )
    return Reply(text, ((audiences.done_button(_, draft),),))


def ask_answers(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks for the answers that people can choose."""
    text = parts.join_paragraphs(
        parts.bold(_("What can people answer?")),
        _("Type the answers with a line or a comma between, for example: I will come, I cannot"),
        _("I count how many choose each. You see the numbers with /deliveries, and no names."),
    )
    return Reply(text, ((audiences.done_button(_, draft),),))


def not_understood(_: Translator, asked: Reply) -> Reply:
    """Tells that the typed text is not valid, and asks again."""
    return Reply(parts.join_paragraphs(_("I did not understand that."), asked.text), asked.rows)


def placeholder_problems(
    _: Translator, draft: BroadcastDraft, found: Iterable[PlaceholderProblem]
) -> Reply:
    """Tells which placeholders cannot be filled."""
    text = parts.join_paragraphs(
        _("I cannot send this yet."),
        "\n".join(f"- {_problem_line(_, one)}" for one in found),
        _(
            "I know these: {placeholders}. Other text must not stand in braces.",
            placeholders=parts.plain_text(", ".join(f"{{{one}}}" for one in Placeholder)),
        ),
        _("Please send the message again."),
    )
    return Reply(text, ((audiences.cancel_button(_, draft),),))


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
    return Reply(text, ((audiences.cancel_button(_, draft),),))


def no_cohort(_: Translator) -> Reply:
    """Tells that there is no cohort to write to."""
    text = parts.join_paragraphs(
        _("You have no cohort yet, so there is nobody to write to."),
        _("/newcohort makes one: I ask for its name and dates, one after the other."),
    )
    return Reply(text)


def one_line_help(_: Translator, *, is_too_much: bool = False) -> Reply:
    """How to write a broadcast in one line.

    Args:
        is_too_much: whether there was more in the line than is read.
    """
    text = parts.join_paragraphs(
        _("I did not find whom you mean."),
        _(
            "I look for that in the first {colons} colons, with at most {parts} parts before the"
            " colon. Please write less there, or send /broadcast alone and choose with buttons.",
            colons=_.number(MOST_COLONS),
            parts=_.number(MOST_PARTS),
        )
        if is_too_much
        else None,
        _(
            "In one line it goes like this: /broadcast Nairobi, not finished, silent 7: Hello"
            " {name}",
        ),
        _("Before the colon stand your cohorts and who of them; /broadcast alone asks for all."),
    )
    return Reply(text)


def _send_buttons(_: Translator, draft: BroadcastDraft, reached: int) -> tuple[Button, ...]:
    """Send now or later; without recipients only later, when there may be some."""
    known = draft.broadcast
    at_once = known.send_at is None and known.local_hour is None
    send = audiences.broadcast_button(
        _("Send now") if at_once else _("Schedule it"), "send", draft, known.version
    )
    later = audiences.broadcast_button(_("Later") if at_once else _("Another time"), "later", draft)
    return (send, later) if reached or not at_once else (later,)


def changed_meanwhile(_: Translator) -> str:
    """Toast: the broadcast was changed since it was shown."""
    return _("This was changed since you saw it. Please look once more.")


def _when(_: Translator, draft: BroadcastDraft) -> str | None:
    known = draft.broadcast
    words = []
    if known.send_at is not None:
        minute = _.time(local_time.clock_minute(local_time.to_local(draft.zone, known.send_at)))
        words.append(
            _(
                "Goes on {date}, {time} ({city}).",
                date=date_text(_, known.send_at, draft.zone),
                time=minute,
                city=parts.plain_text(_.city(draft.zone)),
            )
        )
    if known.local_hour is not None:
        words.append(_("At {time} of each person's own day.", time=_.time(known.local_hour * 60)))
    if known.weekly and draft.last_deadline is not None:
        words.append(_("Again every week until the deadline."))
    return " ".join(words) or None


def _button_line(_: Translator, one: ContinueButton | LinkButton | AnswerButton) -> str:
    match one:
        case ContinueButton():
            return _("Continue: goes on with the course")
        case LinkButton(text, url):
            return _("{text}: opens {url}", text=parts.plain_text(text), url=parts.plain_text(url))
        case AnswerButton(text):
            return _("{text}: an answer", text=parts.plain_text(text))


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


def _is_for_everybody(draft: BroadcastDraft) -> bool:
    return draft.broadcast.audience.cohorts is None
