"""Tells in the chat a broadcast was sent from how far it is: one message, changed as it goes on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.actions.delivering import Report
from bot.actions.visits import Services
from bot.rendering import deliveries as screens
from bot.replies import Reply
from bot.voice import Voice, Voices
from course.model import LearnerId
from storage import broadcast_steps as steps
from storage.broadcasts import State as Stage
from storage.deliveries import State

log = logging.getLogger(__name__)

Show = Callable[[int, int | None, Reply], Awaitable[int]]
"""Shows a reply in a chat, in the message of that number if there is one; gives the number."""

OPEN = (Stage.SCHEDULED, Stage.SENDING, Stage.UNDOING)
"""Stages after which another one follows."""


@dataclass(frozen=True, slots=True)
class _Pace:
    """Since when how many were sent, to reckon how long it still takes."""

    since: float
    sent: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """What was told last of a broadcast.

    Attributes:
        reply: `None` if it may not have arrived.
        stage: how far it was, and whether something of it was going out.
        at: when, by the loop's clock.
    """

    reply: Reply | None
    stage: tuple[Stage, bool]
    at: float


class Telling:
    """What one process tells; it remembers what it showed last.

    Args:
        every: seconds between two changes of one message, unless something new begins.
    """

    def __init__(self, services: Services, voices: Voices, show: Show, every: float) -> None:
        self._store = services.store
        self._voices = voices
        self._show = show
        self._every = every
        self._shown: dict[int, _Shown] = {}
        self._paces: dict[int, _Pace] = {}

    def is_outdated(self, broadcast: int) -> None:
        """The message has come to say something else: show it anew, at once."""
        self._shown.pop(broadcast, None)

    def forget(self) -> None:
        """Nothing is on its way any more."""
        self._shown.clear()
        self._paces.clear()

    async def tell(self, told: Report) -> bool:
        """Show it, unless it was just shown; whether there is nothing more to show now."""
        known = told.broadcast
        if known.chat is None or (known.message is None and known.state not in OPEN):
            return True
        reply = screens.progress(await self._voice(known.chat), told, self._seconds_left(told))
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
        except TelegramError as error:  # whoever wants to know has /deliveries
            log.info("Progress not shown", extra={"action": "progress", "why": str(error)})
            if known.message is None or isinstance(error, BadRequest | Forbidden):
                return True
            self._shown[known.id] = _Shown(None, stage, now)  # to edit again harms nothing
            return False
        if message != known.message:
            await self._store.write(steps.shows_progress(known.id, known.chat, message))
        return True

    async def _voice(self, chat: int) -> Voice:
        history = await self._store.history(LearnerId(chat))
        if history.learner is None:
            return self._voices.of(None)
        return self._voices.of(history.learner.language, plain=history.learner.plain)

    def _seconds_left(self, told: Report) -> int | None:
        """By how fast it went so far; `None` as long as that says nothing."""
        now = asyncio.get_running_loop().time()
        sent = told.count(State.SENT, State.FAILED, State.UNKNOWN)
        pace = self._paces.setdefault(told.broadcast.id, _Pace(now, sent))
        took, done = now - pace.since, sent - pace.sent
        if took < 1 or not done:
            return None
        left = told.count(State.QUEUED, State.CLAIMED, State.SENDING)
        return max(1, round(left * took / done))
