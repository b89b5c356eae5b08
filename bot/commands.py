"""The commands, in the order of the menu; names are neutral, since menus show on shared screens."""

from bot.voice import Voice


def described(_: Voice) -> dict[str, str]:
    """What each command does, by its name without the slash."""
    return {
        "continue": _("Go on where you are"),
        "progress": _("What is done and what is left"),
        "modules": _("Read again what you have done"),
        "settings": _("Plain text, messages on or off"),
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


def description(_: Voice) -> str:
    """What stands in the empty chat above Start, and in the bot's profile; names no topic."""
    return _("Short lessons and questions, in pieces of two minutes. Your place is kept.")


def listed(_: Voice) -> str:
    """One line for each command, as /help shows them."""
    return "\n".join(f"/{name} · {what}" for name, what in described(_).items())
