"""Durable inbox: an update is on disk before it is confirmed, and removed when it is answered.

Updates of one learner are handled in order, those of different learners concurrently.
"""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from bot.bot_api import update_json
from bot.clock import Clock
from bot.inbox.flood_control import FloodControl, FloodLimits, FloodVerdict
from bot.inbox.outage_notices import OutageNotices
from bot.inbox.retries import (
    MAX_TRIES,
    AlsoWrite,
    GiveUp,
    HandleUpdate,
    Retries,
)
from bot.metrics import METRICS
from bot.workers import finish_tasks
from storage import inbox
from storage.errors import UnavailableError
from storage.inbox import ReceivedUpdate
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Kind of update that tells whether the bot is blocked; never dropped, since it is not repeated.
_NEVER_DROPPED = "my_chat_member"

# Update ids remembered to detect repeated updates. Telegram repeats only unconfirmed ones: at most
# a few hundred.
_MAX_REMEMBERED = 20_000


class PendingUpdates(dict[int | None, deque[ReceivedUpdate]]):
    """Updates queued or being handled, by learner, oldest first."""

    @property
    def count(self) -> int:
        """Number of updates."""
        return sum(map(len, self.values()))

    @property
    def oldest_at(self) -> int | None:
        """When the oldest was received, in UTC milliseconds; `None` if there is none."""
        return min((queue[0].at for queue in self.values() if queue), default=None)


