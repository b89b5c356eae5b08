"""Short answers to what cannot be done now: each says what can."""

from bot.rendering import parts
from bot.replies import Reply
from bot.voice import Voice
from course.model import Question


def answered_before(_: Voice) -> str:
    """Toast: an old button."""
    return _("You have answered this one already. Here is where you are.")


def answered_just_now(_: Voice) -> str:
    """Toast: a second tap on the same question."""
    return _("Your answer is in. Press Next to go on.")


def gone_on_before(_: Voice) -> str:
    """Toast: an old Next."""
    return _("You have done this already. Here is where you are.")


def below(_: Voice) -> str:
    """Toast: a double tap on Next."""
    return _("The next one is below.")


def not_yet(_: Voice) -> str:
    """Toast: a button of something that is not open."""
    return _("This is not open yet. Here is where you are.")


def withdrawn(_: Voice) -> str:
    """Toast: a button of something that an author took out."""
    return _("This is no longer part of the course. Here is where you are.")


def unknown_button(_: Voice) -> str:
    """Toast: a button that means nothing any more."""
    return _("This button is no longer in use. Here is where you are.")


def only_in_private(_: Voice) -> str:
    """Toast: a button pressed in a group."""
    return _("I teach in private chats only. Please write to me there.")


def not_yours(_: Voice) -> str:
    """Toast or message: there is no such thing, or it is somebody else's; it is not told which."""
    return _("I did not find that, or it is not yours to use. /help lists what you can do.")


def set_now(_: Voice) -> str:
    """Toast: a setting was changed."""
    return _("Saved.")


def keep_a_day(_: Voice) -> str:
    """Toast: the seventh day of the week was to become a rest day."""
    return _("One day of the week has to stay. To have no reminders at all, turn them off.")


def group(_: Voice, username: str) -> Reply:
    """Said once to a group that greets the bot."""
    return Reply(
        _(
            "I teach in private chats only, so that your answers stay yours. Please write to"
            " me here: @{username}",
            username=parts.plain_text(username),
        )
    )


def unknown_command(_: Voice) -> Reply:
    """A command we do not have."""
    return Reply(
        _("I do not know this command. /help lists what I know. Your place is kept."),
        ((parts.continue_button(_),),),
    )


def not_text(_: Voice) -> Reply:
    """A sticker, a voice message, a picture, a file."""
    return Reply(
        _("I can read only buttons and short text. I have not kept what you sent."),
        ((parts.continue_button(_),),),
    )


def edited(_: Voice) -> Reply:
    """A message was edited after it was sent."""
    return Reply(
        _("I read a message only once, as it was first sent. To answer, send a new one."),
        ((parts.continue_button(_),),),
    )


def done_late(_: Voice) -> Reply:
    """What somebody typed was dealt with before, but the answer to it did not get through."""
    return Reply(
        _("I have your message and have dealt with it. My answer did not get through at first."),
        ((parts.continue_button(_),),),
    )


def too_much(_: Voice) -> Reply:
    """Far too many messages or presses at once."""
    return Reply(
        _("That was a lot at once, so I left some of it out. Please wait a moment, then go on."),
        ((parts.continue_button(_),),),
    )


def free_text(_: Voice) -> Reply:
    """Text that is no answer, when no question is open."""
    return Reply(
        _(
            "I am a simple teacher and did not understand that. Type next to go on, or /help to"
            " see what I can do."
        ),
        ((parts.continue_button(_),),),
    )


def letters_wanted(_: Voice, asked: Question) -> Reply:
    """Text that is no answer, while a question is open."""
    letters = ", ".join(asked.letter(option.id) for option in asked.options)
    if asked.several:
        words = _(
            "To answer, type the letters of all right answers: {letters}. For example: A C",
            letters=letters,
        )
    else:
        words = _("To answer, type one letter: {letters}.", letters=letters)
    return Reply(
        parts.lines(words, _("To see the question again, press Continue.")),
        ((parts.continue_button(_),),),
    )


def feedback_first(_: Voice) -> Reply:
    """A letter typed while the feedback to the last answer is on the screen."""
    return Reply(
        _("Your answer is in. Type next, or press Continue, to go on."),
        ((parts.continue_button(_),),),
    )


def card_first(_: Voice) -> Reply:
    """A letter typed while a card is on the screen."""
    return Reply(
        _("No question is open now. Type next, or press Continue, to go on."),
        ((parts.continue_button(_),),),
    )


def not_now(_: Voice) -> Reply:
    """Nothing can be stored: a full disk, a database that is away."""
    return Reply(
        _(
            "I cannot save your progress at the moment. What you sent is waiting, and I will"
            " answer as soon as I can. If no answer comes in a few minutes, please try /continue."
        )
    )


def failed(_: Voice, incident: str) -> Reply:
    """Something broke on our side."""
    return Reply(
        _(
            "Sorry, something went wrong on my side. Your place is kept. Please try again in a"
            " minute with /continue. If it happens again, tell the people who run this bot the"
            " number {incident}.",
            incident=incident,
        )
    )
