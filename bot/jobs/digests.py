"""Sends facilitators their daily digests."""

from dataclasses import dataclass

from bot.actions.digests import build_digest, queue_due_digests
from bot.actions.learner_state import Services
from bot.clock import Clock
from bot.i18n import Translators
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering.digests import digest_message
from course.model import LearnerId
from storage import digests
from storage.outbox import Delivery


@dataclass(frozen=True, slots=True)
class DigestSender:
    """Queues due digests and prepares their messages.

    After /stop a facilitator gets none until /start; the next one then covers the time between.
    """

    services: Services
    translators: Translators
    clock: Clock

    async def tick(self) -> None:
        """Queue the digests that are due."""
        await queue_due_digests(self.services, self.clock())

    async def prepare(self, delivery: Delivery, now: int) -> Prepared | Withheld:
        """Build the message of a digest at `now`, or say that nothing is new."""
        found = await build_digest(self.services, delivery.recipient, now)
        if found is None:
            return Withheld("nothing-new")
        history = await self.services.store.fetch_history(LearnerId(delivery.recipient))
        language = None if history.learner is None else history.learner.language
        return Prepared(
            digest_message(self.translators.for_language(language), found),
            on_sent=lambda _: [digests.mark_digest_reported(one, now) for one in found.digests],
        )
