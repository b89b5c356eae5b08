"""Pages about the course and the bot: welcome, outcomes, help, privacy, settings."""

from bot.callback_data import Continue, ShowScreen, ToggleSetting
from bot.i18n import Translator
from bot.messages import Reply, Rows
from bot.rendering import parts
from course.learning.reading_time import module_minutes
from course.model import Course


def welcome(_: Translator, course: Course) -> Reply:
    """The first message to a newcomer; its first line does not tell the topic of the course."""
    total = len(course.modules) + len(course.coming)
    time = sum(map(module_minutes, course.modules)) + sum(
        coming.minutes for coming in course.coming
    )
    text = parts.join_paragraphs(
        _("Welcome. This is a short course you can do in pieces of two minutes."),
        _("Topic: {title}", title=parts.bold(parts.authored_html(course.title)))
        + "\n"
        + _.ngettext("{number} module,", "{number} modules,", total)
        + " "
        + _.ngettext("about {number} minute in all.", "about {number} minutes in all.", time)
        + " "
        + _("You can stop at any time; I keep your place.")
        + _being_written(_, course),
        _(
            "I store your Telegram user ID (not your phone number), your language and your"
            " answers. More: /privacy"
        ),
        _(
            "This is an independent course. It is not made, reviewed or endorsed by any"
            " organisation or government. More: /about"
        ),
        _("Please do not type names or details of real cases here."),
    )
    start = parts.button(_("Start"), Continue())
    return Reply(text, ((start, parts.button(_("What will I learn?"), ShowScreen("outcomes"))),))


def _being_written(_: Translator, course: Course) -> str:
    if not course.coming:
        return ""
    ready = len(course.modules)
    return (
        "\n"
        + _.ngettext(
            "{number} module is ready now.", "The first {number} modules are ready now.", ready
        )
        + " "
        + _.ngettext(
            "{number} more is being written.",
            "{number} more are being written.",
            len(course.coming),
        )
    )


def welcome_back(_: Translator, where: str | None) -> Reply:
    """The message to a learner who has started before.

    Args:
        where: their position in the course; `None` when everything is done.
    """
    return parts.with_continue(
        _,
        _("Welcome back. Your place is kept."),
        where,
        _("If you stay away, I remind you a few times: /reminders. /stop ends all messages."),
    )


def course_outcomes(_: Translator, course: Course) -> Reply:
    """What learners can do after the course."""
    listed = "\n".join(f"- {parts.authored_html(outcome)}" for outcome in course.outcomes)
    text = parts.join_paragraphs(_("After this course you can:"), listed)
    return Reply(text, ((parts.button(_("Start"), Continue()),),))


def about(_: Translator, course: Course) -> Reply:
    """What the course is and is not, in its authors' words."""
    return parts.with_continue(
        _,
        parts.bold(_("About this course")),
        parts.authored_html(course.about),
        _(
            "Facts as of {date}. Course version {version}.",
            date=_.month(course.facts_as_of),
            version=parts.plain_text(course.version),
        ),
    )


def help_text(_: Translator, commands: str) -> Reply:
    """How to use the bot.

    Args:
        commands: one line for each command.
    """
    return parts.with_continue(
        _,
        parts.bold(_("How this works")),
        _(
            "You read a few short cards, then answer a question. Press the buttons, or type:"
            " a letter such as A answers, several letters such as A C answer a question with"
            " several right answers, and the word next goes on."
        ),
        _("Your place is kept after every tap. What you miss comes back later."),
        commands,
        danger_text(_),
    )


def danger(_: Translator) -> Reply:
    """Help for somebody who may be in danger; their lesson waits."""
    return parts.with_continue(_, danger_text(_), _("Your lesson waits. There is no hurry."))


def danger_text(_: Translator) -> str:
    """Where to get help in danger (facts.md F159, F160: no number of one country, no dosing)."""
    return parts.join_paragraphs(
        _("I am a learning tool, not a counsellor and not an emergency service."),
        _(
            "If you or someone else is in immediate danger, or may have taken too much of a drug,"
            " call your local emergency number now, and stay with the person if it is safe."
        ),
        _(
            "For support with drug use or distress, a doctor or a local health service can help."
            " Helplines in your country are listed at findahelpline.com and befrienders.org."
        ),
    )


