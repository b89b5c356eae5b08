"""The weekly summary of a cohort for its group."""

from bot.actions.visits import Services
from course.weekly import Summary, next_summary, summary
from storage import cohorts, memberships
from storage.cohorts import Bound


async def due(services: Services, now: int) -> tuple[Bound, ...]:
    """Cohorts whose group should hear now (UTC milliseconds) how they are doing."""
    found = await cohorts.bound(services.store)
    return tuple(one for one in found if next_summary(one.zone, one.summarised_at) <= now)


async def take(services: Services, one: Bound, now: int) -> Summary:
    """Count a cohort, and note that its summary goes out: one that is lost does not come twice."""
    people = await memberships.members(services.store, one.cohort)
    known = [await services.store.history(each.learner) for each in people]
    everybody = (history.progress.credited(services.course) for history in known)
    found = summary(services.course, everybody, now)
    await services.store.write(cohorts.summarises(one.cohort, now))
    return found


async def give_back(services: Services, one: Bound, now: int) -> None:
    """It was surely not sent: it is due again.

    Args:
        now: when it was taken.
    """
    await services.store.write(cohorts.summarises_again(one, now))


async def moved(services: Services, group: int, to: int) -> None:
    """A group has become a supergroup, with another id."""
    await services.store.write(cohorts.moves(group, to))


async def lost(services: Services, group: int) -> None:
    """The bot was put out of a group."""
    await services.store.write(cohorts.loses(group))
