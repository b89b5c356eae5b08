"""What happened in a simulated year, as anybody could have seen it from outside. Values only.

Times are UTC milliseconds.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | None


class Act(StrEnum):
    """What somebody did; each but `BLOCKS` and `FINISHES` counts as being there."""

    COMES = "comes"
    LEARNS = "learns"
    FINISHES = "finishes"
    """Nothing is left for them."""
    STOPS = "stops"
    STARTS = "starts"
    """Says /start."""
    PAUSES = "pauses"
    RESUMES = "resumes"
    SNOOZES = "snoozes"
    """Until `Did.value`: hours, evening, tomorrow, week or a day such as 2026-03-12."""
    ZONE = "zone"
    HOUR = "hour"
    QUIET = "quiet"
    """From and to, such as 1200-480."""
    REST = "rest"
    """Digits of days, Monday is 0, or a hyphen for none."""
    PACE = "pace"
    BLOCKS = "blocks"
    UNBLOCKS = "unblocks"
    JOINS = "joins"
    """A cohort with the deadline `Did.value`."""


@dataclass(frozen=True, slots=True)
class Did:
    """Something that somebody did, when the bot heard of it."""

    at: int
    learner: int
    act: Act
    value: Value = None


@dataclass(frozen=True, slots=True)
class Got:
    """A message that nobody had asked for, as it lies in the chat.

    Attributes:
        kind: of the reminder, or "broadcast" or "urgent".
        about: for a broadcast which one.
        opening: its first line.
    """

    at: int
    learner: int
    kind: str
    about: str = ""
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A moment at which a reminder was due by the bot's own account.

    Attributes:
        fate: "hold" when it was held out to measure by; else what became of its message.
        reason: why, where there is a reason.
    """

    at: int
    learner: int
    kind: str
    fate: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A message, of whatever kind, whose process was killed while it sent it.

    It may have arrived: it counts for its day as if it had, and is never sent again.
    """

    at: int
    learner: int


@dataclass(frozen=True, slots=True)
class Away:
    """From when to when no process was there; the same moment when it came back at once."""

    since: int
    until: int


@dataclass(slots=True)
class Record:
    """All of it, in the order in which it happened."""

    begin: int
    end: int
    did: list[Did] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    ticks: int = 0
    kills: int = 0
