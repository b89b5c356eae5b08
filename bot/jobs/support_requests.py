"""Notification of a member's question, sent to a facilitator."""

from dataclasses import dataclass

from bot.actions.learner_state import Services
from bot.actions.support_requests import fetch_responders
from bot.i18n import Translators
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering.support_requests import new_question
from storage import cohorts, support_requests
from storage.outbox import Delivery


@dataclass(frozen=True, slots=True)
class SupportRequestNotifier:
    """Prepares notifications of members' questions."""

    services: Services
    translators: Translators

    async def prepare(self, delivery: Delivery, now: int) -> Prepared | Withheld:
        """Build the message, or say why it is not sent; rechecked, since it may have waited."""
        store = self.services.store
        request = await support_requests.fetch_request(store, int(delivery.subject))
        cohort = None if request is None else await cohorts.fetch_cohort(store, request.cohort)
        if request is None or cohort is None:
            return Withheld("gone")
        if request.answered_at is not None:
            return Withheld("answered")
        if delivery.recipient not in await fetch_responders(self.services, request.cohort):
            return Withheld("no-longer-fits")
        english = self.translators.for_language(None)
        reply = new_question(english, self.services.course, request, cohort.name)
        return Prepared(
            reply,
            on_sent=lambda message_id: (
                support_requests.add_shown_message(delivery.recipient, message_id, request.id, now),
            ),
        )
