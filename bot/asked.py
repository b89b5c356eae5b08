"""What tells a facilitator that a member asks: the message, and the last word."""

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
    """What making such messages needs."""

    services: Services
    voices: Voices

    async def prepare(self, delivery: Delivery, _now: int) -> Ready | Refused:
        """The message of a delivery as it goes, or why it does not: it may have waited for long."""
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
