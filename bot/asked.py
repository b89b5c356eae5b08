"""Notification of a member's question, sent to a facilitator."""

from dataclasses import dataclass

from bot.actions.asking import who_answers
from bot.actions.visits import Services
from bot.outbox import Ready, Refused
from bot.rendering import requests as rendering
from bot.voice import Voices
from storage import cohorts, requests
from storage.deliveries import Delivery


@dataclass(frozen=True, slots=True)
class Asked:
    """Prepares notifications of members' questions."""

    services: Services
    voices: Voices

    async def prepare(self, delivery: Delivery, _now: int) -> Ready | Refused:
        """Build the message, or say why it is not sent; rechecked, since it may have waited."""
        store = self.services.store
        request = await requests.of(store, int(delivery.subject.partition(":")[0]))
        cohort = None if request is None else await cohorts.of(store, request.cohort)
        if request is None or cohort is None:
            return Refused("gone")
        if request.answered_at is not None:
            return Refused("answered")
        if delivery.to not in await who_answers(self.services, request.cohort):
            return Refused("no-longer-fits")
        english = self.voices.of(None)
        reply = rendering.arrived(english, self.services.course, request, cohort.name)
        return Ready(reply, lambda _at: None)
