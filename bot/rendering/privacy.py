"""What is stored about a person, who runs the bot, and how everything is deleted."""

from collections.abc import Callable, Sequence

from bot.callback_data import ShowScreen, ToggleSetting
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts

_PARAGRAPHS: Sequence[Callable[[Translator], str]] = (
    lambda _: _(
        "What I store: your Telegram user ID, the language Telegram tells me, your settings,"
        " which cards you read, what you answered, and when."
    ),
    lambda _: _(
        "For reminders I also store when you were last here, when I wrote to you unasked,"
        " whether that arrived and you came back, and what you tell me about them: your time"
        " zone, hours and days. Some reminders are left out by chance, so that we can see"
        " whether they help."
    ),
    lambda _: _(
        "If you join a cohort, I also store which, since when, by which link, and the name that"
        " you choose or are given there; what you ask your facilitators and what they write to"
        " you; and which answers you press under their messages. Your facilitators see that"
        " name, how far you are, which questions you find hard, when you last learned, and"
        " whether messages reach you, but not why. Where at least five of you have their"
        " Telegram in one language, they can write to just these, and see who got it. They do"
        " not see your Telegram name or number. /leave ends it."
    ),
    lambda _: _(
        "If you lead cohorts, I also store what you may do, the name that you choose for it, the"
        " cohorts and messages that you make, and a log of what you did with your rights. The log"
        " is kept for good, with your Telegram number, also after /deletemydata: learners must be"
        " able to find out who dealt with their data. Admins see it."
        " Others who lead or are admins see that name, and /deletemydata deletes it."
    ),
    lambda _: _(
        "What I do not store: your name, username, phone number or photo. What you type is"
        " used for the answer you get and is then deleted. If something breaks on my side, it"
        " may be kept for up to a week. What you write behind /report is kept until it is dealt"
        " with."
    ),
    lambda _: _(
        "Why: to keep your place, to bring back what you missed, and to see where the course"
        " is unclear. It is not sold, and not used for anything else."
    ),
    lambda _: _(
        "Who else sees it: the people who run this bot. Telegram carries the messages; chats"
        " with bots are not end-to-end encrypted, and Telegram keeps them. So please do not"
        " type names or details of real cases."
    ),
    lambda _: _(
        "How long: until you delete it. /deletemydata does so at once. What you asked your"
        " facilitators goes from their chats, too, if it came there within 48 hours; older and"
        " copied words stay there. Backups are kept for up to 30 days."
    ),
)
"""What is stored, why, who sees it, and for how long."""


def privacy(_: Translator, contact: str | None) -> Reply:
    """What is stored, why, who sees it, and how to have it deleted."""
    said = (paragraph(_) for paragraph in _PARAGRAPHS)
    text = parts.join_paragraphs(parts.bold(_("Privacy")), *said, contact_line(_, contact))
    delete = parts.button(_("Delete my data"), ShowScreen("forget"))
    return Reply(text, ((parts.continue_button(_), delete),))


def contact_line(_: Translator, contact: str | None) -> str:
    """Whom to ask, if the operator has set a contact."""
    if contact is None:
        return _("The people who run this bot have not named a contact yet.")
    return _("Questions and requests: {contact}", contact=parts.plain_text(contact))


def developer_info(_: Translator, contact: str | None, version: str) -> Reply:
    """Who runs the bot, and who made it."""
    return parts.with_continue(
        _,
        parts.bold(_("Who runs this bot")),
        contact_line(_, contact),
        _(
            "The program is Course Tutor Bot, version {version}, free software under the MIT"
            " licence.",
            version=parts.plain_text(version),
        ),
        _("What is stored about you: /privacy"),
    )


def confirm_deletion(_: Translator, *, facilitates: bool = False) -> Reply:
    """Asks for confirmation before everything is deleted.

    Args:
        facilitates: whether the person has a role besides learning.
    """
    gone = _("Your place and your answers will be gone and cannot be brought back.")
    text = parts.join_paragraphs(
        _("Delete everything I store about you?"),
        f"{gone} " + _("If you are in a cohort, you leave it."),
        _cohorts_stay(_) if facilitates else None,
    )
    delete = parts.button(_("Delete everything"), ToggleSetting("forget", on=True))
    keep = parts.button(_("Keep my data"), ToggleSetting("forget", on=False))
    return Reply(text, ((delete, keep),))


def _cohorts_stay(_: Translator) -> str:
    return _(
        "You will lead no cohort any more. The cohorts stay with those who lead them with you,"
        " and with the admins. What you planned to send is not sent. {log}",
        log=_log_stays(_),
    )


def _log_stays(_: Translator) -> str:
    return _(
        "The log of what was done with such rights keeps your Telegram number, so that learners"
        " can be told later who dealt with their data."
    )


def data_deleted(_: Translator, *, facilitates: bool = False) -> Reply:
    """Tells that everything is deleted.

    Args:
        facilitates: whether the person had a role besides learning until now.
    """
    text = parts.join_paragraphs(
        _("Done. Everything I stored about you is deleted."),
        _log_stays(_) if facilitates else None,
        _("The messages in this chat are kept by Telegram; you can delete the chat there."),
        _("If you want to learn again, type /start."),
    )
    return Reply(text)
