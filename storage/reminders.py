"""Reminder opportunities, sent or held out, and what learners did after them."""

from dataclasses import dataclass

from course.model import LearnerId
from course.reminders.experiment import Arm
from course.reminders.rhythm import Kind
from storage.outbox import State
from storage.statements import Row, Statement, statement


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A time at which a reminder was due.

    Attributes:
        name: unique among the learner's opportunities; see `opportunity_name`.
        wording: index of the wording, from 0.
        at: when it was taken, in UTC milliseconds.
    """

    name: str
    kind: Kind
    wording: int
    arm: Arm
    at: int

    @property
    def since(self) -> int:
        """The activity it counts from, in UTC milliseconds."""
        return int(self.name.partition(":")[0])


def named(since: int, kind: Kind) -> str:
    """Name of the opportunity of a kind that counts from `since` (UTC milliseconds)."""
    return f"{since}:{kind.value}"


@dataclass(frozen=True, slots=True)
class After:
    """The learner's reminder fields after an opportunity; see `storage.learners.Learner`."""

    used: int
    deadline_used: int | None
    snoozed_until: int | None
    next_nudge_at: int | None


@dataclass(frozen=True, slots=True)
class LastNudge:
    """A learner's latest opportunity.

    Attributes:
        state: state of its delivery; `None` when it was held out.
        reason: the outbox's reason why it was not sent; `None` when there is none.
        sent_at: when it was sent, or may have been; `None` when it was not.
    """

    opportunity: Opportunity
    state: State | None
    reason: str | None
    sent_at: int | None

    @property
    def came(self) -> bool:
        """Whether its message was delivered, or may have been."""
        return self.state in (State.SENT, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class NudgeFigures:
    """Counts of what followed reminders of one kind, wording and experiment arm.

    Attributes:
        made: opportunities taken.
        sent: messages accepted by Telegram.
        back_in_day: learner read or answered something within 24 hours.
        back_in_three: learner read or answered something within 72 hours.
        stopped: learner stopped reminders within 72 hours.
        blocked: learner blocked the bot within 72 hours.
        snoozed: learner snoozed reminders within 72 hours.
    """

    kind: Kind
    wording: int
    arm: Arm
    made: int
    sent: int
    back_in_day: int
    back_in_three: int
    stopped: int
    blocked: int
    snoozed: int


def takes(
    learner: LearnerId, expected: int, taken: Opportunity, after: After
) -> tuple[Statement, ...]:
    """Take an opportunity and queue its message in the outbox, unless it is held out.

    No effect if the learner's next check is not `expected` any more: they were active, or another
    tick took it.

    Args:
        expected: scheduled time of the check, i.e. since when the reminder was due.
    """
    own: dict[str, int | str] = {
        "learner": learner,
        "opportunity": taken.name,
        "kind": taken.kind.value,
        "wording": taken.wording,
        "arm": taken.arm.value,
        "at": taken.at,
    }
    return (
        statement(
            "use_opportunity",
            learner=learner,
            expected=expected,
            at=taken.at,
            used=after.used,
            deadline_used=after.deadline_used,
            snoozed_until=after.snoozed_until,
            next_nudge_at=after.next_nudge_at,
        ),
        statement("tally_nudge", **own),
        statement("add_nudge", **own),
        statement("supersede_nudges", learner=learner, opportunity=taken.name, at=taken.at),
        statement(
            "queue_nudge",
            learner=learner,
            opportunity=taken.name,
            at=taken.at,
            due_at=min(expected, taken.at),
        ),
    )


def returns(learner: LearnerId, at: int) -> tuple[Statement, ...]:
    """Record that the learner read or answered something, for the opportunities before it."""
    return (
        statement("count_return", learner=learner, at=at),
        statement("note_return", learner=learner, at=at),
    )


def costs(
    learner: LearnerId,
    at: int,
    *,
    stopped: bool = False,
    blocked: bool = False,
    snoozed: bool = False,
) -> tuple[Statement, ...]:
    """Record a stop, block or snooze by the learner, for the opportunities before it."""
    price = {"stopped": int(stopped), "blocked": int(blocked), "snoozed": int(snoozed)}
    return (
        statement("count_price", learner=learner, at=at, **price),
        statement("note_price", learner=learner, at=at, **price),
    )


def opportunity(name: str, row: Row) -> Opportunity:
    """Parse a row with kind, wording, arm and time."""
    kind, wording, arm, at = row
    return Opportunity(name, Kind(kind), wording, Arm(arm), at)


def last_nudge(row: Row) -> LastNudge:
    """Parse the row of the query `fetch_last_reminder`."""
    name, kind, wording, arm, at, state, reason, sent_at = row
    known = opportunity(name, (kind, wording, arm, at))
    return LastNudge(known, None if state is None else State(state), reason, sent_at)


def figures(row: Row) -> NudgeFigures:
    """Parse a row of the queries `fetch_reminder_counts` and `recount_reminders`."""
    kind, wording, arm, *counts = row
    return NudgeFigures(Kind(kind), wording, Arm(arm), *map(int, counts))
