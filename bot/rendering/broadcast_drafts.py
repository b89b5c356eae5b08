"""A broadcast before it is sent: its audience, text, buttons and time."""

from collections.abc import Iterable

from bot.actions.broadcast_drafts import MOST_BUTTONS, Composed
from bot.i18n import Voice
from bot.messages import Button, Reply, Rows
from bot.parsing.broadcast_text import MOST_COLONS, MOST_PARTS
from bot.rendering import audiences, broadcasts, parts
from bot.rendering.cohorts import date_of
from course import local_time
from course.cohorts.placeholders import (
    InLink,
    Parted,
    Placeholder,
    Trouble,
    Unknown,
)
from course.model import Course
from storage.broadcasts import Answer, GoOn, Link

HOURS = (8, 9, 12, 18)


def ask_text(_: Voice, asked: Composed) -> Reply:
    """Asks for the text."""
    listed = ", ".join(f"{{{one}}}" for one in Placeholder)
    text = parts.lines(
        _("To: {audience}", audience=audiences.audience(_, asked)),
        parts.bold(_("Send me the message as people should get it.")),
        _(
            "Bold, links and so on stay. It may have one picture or one file. The first line may"
            " show on a locked screen."
        ),
        _("I fill in for each person: {placeholders}.", placeholders=parts.plain_text(listed)),
    )
    return Reply(text, ((audiences.whom_button(_, asked), audiences.cancel(_, asked)),))


def preview(_: Voice, course: Course, shown: Composed) -> Reply | None:
    """The message as the sample recipient would get it; `None` if there is nothing to preview."""
    sample = shown.sample
    if sample is None:
        return None
    return broadcasts.message(
        _, course, shown.broadcast, sample.progress, sample.name, sample.deadline, sample.zone
    )


def summary(_: Voice, shown: Composed) -> Reply:
    """The audience, the time and the possible actions; shown below the preview."""
    counted = shown.counted
    if counted is None and shown.too_few:
        return audiences.some(_, shown)
    if counted is None:
        return (
            ask_text(_, shown) if shown.cohorts or _is_to_all(shown) else audiences.whom(_, shown)
        )
    text = parts.lines(
        _("To: {audience}", audience=audiences.audience(_, shown))
        + "\n"
        + audiences.people(_, shown),
        _when(_, shown),
        _("Urgent: also at night, and to those who already heard from me today.")
        if shown.broadcast.urgent
        else None,
    )
    last = (audiences.button(_("Change"), "change", shown), audiences.cancel(_, shown))
    return Reply(text, (_sending(_, shown, counted.reached), last))


def changing(_: Voice, shown: Composed) -> Reply:
    """Asks what to change."""
    urgent = shown.broadcast.urgent
    rows = (
        (audiences.button(_("Text"), "text", shown), audiences.whom_button(_, shown)),
        (
            audiences.button(_("Buttons"), "buttons", shown),
            audiences.button(
                _("Not urgent") if urgent else _("Urgent"), "urgent", shown, str(int(not urgent))
            ),
        ),
        (audiences.done(_, shown),),
    )
    text = parts.lines(
        _("What do you want to change?"),
        _(
            "Urgent messages go also at night and to people who already heard from me today. They"
            " never go to people who stopped messages."
        ),
    )
    return Reply(text, rows)


def buttons(_: Voice, shown: Composed) -> Reply:
    """The buttons under the message, and how to add some."""
    mine = shown.broadcast.content.buttons
    named = "\n".join(f"- {_named(_, one)}" for one in mine)
    text = parts.lines(
        parts.bold(_("Buttons under the message")),
        named or _("None yet."),
        _.ngettext("At most {number} button.", "At most {number} buttons.", MOST_BUTTONS),
    )
    rows: Rows = ()
    if len(mine) < MOST_BUTTONS:
        go_on = () if GoOn() in mine else (audiences.button(_("Continue"), "go-on", shown),)
        rows = (
            (
                *go_on,
                audiences.button(_("A link"), "link", shown),
                audiences.button(_("Answers"), "answers", shown),
            ),
        )
    if mine:
        rows = (*rows, (audiences.button(_("Take all away"), "no-buttons", shown),))
    return Reply(text, (*rows, (audiences.done(_, shown, anew=True),)))


def later(_: Voice, shown: Composed) -> Reply:
    """Asks when to send it."""
    hours = tuple(audiences.button(_.time(hour * 60), "hour", shown, str(hour)) for hour in HOURS)
    text = parts.lines(
        parts.bold(_("When should it go?")),
        _(
            "Type a day and a time, for example: 12 March 18:30. I take them by the clock of"
            " {city}.",
            city=parts.plain_text(_.city(shown.zone)),
        ),
        _("Or press a time of day: it then goes to each person at that time of their own day."),
    )
    rows: Rows = (hours, (audiences.button(_("At once"), "now", shown),))
    if shown.ends_at is not None:
        weekly = shown.broadcast.weekly
        rows = (
            *rows,
            (
                audiences.switch(
                    _, _("Every week until the deadline"), weekly, "weekly", shown,
                    str(int(not weekly)),
                ),
            ),
        )  # fmt: skip
    return Reply(text, (*rows, (audiences.done(_, shown),)))


