"""Records deliveries of the sample data as sent at their due times, without using Telegram."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.actions.visits import Services
from bot.asked import Asked
from bot.nudging import Nudging
from bot.outbox import Prepare, Refused
from bot.personal import Personal
from bot.posting import Posting
from bot.replies import Reply
from bot.voice import Voices
from course.model import LearnerId
from storage import deliveries, learners, nudges
from storage.broadcasts import KIND as BROADCAST
from storage.deliveries import ANSWER, NUDGE, QUESTION, Delivery, State
from storage.statements import Statement

_HOLDER = "the past"
_AT_ONCE = 500
_BLOCKED = "Forbidden: bot was blocked by the user"


@dataclass(frozen=True, slots=True)
class Past:
    """Simulated sender of the outbox.

    Attributes:
        blocking_learners: learners to whom broadcasts fail, since they have blocked the bot.
    """

    services: Services
    voices: Voices
    now: int
    gone: Collection[LearnerId] = ()
    _prepare: Mapping[str, Prepare] = field(init=False)

    def __post_init__(self) -> None:
        services, voices = self.services, self.voices
        prepare: dict[str, Prepare] = {
            NUDGE: Nudging(services, voices, lambda: self.now).prepare,
            BROADCAST: Posting(services, voices).prepare,
            ANSWER: Personal(services, voices, lambda: self.now, _show_nobody).prepare,
            QUESTION: Asked(services, voices).prepare,
        }
        object.__setattr__(self, "_prepare", prepare)

    async def deliver(self, kind: str) -> None:
        """Deliver all due deliveries of a kind."""
        store = self.services.store
        while True:
            await store.write(deliveries.claims(kind, _HOLDER, self.now, _AT_ONCE))
            claimed = await store.claimed(_HOLDER)
            if not claimed:
                return
            await asyncio.gather(*map(self._deliver_one, claimed))

    async def _deliver_one(self, one: Delivery) -> None:
        ready = await self._prepare[one.kind](one, one.due_at)
        await self.services.store.write(
            *self._noted(one, ready if isinstance(ready, Refused) else None)
        )

    def _noted(self, one: Delivery, refused: Refused | None) -> tuple[Statement, ...]:
        if refused is None:
            return (*deliveries.begins(one, _HOLDER, one.due_at), *self._sent(one))
        if refused.again_at is None:
            return deliveries.settles(one, _HOLDER, State.SKIPPED, refused.why)
        return deliveries.requeues(one, _HOLDER, refused.again_at, refused.why)

    def _sent(self, one: Delivery) -> tuple[Statement, ...]:
        if one.kind != BROADCAST or one.learner not in self.gone:
            return deliveries.settles(one, _HOLDER, State.SENT)
        return (
            *deliveries.settles(one, _HOLDER, State.FAILED, _BLOCKED),
            learners.is_unreachable(one.learner, one.due_at),
            *nudges.costs(one.learner, one.due_at, blocked=True),
        )


async def _show_nobody(_chat: LearnerId, _message: int | None, _reply: Reply) -> int:
    """Show nothing: there is no chat."""
    return 0
