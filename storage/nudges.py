"""Opportunities to remind somebody: sent or held out, and what came of it."""

from dataclasses import dataclass

from course.arms import Arm
from course.model import LearnerId
from course.rhythm import Kind
from storage.deliveries import State
from storage.statements import Row, Statement, statement


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One moment at which a nudge was due.

    Attributes:
        name: of this among the learner's own, see `named`; the same moment never gets two.
        wording: its number, from 0.
        at: when it was taken, in UTC milliseconds.
    """

    name: str
    kind: Kind
    wording: int
    arm: Arm
    at: int

    @property
    def since(self) -> int:
        """What it counts from, in UTC milliseconds."""
        return int(self.name.partition(":")[0])


def named(since: int, kind: Kind) -> str:
    """The name of the opportunity of a kind that counts from a moment."""
    return f"{since}:{kind.value}"


@dataclass(frozen=True, slots=True)
class After:
    """Where reminding a learner stands after an opportunity; see `storage.learners.Learner`."""

    used: int
    deadline_used: int | None
    snoozed_until: int | None
    next_nudge_at: int | None


@dataclass(frozen=True, slots=True)
class LastNudge:
    """A learner's newest opportunity.

    Attributes:
        state: of its message; `None` when it was held out.
        reason: why its message was not sent, in the outbox's words; `None` when there is none.
        sent_at: when its message was sent, or may have been; `None` when it was not.
    """

    opportunity: Opportunity
    state: State | None
    reason: str | None
    sent_at: int | None

    @property
    def came(self) -> bool:
        """Whether its message lies in the chat, as far as can be known."""
        return self.state in (State.SENT, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class NudgeFigures:
    """What came of one kind in one wording, and one arm.

    Attributes:
        made: opportunities.
        sent: messages that Telegram took.
        back_in_day: times that the learner read or answered something within 24 hours.
        back_in_three: the same within 72 hours.
        stopped: times that the learner stopped reminders within 72 hours.
        blocked: times that the learner blocked the bot within 72 hours.
        snoozed: times that the learner put reminders off within 72 hours.
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
    """Take an opportunity and put its message into the outbox, unless it is held out.

    Nothing if the learner's time to look is another than `expected` by now: then they did
    something, or another tick was here.

    Args:
        expected: since when it was time to look, which is since when it was due.
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
    """The learner read or answered something: count it for the opportunities before it."""
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
    """The learner did something against reminders: count it for the opportunities before it."""
    price = {"stopped": int(stopped), "blocked": int(blocked), "snoozed": int(snoozed)}
    return (
        statement("count_price", learner=learner, at=at, **price),
        statement("note_price", learner=learner, at=at, **price),
    )


def opportunity(name: str, row: Row) -> Opportunity:
    """The opportunity of a row with kind, wording, arm and time."""
    kind, wording, arm, at = row
    return Opportunity(name, Kind(kind), wording, Arm(arm), at)


def last_nudge(row: Row) -> LastNudge:
    """The row of the query `last_nudge`."""
    name, kind, wording, arm, at, state, reason, sent_at = row
    known = opportunity(name, (kind, wording, arm, at))
    return LastNudge(known, None if state is None else State(state), reason, sent_at)


def figures(row: Row) -> NudgeFigures:
    """A row of the queries `nudge_counts` and `nudge_recount`."""
    kind, wording, arm, *counts = row
    return NudgeFigures(Kind(kind), wording, Arm(arm), *map(int, counts))
