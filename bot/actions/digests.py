"""The daily digest of facilitators: what is new on the radars of their cohorts."""

from collections import Counter
from dataclasses import dataclass

from bot.actions.access import (
    NotAllowedError,
    load_access_of,
    load_facilitator_access,
    write_unaudited,
)
from bot.actions.learner_state import Interaction, Services
from bot.actions.radar import fetch_entries, most_urgent
from course.cohorts.digests import OFFERED_HOURS, digest_time, is_digest_due
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
        mistake_reports: how many reports of mistakes wait, if they are an admin and one is new;
            else 0.
    """

    news: tuple[CohortNews, ...]
    digests: tuple[Digest, ...]
    mistake_reports: int = 0


async def queue_due_digests(services: Services, now: int) -> None:
    """Queue the digests due at `now` (UTC milliseconds), one message a person and due time."""
    wanted = await digests.fetch_digests(services.store)
    for one in wanted:
        if is_digest_due(one.zone, one.hour, one.made_at, now):
            due_at = digest_time(one.zone, one.hour, now)
            await services.store.write(*digests.queue_digest(one, due_at, now))


async def build_digest(services: Services, person: int, now: int) -> DigestMessage | None:
    """Collect a facilitator's news; `None` when there is none, or they want none at this hour.

    News that are not sent, for example since Telegram was down for hours, are in the next one.
    """
    mine = tuple(
        one
        for one in await digests.fetch_digests_of_person(services.store, person)
        if is_digest_due(one.zone, one.hour, one.reported_until, now)
    )
    found = [await _collect_news(services, one, now) for one in mine]
    news = tuple(one for one in found if one is not None)
    reports = await _count_mistake_reports(services, person, mine)
    return DigestMessage(news, mine, reports) if news or reports else None


async def _count_mistake_reports(
    services: Services, person: int, digests_of_person: tuple[Digest, ...]
) -> int:
    """Count the reports that wait for an admin, if any came since their last digest."""
    if not digests_of_person or not (await load_access_of(services, LearnerId(person))).is_admin:
        return 0
    reported_until = min(one.reported_until for one in digests_of_person)
    found = await services.store.fetch_mistake_reports()
    return len(found) if any(one.at > reported_until for one in found) else 0


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