def ask_link(_: Voice, shown: Composed) -> Reply:
    """Asks for the label and the address of a button."""
    text = parts.lines(
        parts.bold(_("What should stand on the button, and where does it lead?")),
        _("Type both with a space between, for example: The programme https://example.org"),
    )
    return Reply(text, ((audiences.done(_, shown),),))


def ask_answers(_: Voice, shown: Composed) -> Reply:
    """Asks for the answers that people can choose."""
    text = parts.lines(
        parts.bold(_("What can people answer?")),
        _("Type the answers with a line or a comma between, for example: I will come, I cannot"),
        _("I count how many choose each. You see the numbers with /deliveries, and no names."),
    )
    return Reply(text, ((audiences.done(_, shown),),))


def not_understood(_: Voice, asked: Reply) -> Reply:
    """Tells that the typed text is not valid, and asks again."""
    return Reply(parts.lines(_("I did not understand that."), asked.text), asked.rows)


def troubles(_: Voice, shown: Composed, found: Iterable[Trouble]) -> Reply:
    """Tells which placeholders cannot be filled."""
    text = parts.lines(
        _("I cannot send this yet."),
        "\n".join(f"- {_trouble(_, one)}" for one in found),
        _(
            "I know these: {placeholders}. Other text must not stand in braces.",
            placeholders=parts.plain_text(", ".join(f"{{{one}}}" for one in Placeholder)),
        ),
        _("Please send the message again."),
    )
    return Reply(text, ((audiences.cancel(_, shown),),))


def only_these(_: Voice) -> Reply:
    """Tells that a video or the like cannot be sent."""
    return Reply(_("I can send text, one picture or one file. Please send it as one of these."))


def too_long(_: Voice, shown: Composed, length: int, room: int) -> Reply:
    """Tells that the text may become longer than Telegram allows."""
    text = parts.lines(
        _("This is too long."),
        _(
            "With the longest name and place filled in it may have {length} characters, and"
            " Telegram takes {room}. Please send it again, shorter.",
            length=_.number(length),
            room=_.number(room),
        ),
    )
    return Reply(text, ((audiences.cancel(_, shown),),))


def no_cohort(_: Voice) -> Reply:
    """Tells that there is no cohort to write to."""
    text = parts.lines(
        _("You have no cohort yet, so there is nobody to write to."),
        _("/newcohort makes one: I ask for its name and dates, one after the other."),
    )
    return Reply(text)


def how(_: Voice, *, is_too_much: bool = False) -> Reply:
    """How to write a broadcast in one line.

    Args:
        is_too_much: whether there was more in the line than is read.
    """
    text = parts.lines(
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


def _sending(_: Voice, shown: Composed, reached: int) -> tuple[Button, ...]:
    """Send now or later; without recipients only later, when there may be some."""
    known = shown.broadcast
    at_once = known.send_at is None and known.local_hour is None
    send = audiences.button(
        _("Send now") if at_once else _("Schedule it"), "send", shown, known.version
    )
    later = audiences.button(_("Later") if at_once else _("Another time"), "later", shown)
    return (send, later) if reached or not at_once else (later,)


def changed_meanwhile(_: Voice) -> str:
    """Toast: the broadcast was changed since it was shown."""
    return _("This was changed since you saw it. Please look once more.")


def _when(_: Voice, shown: Composed) -> str | None:
    known = shown.broadcast
    words = []
    if known.send_at is not None:
        minute = _.time(local_time.minute(local_time.local(shown.zone, known.send_at)))
        words.append(
            _(
                "Goes on {date}, {time} ({city}).",
                date=date_of(_, known.send_at, shown.zone),
                time=minute,
                city=parts.plain_text(_.city(shown.zone)),
            )
        )
    if known.local_hour is not None:
        words.append(_("At {time} of each person's own day.", time=_.time(known.local_hour * 60)))
    if known.weekly and shown.ends_at is not None:
        words.append(_("Again every week until the deadline."))
    return " ".join(words) or None


def _named(_: Voice, one: GoOn | Link | Answer) -> str:
    match one:
        case GoOn():
            return _("Continue: goes on with the course")
        case Link(text, url):
            return _("{text}: opens {url}", text=parts.plain_text(text), url=parts.plain_text(url))
        case Answer(text):
            return _("{text}: an answer", text=parts.plain_text(text))


def _trouble(_: Voice, found: Trouble) -> str:
    written = parts.plain_text(found.written)
    match found:
        case Unknown():
            return _("I cannot fill in {placeholder}.", placeholder=written)
        case Parted():
            return _(
                "Only a part of {placeholder} is formatted. Format all of it or nothing.",
                placeholder=written,
            )
        case InLink():
            return _(
                "{placeholder} stands in the address of a link, which would tell another server who"
                " reads it.",
                placeholder=written,
            )


def _is_to_all(shown: Composed) -> bool:
    return shown.broadcast.audience.cohorts is None
