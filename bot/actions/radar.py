"""The radar of a cohort: who may need their facilitator, and which concerns are handled."""

from collections.abc import Set
from dataclasses import dataclass

from bot.actions.access import NotAllowedError, load_access, load_facilitator_access, write_audited
from bot.actions.audiences import last_active_at
from bot.actions.cohorts import fetch_current_cohorts, fetch_facilitated_cohort
from bot.actions.learner_state import Interaction, Services
from course.cohorts.radar import (
    Concern,
    MemberSituation,
    RadarAlert,
    radar_alerts,
    unhandled_alerts,
)
from course.model import LearnerId
from storage import cohorts, memberships, radar, support_requests
from storage.cohorts import Cohort, CohortState
from storage.memberships import Membership
from storage.radar import RadarMember
from storage.statements import Statement

PAGE_SIZE = 3
"""People on one page: each has two buttons."""

LARGE_COHORT = 1_000
"""Members above which the radar is cached for a minute: computing it takes seconds."""

_CACHED_MILLISECONDS = 60_000

# Members read at a time: few, so that learners' updates are not delayed by a long read.
_READ_SIZE = 20


@dataclass(frozen=True, slots=True)
class RadarEntry:
    """A person on the radar.

    Attributes:
        name: the name they chose; `None` for the pseudonym.
        alerts: the reasons, newest first; at least one.
    """

    learner: LearnerId
    membership: int
    display_name: str
    name: str | None
    alerts: tuple[RadarAlert, ...]

    @property
    def concern(self) -> Concern:
        """The most urgent concern: what a note to them would be about."""
        return most_urgent({one.concern for one in self.alerts})

    @property
    def can_be_messaged(self) -> bool:
        """Whether anything unasked reaches them."""
        return self.concern is not Concern.UNREACHABLE


@dataclass(frozen=True, slots=True)
class RadarPage:
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
    entries: tuple[RadarEntry, ...]
    total: int
    handled_count: int
    shows_handled: bool
    waiting_questions: int
    number: int
    now: int

    @property
    def is_last(self) -> bool:
        """Whether no page follows."""
        return (self.number + 1) * PAGE_SIZE >= self.total


# Which concern counts for a person with several: the first of these.
_BY_URGENCY = (
    Concern.UNREACHABLE,
    Concern.STUCK,
    Concern.NOT_STARTED,
    Concern.SILENT,
    Concern.BEHIND,
)


async def fetch_cohorts(services: Services, interaction: Interaction) -> tuple[Cohort, ...]:
    """Load the cohorts whose radar a person may see, newest first, without archived ones."""
    access = await load_facilitator_access(services, interaction)
    return await fetch_current_cohorts(services, access)


async def fetch_page(
    services: Services,
    interaction: Interaction,
    cohort: int,
    number: int = 0,
    *,
    handled: bool = False,
) -> RadarPage:
    """Load a page of a cohort's radar, from 0; a page beyond the end gives the first."""
    found = await fetch_facilitated_cohort(services, interaction, cohort)
    if found.state is CohortState.ARCHIVED:
        raise NotAllowedError
    everybody = await fetch_entries(services, found, interaction.at)
    dealt = await radar.fetch_handled_concerns(services.store, cohort)
    fresh = [one for one in everybody if _has_unhandled(one, dealt)]
    shown = [one for one in everybody if not _has_unhandled(one, dealt)] if handled else fresh
    others = 0 if handled else len(everybody) - len(fresh)
    number = number if number * PAGE_SIZE < len(shown) else 0
    page = tuple(shown[number * PAGE_SIZE : (number + 1) * PAGE_SIZE])
    waiting = (await support_requests.count_waiting_requests(services.store, cohort)).count
    return RadarPage(found, page, len(shown), others, handled, waiting, number, interaction.at)


