"""The permission that each command and each kind of button needs, as a table for tests.

It enforces nothing: every action checks `bot.actions.access` itself. A command or a verb that is
missing here fails a test.
"""

from enum import Enum, auto


class Permission(Enum):
    """Who may use it; others get the same reply as for things that do not exist."""

    EVERYBODY = auto()
    FACILITATOR = auto()
    """Facilitators, for their own cohorts only, and admins."""
    ADMIN = auto()


COMMAND_PERMISSIONS = {
    "start": Permission.EVERYBODY,
    "continue": Permission.EVERYBODY,
    "next": Permission.EVERYBODY,
    "back": Permission.EVERYBODY,
    "stop": Permission.EVERYBODY,
    "report": Permission.EVERYBODY,
    "progress": Permission.EVERYBODY,
    "modules": Permission.EVERYBODY,
    "settings": Permission.EVERYBODY,
    "help": Permission.EVERYBODY,
    "about": Permission.EVERYBODY,
    "glossary": Permission.EVERYBODY,
    "reading": Permission.EVERYBODY,
    "privacy": Permission.EVERYBODY,
    "developer_info": Permission.EVERYBODY,
    "deletemydata": Permission.EVERYBODY,
    "pause": Permission.EVERYBODY,
    "reminders": Permission.EVERYBODY,
    "why": Permission.EVERYBODY,
    "later": Permission.EVERYBODY,
    "cancel": Permission.EVERYBODY,
    "leave": Permission.EVERYBODY,
    "name": Permission.EVERYBODY,
    "askfacilitator": Permission.EVERYBODY,
    "newcohort": Permission.FACILITATOR,
    "cohorts": Permission.FACILITATOR,
    "cohort": Permission.FACILITATOR,
    "grant": Permission.FACILITATOR,
    "revoke": Permission.FACILITATOR,
    "broadcast": Permission.FACILITATOR,
    "deliveries": Permission.FACILITATOR,
    "radar": Permission.FACILITATOR,
    "digest": Permission.FACILITATOR,
    "bind": Permission.FACILITATOR,
    "unbind": Permission.FACILITATOR,
    "stats": Permission.FACILITATOR,
    "question": Permission.FACILITATOR,
    "export": Permission.FACILITATOR,
    "status": Permission.ADMIN,
    "audit": Permission.ADMIN,
    "nudges": Permission.ADMIN,
}
"""By the name of the command, without its slash."""

PRESS_PERMISSIONS = {
    "c": Permission.EVERYBODY,
    "n": Permission.EVERYBODY,
    "a": Permission.EVERYBODY,
    "t": Permission.EVERYBODY,
    "p": Permission.EVERYBODY,
    "r": Permission.EVERYBODY,
    "l": Permission.EVERYBODY,
    "s": Permission.EVERYBODY,
    "x": Permission.EVERYBODY,
    "w": Permission.EVERYBODY,
    "z": Permission.EVERYBODY,
    "o": Permission.EVERYBODY,
    "y": Permission.EVERYBODY,
}
"""By the first letter of a learner's button data (bot/callback_data.py)."""

