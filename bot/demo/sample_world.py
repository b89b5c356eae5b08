"""Creates the demo's sample data through the bot's own actions and reminder rules."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.actions.cohort_changes import change_cohort, create_cohort
from bot.actions.cohorts import CohortDetails
from bot.actions.invitations import create_link
from bot.actions.learner_state import Interaction, Services
from bot.actions.roles import ask_before_grant, grant_role
from bot.demo.sample_cohorts import SAMPLE_COHORTS, SampleCohort
from bot.demo.sample_deliveries import SampleDeliveries
from bot.demo.sample_facilitators import Event, SampleFacilitators, find_blocking_learners
from bot.demo.sample_learners import SampleLearner
from bot.demo.sample_people import DAY, LearnerPlan
from bot.i18n import Translators
from bot.parsing.cohort_form import CohortDescription
from course import local_time
from course.model import LearnerId
from storage import invitations
from storage.cohorts import CohortState
from storage.invitations import InvitationKind
from storage.outbox import REMINDER

ADMIN, FACILITATOR = LearnerId(3001), LearnerId(2001)
"""User ids of Ada and Farid of the chat page; Ada must be an admin in the settings."""

_LINK_DAYS = 90


async def create_sample_world(
    services: Services, translators: Translators, now: int, plans: Sequence[LearnerPlan]
) -> None:
    """Create the cohorts and simulate all learners up to `now` (UTC milliseconds).

    The same time and plans give the same data, except for the tokens in links.

    Args:
        plans: made by `plan_learners` for this `now`.
    """
    await services.store.write(invitations.add_key("pseudonyms", "00" * 32))
    interactions = _InteractionCounter()
    made = [await _create_cohort(services, interactions, group, now) for group in SAMPLE_COHORTS]
    links = {number: link for number, (_cohort, link) in enumerate(made)}
    learners = [
        SampleLearner(
            services,
            translators,
            plan,
            None if plan.cohort_index is None else links[plan.cohort_index],
            now,
        )
        for plan in plans
    ]
    deliveries = SampleDeliveries(services, translators, now, find_blocking_learners(learners, now))
    by = [partial(interactions.make_interaction, _choose_leader(group)) for group in SAMPLE_COHORTS]
    cohort_ids = [cohort for cohort, _link in made]
    facilitators = SampleFacilitators(services, deliveries, by, cohort_ids, learners)
    await _run_events(deliveries, learners, facilitators.plan_events(now), now)
    for group, cohort, make in zip(SAMPLE_COHORTS, cohort_ids, by, strict=True):
        if group.ends_in_days < 0:
            await change_cohort(services, make(now), cohort, "state", CohortState.CLOSED)


@dataclass(slots=True)
class _InteractionCounter:
    """Makes interactions of facilitators, with update ids below those of learners."""

    last_update: int = 0

    def make_interaction(self, person: LearnerId, at: int) -> Interaction:
        self.last_update += 1
        return Interaction(person, "en", self.last_update, at)


async def _create_cohort(
    services: Services, interactions: _InteractionCounter, sample_cohort: SampleCohort, now: int
) -> tuple[int, str]:
    """Create a cohort and a link to it; returns its id, and the link's payload."""
    at = now - (sample_cohort.began_days_ago + 1) * DAY
    make = partial(interactions.make_interaction, _choose_leader(sample_cohort), at)
    if sample_cohort.is_led_by_farid:
        by_admin = partial(interactions.make_interaction, ADMIN, at)
        kind = InvitationKind.FACILITATOR
        await ask_before_grant(services, by_admin(), kind, None, FACILITATOR)
        await grant_role(services, by_admin(), FACILITATOR)
    began = _find_day_boundary(sample_cohort, now, -sample_cohort.began_days_ago)
    ends = _find_day_boundary(sample_cohort, now, sample_cohort.ends_in_days)
    wanted = CohortDescription(sample_cohort.name, sample_cohort.zone, began, ends)
    led = await create_cohort(services, make(), wanted)
    assert isinstance(led, CohortDetails), "whoever leads may, and the sample has few"
    linked = await create_link(services, make(), led.cohort.id, _LINK_DAYS, None)
    return led.cohort.id, linked.payload


def _choose_leader(cohort: SampleCohort) -> LearnerId:
    return FACILITATOR if cohort.is_led_by_farid else ADMIN


def _find_day_boundary(cohort: SampleCohort, now: int, days: int) -> int:
    day = local_time.to_local(cohort.zone, now + days * DAY).date()
    return local_time.time_on_day(
        cohort.zone, day, 24 * 60 - 1 if days > -cohort.began_days_ago else 0
    )


async def _run_events(
    deliveries: SampleDeliveries,
    learners: Sequence[SampleLearner],
    events: Iterable[Event],
    now: int,
) -> None:
    """Run all events, advancing the learners to the time of each."""
    for event in events:
        await _advance_all(deliveries, learners, event.at)
        await event.run()
    await _advance_all(deliveries, learners, now)


async def _advance_all(
    deliveries: SampleDeliveries, learners: Sequence[SampleLearner], until: int
) -> None:
    """Advance all learners to `until`, delivering reminders on the way."""
    while learners:
        have_come = await asyncio.gather(*(learner.advance(until) for learner in learners))
        await deliveries.deliver_all(REMINDER)
        learners = [
            learner for learner, is_there in zip(learners, have_come, strict=True) if not is_there
        ]
