"""Cohorts: their data, reads and statements."""

from dataclasses import dataclass
from enum import StrEnum

from storage.statements import Row, Statement, statement
from storage.store import Store


class State(StrEnum):
    """State of a cohort; values are stored, so never renamed."""

    OPEN = "open"
    """Accepts new members."""
    CLOSED = "closed"
    """Accepts no new members; its deadline still applies."""
    ARCHIVED = "archived"
    """Ended: its members get no reminders or broadcasts for it."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Learners who go through the course together. Times are UTC milliseconds.

    Attributes:
        id: id of the update that created it.
        zone: IANA name of the time zone of its dates.
        welcome: text for new members, as its facilitator typed it; "" for none.
        capacity: maximum number of members; `None` for no maximum.
        group: the Telegram group that gets its weekly summary; `None` for none.
        members: current number of members.
    """

    id: int
    name: str
    starts_at: int | None
    deadline: int | None
    zone: str
    welcome: str
    capacity: int | None
    state: State
    group: int | None
    made_at: int
    members: int = 0

    @property
    def is_full(self) -> bool:
        """Whether it has reached its capacity."""
        return self.capacity is not None and self.members >= self.capacity


@dataclass(frozen=True, slots=True)
class Bound:
    """A cohort with a Telegram group.

    Attributes:
        summarised_at: when the last summary was sent, or when the group was bound, in UTC
            milliseconds.
    """

    cohort: int
    zone: str
    group: int
    summarised_at: int


async def of(store: Store, cohort: int) -> Cohort | None:
    """Fetch a cohort by id; `None` when there is none."""
    rows = await store.rows(statement("cohort", cohort=cohort))
    return _cohort(rows[0]) if rows else None


async def led_by(store: Store, person: int, *, everything: bool = False) -> tuple[Cohort, ...]:
    """Fetch the cohorts that a person facilitates, or with `everything` all; archived last."""
    wanted = statement("cohorts_led", person=person, everything=int(everything))
    return tuple(map(_cohort, await store.rows(wanted)))


async def bound(store: Store) -> tuple[Bound, ...]:
    """Fetch the cohorts that have a group and are not archived."""
    return tuple(Bound(*row) for row in await store.rows(statement("cohorts_bound")))


def makes(cohort: Cohort, by: int) -> Statement:
    """Insert an open cohort; no effect if its id exists."""
    return statement(
        "add_cohort",
        cohort=cohort.id,
        name=cohort.name,
        starts_at=cohort.starts_at,
        deadline=cohort.deadline,
        zone=cohort.zone,
        welcome=cohort.welcome,
        capacity=cohort.capacity,
        made_by=by,
        made_at=cohort.made_at,
    )


def changes(cohort: Cohort) -> Statement:
    """Update all fields of a cohort that its facilitators set, i.e. not its group."""
    return statement(
        "change_cohort",
        cohort=cohort.id,
        name=cohort.name,
        starts_at=cohort.starts_at,
        deadline=cohort.deadline,
        zone=cohort.zone,
        welcome=cohort.welcome,
        capacity=cohort.capacity,
        state=cohort.state.value,
    )


def looks_at_members(cohort: int, at: int) -> Statement:
    """Set the next reminder check of all members of a cohort to `at`."""
    return statement("look_at_members", cohort=cohort, at=at)


def binds(cohort: int, group: int | None, at: int) -> Statement:
    """Bind a cohort to a Telegram group; with `None` unbind it."""
    return statement("bind_cohort", cohort=cohort, group_chat=group, at=at)


def loses(group: int) -> Statement:
    """Unbind every cohort from a group that no longer exists."""
    return statement("unbind_group", group_chat=group)


def moves(group: int, to: int) -> Statement:
    """Replace a group's id after Telegram migrated it."""
    return statement("move_group", group_chat=group, moved_to=to)


def summarises(cohort: int, at: int) -> Statement:
    """Record that a weekly summary is being sent, before it is."""
    return statement("summarise", cohort=cohort, at=at)


def summarises_again(one: Bound, noted_at: int) -> Statement:
    """Undo `claim_group_summary` for a summary that surely was not sent; it is due again."""
    return statement("unsummarise", cohort=one.cohort, at=one.summarised_at, expected=noted_at)


def _cohort(row: Row) -> Cohort:
    cohort, name, starts_at, deadline, zone, welcome, capacity, state, *rest = row
    return Cohort(
        cohort, name, starts_at, deadline, zone, welcome, capacity, State(state), *rest
    )  # fmt: skip
