"""Progress messages: one per broadcast, in its author's chat, edited while it is being sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.actions.deliveries import Report
from bot.actions.learner_state import Services
from bot.i18n import Voice, Voices
from bot.messages import Reply
from bot.rendering import deliveries
from course.model import LearnerId
from storage import broadcast_transitions
from storage.broadcasts import State as Stage
from storage.outbox import State

log = logging.getLogger(__name__)

Show = Callable[[int, int | None, Reply], Awaitable[int]]
"""Edits a message of a chat to show a reply, or sends a new one; returns the message id."""

OPEN = (Stage.SCHEDULED, Stage.SENDING, Stage.UNDOING)
"""States that are not final."""


@dataclass(frozen=True, slots=True)
class _Pace:
    """Start of a measurement of the sending rate, to estimate the time left."""

    since: float
    sent: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """What was last shown for a broadcast.

    Attributes:
        reply: `None` if it may not have arrived.
        stage: the state of the broadcast, and whether messages of it were being sent.
        at: when, by the loop's clock.
    """

    reply: Reply | None
    stage: tuple[Stage, bool]
    at: float


class Telling:
    """Shows progress messages, and remembers what they showed last.

    Args:
        interval: seconds between edits of one message, unless the state changes.
    """

    def __init__(self, services: Services, voices: Voices, show: Show, every: float) -> None:
        self._store = services.store
        self._voices = voices
        self._show = show
        self._every = every
        self._shown: dict[int, _Shown] = {}
        self._paces: dict[int, _Pace] = {}

    def is_outdated(self, broadcast: int) -> None:
        """Invalidate the progress message so that the next update edits it at once."""
        self._shown.pop(broadcast, None)

    def forget(self) -> None:
        """Forget all progress messages, when no broadcast is running."""
        self._shown.clear()
        self._paces.clear()

    async def tell(self, told: Report) -> bool:
        """Show the progress, unless it was shown just now; returns whether it is up to date."""
        known = told.broadcast
        if known.chat is None or (known.message is None and known.state not in OPEN):
            return True
        reply = deliveries.progress(await self._voice(known.chat), told, self._seconds_left(told))
        now = asyncio.get_running_loop().time()
        before = self._shown.get(known.id)
        if before is not None and before.reply == reply:
            return True
        stage = known.state, told.is_on_its_way
        is_soon = before is not None and now < before.at + self._every
        if before is not None and is_soon and before.stage == stage and known.state in OPEN:
            return False
        self._shown[known.id] = _Shown(reply, stage, now)
        try:
            message = await self._show(known.chat, known.message, reply)
        except TelegramError as error:  # /deliveries shows the progress too
            log.info("Progress not shown", extra={"action": "progress", "why": str(error)})
            if known.message is None or isinstance(error, BadRequest | Forbidden):
                return True
            self._shown[known.id] = _Shown(None, stage, now)  # editing again is harmless
            return False
        if message != known.message:
            await self._store.write(
                broadcast_transitions.shows_progress(known.id, known.chat, message)
            )
        return True

    async def _voice(self, chat: int) -> Voice:
        history = await self._store.history(LearnerId(chat))
        if history.learner is None:
            return self._voices.of(None)
        return self._voices.of(history.learner.language, plain=history.learner.plain)

    def _seconds_left(self, told: Report) -> int | None:
        """Estimate from the rate so far; `None` while too little was sent."""
        now = asyncio.get_running_loop().time()
        sent = told.count(State.SENT, State.FAILED, State.UNKNOWN)
        pace = self._paces.setdefault(told.broadcast.id, _Pace(now, sent))
        took, done = now - pace.since, sent - pace.sent
        if took < 1 or not done:
            return None
        left = told.count(State.QUEUED, State.CLAIMED, State.SENDING)
        return max(1, round(left * took / done))
