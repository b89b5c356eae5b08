"""The daily digest of facilitators: what is new on the radars of their cohorts."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from bot.actions.access import (
    NotAllowedError,
    load_facilitator_access,
    write_unaudited,
)
from bot.actions.learner_state import Interaction, Services
from bot.actions.radar import fetch_entries, most_urgent
from course.cohorts.digests import OFFERED_HOURS, is_digest_due
from course.cohorts.radar import Concern, unhandled_alerts
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
class CohortNews:
    """What is new in one cohort since the last digest.

    Attributes:
        concerns: how many people are new on the radar, each counted for one concern.
        waiting_questions: how many questions of learners wait in all, if any of them is new; else
            0.
    """

    cohort: Cohort
    concerns: Counter[Concern]
    waiting_questions: int


@dataclass(frozen=True, slots=True)
class DigestMessage:
    """The digest message to one facilitator.

    Attributes:
        news: one entry for each cohort in which something is new.
        digests: all digests that it covers.
    """

    person: LearnerId
    news: tuple[CohortNews, ...]
    digests: tuple[Digest, ...]


async def fetch_due_digests(services: Services, now: int) -> tuple[tuple[Digest, ...], ...]:
    """Load the digests due at `now` (UTC milliseconds), grouped by person."""
    wanted = await digests.fetch_digests(services.store)
    now_due = (one for one in wanted if is_digest_due(one.zone, one.hour, one.made_at, now))
    return tuple(tuple(mine) for _, mine in groupby(now_due, key=lambda one: one.person))


async def prepare_digest(
    services: Services, mine: tuple[Digest, ...], now: int
) -> DigestMessage | None:
    """Claim the digests of one person and collect their news; `None` when there is none.

    They are marked as made before anything is sent, so that there is at most one a day. The news of
    a lost digest is in the next one.
    """
    told: list[CohortNews] = []
    taken: list[Digest] = []
    for one in mine:
        await services.store.write(digests.claim_digest(one, now))
        if not await digests.is_digest_claimed(services.store, one, now):
            continue
        taken.append(one)
        found = await _collect_news(services, one, now)
        if found is not None:
            told.append(found)
    return DigestMessage(mine[0].person, tuple(told), tuple(taken)) if told else None


async def mark_digest_sent(services: Services, message: DigestMessage, now: int) -> None:
    """Record that a digest was sent."""
    await services.store.write(*(digests.mark_digest_reported(one, now) for one in message.digests))


async def fetch_hours(
    services: Services, interaction: Interaction
) -> tuple[tuple[str, int | None], ...]:
    """Load the cohorts that a person facilitates, with the hour of each digest."""
    await load_facilitator_access(services, interaction)  # raises for others
    return await digests.fetch_digest_hours(services.store, interaction.learner)


async def set_hour(
    services: Services, interaction: Interaction, hour: int | None
) -> tuple[tuple[str, int | None], ...]:
    """Set the hour of a person's digests; `None` for none."""
    await load_facilitator_access(services, interaction)  # raises for others
    if hour is not None and hour not in OFFERED_HOURS:
        raise NotAllowedError
    await write_unaudited(services, interaction, digests.set_digest_hour(interaction.learner, hour))
    return await digests.fetch_digest_hours(services.store, interaction.learner)


async def _collect_news(services: Services, digest: Digest, now: int) -> CohortNews | None:
    """Collect what is new in a cohort and not handled yet; `None` for nothing."""
    cohort = await cohorts.fetch_cohort(services.store, digest.cohort)
    if cohort is None:
        return None
    dealt = await radar.fetch_handled_concerns(services.store, cohort.id)
    concerns: Counter[Concern] = Counter()
    for one in await fetch_entries(services, cohort, now):
        fresh = unhandled_alerts(one.alerts, dealt.get(one.learner, {}))
        new = {each.concern for each in fresh if each.since > digest.reported_until}
        if new:
            concerns[most_urgent(new)] += 1
    asked = await support_requests.count_waiting_requests(
        services.store, cohort.id, digest.reported_until
    )
    waiting = asked.count if asked.fresh else 0
    return CohortNews(cohort, concerns, waiting) if concerns or waiting else None
