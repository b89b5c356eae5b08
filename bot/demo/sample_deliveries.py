"""Records deliveries of the sample data as sent at their due times, without using Telegram."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.actions.learner_state import Services
from bot.i18n import Translators
from bot.jobs.broadcast_sender import BroadcastSender
from bot.jobs.notes import NoteSender
from bot.jobs.reminders import ReminderSender
from bot.jobs.support_requests import SupportRequestNotifier
from bot.messages import Reply
from bot.outbox.kinds import PrepareMessage, Withheld
from course.model import LearnerId
from storage import learners, outbox, reminders
from storage.outbox import (
    ANSWER,
    BROADCAST,
    QUESTION,
    REMINDER,
    Delivery,
    DeliveryState,
)
from storage.statements import Statement

_HOLDER = "the past"
_AT_ONCE = 500
_BLOCKED = "Forbidden: bot was blocked by the user"


@dataclass(frozen=True, slots=True)
class SampleDeliveries:
    """Simulated sender of the outbox.

    Attributes:
        blocking_learners: learners to whom broadcasts fail, since they have blocked the bot.
    """

    services: Services
    translators: Translators
    now: int
    blocking_learners: Collection[LearnerId] = ()
    _prepare: Mapping[str, PrepareMessage] = field(init=False)

    def __post_init__(self) -> None:
        services, translators = self.services, self.translators
        prepare: dict[str, PrepareMessage] = {
            REMINDER: ReminderSender(services, translators, lambda: self.now).prepare,
            BROADCAST: BroadcastSender(services, translators).prepare,
            ANSWER: NoteSender(services, translators, lambda: self.now, _show_nothing).prepare,
            QUESTION: SupportRequestNotifier(services, translators).prepare,
        }
        object.__setattr__(self, "_prepare", prepare)

    async def deliver_all(self, kind: str) -> None:
        """Deliver all due deliveries of a kind."""
        store = self.services.store
        while True:
            await store.write(outbox.claim_deliveries(kind, _HOLDER, self.now, _AT_ONCE))
            claimed = await store.fetch_claimed_deliveries(_HOLDER)
            if not claimed:
                return
            await asyncio.gather(*map(self._deliver_one, claimed))

    async def _deliver_one(self, delivery: Delivery) -> None:
        prepared = await self._prepare[delivery.kind](delivery, delivery.due_at)
        await self.services.store.write(
            *self._build_writes(delivery, prepared if isinstance(prepared, Withheld) else None)
        )

    def _build_writes(self, delivery: Delivery, withheld: Withheld | None) -> tuple[Statement, ...]:
        if withheld is None:
            return (
                *outbox.begin_delivery(delivery, _HOLDER, delivery.due_at),
                *self._build_sent_writes(delivery),
            )
        if withheld.retry_at is None:
            return outbox.record_delivery_result(
                delivery, _HOLDER, DeliveryState.SKIPPED, withheld.reason
            )
        return outbox.requeue_delivery(delivery, _HOLDER, withheld.retry_at, withheld.reason)

    def _build_sent_writes(self, delivery: Delivery) -> tuple[Statement, ...]:
        learner = LearnerId(delivery.recipient)
        if delivery.kind != BROADCAST or learner not in self.blocking_learners:
            return outbox.record_delivery_result(delivery, _HOLDER, DeliveryState.SENT)
        return (
            *outbox.record_delivery_result(delivery, _HOLDER, DeliveryState.FAILED, _BLOCKED),
            learners.set_unreachable(learner, delivery.due_at),
            *reminders.record_negative_reaction(learner, delivery.due_at, blocked=True),
        )


async def _show_nothing(_chat: LearnerId, _message: int | None, _reply: Reply) -> int:
    """Show nothing: there is no chat."""
    return 0