class Inbox:
    """Stores updates and handles them, in order for each learner.

    Args:
        handle: handles an update; raises `TemporaryError` to be called again later.
        give_up: called with an update that failed for good, after its last try.
        flood_limits: how many updates one person may send.
        outage_notices: told when nothing can be stored, and when storing works again.
        also_write: statements to write together with finishing an update.
        pending: where the updates queue, for those who watch how many there are.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        handle: HandleUpdate,
        give_up: GiveUp,
        flood_limits: FloodLimits,
        outage_notices: OutageNotices,
        also_write: AlsoWrite = lambda _: (),
        pending: PendingUpdates | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._retries = Retries(store, clock, handle, give_up, outage_notices, also_write)
        self._flood_control = FloodControl(flood_limits)
        self._outage_notices = outage_notices
        self.pending = PendingUpdates() if pending is None else pending
        self._workers: set[asyncio.Task[None]] = set()
        self._seen_updates: OrderedDict[int, None] = OrderedDict()
        self._verdicts: dict[int, FloodVerdict] = {}  # of updates that could not be stored yet

    async def open(self) -> int:
        """Queue updates that an earlier run left unfinished; returns their number."""
        half = _MAX_REMEMBERED // 2  # finished and pending ones: Telegram may repeat either
        done = await self._store.fetch_recently_finished(half)
        pending = await self._store.fetch_pending_updates(MAX_TRIES)
        newest = [received.update for received in pending[-half:]]
        for update in (*reversed(done), *newest):
            self._remember(update)
        for received in pending:
            self._enqueue(received)
        return len(pending)

    async def receive(self, raw_updates: Iterable[Mapping[str, Any]]) -> None:
        """Store updates on disk; when this returns, they may be confirmed to Telegram.

        Each is judged by itself: of one that cannot be read, or that the database refuses for good,
        the number is noted, and the others are served.

        With none, and after nothing could be kept, see whether something can be now: Telegram may
        have forgotten what it could not hand over, and nobody else would come.

        Raises:
            UnavailableError: the database cannot be used; none of them may be confirmed.
        """
        now, raw_updates = self._clock(), list(raw_updates)
        new, odd = self._read(raw_updates, now)
        try:
            refused = await self._keep(new, odd, now)
        except UnavailableError:
            self._outage_notices.report_outage(raw_updates)
            raise
        self._verdicts.clear()
        for update, error in (odd | refused).items():
            self._note(update, error)
        for received in new:
            if received.update not in self._seen_updates:  # it may occur twice in one call
                self._remember(received.update)
                self._enqueue(received)

    async def wait_until_idle(self) -> None:
        """Wait until no update is queued or being handled."""
        while self._workers:
            await asyncio.wait(self._workers)

    @property
    def is_busy(self) -> bool:
        """Whether any update is queued or being handled."""
        return bool(self._workers)

    @property
    def is_storing(self) -> bool:
        """Whether incoming updates can be stored, as of the last attempt."""
        return not self._outage_notices.is_outage

    async def close(self, within: float) -> None:
        """Finish running updates within `within` seconds; the rest stays on disk."""
        self._retries.stop()
        await finish_tasks(self._workers, within)
        await self._outage_notices.close()

    def _read(
        self, raws: Iterable[Mapping[str, Any]], now: int
    ) -> tuple[list[ReceivedUpdate], dict[int, Exception]]:
        """What to keep of updates, and why others cannot be read, by their numbers."""
        new, odd = [], {}
        for raw in raws:
            try:
                taken = self._accept(raw, now)
            except Exception as error:  # noqa: BLE001 - whatever it is, it stops only this update
                odd[raw["update_id"]] = error
            else:
                new += [] if taken is None else [taken]
        return new, odd

    async def _keep(
        self, new: Sequence[ReceivedUpdate], odd: Mapping[int, Exception], now: int
    ) -> dict[int, Exception]:
        """Write what is new, and the numbers of what is odd; gives what the database refuses.

        Raises:
            UnavailableError: not at this moment.
            Exception: the database takes not even a number.
        """
        aside = [_set_aside(update, error, now) for update, error in odd.items()]
        writing = [*map(inbox.receive_update, new), *aside]
        if not writing and self._outage_notices.is_outage:
            writing = [inbox.write_probe(now)]
        refused: dict[int, Exception] = {}
        try:
            await self._store.write(*writing)
        except UnavailableError:
            raise
        except Exception:  # noqa: BLE001 - which of them it is shows when they are written alone
            await self._store.write(*aside)
            for received in new:
                await self._keep_alone(received, now, refused)
        if writing:
            self._outage_notices.end_outage()
        return refused

    async def _keep_alone(
        self, received: ReceivedUpdate, now: int, refused: dict[int, Exception]
    ) -> None:
        try:
            await self._store.write(inbox.receive_update(received))
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - it is only this update if its number is taken
            await self._store.write(_set_aside(received.update, error, now))
            refused[received.update] = error

    def _note(self, update: int, error: Exception) -> None:
        """An update is set aside at once: nobody can be told, and no other try would help."""
        METRICS.set_aside_updates.inc()
        self._remember(update)
        extra = {"action": "set_aside", "update": update, "why": type(error).__name__}
        log.error("An update cannot be read or kept", extra=extra)

    def _accept(self, raw: Mapping[str, Any], now: int) -> ReceivedUpdate | None:
        """Make the row to store; `None` for a repeated update or one dropped by flood control."""
        update = raw["update_id"]
        if update in self._seen_updates:
            METRICS.repeated_updates.inc()
            return None
        person, sent_at = update_json.get_sender(raw), update_json.get_sent_at(raw)
        update_json.get_chat(raw)  # read here so that whatever is odd about it is known in time
        sender = None if person is None else int(person["id"])
        verdict = FloodVerdict.ACCEPT
        if sender is not None and _NEVER_DROPPED not in raw:
            verdict = self._judge_flood(update, sender, sent_at)
            if verdict is not FloodVerdict.ACCEPT:
                METRICS.flooded_updates.inc()
                if verdict is FloodVerdict.DROP:
                    return None
        at, is_flood = self._next_received_at(sender, now), verdict is FloodVerdict.WARN
        body = orjson.dumps(raw).decode()
        return ReceivedUpdate(update, sender, body, at, is_flood=is_flood)

    def _next_received_at(self, sender: int | None, now: int) -> int:
        """Time of receipt to store, by which the next run orders pending updates.

        Never before a pending update of the same person, even if the clock was set back.
        """
        queue = self.pending.get(sender)
        return max(now, queue[-1].at) if queue else now

    def _judge_flood(self, update: int, sender: int, sent_at: float | None) -> FloodVerdict:
        """Count an update once, however often Telegram hands it over because it is not stored."""
        verdict = self._verdicts.get(update)
        if verdict is None:
            now = asyncio.get_running_loop().time()
            verdict = self._flood_control.record_update(sender, now, sent_at)
            self._verdicts[update] = verdict
        return verdict

    def _remember(self, update: int) -> None:
        self._seen_updates[update] = None
        if len(self._seen_updates) > _MAX_REMEMBERED:
            self._seen_updates.popitem(last=False)

    def _enqueue(self, received: ReceivedUpdate) -> None:
        queue = self.pending.get(received.learner)
        if queue is not None:
            queue.append(received)
            return
        self.pending[received.learner] = deque([received])
        worker = asyncio.create_task(self._run_worker(received.learner))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _run_worker(self, learner: int | None) -> None:
        queue = self.pending[learner]
        while queue and not self._retries.is_stopping:
            if await self._retries.retry_until_done(queue[0]):
                queue.popleft()
        del self.pending[learner]  # no await since the queue was seen empty, so nothing was added


def _set_aside(update: int, error: Exception, now: int) -> Statement:
    return inbox.sets_aside(update, type(error).__name__, now, MAX_TRIES)
