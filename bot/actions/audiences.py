"""The audience of a broadcast, in pages: who gets it and when, or why they are left out."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from bot.actions.learner_state import Services
from bot.i18n import parse_language_tag
from course.cohorts import audiences
from course.cohorts.audiences import ExclusionReason, Person
from course.learning.progress import Progress
from course.model import LearnerId
from course.statistics.suppression import MIN_PEOPLE
from storage import recipients
from storage.broadcasts import Broadcast
from storage.recipients import Candidate, LearnerCohort
from storage.statements import Statement

# People in a page: few, so that learners' updates are not delayed by a long read.
_PAGE_SIZE = 100

# Histories that are read at the same time: the database has few connections.
_CONCURRENT_READS = 16


@dataclass(frozen=True, slots=True)
class AudienceMember:
    """One person of an audience.

    Attributes:
        due_at: when their message may be sent, in UTC milliseconds.
        exclusion: why they get none; `None` when they get one.
    """

    learner: LearnerId
    due_at: int
    exclusion: ExclusionReason | None


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """How many people a broadcast is for.

    Attributes:
        at_once: people who get it as soon as it is sent.
        later: people who get it later, because of quiet hours or since it goes at their own hour.
        excluded: people who get nothing, by reason.
        sample: one of those who get it, else one of those left out; `None` for an empty audience.
    """

    at_once: int
    later: int
    excluded: Counter[ExclusionReason]
    sample: LearnerId | None

    @property
    def reached(self) -> int:
        """How many people get it, at once or later."""
        return self.at_once + self.later


async def iterate_audience(
    services: Services, broadcast: Broadcast, at: int
) -> AsyncIterator[tuple[AudienceMember, ...]]:
    """Everybody of the audience, each once, as things stand when it is sent at `at`."""
    async for fitting in _fitting_pages(services, broadcast, at):
        yield tuple(_assess(broadcast, one, at) for one in fitting)


def recipient_statements(
    broadcast: Broadcast, page: Sequence[AudienceMember], now: int
) -> tuple[Statement, ...]:
    """Statements that add everyone of a page to the outbox; repeating them adds nobody."""
    return tuple(
        recipients.queue_broadcast_delivery(broadcast, one.learner, one.due_at, now)
        if one.exclusion is None
        else recipients.exclude_recipient(broadcast, one.learner, one.exclusion.value, now)
        for one in page
    )


async def _fitting_pages(
    services: Services, broadcast: Broadcast, at: int
) -> AsyncIterator[list[Person]]:
    async for page in _candidate_pages(services, broadcast):
        yield await _matching_people(services, broadcast, [_read(one.person) for one in page], at)


def _read(person: Person) -> Person:
    """Somebody with a language that Babel knows; tags were once kept as they came."""
    return replace(person, language=parse_language_tag(person.language))


async def _candidate_pages(
    services: Services, broadcast: Broadcast
) -> AsyncIterator[list[Candidate]]:
    """Iterate over everyone in its cohorts in pages, each person once."""
    seen: set[LearnerId] = set()
    chosen = broadcast.audience.cohorts
    for cohort in (None,) if chosen is None else sorted(chosen):
        beyond = 0
        while page := await recipients.fetch_candidates(services.store, cohort, beyond, _PAGE_SIZE):
            beyond = page[-1].person.learner
            new = [one for one in page if one.person.learner not in seen]
            if chosen is not None and len(chosen) > 1:
                seen.update(one.person.learner for one in new)
            yield new


async def count_audience(services: Services, broadcast: Broadcast, at: int) -> AudienceCount:
    """Count the people a broadcast is for if it is sent at `at`."""
    now, later = 0, 0
    left_out: Counter[ExclusionReason] = Counter()
    sample, spare = None, None
    async for page in iterate_audience(services, broadcast, at):
        for judged in page:
            if judged.exclusion is not None:
                left_out[judged.exclusion] += 1
                spare = judged.learner if spare is None else spare
                continue
            sample = judged.learner if sample is None else sample
            now, later = now + (judged.due_at <= at), later + (judged.due_at > at)
    return AudienceCount(now, later, left_out, spare if sample is None else sample)


async def fetch_languages(services: Services, broadcast: Broadcast, at: int) -> tuple[str, ...]:
    """Codes of the languages of its people, whichever it is for; the most frequent first.

    Languages of fewer than `MIN_PEOPLE` people are left out: facilitators could tell who they are.
    """
    found: Counter[str] = Counter()
    everybody = replace(broadcast, audience=replace(broadcast.audience, language=None))
    async for page in _fitting_pages(services, everybody, at):
        found.update(code for person in page if (code := audiences.language_code(person.language)))
    return tuple(code for code, number in found.most_common() if number >= MIN_PEOPLE)


async def has_too_few_speakers(services: Services, broadcast: Broadcast, at: int) -> bool:
    """Whether it is for the people with one language, and they are fewer than `MIN_PEOPLE`."""
    wanted = broadcast.audience.language
    if wanted is None or broadcast.audience.cohorts == frozenset():
        return False
    return wanted not in await fetch_languages(services, broadcast, at)


def due_time(broadcast: Broadcast, person: Person, at: int) -> int:
    """When a message sent at `at` may go to a person: their own hour and quiet hours are kept."""
    if broadcast.local_hour is not None:
        at = audiences.next_time_at_local_hour(person, broadcast.local_hour, at)
    return audiences.next_time_outside_quiet_hours(person, at, urgent=broadcast.urgent)


def find_learner_cohort(
    broadcast: Broadcast, learner_cohorts: Sequence[LearnerCohort]
) -> LearnerCohort | None:
    """The cohort through which somebody belongs to an audience; `None` if there is none."""
    cohorts = broadcast.audience.cohorts
    return next((one for one in learner_cohorts if cohorts is None or one.cohort in cohorts), None)


async def _matching_people(
    services: Services, broadcast: Broadcast, page: list[Person], at: int
) -> list[Person]:
    """The people of a page who match the audience."""
    audience = broadcast.audience
    people = [person for person in page if audiences.matches_language(audience, person)]
    if not audiences.needs_progress(audience):
        return people
    found = []
    for begin in range(0, len(people), _CONCURRENT_READS):
        some = people[begin : begin + _CONCURRENT_READS]
        histories = await asyncio.gather(
            *(services.store.fetch_history(person.learner) for person in some)
        )
        for person, history in zip(some, histories, strict=True):
            progress = history.progress.with_current_key(services.course)
            awake = replace(person, active_at=last_active_at(person.active_at, progress))
            if audiences.matches_audience(audience, awake, services.course, progress, at):
                found.append(awake)
    return found


def last_active_at(other_activity_at: int, progress: Progress) -> int:
    """When somebody was last active: the later of `other_activity_at` and their newest fact."""
    return max(other_activity_at, progress.last_fact_at() or other_activity_at)


def _assess(broadcast: Broadcast, person: Person, at: int) -> AudienceMember:
    due_at = due_time(broadcast, person, at)
    why = audiences.exclusion_reason(person, due_at, urgent=broadcast.urgent)
    return AudienceMember(person.learner, due_at, why)
