"""Schema of an export: tables and columns with their meanings. Reads no data."""

from dataclasses import dataclass
from enum import StrEnum


class ColumnKind(StrEnum):
    """Type of a column's values, any of which may be empty."""

    LEARNER = "learner"
    """A pseudonym, the same in every table and every export of this database."""
    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    """A time in UTC, to the second."""
    FLAG = "flag"
    """TRUE or FALSE."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        meaning: explanation for readers of the file, with the unit.
        is_private: left out of facilitators' exports.
    """

    name: str
    kind: ColumnKind
    meaning: str
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table, written as a CSV file or as one or more sheets."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def _text(name: str, meaning: str, *, is_private: bool = False) -> Column:
    return Column(name, ColumnKind.TEXT, meaning, is_private)


def _number(name: str, meaning: str) -> Column:
    return Column(name, ColumnKind.NUMBER, meaning)


def _time(name: str, meaning: str, *, is_private: bool = False) -> Column:
    return Column(name, ColumnKind.TIME, meaning, is_private)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, ColumnKind.FLAG, meaning)


_LEARNER = Column(
    "learner", ColumnKind.LEARNER, "Who; the same learner has the same key in every table."
)

TABLES = (
    Table(
        "learners",
        "Everybody who has started the bot and has not deleted their data.",
        (
            _LEARNER,
            _time("joined_at", "When they first wrote to the bot."),
            _text("language", "The language of their Telegram, as a tag.", is_private=True),
            _text("pace", "Reminders they want: normal, gentle or none.", is_private=True),
            _time("paused_at", "Since when they want no reminders.", is_private=True),
            _time("stopped_at", "Since when they want nothing unasked.", is_private=True),
            _time("unreachable_at", "Since when they have blocked the bot.", is_private=True),
            _time(
                "active_at",
                "When they last did something other than read or answer; empty: not known.",
                is_private=True,
            ),
        ),
    ),
    Table(
        "members",
        "Who belongs to which cohort, or has belonged to it.",
        (
            _LEARNER,
            _text("cohort", "The cohort's key in the table cohorts."),
            _text("pseudonym", "How facilitators see them unless they chose a name there."),
            _time("joined_at", "When they joined the cohort."),
            _time("left_at", "When they left it; empty: they belong to it."),
        ),
    ),
    Table(
        "progress",
        "What learners came to, by the course of that day.",
        (
            _LEARNER,
            _text("item", "A lesson, a module, #started or #finished."),
            _time("at", "When they came to it."),
            _number(
                "minutes",
                "Minutes of learning up to it, breaks left out; of modules and #finished.",
            ),
        ),
    ),
    Table(
        "answers",
        "Every answer to a question of the course.",
        (
            _LEARNER,
            _text("question", "The question's id in the course."),
            _number("ordinal", "1 for the first answer to this question, then 2, 3 ..."),
            _text("options", "Ids of the options chosen, full stops between."),
            _flag("correct", "Whether it was right by the course of that day."),
            _text("course_version", "The version of the course that marked it."),
            _time("at", "When it came."),
            _number(
                "hour",
                "Hour of the week where the learner is, 0 to 167; 0 is Monday 0:00 to 0:59; of"
                " first answers where the zone is known.",
            ),
            _number(
                "took",
                "Seconds since the learner's last tap; of first answers, empty after a break.",
            ),
        ),
    ),
    Table(
        "items",
        "Every question by first answers; figures of fewer than 5 people are left out.",
        (
            _text("cohort", "The cohort's key; empty: everybody."),
            _text("question", "The question's id in the course."),
            _text("kind", "What kind of question it is."),
            _number(
                "answered", "People who answered it, rounded down to a multiple of 5; empty: fewer."
            ),
            _number("facility", "Percent of first answers that were right."),
            _number(
                "discrimination",
                "Point-biserial correlation with how the learner had done before, -1 to 1.",
            ),
            _number("seconds", "Median seconds from the last tap to the answer."),
            _text("verdicts", "What stands out, the most pressing first."),
        ),
    ),
    Table(
        "cohorts",
        "The cohorts.",
        (
            _text("cohort", "Its key."),
            _text("name", "As its facilitator called it."),
            _text("zone", "The time zone of its dates, an IANA name."),
            _time("starts_at", "When it starts."),
            _time("deadline", "Until when it is to be finished."),
            _text("state", "open, closed or archived."),
            _number("capacity", "How many may belong to it; empty: any number."),
            _time("made_at", "When it was made."),
            _number("members", "How many belong to it now."),
        ),
    ),
    Table(
        "deliveries",
        "Every message that was to be sent unasked: reminders, broadcasts, notes.",
        (
            _LEARNER,
            _text("kind", "nudge for a reminder, broadcast, and so on."),
            _text("subject", "What it was about: an opportunity, a broadcast's key."),
            _text("state", "What became of it: sent, failed, skipped and so on."),
            _text("reason", "Why it failed or was skipped."),
            _time("made_at", "When it was put into the outbox."),
            _time("due_at", "Not to be sent before."),
            _time("sent_at", "When it was sent."),
        ),
    ),
    Table(
        "nudges",
        "Every moment at which a reminder was due: sent, or held out to compare with.",
        (
            _LEARNER,
            _text("opportunity", "Its key among the learner's own."),
            _text("kind", "What kind of reminder."),
            _number("wording", "Number of its wording, from 0."),
            _text("arm", "send or hold."),
            _time("at", "When it was due."),
            _time("back_at", "When the learner next read or answered, within 72 hours."),
            _flag("stopped", "Whether they stopped reminders within 72 hours."),
            _flag("blocked", "Whether they blocked the bot within 72 hours."),
            _flag("snoozed", "Whether they put reminders off within 72 hours."),
        ),
    ),
)
"""All tables, in the order they are written."""
