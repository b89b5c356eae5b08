"""A broadcast before it is sent: its audience, text, buttons and time."""

from bot.actions.broadcast_drafts import MAX_BUTTONS, BroadcastDraft
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.audiences import (
    cohort_choice,
    draft_audience,
    filter_choice,
    recipients_text,
)
from bot.rendering.broadcast_buttons import (
    audience_button,
    broadcast_button,
    cancel_button,
    done_button,
    toggle_button,
)
from bot.rendering.broadcast_text import placeholder_list, stars_note
from bot.rendering.broadcasts import Recipient, broadcast_message
from bot.rendering.cohorts import how_to_make_one
from bot.rendering.dates import date_text, own_time_text
from course import local_time
from course.model import Course
from storage.broadcasts import AnswerButton, ContinueButton, LinkButton

HOURS = (8, 9, 12, 18)


def ask_text(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks for the text."""
    text = parts.join_paragraphs(
        _("To: {audience}", audience=draft_audience(_, draft)),
        parts.bold(_("Send me the message as people should get it.")),
        _(
            "Bold, links and so on stay. It may have one picture or one file. The first line may"
            " show on a locked screen."
        ),
        _("I fill in for each person: {placeholders}.", placeholders=placeholder_list()),
    )
    return Reply(text, ((audience_button(_, draft), cancel_button(_, draft)),))


def draft_preview(_: Translator, course: Course, draft: BroadcastDraft) -> Reply | None:
    """The message as the sample recipient would get it; `None` if there is nothing to preview."""
    one = draft.sample
    if one is None:
        return None
    recipient = Recipient(one.progress, one.name, one.deadline, one.zone)
    return broadcast_message(_, course, draft.broadcast, recipient)


def draft_summary(_: Translator, draft: BroadcastDraft) -> Reply:
    """The audience, the time and the possible actions; shown below the preview."""
    counted = draft.audience_count
    if counted is None:
        return _next_question(_, draft)
    to = _("To: {audience}", audience=draft_audience(_, draft))
    text = parts.join_paragraphs(
        f"{to}\n{recipients_text(_, draft)}",
        _when(_, draft),
        _("Urgent: also at night, and to those who already heard from me today.")
        if draft.broadcast.urgent
        else None,
        stars_note(_, draft),
    )
    last = (broadcast_button(_("Change"), "change", draft), cancel_button(_, draft))
    return Reply(text, (_send_buttons(_, draft, counted.reached), last))


def _next_question(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks for the audience or the text, whichever is missing or must change."""
    if draft.too_few:
        return filter_choice(_, draft)
    is_for_somebody = draft.cohorts or draft.broadcast.audience.cohorts is None
    return ask_text(_, draft) if is_for_somebody else cohort_choice(_, draft)


def what_to_change(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks what to change."""
    urgent = draft.broadcast.urgent
    label = _("Not urgent") if urgent else _("Urgent")
    first = (broadcast_button(_("Text"), "text", draft), audience_button(_, draft))
    buttons = broadcast_button(_("Buttons"), "buttons", draft)
    switch = broadcast_button(label, "urgent", draft, str(int(not urgent)))
    text = parts.join_paragraphs(
        _("What do you want to change?"),
        _(
            "Urgent messages go also at night and to people who already heard from me today. They"
            " never go to people who stopped messages."
        ),
    )
    return Reply(text, (first, (buttons, switch), (done_button(_, draft),)))


def buttons_page(_: Translator, draft: BroadcastDraft) -> Reply:
    """The buttons under the message, and how to add some."""
    mine = draft.broadcast.content.buttons
    text = parts.join_paragraphs(
        parts.bold(_("Buttons under the message")),
        "\n".join(f"- {_button_line(_, one)}" for one in mine) or _("None yet."),
        _.ngettext("At most {number} button.", "At most {number} buttons.", MAX_BUTTONS),
    )
    more = _buttons_to_add(_, draft) if len(mine) < MAX_BUTTONS else ()
    none = (broadcast_button(_("Take all away"), "no-buttons", draft),) if mine else ()
    return Reply(text, parts.filled(more, none, (done_button(_, draft, with_preview=True),)))


def _buttons_to_add(_: Translator, draft: BroadcastDraft) -> tuple[Button, ...]:
    link = broadcast_button(_("A link"), "link", draft)
    answers = broadcast_button(_("Answers"), "answers", draft)
    if ContinueButton() in draft.broadcast.content.buttons:
        return (link, answers)
    return (broadcast_button(_("Continue"), "go-on", draft), link, answers)


def when_to_send(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks when to send it."""
    hours = tuple(broadcast_button(_.time(60 * hour), "hour", draft, str(hour)) for hour in HOURS)
    now = broadcast_button(_("At once"), "now", draft)
    text = parts.join_paragraphs(
        parts.bold(_("When should it go?")),
        _(
            "Type a day and a time, for example: 12 March 18:30. I take them by the clock of"
            " {city}.",
            city=parts.plain_text(_.city(draft.zone)),
        ),
        _("Or press a time of day: it then goes to each person at that time of their own day."),
    )
    last = (done_button(_, draft),)
    return Reply(text, parts.filled(hours, (now,), _weekly_button(_, draft), last))


def _weekly_button(_: Translator, draft: BroadcastDraft) -> tuple[Button, ...]:
    """A button to repeat it each week; none without a deadline at which that ends."""
    if draft.last_deadline is None:
        return ()
    label, weekly = _("Every week until the deadline"), draft.broadcast.weekly
    return (toggle_button(_, label, weekly, "weekly", draft, str(int(not weekly))),)


def ask_link(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks for the label and the address of a button."""
    text = parts.join_paragraphs(
        parts.bold(_("What should stand on the button, and where does it lead?")),
        _("Type both with a space between, for example: The programme https://example.org"),
    )
    return Reply(text, ((done_button(_, draft),),))


def ask_answers(_: Translator, draft: BroadcastDraft) -> Reply:
    """Asks for the answers that people can choose."""
    text = parts.join_paragraphs(
        parts.bold(_("What can people answer?")),
        _("Type the answers with a line or a comma between, for example: I will come, I cannot"),
        _("I count how many choose each. You see the numbers with /deliveries, and no names."),
    )
    return Reply(text, ((done_button(_, draft),),))


def not_understood(_: Translator, asked: Reply) -> Reply:
    """Tells that the typed text is not valid, and asks again."""
    return Reply(parts.join_paragraphs(_("I did not understand that."), asked.text), asked.rows)


def no_cohort(_: Translator) -> Reply:
    """Tells that there is no cohort to write to."""
    none = _("You have no cohort yet, so there is nobody to write to.")
    return Reply(parts.join_paragraphs(none, how_to_make_one(_)))


def _send_buttons(_: Translator, draft: BroadcastDraft, reached: int) -> tuple[Button, ...]:
    """Send now or later; without recipients only later, when there may be some."""
    known = draft.broadcast
    if known.send_at is None and known.local_hour is None:
        now = broadcast_button(_("Send now"), "send", draft, known.version)
        later = broadcast_button(_("Later"), "later", draft)
        return (now, later) if reached else (later,)
    planned = broadcast_button(_("Schedule it"), "send", draft, known.version)
    return (planned, broadcast_button(_("Another time"), "later", draft))


def changed_meanwhile(_: Translator) -> str:
    """Toast: the broadcast was changed since it was shown."""
    return _("This was changed since you saw it. Please look once more.")


def _when(_: Translator, draft: BroadcastDraft) -> str | None:
    known = draft.broadcast
    words = []
    if known.send_at is not None:
        words.append(_goes_on(_, draft, known.send_at))
    if known.local_hour is not None:
        words.append(own_time_text(_, known.local_hour))
    if known.weekly and draft.last_deadline is not None:
        words.append(_("Again every week until the deadline."))
    return " ".join(words) or None


def _goes_on(_: Translator, draft: BroadcastDraft, at: int) -> str:
    return _(
        "Goes on {date}, {time} ({city}).",
        date=date_text(_, at, draft.zone),
        time=_.time(local_time.clock_minute(local_time.to_local(draft.zone, at))),
        city=parts.plain_text(_.city(draft.zone)),
    )


def _button_line(_: Translator, one: ContinueButton | LinkButton | AnswerButton) -> str:
    match one:
        case ContinueButton():
            return _("Continue: goes on with the course")
        case LinkButton(text, url):
            return _("{text}: opens {url}", text=parts.plain_text(text), url=parts.plain_text(url))
        case AnswerButton(text):
            return _("{text}: an answer", text=parts.plain_text(text))
