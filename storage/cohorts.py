"""Cohorts: what is kept of them, and statements to change it."""

from dataclasses import dataclass
from enum import StrEnum

from storage.statements import Row, Statement, statement
from storage.store import Store


class State(StrEnum):
    """How far a cohort is; stored, so never renamed."""

    OPEN = "open"
    """May be joined."""
    CLOSED = "closed"
    """Nobody joins any more; its deadline still counts."""
    ARCHIVED = "archived"
    """Over: nobody is reminded for it, and nothing is sent to it."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """Learners who go through the course together. Times are UTC milliseconds.

    Attributes:
        id: the update that made it.
        zone: an IANA name; its dates were meant there.
        welcome: a text for those who join, as its facilitator typed it; "" for none.
        capacity: how many may belong to it; `None` for any number.
        group: the Telegram group that gets its weekly summary.
        members: how many belong to it now.
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
        """Whether there is no room for another one."""
        return self.capacity is not None and self.members >= self.capacity


@dataclass(frozen=True, slots=True)
class Bound:
    """A cohort that has a group.

    Attributes:
        summarised_at: when the last summary went out, or when the group was bound.
    """

    cohort: int
    zone: str
    group: int
    summarised_at: int


async def of(store: Store, cohort: int) -> Cohort | None:
    """The cohort of this id; `None` when there is none."""
    rows = await store.rows(statement("cohort", cohort=cohort))
    return _cohort(rows[0]) if rows else None


async def led_by(store: Store, person: int, *, everything: bool = False) -> tuple[Cohort, ...]:
    """The cohorts in somebody's hands, or with `everything` all; those that are over come last."""
    wanted = statement("cohorts_led", person=person, everything=int(everything))
    return tuple(map(_cohort, await store.rows(wanted)))


async def bound(store: Store) -> tuple[Bound, ...]:
    """The cohorts that have a group and are not over."""
    return tuple(Bound(*row) for row in await store.rows(statement("cohorts_bound")))


def makes(cohort: Cohort, by: int) -> Statement:
    """Make a cohort, open; the same id makes one."""
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
    """Keep everything about a cohort as it is now, its group excepted."""
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
    """Have whoever belongs to a cohort looked at anew for reminders."""
    return statement("look_at_members", cohort=cohort, at=at)


def binds(cohort: int, group: int | None, at: int) -> Statement:
    """Tie a cohort to a group, or with `None` untie it."""
    return statement("bind_cohort", cohort=cohort, group_chat=group, at=at)


def loses(group: int) -> Statement:
    """Untie every cohort from a group that is gone."""
    return statement("unbind_group", group_chat=group)


def moves(group: int, to: int) -> Statement:
    """A group has got another id."""
    return statement("move_group", group_chat=group, moved_to=to)


def summarises(cohort: int, at: int) -> Statement:
    """Note that a weekly summary goes out."""
    return statement("summarise", cohort=cohort, at=at)


def summarises_again(one: Bound, noted_at: int) -> Statement:
    """The summary that was noted at `noted_at` surely did not go out: it is due as before."""
    return statement("unsummarise", cohort=one.cohort, at=one.summarised_at, expected=noted_at)


def _cohort(row: Row) -> Cohort:
    cohort, name, starts_at, deadline, zone, welcome, capacity, state, *rest = row
    return Cohort(
        cohort, name, starts_at, deadline, zone, welcome, capacity, State(state), *rest
    )  # fmt: skip
