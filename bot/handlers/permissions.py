"""The permission that each command and each kind of button needs, as a table for tests.

It enforces nothing: every action checks `bot.actions.access` itself. A command or a verb that is
missing here fails a test.
"""

from enum import Enum, auto


class Need(Enum):
    """Who may use it; others get the same reply as for things that do not exist."""

    EVERYBODY = auto()
    FACILITATOR = auto()
    """Facilitators, for their own cohorts only, and admins."""
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
    "askfacilitator": Need.EVERYBODY,
    "newcohort": Need.FACILITATOR,
    "cohorts": Need.FACILITATOR,
    "cohort": Need.FACILITATOR,
    "grant": Need.FACILITATOR,
    "revoke": Need.FACILITATOR,
    "broadcast": Need.FACILITATOR,
    "deliveries": Need.FACILITATOR,
    "radar": Need.FACILITATOR,
    "digest": Need.FACILITATOR,
    "bind": Need.FACILITATOR,
    "unbind": Need.FACILITATOR,
    "stats": Need.FACILITATOR,
    "question": Need.FACILITATOR,
    "export": Need.FACILITATOR,
    "status": Need.ADMIN,
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
}
"""By the first letter of a learner's button data (bot/callback_data.py)."""

BUTTONS = {
    # The form of a cohort that is created or changed.
    ("k", "new"): Need.FACILITATOR,
    ("k", "zone"): Need.FACILITATOR,
    ("k", "skip"): Need.FACILITATOR,
    ("k", "make"): Need.FACILITATOR,
    ("k", "cancel"): Need.EVERYBODY,  # ends a dialogue of one's own
    # Cohorts.
    ("k", "list"): Need.FACILITATOR,
    ("k", "open"): Need.FACILITATOR,
    ("k", "members"): Need.FACILITATOR,
    ("k", "change"): Need.FACILITATOR,
    ("k", "field"): Need.FACILITATOR,
    ("k", "clear"): Need.FACILITATOR,
    ("k", "close"): Need.FACILITATOR,
    ("k", "reopen"): Need.FACILITATOR,
    ("k", "archive"): Need.FACILITATOR,
    ("k", "archive-now"): Need.FACILITATOR,
    ("k", "links"): Need.FACILITATOR,
    ("k", "link"): Need.FACILITATOR,
    ("k", "unlink"): Need.FACILITATOR,
    # Roles.
    ("k", "grant"): Need.FACILITATOR,
    ("k", "offer"): Need.ADMIN,
    ("k", "give"): Need.FACILITATOR,
    ("k", "holders"): Need.FACILITATOR,
    ("k", "revoke"): Need.FACILITATOR,
    ("k", "revoke-now"): Need.FACILITATOR,
    ("k", "unoffer"): Need.FACILITATOR,
    ("k", "audit"): Need.ADMIN,
    # Joining, leaving, names.
    ("i", "join"): Need.EVERYBODY,
    ("i", "join-named"): Need.EVERYBODY,
    ("i", "no"): Need.EVERYBODY,
    ("i", "accept"): Need.EVERYBODY,
    ("i", "leave"): Need.EVERYBODY,
    ("i", "leave-now"): Need.EVERYBODY,
    ("i", "pseudonym"): Need.EVERYBODY,
    # Figures.
    ("g", "home"): Need.FACILITATOR,
    ("g", "choose"): Need.FACILITATOR,
    ("g", "words"): Need.FACILITATOR,
    ("g", "funnel"): Need.FACILITATOR,
    ("g", "modules"): Need.FACILITATOR,
    ("g", "questions"): Need.FACILITATOR,
    ("g", "question"): Need.FACILITATOR,
    ("g", "cohorts"): Need.FACILITATOR,
    ("g", "reminders"): Need.ADMIN,
    ("g", "broadcasts"): Need.FACILITATOR,
    ("g", "time"): Need.FACILITATOR,
    ("g", "picture"): Need.FACILITATOR,  # charts that are for admins: ADMIN
    ("g", "weekly"): Need.FACILITATOR,
    ("g", "weekly-set"): Need.FACILITATOR,
    # A broadcast that is being written.
    ("b", "look"): Need.FACILITATOR,
    ("b", "whom"): Need.FACILITATOR,
    ("b", "cohort"): Need.FACILITATOR,
    ("b", "all"): Need.ADMIN,
    ("b", "some"): Need.FACILITATOR,
    ("b", "narrow"): Need.FACILITATOR,
    ("b", "silent"): Need.FACILITATOR,
    ("b", "language"): Need.FACILITATOR,
    ("b", "text"): Need.FACILITATOR,
    ("b", "link"): Need.FACILITATOR,
    ("b", "answers"): Need.FACILITATOR,
    ("b", "change"): Need.FACILITATOR,
    ("b", "urgent"): Need.FACILITATOR,
    ("b", "buttons"): Need.FACILITATOR,
    ("b", "go-on"): Need.FACILITATOR,
    ("b", "no-buttons"): Need.FACILITATOR,
    ("b", "later"): Need.FACILITATOR,
    ("b", "hour"): Need.FACILITATOR,
    ("b", "now"): Need.FACILITATOR,
    ("b", "weekly"): Need.FACILITATOR,
    ("b", "cancel"): Need.FACILITATOR,
    ("b", "send"): Need.FACILITATOR,
    # Delivery results of broadcasts.
    ("b", "list"): Need.FACILITATOR,
    ("b", "open"): Need.FACILITATOR,
    ("b", "who"): Need.FACILITATOR,
    ("b", "stop"): Need.FACILITATOR,
    ("b", "undo"): Need.FACILITATOR,
    ("b", "undo-now"): Need.FACILITATOR,
    ("b", "again"): Need.FACILITATOR,
    ("b", "again-now"): Need.FACILITATOR,
    ("b", "retry"): Need.FACILITATOR,
    ("v", "answer"): Need.EVERYBODY,
    # The radar, notes to one learner, the daily digest.
    ("d", "list"): Need.FACILITATOR,
    ("d", "dealt"): Need.FACILITATOR,
    ("d", "seen"): Need.FACILITATOR,
    ("d", "write"): Need.FACILITATOR,
    ("d", "again"): Need.FACILITATOR,
    ("d", "change"): Need.FACILITATOR,
    ("d", "send"): Need.FACILITATOR,
    ("d", "cancel"): Need.EVERYBODY,  # ends a dialogue of one's own
    ("d", "hours"): Need.FACILITATOR,
    ("d", "hour"): Need.FACILITATOR,
    # Questions of learners, and the answers.
    ("q", "ask"): Need.EVERYBODY,
    ("q", "to"): Need.EVERYBODY,
    ("q", "no"): Need.EVERYBODY,
    ("q", "list"): Need.FACILITATOR,
    ("q", "take"): Need.FACILITATOR,
    ("q", "take-over"): Need.FACILITATOR,
    ("q", "leave"): Need.FACILITATOR,
    ("q", "change"): Need.FACILITATOR,
    ("q", "send"): Need.FACILITATOR,
    # Files.
    ("e", "make"): Need.FACILITATOR,
}
"""By the verb and the action of a button about cohorts; one that is missing here does nothing."""
