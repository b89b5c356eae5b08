"""Records deliveries of the sample data as sent at their due times, without using Telegram."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.actions.learner_state import Services
from bot.i18n import Voices
from bot.jobs.broadcast_sender import Posting
from bot.jobs.notes import Personal
from bot.jobs.reminders import Nudging
from bot.jobs.support_requests import Asked
from bot.messages import Reply
from bot.outbox.outbox import Prepare, Refused
from course.model import LearnerId
from storage import learners, outbox, reminders
from storage.broadcasts import KIND as BROADCAST
from storage.outbox import (
    ANSWER,
    NUDGE,
    QUESTION,
    Delivery,
    State,
)
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
            await store.write(outbox.claims(kind, _HOLDER, self.now, _AT_ONCE))
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
            return (*outbox.begins(one, _HOLDER, one.due_at), *self._sent(one))
        if refused.again_at is None:
            return outbox.settles(one, _HOLDER, State.SKIPPED, refused.why)
        return outbox.requeues(one, _HOLDER, refused.again_at, refused.why)

    def _sent(self, one: Delivery) -> tuple[Statement, ...]:
        if one.kind != BROADCAST or one.learner not in self.gone:
            return outbox.settles(one, _HOLDER, State.SENT)
        return (
            *outbox.settles(one, _HOLDER, State.FAILED, _BLOCKED),
            learners.is_unreachable(one.learner, one.due_at),
            *reminders.costs(one.learner, one.due_at, blocked=True),
        )


async def _show_nobody(_chat: LearnerId, _message: int | None, _reply: Reply) -> int:
    """Show nothing: there is no chat."""
    return 0
