"""Thanks to learners whose reports of mistakes were handled."""

from dataclasses import dataclass

from bot.actions.learner_state import Services
from bot.i18n import Translators
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering.mistake_reports import thanks_for_report
from course.model import LearnerId
from storage.outbox import Delivery


@dataclass(frozen=True, slots=True)
class ThanksSender:
    """Prepares the thanks; after /stop, none is sent."""

    services: Services
    translators: Translators

    async def prepare(self, delivery: Delivery, _now: int) -> Prepared | Withheld:
        """Build the message, or say why it is not sent."""
        history = await self.services.store.fetch_history(LearnerId(delivery.recipient))
        if history.learner is None:
            return Withheld("gone")
        if history.learner.stopped or history.learner.unreachable:
            return Withheld("stopped")
        _ = self.translators.for_language(history.learner.language, plain=history.learner.plain)
        return Prepared(thanks_for_report(_))
