"""The radar of a cohort: who may need their facilitator, and which concerns are handled."""

from collections.abc import Set
from dataclasses import dataclass
from typing import TypeAlias

from bot.actions.access import NotAllowed, access, record
from bot.actions.audiences import active
from bot.actions.learner_state import Services, Turn
from course.cohorts.radar import Concern, Sighting, Standing, sightings, unseen
from course.model import LearnerId
from storage import (
    cohorts,
    memberships,
    radar,
    support_requests,
)
from storage.cohorts import Cohort, State
from storage.memberships import Membership
from storage.radar import Watched
from storage.statements import Statement

AT_A_TIME = 3
"""People on one page: each has two buttons."""

LARGE = 1_000
"""Members above which the radar is cached for a minute: computing it takes seconds."""

_KEPT = 60_000

# Members read at a time: few, so that learners' updates are not delayed by a long read.
_PAGE = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A person on the radar.

    Attributes:
        name: the name they chose; `None` for the pseudonym.
        alerts: the reasons, newest first; at least one.
    """

    learner: LearnerId
    membership: int
    called: str
    name: str | None
    sightings: tuple[Sighting, ...]

    @property
    def concern(self) -> Concern:
        """The most urgent concern: what a note to them would be about."""
        return first({one.concern for one in self.sightings})

    @property
    def can_be_told(self) -> bool:
        """Whether anything unasked reaches them."""
        return self.concern is not Concern.UNREACHABLE


@dataclass(frozen=True, slots=True)
class Radar:
    """A page of the radar.

    Attributes:
        entries: people on this page, newest first.
        total: how many people there are on all pages.
        handled_count: how many people have only handled concerns; 0 in the list of those.
        shows_handled: whether this is the list of people with only handled concerns.
        waiting_questions: how many questions of learners wait for an answer.
        number: of the page, from 0.
    """

    cohort: Cohort
    people: tuple[Shown, ...]
    total: int
    others: int
    dealt_with: bool
    waiting: int
    number: int
    now: int

    @property
    def is_last(self) -> bool:
        """Whether no page follows."""
        return (self.number + 1) * AT_A_TIME >= self.total


Found: TypeAlias = Radar | NotAllowed

# Which concern counts for a person with several: the first of these.
_FIRST = (
    Concern.UNREACHABLE,
    Concern.STUCK,
    Concern.NOT_STARTED,
    Concern.SILENT,
    Concern.BEHIND,
)


async def choosable(services: Services, turn: Turn) -> tuple[Cohort, ...] | NotAllowed:
    """Load the cohorts whose radar a person may see, newest first, without archived ones."""
    may = await access(services, turn)
    if not may.is_facilitator:
        return NotAllowed()
    led = await cohorts.led_by(services.store, turn.learner, everything=may.is_admin)
    return tuple(one for one in led if one.state is not State.ARCHIVED)


async def look(
    services: Services, turn: Turn, cohort: int, number: int = 0, *, dealt_with: bool = False
) -> Found:
    """Load a page of a cohort's radar, from 0; a page beyond the end gives the first."""
    found = await _mine(services, turn, cohort)
    if isinstance(found, NotAllowed):
        return found
    everybody = await on_radar(services, found, turn.at)
    dealt = await radar.seen(services.store, cohort)
    fresh = [one for one in everybody if _fresh(one, dealt)]
    shown = [one for one in everybody if not _fresh(one, dealt)] if dealt_with else fresh
    others = 0 if dealt_with else len(everybody) - len(fresh)
    number = number if number * AT_A_TIME < len(shown) else 0
    page = tuple(shown[number * AT_A_TIME : (number + 1) * AT_A_TIME])
    waiting = (await support_requests.count(services.store, cohort)).count
    return Radar(found, page, len(shown), others, dealt_with, waiting, number, turn.at)


