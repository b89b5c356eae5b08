"""The weekly summary of a cohort for its group."""

from bot.actions.learner_state import Services
from course.cohorts.group_summaries import GroupSummary, next_summary_time, summarise_cohort
from storage import cohorts, memberships
from storage.cohorts import CohortGroup


async def fetch_due_summaries(services: Services, now: int) -> tuple[CohortGroup, ...]:
    """Load the cohorts whose group summary is due at `now` (UTC milliseconds)."""
    found = await cohorts.fetch_cohort_groups(services.store)
    return tuple(one for one in found if next_summary_time(one.zone, one.summarised_at) <= now)


async def claim_summary(services: Services, bound: CohortGroup, now: int) -> GroupSummary:
    """Compute a summary and mark it as sent before it is: a lost one is not sent twice."""
    people = await memberships.fetch_members(services.store, bound.cohort)
    known = [await services.store.fetch_history(each.learner) for each in people]
    everybody = (history.progress.with_current_key(services.course) for history in known)
    found = summarise_cohort(services.course, everybody, now)
    await services.store.write(cohorts.claim_group_summary(bound.cohort, now))
    return found


async def release_summary(services: Services, bound: CohortGroup, now: int) -> None:
    """Release a summary that was surely not sent: it is due again.

    Args:
        now: when it was claimed.
    """
    await services.store.write(cohorts.release_group_summary(bound, now))


async def change_group_id(services: Services, group: int, to: int) -> None:
    """Record a group's new chat id, after it became a supergroup."""
    await services.store.write(cohorts.migrate_group(group, to))


async def remove_group(services: Services, group: int) -> None:
    """Forget a group from which the bot was removed."""
    await services.store.write(cohorts.unbind_group(group))
