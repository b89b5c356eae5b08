"""The daily digest of facilitators: what is new on the radars of their cohorts."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from bot.actions.access import NotAllowed, access, write
from bot.actions.learner_state import Services, Turn
from bot.actions.radar import first, on_radar
from course.cohorts.digests import HOURS, is_due
from course.cohorts.radar import Concern, unseen
from course.model import LearnerId
from storage import (
    cohorts,
    digests,
    radar,
    support_requests,
)
from storage.cohorts import Cohort
from storage.digests import Digest


@dataclass(frozen=True, slots=True)
class Told:
    """What is new in one cohort since the last digest.

    Attributes:
        concerns: how many people are new on the radar, each counted for one concern.
        waiting_questions: how many questions of learners wait in all, if any of them is new; else
            0.
    """

    cohort: Cohort
    concerns: Counter[Concern]
    waiting: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The digest message to one facilitator.

    Attributes:
        news: one entry for each cohort in which something is new.
        digests: all digests that it covers.
    """

    person: LearnerId
    told: tuple[Told, ...]
    digests: tuple[Digest, ...]


async def due(services: Services, now: int) -> tuple[tuple[Digest, ...], ...]:
    """Load the digests due at `now` (UTC milliseconds), grouped by person."""
    wanted = await digests.all_wanted(services.store)
    now_due = (one for one in wanted if is_due(one.zone, one.hour, one.made_at, now))
    return tuple(tuple(mine) for _, mine in groupby(now_due, key=lambda one: one.person))


async def make(services: Services, mine: tuple[Digest, ...], now: int) -> Letter | None:
    """Claim the digests of one person and collect their news; `None` when there is none.

    They are marked as made before anything is sent, so that there is at most one a day. The news of
    a lost digest is in the next one.
    """
    told: list[Told] = []
    taken: list[Digest] = []
    for one in mine:
        await services.store.write(digests.takes(one, now))
        if not await digests.is_taken(services.store, one, now):
            continue
        taken.append(one)
        found = await _told(services, one, now)
        if found is not None:
            told.append(found)
    return Letter(mine[0].person, tuple(told), tuple(taken)) if told else None


async def was_told(services: Services, letter: Letter, now: int) -> None:
    """Record that a digest was sent."""
    await services.store.write(*(digests.told(one, now) for one in letter.digests))


async def hours(services: Services, turn: Turn) -> tuple[tuple[str, int | None], ...] | NotAllowed:
    """Load the cohorts that a person facilitates, with the hour of each digest."""
    if not (await access(services, turn)).is_facilitator:
        return NotAllowed()
    return await digests.hours(services.store, turn.learner)


async def set_hour(
    services: Services, turn: Turn, hour: int | None
) -> tuple[tuple[str, int | None], ...] | NotAllowed:
    """Set the hour of a person's digests; `None` for none."""
    if not (await access(services, turn)).is_facilitator or hour not in (*HOURS, None):
        return NotAllowed()
    await write(services, turn, digests.sets(turn.learner, hour))
    return await digests.hours(services.store, turn.learner)


async def _told(services: Services, digest: Digest, now: int) -> Told | None:
    """Collect what is new in a cohort and not handled yet; `None` for nothing."""
    cohort = await cohorts.of(services.store, digest.cohort)
    if cohort is None:
        return None
    dealt = await radar.seen(services.store, cohort.id)
    concerns: Counter[Concern] = Counter()
    for one in await on_radar(services, cohort, now):
        fresh = unseen(one.sightings, dealt.get(one.learner, {}))
        new = {each.concern for each in fresh if each.since > digest.told_until}
        if new:
            concerns[first(new)] += 1
    asked = await support_requests.count(services.store, cohort.id, digest.told_until)
    waiting = asked.count if asked.fresh else 0
    return Told(cohort, concerns, waiting) if concerns or waiting else None
