"""Progress messages: one per broadcast, in its author's chat, edited while it is being sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.actions.deliveries import DeliveryReport
from bot.actions.learner_state import Services
from bot.bot_api.errors import ApiError, classify
from bot.i18n import Translator, Translators
from bot.messages import Reply
from bot.rendering.progress_messages import progress_message
from course.model import LearnerId
from storage import broadcast_transitions
from storage.broadcasts import BroadcastState as Stage
from storage.outbox import DeliveryState

log = logging.getLogger(__name__)

ShowMessage = Callable[[int, int | None, Reply], Awaitable[int]]
"""Edits a message of a chat to show a reply, or sends a new one; returns the message id."""

UNFINISHED_STATES = (Stage.SCHEDULED, Stage.SENDING, Stage.DELETING)
"""States that are not final."""


@dataclass(frozen=True, slots=True)
class _SendRate:
    """Start of a measurement of the sending rate, to estimate the time left."""

    since: float
    sent: int


@dataclass(frozen=True, slots=True)
class _LastShown:
    """What was last shown for a broadcast.

    Attributes:
        reply: `None` if it may not have arrived.
        stage: the state of the broadcast, and whether messages of it were being sent.
        at: when, by the loop's clock.
    """

    reply: Reply | None
    stage: tuple[Stage, bool]
    at: float


class ProgressMessages:
    """Shows progress messages, and remembers what they showed last.

    Args:
        interval: seconds between edits of one message, unless the state changes.
    """

    def __init__(
        self,
        services: Services,
        translators: Translators,
        show_message: ShowMessage,
        interval: float,
    ) -> None:
        self._store = services.store
        self._translators = translators
        self._show_message = show_message
        self._interval = interval
        self._last_shown: dict[int, _LastShown] = {}
        self._send_rates: dict[int, _SendRate] = {}

    def invalidate(self, broadcast_id: int) -> None:
        """Invalidate the progress message so that the next update edits it at once."""
        self._last_shown.pop(broadcast_id, None)

    def clear(self) -> None:
        """Forget all progress messages, when no broadcast is running."""
        self._last_shown.clear()
        self._send_rates.clear()

    async def update(self, report: DeliveryReport) -> bool:
        """Show the progress, unless it was shown just now; returns whether it is up to date."""
        broadcast = report.broadcast
        if broadcast.chat is None or (
            broadcast.message is None and broadcast.state not in UNFINISHED_STATES
        ):
            return True
        reply = progress_message(
            await self._load_translator(broadcast.chat), report, self._estimate_seconds_left(report)
        )
        now = asyncio.get_running_loop().time()
        before = self._last_shown.get(broadcast.id)
        if before is not None and before.reply == reply:
            return True
        stage = broadcast.state, report.is_in_progress
        is_soon = before is not None and now < before.at + self._interval
        if (
            before is not None
            and is_soon
            and before.stage == stage
            and broadcast.state in UNFINISHED_STATES
        ):
            return False
        self._last_shown[broadcast.id] = _LastShown(reply, stage, now)
        try:
            message = await self._show_message(broadcast.chat, broadcast.message, reply)
        except ApiError as error:  # /deliveries shows the progress too
            log.info("Progress not shown", extra={"action": "progress", "why": str(error)})
            if broadcast.message is None or classify(error).kind.is_final:
                return True
            self._last_shown[broadcast.id] = _LastShown(
                None, stage, now
            )  # editing again is harmless
            return False
        if message != broadcast.message:
            await self._store.write(
                broadcast_transitions.set_progress_message(broadcast.id, broadcast.chat, message)
            )
        return True

    async def _load_translator(self, chat: int) -> Translator:
        history = await self._store.fetch_history(LearnerId(chat))
        if history.learner is None:
            return self._translators.for_language(None)
        return self._translators.for_language(history.learner.language, plain=history.learner.plain)

    def _estimate_seconds_left(self, report: DeliveryReport) -> int | None:
        """Estimate from the rate so far; `None` while too little was sent."""
        now = asyncio.get_running_loop().time()
        sent = report.count(DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNKNOWN)
        rate = self._send_rates.setdefault(report.broadcast.id, _SendRate(now, sent))
        took, done = now - rate.since, sent - rate.sent
        if took < 1 or not done:
            return None
        left = report.count(DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)
        return max(1, round(left * took / done))
