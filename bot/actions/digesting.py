"""The daily digest of facilitators: what is new on the radars of their cohorts."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from bot.actions.access import NotAllowed, access, write
from bot.actions.radar import first, on_radar
from bot.actions.visits import Services, Turn
from course import radar as rules
from course.digests import HOURS, is_due
from course.model import LearnerId
from course.radar import Concern
from storage import cohorts, digests, radar, requests
from storage.cohorts import Cohort
from storage.digests import Digest


@dataclass(frozen=True, slots=True)
class Told:
    """What is new in one cohort since the last digest.

    Attributes:
        concerns: how many people are new on the radar, each by one reason.
        waiting: how many questions of learners wait in all, when one of them is new; else 0.
    """

    cohort: Cohort
    concerns: Counter[Concern]
    waiting: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What one facilitator is told.

    Attributes:
        told: one for each cohort in which something is new.
        digests: all that were made for it.
    """

    person: LearnerId
    told: tuple[Told, ...]
    digests: tuple[Digest, ...]


async def due(services: Services, now: int) -> tuple[tuple[Digest, ...], ...]:
    """Digests that are to be made at `now` (UTC milliseconds), those of one person together."""
    wanted = await digests.all_wanted(services.store)
    now_due = (one for one in wanted if is_due(one.zone, one.hour, one.made_at, now))
    return tuple(tuple(mine) for _, mine in groupby(now_due, key=lambda one: one.person))


async def make(services: Services, mine: tuple[Digest, ...], now: int) -> Letter | None:
    """Make the digests of one person; `None` when there is nothing to tell.

    It is noted first that they are made, so that a day brings one at most. What a lost one would
    have told comes with the next.
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
    """It has been sent."""
    await services.store.write(*(digests.told(one, now) for one in letter.digests))


async def hours(services: Services, turn: Turn) -> tuple[tuple[str, int | None], ...] | NotAllowed:
    """The cohorts that somebody facilitates, with the hour of their digests."""
    if not (await access(services, turn)).is_facilitator:
        return NotAllowed()
    return await digests.hours(services.store, turn.learner)


async def set_hour(
    services: Services, turn: Turn, hour: int | None
) -> tuple[tuple[str, int | None], ...] | NotAllowed:
    """Have the digests at this hour; `None` for none."""
    if not (await access(services, turn)).is_facilitator or hour not in (*HOURS, None):
        return NotAllowed()
    await write(services, turn, digests.sets(turn.learner, hour))
    return await digests.hours(services.store, turn.learner)


async def _told(services: Services, digest: Digest, now: int) -> Told | None:
    """What is new and nobody has dealt with."""
    cohort = await cohorts.of(services.store, digest.cohort)
    if cohort is None:
        return None
    dealt = await radar.seen(services.store, cohort.id)
    concerns: Counter[Concern] = Counter()
    for one in await on_radar(services, cohort, now):
        fresh = rules.unseen(one.sightings, dealt.get(one.learner, {}))
        new = {each.concern for each in fresh if each.since > digest.told_until}
        if new:
            concerns[first(new)] += 1
    asked = await requests.count(services.store, cohort.id, digest.told_until)
    waiting = asked.count if asked.fresh else 0
    return Told(cohort, concerns, waiting) if concerns or waiting else None
