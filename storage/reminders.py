"""Due reminders, sent or held out, and what learners did after them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from course.model import LearnerId
from course.reminders.experiment import ExperimentArm
from course.reminders.rhythm import ReminderKind
from course.statistics.intervals import Proportion, are_large_enough, newcombe_interval
from course.statistics.overview import ReminderFigures
from storage.outbox import DeliveryState
from storage.statements import Phase, Row, Statement, statement


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A time at which a reminder was due.

    Attributes:
        name: unique among the learner's due reminders; see `due_reminder_name`.
        wording: index of the wording, from 0.
        at: when it was taken, in UTC milliseconds.
    """

    name: str
    kind: ReminderKind
    wording: int
    arm: ExperimentArm
    at: int

    @property
    def since(self) -> int:
        """The activity it counts from, in UTC milliseconds."""
        return int(self.name.partition(":")[0])


def due_reminder_name(since: int, kind: ReminderKind) -> str:
    """Name of the due reminder of a kind that counts from `since` (UTC milliseconds)."""
    return f"{since}:{kind.value}"


@dataclass(frozen=True, slots=True)
class NextReminderState:
    """The learner's reminder fields after a due reminder; see `storage.learners.Learner`."""

    used: int
    deadline_used: int | None
    snoozed_until: int | None
    next_nudge_at: int | None


@dataclass(frozen=True, slots=True)
class LastReminder:
    """A learner's latest due reminder.

    Attributes:
        state: state of its delivery; `None` when it was held out.
        reason: the outbox's reason why it was not sent; `None` when there is none.
        sent_at: when it was sent, or may have been; `None` when it was not.
    """

    due: DueReminder
    state: DeliveryState | None
    reason: str | None
    sent_at: int | None

    @property
    def was_delivered(self) -> bool:
        """Whether its message was delivered, or may have been."""
        return self.state in (DeliveryState.SENT, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class ReminderCounts:
    """Counts of what followed reminders of one kind, wording and experiment arm.

    Attributes:
        due: due reminders, sent or held out.
        sent: messages accepted by Telegram.
        returned_in_day: learner read or answered something within 24 hours.
        returned_in_three_days: learner read or answered something within 72 hours.
        stopped: learner stopped reminders within 72 hours.
        blocked: learner blocked the bot within 72 hours.
        snoozed: learner snoozed reminders within 72 hours.
    """

    kind: ReminderKind
    wording: int
    arm: ExperimentArm
    due: int
    sent: int
    returned_in_day: int
    returned_in_three_days: int
    stopped: int
    blocked: int
    snoozed: int


def take_due_reminder(
    learner: LearnerId, expected: int, taken: DueReminder, after: NextReminderState
) -> tuple[Statement, ...]:
    """Take a due reminder and queue its message in the outbox, unless it is held out.

    No effect if the learner's next check is not `expected` any more: they were active, or another
    tick took it.

    Args:
        expected: scheduled time of the check, i.e. since when the reminder was due.
    """
    own: dict[str, int | str] = {"learner": learner, "opportunity": taken.name, "at": taken.at}
    details = {"kind": taken.kind.value, "wording": taken.wording, "arm": taken.arm.value}
    return (
        statement(
            "take_due_reminder",
            learner=learner,
            expected=expected,
            at=taken.at,
            **asdict(after),
        ),
        statement("increment_reminder_counts", **own, **details),
        statement("add_reminder", **own, **details),
        statement("supersede_reminders", **own),
        statement("queue_reminder", **own, due_at=min(expected, taken.at)),
    )


def record_return(learner: LearnerId, at: int) -> tuple[Statement, ...]:
    """Record that the learner read or answered something, for the due reminders before it."""
    return (
        statement("count_return", Phase.BEFORE_FACTS, learner=learner, at=at),
        statement("mark_return", learner=learner, at=at),
    )


def record_negative_reaction(
    learner: LearnerId,
    at: int,
    *,
    stopped: bool = False,
    blocked: bool = False,
    snoozed: bool = False,
) -> tuple[Statement, ...]:
    """Record a stop, block or snooze by the learner, for the due reminders before it."""
    price = {"stopped": int(stopped), "blocked": int(blocked), "snoozed": int(snoozed)}
    return (
        statement("count_negative_reaction", Phase.BEFORE_FACTS, learner=learner, at=at, **price),
        statement("mark_negative_reaction", learner=learner, at=at, **price),
    )


def due_reminder_from_row(name: str, row: Row) -> DueReminder:
    """Parse a row with kind, wording, arm and time."""
    kind, wording, arm, at = row
    return DueReminder(name, ReminderKind(kind), wording, ExperimentArm(arm), at)


def last_reminder_from_row(row: Row) -> LastReminder:
    """Parse the row of the query `fetch_last_reminder`."""
    name, kind, wording, arm, at, state, reason, sent_at = row
    known = due_reminder_from_row(name, (kind, wording, arm, at))
    return LastReminder(known, None if state is None else DeliveryState(state), reason, sent_at)


def reminder_counts_from_row(row: Row) -> ReminderCounts:
    """Parse a row of the queries `fetch_reminder_counts` and `recount_reminders`."""
    kind, wording, arm, *counts = row
    return ReminderCounts(ReminderKind(kind), wording, ExperimentArm(arm), *map(int, counts))


def reminder_figures(found: Sequence[ReminderCounts]) -> tuple[ReminderFigures, ...]:
    """Compare learners who returned after a reminder was sent and after one was held out.

    Returns:
        The figures of each kind of reminder; kinds without any are left out.
    """
    kinds = (kind for kind in ReminderKind if any(one.kind is kind for one in found))
    return tuple(
        _figures_of_kind(kind, [one for one in found if one.kind is kind]) for kind in kinds
    )


def _figures_of_kind(kind: ReminderKind, found: Sequence[ReminderCounts]) -> ReminderFigures:
    sent = [one for one in found if one.arm is ExperimentArm.SEND]
    with_it, without = (
        _proportion_returned(sent),
        _proportion_returned([one for one in found if one.arm is ExperimentArm.HOLD]),
    )
    effect = newcombe_interval(with_it, without) if are_large_enough(with_it, without) else None
    return ReminderFigures(
        kind,
        with_it,
        without,
        effect,
        stopped=sum(one.stopped for one in sent),
        blocked=sum(one.blocked for one in sent),
        snoozed=sum(one.snoozed for one in sent),
    )


def _proportion_returned(found: Sequence[ReminderCounts]) -> Proportion:
    return Proportion(
        sum(one.returned_in_three_days for one in found), sum(one.due for one in found)
    )
