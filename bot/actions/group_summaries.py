"""The weekly summary of a cohort for its group."""

from bot.actions.learner_state import Services
from course.cohorts.group_summaries import Summary, next_summary, summary
from storage import cohorts, memberships
from storage.cohorts import Bound


async def due(services: Services, now: int) -> tuple[Bound, ...]:
    """Load the cohorts whose group summary is due at `now` (UTC milliseconds)."""
    found = await cohorts.bound(services.store)
    return tuple(one for one in found if next_summary(one.zone, one.summarised_at) <= now)


async def take(services: Services, one: Bound, now: int) -> Summary:
    """Compute a summary and mark it as sent before it is: a lost one is not sent twice."""
    people = await memberships.members(services.store, one.cohort)
    known = [await services.store.history(each.learner) for each in people]
    everybody = (history.progress.credited(services.course) for history in known)
    found = summary(services.course, everybody, now)
    await services.store.write(cohorts.summarises(one.cohort, now))
    return found


async def give_back(services: Services, one: Bound, now: int) -> None:
    """Release a summary that was surely not sent: it is due again.

    Args:
        now: when it was claimed.
    """
    await services.store.write(cohorts.summarises_again(one, now))


async def moved(services: Services, group: int, to: int) -> None:
    """Record a group's new chat id, after it became a supergroup."""
    await services.store.write(cohorts.moves(group, to))


async def lost(services: Services, group: int) -> None:
    """Forget a group from which the bot was removed."""
    await services.store.write(cohorts.loses(group))
