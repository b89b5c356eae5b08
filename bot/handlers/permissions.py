"""What each command and each kind of button needs; the matrix of tests is made from this.

It grants nothing: every action asks `bot.actions.access` by itself. A command or a verb that does
not stand here fails a test.
"""

from enum import Enum, auto


class Need(Enum):
    """Who may use it; others hear the same sentence as about what does not exist."""

    EVERYBODY = auto()
    FACILITATOR = auto()
    """Facilitators, each with their own cohorts only, and admins."""
    ADMIN = auto()


COMMANDS = {
    "start": Need.EVERYBODY,
    "continue": Need.EVERYBODY,
    "next": Need.EVERYBODY,
    "back": Need.EVERYBODY,
    "stop": Need.EVERYBODY,
    "report": Need.EVERYBODY,
    "progress": Need.EVERYBODY,
    "modules": Need.EVERYBODY,
    "settings": Need.EVERYBODY,
    "help": Need.EVERYBODY,
    "about": Need.EVERYBODY,
    "glossary": Need.EVERYBODY,
    "reading": Need.EVERYBODY,
    "privacy": Need.EVERYBODY,
    "developer_info": Need.EVERYBODY,
    "deletemydata": Need.EVERYBODY,
    "pause": Need.EVERYBODY,
    "reminders": Need.EVERYBODY,
    "why": Need.EVERYBODY,
    "later": Need.EVERYBODY,
    "cancel": Need.EVERYBODY,
    "leave": Need.EVERYBODY,
    "name": Need.EVERYBODY,
    "newcohort": Need.FACILITATOR,
    "cohorts": Need.FACILITATOR,
    "cohort": Need.FACILITATOR,
    "grant": Need.FACILITATOR,
    "revoke": Need.FACILITATOR,
    "bind": Need.FACILITATOR,
    "unbind": Need.FACILITATOR,
    "audit": Need.ADMIN,
    "nudges": Need.ADMIN,
}
"""By the name of the command, without its slash."""

VERBS = {
    "c": Need.EVERYBODY,
    "n": Need.EVERYBODY,
    "a": Need.EVERYBODY,
    "t": Need.EVERYBODY,
    "p": Need.EVERYBODY,
    "r": Need.EVERYBODY,
    "l": Need.EVERYBODY,
    "s": Need.EVERYBODY,
    "x": Need.EVERYBODY,
    "w": Need.EVERYBODY,
    "z": Need.EVERYBODY,
    "o": Need.EVERYBODY,
    "y": Need.EVERYBODY,
    "i": Need.EVERYBODY,
    "k": Need.FACILITATOR,
}
"""By the letter that a button's data begins with (bot/callbacks.py)."""
