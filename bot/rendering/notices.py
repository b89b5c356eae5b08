"""Short replies to what cannot be done now; each says what can be done instead."""

from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from course.model import Question


def answered_before(_: Translator) -> str:
    """Toast: a button of a question that was answered before."""
    return _("You have answered this one already. Here is where you are.")


def answered_just_now(_: Translator) -> str:
    """Toast: a duplicate press on the same question."""
    return _("Your answer is in. Press Next to go on.")


def already_advanced(_: Translator) -> str:
    """Toast: an old Next was pressed."""
    return _("You have done this already. Here is where you are.")


def shown_below(_: Translator) -> str:
    """Toast: a duplicate press on Next."""
    return _("The next one is below.")


def not_open_yet(_: Translator) -> str:
    """Toast: a button of something that is not open yet."""
    return _("This is not open yet. Here is where you are.")


def withdrawn(_: Translator) -> str:
    """Toast: a button of something that an author removed."""
    return _("This is no longer part of the course. Here is where you are.")


def unknown_button(_: Translator) -> str:
    """Toast: an obsolete button."""
    return _("This button is no longer in use. Here is where you are.")


def only_in_private(_: Translator) -> str:
    """Toast: a button pressed in a group."""
    return _("I teach in private chats only. Please write to me there.")


def not_found_or_not_yours(_: Translator) -> str:
    """Toast or message: not found, or not allowed; the text is the same for both."""
    return _("I did not find that, or it is not yours to use. /help lists what you can do.")


def saved(_: Translator) -> str:
    """Toast: a setting was changed."""
    return _("Saved.")


def one_day_must_remain(_: Translator) -> str:
    """Toast: not every day of the week can be a rest day."""
    return _("One day of the week has to stay. To have no reminders at all, turn them off.")


def group_greeting(_: Translator, username: str) -> Reply:
    """Tells a group that the bot teaches in private chats."""
    return Reply(
        _(
            "I teach in private chats only, so that your answers stay yours. Please write to"
            " me here: @{username}",
            username=parts.plain_text(username),
        )
    )


def unknown_command(_: Translator) -> Reply:
    """Tells that the bot has no such command."""
    return parts.with_continue(
        _, _("I do not know this command. /help lists what I know. Your place is kept.")
    )


def not_text(_: Translator) -> Reply:
    """Tells that stickers, voice messages, pictures and files are not read."""
    return parts.with_continue(
        _, _("I can read only buttons and short text. I have not kept what you sent.")
    )


def message_edited(_: Translator) -> Reply:
    """Tells that edits of a message are not read."""
    return parts.with_continue(
        _, _("I read a message only once, as it was first sent. To answer, send a new one.")
    )


def handled_late(_: Translator) -> Reply:
    """Tells that a message was handled before, but its reply was lost."""
    return parts.with_continue(
        _, _("I have your message and have dealt with it. My answer did not get through at first.")
    )


def flood_notice(_: Translator) -> Reply:
    """Warns that too many messages or presses came at once."""
    return parts.with_continue(
        _, _("That was a lot at once, so I left some of it out. Please wait a moment, then go on.")
    )


def type_letters(_: Translator, asked: Question) -> Reply:
    """Tells how to answer the open question, after text that is no answer."""
    letters = ", ".join(asked.letter(option.id) for option in asked.options)
    if asked.has_several_answers:
        words = _(
            "To answer, type the letters of all right answers: {letters}. For example: A C",
            letters=letters,
        )
    else:
        words = _("To answer, type one letter: {letters}.", letters=letters)
    return Reply(
        parts.join_paragraphs(
            words,
            _("Not sure? Type: I do not know. Then I show you the answer, and ask again later."),
            _("To see the question again, press Continue."),
        ),
        ((parts.continue_button(_),),),
    )


def answer_already_in(_: Translator) -> Reply:
    """Tells that an answer is recorded, when a letter is typed below its feedback."""
    return parts.with_continue(_, _("Your answer is in. Type next, or press Continue, to go on."))


def no_open_question(_: Translator) -> Reply:
    """Tells that no question is open, when a letter is typed below a card."""
    return parts.with_continue(
        _, _("No question is open now. Type next, or press Continue, to go on.")
    )


def outage_notice(_: Translator) -> Reply:
    """Tells that nothing can be stored: a full disk, or no connection to the database."""
    return Reply(
        _(
            "I cannot save your progress at the moment. What you sent is waiting, and I will"
            " answer as soon as I can. If no answer comes in a few minutes, please try /continue."
        )
    )


def failure_notice(_: Translator, incident: str) -> Reply:
    """Apologises for an internal error."""
    return Reply(
        _(
            "Sorry, something went wrong on my side. Your place is kept. Please try again in a"
            " minute with /continue. If it happens again, tell the people who run this bot the"
            " number {incident}.",
            incident=incident,
        )
    )
