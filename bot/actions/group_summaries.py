"""The weekly summary of a cohort for its group."""

from bot.actions.learner_state import Services
from course import local_time
from course.cohorts.group_summaries import GroupSummary, next_summary_time, summarise_cohort
from storage import cohorts, memberships
from storage.cohorts import CohortState


async def queue_due_summaries(services: Services, now: int) -> None:
    """Queue the group summaries due at `now` (UTC milliseconds), each once for its day."""
    for one in await cohorts.fetch_cohort_groups(services.store):
        due_at = next_summary_time(one.zone, one.summarised_at)
        if due_at <= now:
            day = local_time.to_local(one.zone, due_at).date().isoformat()
            await services.store.write(*cohorts.queue_group_summary(one, day, now))


async def build_summary(
    services: Services, cohort: int, group: int, now: int
) -> GroupSummary | None:
    """Sum up a cohort for its group; `None` when this is not its group any more, or it ended."""
    found = await cohorts.fetch_cohort(services.store, cohort)
    if found is None or found.group != group or found.state is CohortState.ARCHIVED:
        return None
    people = await memberships.fetch_members(services.store, cohort)
    known = [await services.store.fetch_history(each.learner) for each in people]
    everybody = (history.progress.with_current_key(services.course) for history in known)
    return summarise_cohort(services.course, everybody, now)


async def change_group_id(services: Services, group: int, to: int) -> None:
    """Record a group's new chat id, after it became a supergroup."""
    await services.store.write(*cohorts.migrate_group(group, to))


async def remove_group(services: Services, group: int) -> None:
    """Forget a group from which the bot was removed."""
    await services.store.write(cohorts.unbind_group(group))