MANAGE_PERMISSIONS = {
    # The form of a cohort that is created or changed.
    ("k", "new"): Permission.FACILITATOR,
    ("k", "zone"): Permission.FACILITATOR,
    ("k", "skip"): Permission.FACILITATOR,
    ("k", "make"): Permission.FACILITATOR,
    ("k", "cancel"): Permission.EVERYBODY,  # ends a dialogue of one's own
    # Cohorts.
    ("k", "list"): Permission.FACILITATOR,
    ("k", "open"): Permission.FACILITATOR,
    ("k", "members"): Permission.FACILITATOR,
    ("k", "change"): Permission.FACILITATOR,
    ("k", "field"): Permission.FACILITATOR,
    ("k", "clear"): Permission.FACILITATOR,
    ("k", "close"): Permission.FACILITATOR,
    ("k", "reopen"): Permission.FACILITATOR,
    ("k", "archive"): Permission.FACILITATOR,
    ("k", "archive-now"): Permission.FACILITATOR,
    ("k", "links"): Permission.FACILITATOR,
    ("k", "link"): Permission.FACILITATOR,
    ("k", "unlink"): Permission.FACILITATOR,
    # Roles.
    ("k", "grant"): Permission.FACILITATOR,
    ("k", "offer"): Permission.ADMIN,
    ("k", "give"): Permission.FACILITATOR,
    ("k", "holders"): Permission.FACILITATOR,
    ("k", "revoke"): Permission.FACILITATOR,
    ("k", "revoke-now"): Permission.FACILITATOR,
    ("k", "unoffer"): Permission.FACILITATOR,
    ("k", "audit"): Permission.ADMIN,
    # Joining, leaving, names.
    ("i", "join"): Permission.EVERYBODY,
    ("i", "join-named"): Permission.EVERYBODY,
    ("i", "no"): Permission.EVERYBODY,
    ("i", "accept"): Permission.EVERYBODY,
    ("i", "leave"): Permission.EVERYBODY,
    ("i", "leave-now"): Permission.EVERYBODY,
    ("i", "pseudonym"): Permission.EVERYBODY,
    # Figures.
    ("g", "home"): Permission.FACILITATOR,
    ("g", "choose"): Permission.FACILITATOR,
    ("g", "words"): Permission.FACILITATOR,
    ("g", "funnel"): Permission.FACILITATOR,
    ("g", "modules"): Permission.FACILITATOR,
    ("g", "questions"): Permission.FACILITATOR,
    ("g", "question"): Permission.FACILITATOR,
    ("g", "cohorts"): Permission.FACILITATOR,
    ("g", "reminders"): Permission.ADMIN,
    ("g", "broadcasts"): Permission.FACILITATOR,
    ("g", "time"): Permission.FACILITATOR,
    ("g", "picture"): Permission.FACILITATOR,  # charts that are for admins: ADMIN
    ("g", "weekly"): Permission.FACILITATOR,
    ("g", "weekly-set"): Permission.FACILITATOR,
    # A broadcast that is being written.
    ("b", "look"): Permission.FACILITATOR,
    ("b", "whom"): Permission.FACILITATOR,
    ("b", "cohort"): Permission.FACILITATOR,
    ("b", "all"): Permission.ADMIN,
    ("b", "some"): Permission.FACILITATOR,
    ("b", "narrow"): Permission.FACILITATOR,
    ("b", "silent"): Permission.FACILITATOR,
    ("b", "language"): Permission.FACILITATOR,
    ("b", "text"): Permission.FACILITATOR,
    ("b", "link"): Permission.FACILITATOR,
    ("b", "answers"): Permission.FACILITATOR,
    ("b", "change"): Permission.FACILITATOR,
    ("b", "urgent"): Permission.FACILITATOR,
    ("b", "buttons"): Permission.FACILITATOR,
    ("b", "go-on"): Permission.FACILITATOR,
    ("b", "no-buttons"): Permission.FACILITATOR,
    ("b", "later"): Permission.FACILITATOR,
    ("b", "hour"): Permission.FACILITATOR,
    ("b", "now"): Permission.FACILITATOR,
    ("b", "weekly"): Permission.FACILITATOR,
    ("b", "cancel"): Permission.FACILITATOR,
    ("b", "send"): Permission.FACILITATOR,
    # Delivery results of broadcasts.
    ("b", "list"): Permission.FACILITATOR,
    ("b", "open"): Permission.FACILITATOR,
    ("b", "who"): Permission.FACILITATOR,
    ("b", "stop"): Permission.FACILITATOR,
    ("b", "undo"): Permission.FACILITATOR,
    ("b", "undo-now"): Permission.FACILITATOR,
    ("b", "again"): Permission.FACILITATOR,
    ("b", "again-now"): Permission.FACILITATOR,
    ("b", "retry"): Permission.FACILITATOR,
    ("v", "answer"): Permission.EVERYBODY,
    # The radar, notes to one learner, the daily digest.
    ("d", "list"): Permission.FACILITATOR,
    ("d", "dealt"): Permission.FACILITATOR,
    ("d", "seen"): Permission.FACILITATOR,
    ("d", "write"): Permission.FACILITATOR,
    ("d", "again"): Permission.FACILITATOR,
    ("d", "change"): Permission.FACILITATOR,
    ("d", "send"): Permission.FACILITATOR,
    ("d", "cancel"): Permission.EVERYBODY,  # ends a dialogue of one's own
    ("d", "hours"): Permission.FACILITATOR,
    ("d", "hour"): Permission.FACILITATOR,
    # Questions of learners, and the answers.
    ("q", "ask"): Permission.EVERYBODY,
    ("q", "to"): Permission.EVERYBODY,
    ("q", "no"): Permission.EVERYBODY,
    ("q", "list"): Permission.FACILITATOR,
    ("q", "take"): Permission.FACILITATOR,
    ("q", "take-over"): Permission.FACILITATOR,
    ("q", "leave"): Permission.FACILITATOR,
    ("q", "change"): Permission.FACILITATOR,
    ("q", "send"): Permission.FACILITATOR,
    # Files.
    ("e", "make"): Permission.FACILITATOR,
}
"""By the verb and the action of a button about cohorts; one that is missing here does nothing."""
