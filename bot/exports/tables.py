"""What an export holds: tables and their columns, with what each means. Nothing is read here."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds; any of them may be empty."""

    LEARNER = "learner"
    """A pseudonym that is the same in every table and every export of this database."""
    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    """A moment in UTC, to the second."""
    FLAG = "flag"
    """TRUE or FALSE."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        meaning: for whoever reads the file, with the unit.
        is_private: left out of what facilitators get.
    """

    name: str
    kind: Kind
    meaning: str
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a CSV file, or one or more sheets."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def _learner(meaning: str) -> Column:
    return Column("learner", Kind.LEARNER, meaning)


_WHO = _learner("Who; the same learner has the same key in every table.")

TABLES = (
    Table(
        "learners",
        "Everybody who has started the bot and has not deleted their data.",
        (
            _WHO,
            Column("joined_at", Kind.TIME, "When they first wrote to the bot."),
            Column("language", Kind.TEXT, "The language of their Telegram, as a tag.", True),
            Column("pace", Kind.TEXT, "Reminders they want: normal, gentle or none.", True),
            Column("paused_at", Kind.TIME, "Since when they want no reminders.", True),
            Column("stopped_at", Kind.TIME, "Since when they want nothing unasked.", True),
            Column("unreachable_at", Kind.TIME, "Since when they have blocked the bot."),
            Column(
                "active_at",
                Kind.TIME,
                "When they last did something other than read or answer; empty: not known.",
                True,
            ),
        ),
    ),
    Table(
        "members",
        "Who belongs to which cohort, or has belonged to it.",
        (
            _WHO,
            Column("cohort", Kind.TEXT, "The cohort's key in the table cohorts."),
            Column(
                "pseudonym", Kind.TEXT, "How facilitators see them unless they chose a name there."
            ),
            Column("joined_at", Kind.TIME, "When they joined the cohort."),
            Column("left_at", Kind.TIME, "When they left it; empty: they belong to it."),
        ),
    ),
    Table(
        "progress",
        "What learners came to, by the course of that day.",
        (
            _WHO,
            Column("item", Kind.TEXT, "A lesson, a module, #started or #finished."),
            Column("at", Kind.TIME, "When they came to it."),
            Column(
                "minutes",
                Kind.NUMBER,
                "Minutes of learning up to it, breaks left out; of modules and #finished.",
            ),
        ),
    ),
    Table(
        "answers",
        "Every answer to a question of the course.",
        (
            _WHO,
            Column("question", Kind.TEXT, "The question's id in the course."),
            Column(
                "ordinal", Kind.NUMBER, "1 for the first answer to this question, then 2, 3 ..."
            ),
            Column("options", Kind.TEXT, "Ids of the options chosen, full stops between."),
            Column("correct", Kind.FLAG, "Whether it was right by the course of that day."),
            Column("course_version", Kind.TEXT, "The version of the course that marked it."),
            Column("at", Kind.TIME, "When it came."),
            Column(
                "hour",
                Kind.NUMBER,
                "Hour of the week where the learner is, 0 to 167; 0 is Monday 0:00 to 0:59; of"
                " first answers where the zone is known.",
            ),
            Column(
                "took",
                Kind.NUMBER,
                "Seconds since the learner's last tap; of first answers, empty after a break.",
            ),
        ),
    ),
    Table(
        "items",
        "Every question by first answers; figures of fewer than 5 people are left out.",
        (
            Column("cohort", Kind.TEXT, "The cohort's key; empty: everybody."),
            Column("question", Kind.TEXT, "The question's id in the course."),
            Column("kind", Kind.TEXT, "What kind of question it is."),
            Column(
                "answered",
                Kind.NUMBER,
                "People who answered it, rounded down to a multiple of 5; empty: fewer.",
            ),
            Column("facility", Kind.NUMBER, "Percent of first answers that were right."),
            Column(
                "discrimination",
                Kind.NUMBER,
                "Point-biserial correlation with how the learner had done before, -1 to 1.",
            ),
            Column("seconds", Kind.NUMBER, "Median seconds from the last tap to the answer."),
            Column("verdicts", Kind.TEXT, "What stands out, the most pressing first."),
        ),
    ),
    Table(
        "cohorts",
        "The cohorts.",
        (
            Column("cohort", Kind.TEXT, "Its key."),
            Column("name", Kind.TEXT, "As its facilitator called it."),
            Column("zone", Kind.TEXT, "The time zone of its dates, an IANA name."),
            Column("starts_at", Kind.TIME, "When it starts."),
            Column("deadline", Kind.TIME, "Until when it is to be finished."),
            Column("state", Kind.TEXT, "open, closed or archived."),
            Column("capacity", Kind.NUMBER, "How many may belong to it; empty: any number."),
            Column("made_at", Kind.TIME, "When it was made."),
            Column("members", Kind.NUMBER, "How many belong to it now."),
        ),
    ),
    Table(
        "deliveries",
        "Every message that was to be sent unasked: reminders, broadcasts, notes.",
        (
            _WHO,
            Column("kind", Kind.TEXT, "nudge for a reminder, broadcast, and so on."),
            Column("subject", Kind.TEXT, "What it was about: an opportunity, a broadcast's key."),
            Column("state", Kind.TEXT, "What became of it: sent, failed, skipped and so on."),
            Column("reason", Kind.TEXT, "Why it failed or was skipped."),
            Column("made_at", Kind.TIME, "When it was put into the outbox."),
            Column("due_at", Kind.TIME, "Not to be sent before."),
            Column("sent_at", Kind.TIME, "When it was sent."),
        ),
    ),
    Table(
        "nudges",
        "Every moment at which a reminder was due: sent, or held out to compare with.",
        (
            _WHO,
            Column("opportunity", Kind.TEXT, "Its key among the learner's own."),
            Column("kind", Kind.TEXT, "What kind of reminder."),
            Column("wording", Kind.NUMBER, "Number of its wording, from 0."),
            Column("arm", Kind.TEXT, "send or hold."),
            Column("at", Kind.TIME, "When it was due."),
            Column(
                "back_at", Kind.TIME, "When the learner next read or answered, within 72 hours."
            ),
            Column("stopped", Kind.FLAG, "Whether they stopped reminders within 72 hours."),
            Column("blocked", Kind.FLAG, "Whether they blocked the bot within 72 hours."),
            Column("snoozed", Kind.FLAG, "Whether they put reminders off within 72 hours."),
        ),
    ),
)
"""In the order in which they are written."""
