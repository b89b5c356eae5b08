"""Making and facilitating cohorts; every action checks first that the person may."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.actions.access import Access, NotAllowed, access, record
from bot.actions.learner_state import Services, Turn
from course import local_time
from storage import (
    cohorts,
    dialogues,
    invitations,
    memberships,
    roles,
)
from storage.cohorts import Cohort, State
from storage.invitations import Invitation
from storage.memberships import Membership
from storage.statements import Statement

MEMBERS_AT_A_TIME = 10
"""Members on one page of a list."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A cohort as described, before it is created. Times are UTC milliseconds."""

    name: str
    zone: str
    starts_at: int | None = None
    deadline: int | None = None
    welcome: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Led:
    """A cohort as shown to those who may facilitate it.

    Attributes:
        facilitators: how many people facilitate it.
        links: invitations for learners that have not ended, newest first.
    """

    cohort: Cohort
    facilitators: int
    links: tuple[Invitation, ...]
    now: int


@dataclass(frozen=True, slots=True)
class Several:
    """Several of the person's cohorts match a name."""

    found: tuple[Cohort, ...]


@dataclass(frozen=True, slots=True)
class Enough:
    """Somebody leads as many cohorts as the settings allow, those that are over not counted."""

    most: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the members of a cohort, newest first.

    Attributes:
        number: of the page, from 0.
        is_last: whether no page follows.
    """

    cohort: Cohort
    members: tuple[Membership, ...]
    number: int
    is_last: bool


Found: TypeAlias = Led | Several | NotAllowed


async def all_led(services: Services, turn: Turn) -> tuple[Cohort, ...] | NotAllowed:
    """Load the cohorts a person facilitates, for an admin all of them; archived ones come last."""
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    return await cohorts.led_by(services.store, turn.learner, everything=may.is_admin)


async def led(services: Services, turn: Turn, cohort: int) -> Led | NotAllowed:
    """Load one cohort that a person may facilitate."""
    found = await _mine(services, turn, cohort)
    return found if isinstance(found, NotAllowed) else await _seen(services, turn, found)


async def named(services: Services, turn: Turn, name: str) -> Found:
    """Find the cohort whose name is `name`, or begins with it.

    Archived cohorts match only if no other does.
    """
    mine = await all_led(services, turn)
    if isinstance(mine, NotAllowed):
        return mine
    wanted = " ".join(name.casefold().split())
    exact = tuple(one for one in mine if one.name.casefold() == wanted)
    found = exact or tuple(one for one in mine if one.name.casefold().startswith(wanted))
    found = tuple(one for one in found if one.state is not State.ARCHIVED) or found
    if not found:
        return NotAllowed()
    return await _seen(services, turn, found[0]) if len(found) == 1 else Several(found)


async def enough(services: Services, turn: Turn) -> Enough | None:
    """Whether somebody may make no more; `None` when they may.

    What an admin only sees does not count, nor what the same turn has made at an earlier try.
    """
    theirs = await cohorts.led_by(services.store, turn.learner)
    number = sum(one.state is not State.ARCHIVED and one.id != turn.update for one in theirs)
    return Enough(services.most_cohorts) if number >= services.most_cohorts else None


async def make(services: Services, turn: Turn, wanted: Wanted) -> Led | Enough | NotAllowed:
    """Make a cohort and put it into the hands of whoever made it; ends their dialogue."""
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    if (reached := await enough(services, turn)) is not None:
        return reached
    made = Cohort(
        turn.update, wanted.name, wanted.starts_at, wanted.deadline, wanted.zone, wanted.welcome,
        wanted.capacity, State.OPEN, None, turn.at,
    )  # fmt: skip
    await record(
        services,
        turn,
        "make-cohort",
        made.id,
        "",
        cohorts.makes(made, turn.learner),
        roles.entrusts(turn.learner, made.id, turn.at),
        dialogues.closes(turn.learner, turn.update),
    )
    return await _seen(services, turn, made)


async def change(
    services: Services, turn: Turn, cohort: int, field: str, value: str | int | None
) -> Led | NotAllowed:
    """Change one field of a cohort: a field of `CohortDescription`, or its state.

    When the time zone changes, local dates and times stay the same.
    """
    before = await _mine(services, turn, cohort)
    if isinstance(before, NotAllowed):
        return before
    after = replace(before, **{field: value})  # type: ignore[arg-type]
    if after.zone != before.zone:
        after = replace(
            after,
            starts_at=_shown_there(before, before.starts_at, after.zone),
            deadline=_shown_there(before, before.deadline, after.zone),
        )
    changes: tuple[Statement, ...] = (
        cohorts.changes(after),
        dialogues.closes(turn.learner, turn.update),
    )
    if (before.deadline, before.state) != (after.deadline, after.state):
        changes += (cohorts.looks_at_members(cohort, turn.at),)
    detail = after.state.value if field == "state" else field
    await record(services, turn, "change-cohort", cohort, detail, *changes)
    return await _seen(services, turn, after)


async def archive(services: Services, turn: Turn, cohort: int) -> Led | NotAllowed:
    """Archive a cohort: revoke its links, drop its deadline, and unbind its group."""
    before = await _mine(services, turn, cohort)
    if isinstance(before, NotAllowed):
        return before
    after = replace(before, state=State.ARCHIVED, group=None)
    await record(
        services,
        turn,
        "archive-cohort",
        cohort,
        "",
        cohorts.changes(after),
        cohorts.binds(cohort, None, turn.at),
        invitations.revokes(cohort, turn.at),
        invitations.revokes_grants(cohort, turn.at),
        cohorts.looks_at_members(cohort, turn.at),
    )
    return await _seen(services, turn, after)


async def members(services: Services, turn: Turn, cohort: int, page: int) -> Page | NotAllowed:
    """Load a page of a cohort's members, from 0; a page beyond the end gives the first."""
    found = await _mine(services, turn, cohort)
    if isinstance(found, NotAllowed):
        return found
    number = page if page * MEMBERS_AT_A_TIME < max(found.members, 1) else 0
    skip, most = number * MEMBERS_AT_A_TIME, MEMBERS_AT_A_TIME
    shown = await memberships.members(services.store, cohort, skip, most + 1)
    return Page(found, shown[:most], number, is_last=len(shown) <= most)


async def bind(services: Services, turn: Turn, cohort: int, group: int | None) -> Led | NotAllowed:
    """Send a cohort's weekly summary to a group, or with `None` to no group."""
    found = await _mine(services, turn, cohort)
    if isinstance(found, NotAllowed) or found.state is State.ARCHIVED:
        return NotAllowed()
    act = "unbind-group" if group is None else "bind-group"
    await record(services, turn, act, cohort, "", cohorts.binds(cohort, group, turn.at))
    return await _seen(services, turn, replace(found, group=group))


def _shown_there(before: Cohort, at: int | None, zone: str) -> int | None:
    """The time at which clocks in `zone` show what the cohort's clock showed at `at`."""
    return None if at is None else local_time.instant(zone, local_time.local(before.zone, at))


async def _mine(services: Services, turn: Turn, cohort: int) -> Cohort | NotAllowed:
    may: Access = await access(services, turn)
    if not may.may_lead(cohort):
        return NotAllowed()
    return await cohorts.of(services.store, cohort) or NotAllowed()


async def _seen(services: Services, turn: Turn, cohort: Cohort) -> Led:
    people = await roles.facilitators(services.store, cohort.id)
    links = await invitations.of_cohort(services.store, cohort.id, turn.at)
    return Led(cohort, len(people), links, turn.at)
