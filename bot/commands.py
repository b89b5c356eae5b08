"""The bot's commands, in menu order. Names are neutral, since menus show on shared screens."""

from collections.abc import Mapping

from bot.i18n import Translator


def learner_commands(_: Translator) -> dict[str, str]:
    """Commands for everybody: descriptions by name, without the slash."""
    return {
        "continue": _("Go on where you are"),
        "progress": _("What is done and what is left"),
        "modules": _("Read again what you have done"),
        "settings": _("Plain text, messages on or off"),
        "reminders": _("When I write to you first, and how often"),
        "why": _("Why a message came, and what comes next"),
        "glossary": _("What a word means"),
        "reading": _("Where to read on"),
        "report": _("Tell us of a mistake in the course"),
        "help": _("How this works"),
        "about": _("What this course is"),
        "privacy": _("What is stored about you"),
        "deletemydata": _("Delete what is stored about you"),
        "developer_info": _("Who runs this bot"),
        "stop": _("No more messages from me"),
        "start": _("Begin, or turn messages on again"),
    }


def facilitator_commands(_: Translator) -> dict[str, str]:
    """Commands for facilitators: descriptions by name."""
    return {
        "cohorts": _("Your cohorts"),
        "stats": _("How it is going"),
        "question": _("How one question is answered"),
        "export": _("Everything as a file"),
        "cohort": _("One of your cohorts, by its name"),
        "newcohort": _("Make a cohort"),
        "broadcast": _("Write to a cohort"),
        "deliveries": _("What became of what you sent"),
        "radar": _("Who may need you"),
        "digest": _("When I tell you what is new"),
        "grant": _("Share a cohort with somebody"),
        "revoke": _("Take back what you shared"),
        "cancel": _("End what we are in the middle of"),
    }


def group_commands(_: Translator) -> dict[str, str]:
    """Commands for facilitators in a group chat: descriptions by name."""
    return {
        "bind": _("In a group: send it a weekly summary"),
        "unbind": _("In a group: end the weekly summary"),
    }


def admin_commands(_: Translator) -> dict[str, str]:
    """Commands for admins: descriptions by name."""
    return {
        "status": _("How the bot is"),
        "audit": _("Who did what"),
        "reports": _("Mistakes that people found"),
        "nudges": _("What came of reminders"),
    }


def member_commands(_: Translator) -> dict[str, str]:
    """Commands for members of cohorts, listed by /help but not in the menu."""
    return {
        "askfacilitator": _("Ask your facilitator a question"),
        "name": _("How your facilitators see you"),
        "leave": _("Leave a cohort"),
    }


def bot_description(_: Translator) -> str:
    """Description for the empty chat and the bot's profile; does not name the topic."""
    return _("Short lessons and questions, in pieces of two minutes. Your place is kept.")


def command_list(
    _: Translator, extra: Mapping[str, str] | None = None, *, is_member: bool = False
) -> str:
    """List the commands for /help, one line each.

    Args:
        extra: further commands, for facilitators and admins: descriptions by name.
        is_member: whether the person is in a cohort.
    """
    of_members = member_commands(_) if is_member else {}
    shown = {**learner_commands(_), **of_members, **(extra or {})}
    return "\n".join(f"/{name} · {what}" for name, what in shown.items())
