"""Cohorts: their data, reads and statements."""

from dataclasses import dataclass
from enum import StrEnum

from storage.outbox import Delivery, move_deliveries
from storage.statements import Row, Statement, statement
from storage.store import Store


class CohortState(StrEnum):
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
    state: CohortState
    group: int | None
    made_at: int
    members: int = 0

    @property
    def is_full(self) -> bool:
        """Whether it has reached its capacity."""
        return self.capacity is not None and self.members >= self.capacity


@dataclass(frozen=True, slots=True)
class CohortGroup:
    """A cohort with a Telegram group.

    Attributes:
        summarised_at: when the last summary was queued, or when the group was bound, in UTC
            milliseconds.
    """

    cohort: int
    zone: str
    group: int
    summarised_at: int


async def fetch_cohort(store: Store, cohort: int) -> Cohort | None:
    """Fetch a cohort by id; `None` when there is none."""
    rows = await store.fetch_rows(statement("fetch_cohort", cohort=cohort))
    return _cohort_from_row(rows[0]) if rows else None


async def fetch_facilitated_cohorts(
    store: Store, person: int, *, all_cohorts: bool = False
) -> tuple[Cohort, ...]:
    """Fetch the cohorts that a person facilitates, or with `all_cohorts` all; archived last."""
    wanted = statement("fetch_facilitated_cohorts", person=person, everything=int(all_cohorts))
    return tuple(map(_cohort_from_row, await store.fetch_rows(wanted)))


async def fetch_cohort_groups(store: Store) -> tuple[CohortGroup, ...]:
    """Fetch the cohorts that have a group and are not archived."""
    return tuple(
        CohortGroup(*row) for row in await store.fetch_rows(statement("fetch_cohort_groups"))
    )


def add_cohort(cohort: Cohort, made_by: int) -> Statement:
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
        made_by=made_by,
        made_at=cohort.made_at,
    )


def update_cohort(cohort: Cohort) -> Statement:
    """Update all fields of a cohort that its facilitators set, i.e. not its group."""
    return statement(
        "update_cohort",
        cohort=cohort.id,
        name=cohort.name,
        starts_at=cohort.starts_at,
        deadline=cohort.deadline,
        zone=cohort.zone,
        welcome=cohort.welcome,
        capacity=cohort.capacity,
        state=cohort.state.value,
    )


def schedule_members_check(cohort: int, at: int) -> Statement:
    """Set the next reminder check of all members of a cohort to `at`."""
    return statement("schedule_members_check", cohort=cohort, at=at)


def set_cohort_group(cohort: int, group: int | None, at: int) -> Statement:
    """Bind a cohort to a Telegram group; with `None` unbind it."""
    return statement("set_cohort_group", cohort=cohort, group_chat=group, at=at)


def unbind_group(group: int) -> Statement:
    """Unbind every cohort from a group that no longer exists."""
    return statement("unbind_group", group_chat=group)


def migrate_group(group: int, new_group: int) -> tuple[Statement, ...]:
    """Replace a group's id after Telegram migrated it, also in what waits for the group."""
    return (
        statement("migrate_group", group_chat=group, moved_to=new_group),
        move_deliveries(group, new_group),
    )


def queue_group_summary(one: CohortGroup, day: str, at: int) -> tuple[Statement, ...]:
    """Queue the weekly summary of a cohort for its group, once for its local `day`."""
    return (
        statement(
            "queue_group_summary",
            cohort=one.cohort,
            recipient=one.group,
            subject=f"{one.cohort}:{day}",
            at=at,
        ),
        statement("mark_group_summarised", cohort=one.cohort, at=at),
    )


def cohort_of_summary(delivery: Delivery) -> int:
    """Return the cohort that a queued summary is about."""
    return int(delivery.subject.partition(":")[0])


def _cohort_from_row(row: Row) -> Cohort:
    cohort, name, starts_at, deadline, zone, welcome, capacity, state, *rest = row
    return Cohort(
        cohort, name, starts_at, deadline, zone, welcome, capacity, CohortState(state), *rest
    )  # fmt: skip