def privacy(_: Translator, contact: str | None) -> Reply:
    """What is stored, why, who sees it, and how to have it deleted."""
    text = parts.join_paragraphs(
        parts.bold(_("Privacy")),
        _(
            "What I store: your Telegram user ID, the language Telegram tells me, your settings,"
            " which cards you read, what you answered, and when."
        ),
        _(
            "For reminders I also store when you were last here, when I wrote to you unasked,"
            " whether that arrived and you came back, and what you tell me about them: your time"
            " zone, hours and days. Some reminders are left out by chance, so that we can see"
            " whether they help."
        ),
        _(
            "If you join a cohort, I also store which, since when, by which link, and the name that"
            " you choose or are given there; what you ask your facilitators and what they write to"
            " you; and which answers you press under their messages. Your facilitators see that"
            " name, how far you are, which questions you find hard, when you last learned, and"
            " whether messages reach you, but not why. Where at least five of you have their"
            " Telegram in one language, they can write to just these, and see who got it. They do"
            " not see your Telegram name or number. /leave ends it."
        ),
        _(
            "If you lead cohorts, I also store what you may do, the cohorts and messages that you"
            " make, and a log of what you did with your rights. The log is kept for good, with"
            " your Telegram number, also after /deletemydata: learners must be able to find out"
            " who dealt with their data. Admins see it."
        ),
        _(
            "What I do not store: your name, username, phone number or photo. What you type is"
            " used for the answer you get and is then deleted. If something breaks on my side, it"
            " may be kept for up to a week. What you write behind /report is kept until it is dealt"
            " with."
        ),
        _(
            "Why: to keep your place, to bring back what you missed, and to see where the course"
            " is unclear. It is not sold, and not used for anything else."
        ),
        _(
            "Who else sees it: the people who run this bot. Telegram carries the messages; chats"
            " with bots are not end-to-end encrypted, and Telegram keeps them. So please do not"
            " type names or details of real cases."
        ),
        _(
            "How long: until you delete it. /deletemydata does so at once. What you asked your"
            " facilitators goes from their chats, too, if it came there within 48 hours; older and"
            " copied words stay there. Backups are kept for up to 30 days."
        ),
        contact_line(_, contact),
    )
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


def settings_page(_: Translator, *, plain: bool, stopped: bool) -> Reply:
    """The settings and their current values."""
    text = parts.join_paragraphs(
        parts.bold(_("Settings")),
        _("Plain text: on. No bars, symbols or pictures; what a picture says comes in words.")
        if plain
        else _("Plain text: off. Progress also shows as a bar, and there are pictures."),
        _("Messages from me: off. I only answer you.")
        if stopped
        else _("Messages from me: on. I may write to you when there is something for you."),
    )
    reminders = parts.button(_("Reminders"), ShowScreen("reminders"))
    plain_label = _("Turn plain text off") if plain else _("Turn plain text on")
    message_label = _("Turn messages on") if stopped else _("Turn messages off")
    rows = (
        (parts.button(plain_label, ToggleSetting("plain", not plain)),),
        (parts.button(message_label, ToggleSetting("messages", stopped)),),
        (reminders, parts.continue_button(_)),
    )
    return Reply(text, rows)


def messages_stopped(_: Translator) -> Reply:
    """Tells that no proactive messages are sent any more."""
    return parts.with_continue(
        _,
        _("I will not write to you any more unless you write to me."),
        _("Your place is kept. /start turns messages on again, and /continue goes on learning."),
    )


def pause(_: Translator, asked: Rows = ()) -> Reply:
    """Tells that the learner's place is kept.

    Args:
        asked: buttons with likely local times, for a learner whose time zone is not known.
    """
    later = parts.button(_("When shall I write?"), ShowScreen("later"))
    text = parts.join_paragraphs(
        _("Your place is kept. When you want to go on, press Continue or type /continue."),
        _(
            "If you stay away, I remind you in a few days. So that I never write at night: what"
            " time is it where you are?"
        )
        if asked
        else None,
    )
    return Reply(text, (*asked, (parts.continue_button(_), later)))


def confirm_deletion(_: Translator, *, facilitates: bool = False) -> Reply:
    """Asks for confirmation before everything is deleted.

    Args:
        facilitates: whether the person has a role besides learning.
    """
    text = parts.join_paragraphs(
        _("Delete everything I store about you?"),
        _("Your place and your answers will be gone and cannot be brought back.")
        + " "
        + _("If you are in a cohort, you leave it."),
        _(
            "You will lead no cohort any more. The cohorts stay with those who lead them with you,"
            " and with the admins. What you planned to send is not sent. {log}",
            log=_log_stays(_),
        )
        if facilitates
        else None,
    )
    delete = parts.button(_("Delete everything"), ToggleSetting("forget", on=True))
    return Reply(
        text, ((delete, parts.button(_("Keep my data"), ToggleSetting("forget", on=False))),)
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