async def fetch_entries(services: Services, cohort: Cohort, now: int) -> list[RadarEntry]:
    """Load everyone of a cohort who is on its radar at `now`, newest first.

    The cost grows with the members, so a large cohort is computed at most once a
    minute. `fetch_page` leaves out concerns that were handled since then.
    """
    known = services.radar_cache.get(cohort.id)
    if known is not None and known[0] == cohort and 0 <= now - known[1] < _CACHED_MILLISECONDS:
        kept: list[RadarEntry] = known[2]
        return kept
    found = await _compute_entries(services, cohort, now)
    if cohort.members > LARGE_COHORT:
        services.radar_cache[cohort.id] = (cohort, now, found)
    return found


async def _compute_entries(services: Services, cohort: Cohort, now: int) -> list[RadarEntry]:
    """Compute the entries of a cohort, reading its members in pages."""
    found: list[RadarEntry] = []
    beyond = 0
    while page := await radar.fetch_radar_members(services.store, cohort.id, beyond, _READ_SIZE):
        beyond = page[-1].learner
        found += [
            one for each in page if (one := assess_member(services, cohort, each, now)) is not None
        ]
    return sorted(found, key=lambda one: (-one.alerts[0].since, one.membership))


def assess_member(
    services: Services, cohort: Cohort, member: RadarMember, now: int
) -> RadarEntry | None:
    """The radar entry of a member at `now`; `None` without any concern."""
    progress = member.progress.with_current_key(services.course)
    status = MemberSituation(
        progress,
        last_active_at(member.active_at, progress),
        max(member.joined_at, cohort.starts_at or 0),
        cohort.deadline,
        member.unreachable_at,
    )
    found = radar_alerts(services.course, status, now)
    if not found:
        return None
    return RadarEntry(member.learner, member.membership, member.display_name, member.name, found)


async def fetch_entry(
    services: Services, interaction: Interaction, membership: int
) -> tuple[Cohort, RadarEntry] | None:
    """Load the radar entry of a member, if the person may facilitate their cohort.

    `None` when there is nothing to be concerned about, or not any more.
    """
    found = await fetch_member(services, interaction, membership)
    cohort = await cohorts.fetch_cohort(services.store, found.cohort)
    watched = await radar.fetch_radar_members(services.store, found.cohort, found.learner - 1, 1)
    if cohort is None or not watched:
        return None
    shown = assess_member(services, cohort, watched[0], interaction.at)
    return None if shown is None else (cohort, shown)


async def fetch_member(services: Services, interaction: Interaction, membership: int) -> Membership:
    """Load a member, if the person may facilitate their cohort."""
    found = await memberships.fetch_membership(services.store, membership)
    access = await load_access(services, interaction)
    if (
        found is None
        or found.state is CohortState.ARCHIVED
        or not access.may_facilitate(found.cohort)
    ):
        raise NotAllowedError
    return found


async def is_handled(services: Services, cohort: int, entry: RadarEntry) -> bool:
    """Whether a facilitator has handled all concerns about a person."""
    return not _has_unhandled(entry, await radar.fetch_handled_concerns(services.store, cohort))


async def mark_handled(services: Services, interaction: Interaction, membership: int) -> Membership:
    """Mark a person's concerns as handled: they leave the radar until something new happens."""
    found = await fetch_entry(services, interaction, membership)
    if found is not None:
        cohort, shown = found
        changes = mark_concerns_handled(cohort.id, shown, interaction.at)
        await write_audited(services, interaction, "radar-seen", membership, "", *changes)
    return await fetch_member(services, interaction, membership)


def mark_concerns_handled(cohort: int, entry: RadarEntry, at: int) -> tuple[Statement, ...]:
    """Statements that mark all concerns about a person as handled."""
    return tuple(
        radar.mark_concern_handled(cohort, entry.learner, one.concern, at) for one in entry.alerts
    )


def most_urgent(concerns: Set[Concern]) -> Concern:
    """The most urgent of several concerns about a person."""
    return next(one for one in _BY_URGENCY if one in concerns)


def _has_unhandled(entry: RadarEntry, handled: dict[LearnerId, dict[Concern, int]]) -> bool:
    return bool(unhandled_alerts(entry.alerts, handled.get(entry.learner, {})))
