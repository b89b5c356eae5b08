"""Pages about the course and the bot: welcome, outcomes, help, settings."""

from bot.callback_data import Continue, ShowScreen, ToggleSetting
from bot.i18n import Translator
from bot.messages import Reply, Rows
from bot.rendering import parts
from course.learning.reading_time import module_minutes
from course.model import Course


def welcome(_: Translator, course: Course) -> Reply:
    """The first message to a newcomer; its first line does not tell the topic of the course."""
    text = parts.join_paragraphs(
        _("Welcome. This is a short course you can do in pieces of two minutes."),
        course_in_short(_, course),
    )
    start = parts.button(_("Start"), Continue())
    return Reply(text, ((start, parts.button(_("What will I learn?"), ShowScreen("outcomes"))),))


def course_in_short(_: Translator, course: Course) -> str:
    """What a newcomer should know: topic, size, what is stored, and who stands behind it."""
    return parts.join_paragraphs(
        _("Topic: {title}", title=parts.bold(parts.authored_html(course.title)))
        + f"\n{_size_text(_, course)}{_being_written(_, course)}",
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


def _size_text(_: Translator, course: Course) -> str:
    total = len(course.modules) + len(course.coming)
    minutes = sum(map(module_minutes, course.modules)) + sum(one.minutes for one in course.coming)
    return " ".join(
        (
            _.ngettext("{number} module,", "{number} modules,", total),
            _.ngettext("about {number} minute in all.", "about {number} minutes in all.", minutes),
            _("You can stop at any time; I keep your place."),
        )
    )


def _being_written(_: Translator, course: Course) -> str:
    if not course.coming:
        return ""
    ready, coming = len(course.modules), len(course.coming)
    now = _.ngettext(
        "{number} module is ready now.", "The first {number} modules are ready now.", ready
    )
    later = _.ngettext(
        "{number} more is being written.", "{number} more are being written.", coming
    )
    return f"\n{now} {later}"


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
    plain_label = _("Turn plain text off") if plain else _("Turn plain text on")
    switch_plain = parts.button(plain_label, ToggleSetting("plain", not plain))
    message_label = _("Turn messages on") if stopped else _("Turn messages off")
    switch_messages = parts.button(message_label, ToggleSetting("messages", stopped))
    reminders = parts.button(_("Reminders"), ShowScreen("reminders"))
    return Reply(text, ((switch_plain,), (switch_messages,), (reminders, parts.continue_button(_))))


def messages_stopped(_: Translator) -> Reply:
    """Tells that no proactive messages are sent any more."""
    return parts.with_continue(
        _,
        _("I will not write to you any more unless you write to me."),
        _("Your place is kept. /start turns messages on again, and /continue goes on learning."),
    )


def messages_resumed(_: Translator) -> Reply:
    """Tells that proactive messages are sent again, after /stop."""
    return Reply(_("Messages from me are on again. /stop ends them."))


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
