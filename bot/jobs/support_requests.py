"""Notification of a member's question, sent to a facilitator."""

from dataclasses import dataclass

from bot.actions.learner_state import Services
from bot.actions.support_requests import who_answers
from bot.i18n import Voices
from bot.outbox.outbox import Ready, Refused
from bot.rendering.support_requests import arrived
from storage import cohorts, support_requests
from storage.outbox import Delivery


@dataclass(frozen=True, slots=True)
class Asked:
    """Prepares notifications of members' questions."""

    services: Services
    voices: Voices

    async def prepare(self, delivery: Delivery, _now: int) -> Ready | Refused:
        """Build the message, or say why it is not sent; rechecked, since it may have waited."""
        store = self.services.store
        request = await support_requests.of(store, int(delivery.subject.partition(":")[0]))
        cohort = None if request is None else await cohorts.of(store, request.cohort)
        if request is None or cohort is None:
            return Refused("gone")
        if request.answered_at is not None:
            return Refused("answered")
        if delivery.to not in await who_answers(self.services, request.cohort):
            return Refused("no-longer-fits")
        english = self.voices.of(None)
        reply = arrived(english, self.services.course, request, cohort.name)
        return Ready(reply, lambda _at: None)