async def on_radar(services: Services, cohort: Cohort, now: int) -> list[Shown]:
    """Load everyone of a cohort who is on its radar at `now`, newest first.

    The cost grows with the members (bench/radar.py), so a large cohort is computed at most once a
    minute. `fetch_page` leaves out concerns that were handled since then.
    """
    known = services.looks.get(cohort.id)
    if known is not None and known[0] == cohort and 0 <= now - known[1] < _KEPT:
        kept: list[Shown] = known[2]
        return kept
    found = await _looked(services, cohort, now)
    if cohort.members > LARGE:
        services.looks[cohort.id] = (cohort, now, found)
    return found


async def _looked(services: Services, cohort: Cohort, now: int) -> list[Shown]:
    """Compute the entries of a cohort, reading its members in pages."""
    found: list[Shown] = []
    beyond = 0
    while page := await radar.members(services.store, cohort.id, beyond, _PAGE):
        beyond = page[-1].learner
        found += [one for each in page if (one := judged(services, cohort, each, now)) is not None]
    return sorted(found, key=lambda one: (-one.sightings[0].since, one.membership))


def judged(services: Services, cohort: Cohort, member: Watched, now: int) -> Shown | None:
    """The radar entry of a member at `now`; `None` without any concern."""
    progress = member.progress.credited(services.course)
    standing = Standing(
        progress,
        active(member.active_at, progress),
        max(member.joined_at, cohort.starts_at or 0),
        cohort.deadline,
        member.unreachable_at,
    )
    found = sightings(services.course, standing, now)
    if not found:
        return None
    return Shown(member.learner, member.membership, member.called, member.name, found)


async def one(services: Services, turn: Turn, membership: int) -> tuple[Cohort, Shown] | NotAllowed:
    """Load the radar entry of a member, if the person may facilitate their cohort."""
    found = await member(services, turn, membership)
    if isinstance(found, NotAllowed):
        return found
    cohort = await cohorts.of(services.store, found.cohort)
    watched = await radar.members(services.store, found.cohort, found.learner - 1, 1)
    if cohort is None or not watched:
        return NotAllowed()
    shown = judged(services, cohort, watched[0], turn.at)
    return NotAllowed() if shown is None else (cohort, shown)


async def member(services: Services, turn: Turn, membership: int) -> Membership | NotAllowed:
    """Load a member, if the person may facilitate their cohort."""
    found = await memberships.by_id(services.store, membership)
    may = await access(services, turn)
    if found is None or found.state is State.ARCHIVED or not may.may_lead(found.cohort):
        return NotAllowed()
    return found


async def is_dealt_with(services: Services, cohort: int, shown: Shown) -> bool:
    """Whether a facilitator has handled all concerns about a person."""
    return not _fresh(shown, await radar.seen(services.store, cohort))


async def deal_with(services: Services, turn: Turn, membership: int) -> Membership | NotAllowed:
    """Mark a person's concerns as handled: they leave the radar until something new happens."""
    found = await one(services, turn, membership)
    if isinstance(found, NotAllowed):  # no concern is left meanwhile
        return await member(services, turn, membership)
    cohort, shown = found
    changes = sees(cohort.id, shown, turn.at)
    await record(services, turn, "radar-seen", membership, "", *changes)
    return await member(services, turn, membership)


def sees(cohort: int, shown: Shown, at: int) -> tuple[Statement, ...]:
    """Statements that mark all concerns about a person as handled."""
    return tuple(radar.sees(cohort, shown.learner, one.concern, at) for one in shown.sightings)


def first(concerns: Set[Concern]) -> Concern:
    """The most urgent of several concerns about a person."""
    return next(one for one in _FIRST if one in concerns)


def _fresh(shown: Shown, dealt: dict[LearnerId, dict[Concern, int]]) -> bool:
    return bool(unseen(shown.sightings, dealt.get(shown.learner, {})))


async def _mine(services: Services, turn: Turn, cohort: int) -> Cohort | NotAllowed:
    may = await access(services, turn)
    found = await cohorts.of(services.store, cohort) if may.may_lead(cohort) else None
    return found if found is not None and found.state is not State.ARCHIVED else NotAllowed()
