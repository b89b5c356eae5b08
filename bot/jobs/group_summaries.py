"""Sends the group of each cohort its weekly summary."""

from dataclasses import dataclass

from bot.actions.group_summaries import build_summary, queue_due_summaries
from bot.actions.learner_state import Services
from bot.clock import Clock
from bot.i18n import Translators
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering.group_summaries import weekly_summary
from storage.cohorts import cohort_of_summary
from storage.outbox import Delivery


@dataclass(frozen=True, slots=True)
class GroupSummarySender:
    """Queues due summaries and prepares their messages."""

    services: Services
    translators: Translators
    clock: Clock

    async def tick(self) -> None:
        """Queue the summaries that are due."""
        await queue_due_summaries(self.services, self.clock())

    async def prepare(self, delivery: Delivery, now: int) -> Prepared | Withheld:
        """Build a summary at `now`, or say that it is no longer wanted."""
        found = await build_summary(
            self.services, cohort_of_summary(delivery), delivery.recipient, now
        )
        if found is None:
            return Withheld("no-longer-fits")
        return Prepared(weekly_summary(self.translators.for_language(None), found))
