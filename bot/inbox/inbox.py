"""Durable inbox: an update is on disk before it is confirmed, and removed when it is answered.

Updates of one learner are handled in order, those of different learners concurrently.
"""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from bot import updates
from bot.clock import Clock
from bot.graceful_shutdown import finish
from bot.inbox.flood_control import Allowance, Flood, Verdict
from bot.inbox.outage_notices import Patience
from bot.inbox.retries import (
    TRIES,
    Besides,
    GiveUp,
    Handle,
    Trying,
)
from bot.metrics import METERS
from storage import inbox
from storage.errors import UnavailableError
from storage.inbox import Received
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Where the inbox notes, beside what Telegram sent, that this is where a flood was cut off.
FLOODED = "tutorbot_flooded"

# Kind of update that tells whether the bot is blocked; never dropped, since it is not repeated.
_NEVER_DROPPED = "my_chat_member"

# Update ids remembered to detect repeated updates. Telegram repeats only unconfirmed ones: at most
# a few hundred.
_REMEMBERED = 20_000


class Inbox:
    """Stores updates and handles them, in order for each learner.

    Args:
        handle: handles an update; raises `TemporaryError` to be called again later.
        give_up: called with an update that failed for good, after its last try.
        flood_limits: how many updates one person may send.
        outage_notices: told when nothing can be stored, and when storing works again.
        also_write: statements to write together with finishing an update.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        handle: Handle,
        give_up: GiveUp,
        allowance: Allowance,
        patience: Patience,
        besides: Besides = lambda _: (),
    ) -> None:
        self._store = store
        self._clock = clock
        self._trying = Trying(store, clock, handle, give_up, patience, besides)
        self._flood = Flood(allowance)
        self._patience = patience
        self._lines: dict[int | None, deque[Received]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._judged: dict[int, Verdict] = {}  # of updates that could not be stored yet

    async def open(self) -> int:
        """Queue updates that an earlier run left unfinished; returns their number."""
        half = _REMEMBERED // 2  # finished and pending ones: Telegram may repeat either
        done = await self._store.recently_done(half)
        owed = await self._store.owed_updates(TRIES)
        newest = [received.update for received in owed[-half:]]
        for update in (*reversed(done), *newest):
            self._remember(update)
        for received in owed:
            self._queue(received)
        return len(owed)

    async def receive(self, raws: Iterable[Mapping[str, Any]]) -> None:
        """Store updates on disk; when this returns, they may be confirmed to Telegram.

        Each is judged by itself: of one that cannot be read, or that the database refuses for good,
        the number is noted, and the others are served.

        With none, and after nothing could be kept, see whether something can be now: Telegram may
        have forgotten what it could not hand over, and nobody else would come.

        Raises:
            UnavailableError: the database cannot be used; none of them may be confirmed.
        """
        now, raws = self._clock(), list(raws)
        new, odd = self._read(raws, now)
        try:
            refused = await self._keep(new, odd, now)
        except UnavailableError:
            self._patience.ask(raws)
            raise
        self._judged.clear()
        for update, error in (odd | refused).items():
            self._note(update, error)
        for received in new:
            if received.update not in self._seen:  # it may occur twice in one call
                self._remember(received.update)
                self._queue(received)

    async def settled(self) -> None:
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
        return not self._patience.needed

    @property
    def length(self) -> int:
        """Number of updates queued or being handled."""
        return sum(map(len, self._lines.values()))

    @property
    def oldest(self) -> int | None:
        """When the oldest pending update was received, in UTC milliseconds; `None` if none is."""
        return min((line[0].at for line in self._lines.values() if line), default=None)

    async def close(self, within: float) -> None:
        """Finish running updates within `within` seconds; the rest stays on disk."""
        self._trying.stop()
        await finish(self._workers, within)
        await self._patience.close()

    def _read(
        self, raws: Iterable[Mapping[str, Any]], now: int
    ) -> tuple[list[Received], dict[int, Exception]]:
        """What to keep of updates, and why others cannot be read, by their numbers."""
        new, odd = [], {}
        for raw in raws:
            try:
                taken = self._take(raw, now)
            except Exception as error:  # noqa: BLE001 - whatever it is, it stops only this update
                odd[raw["update_id"]] = error
            else:
                new += [] if taken is None else [taken]
        return new, odd

    async def _keep(
        self, new: Sequence[Received], odd: Mapping[int, Exception], now: int
    ) -> dict[int, Exception]:
        """Write what is new, and the numbers of what is odd; gives what the database refuses.

        Raises:
            UnavailableError: not at this moment.
            Exception: the database takes not even a number.
        """
        aside = [_set_aside(update, error, now) for update, error in odd.items()]
        writing = [*map(inbox.receives, new), *aside]
        if not writing and self._patience.needed:
            writing = [inbox.probes(now)]
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
            self._patience.relieve()
        return refused

    async def _keep_alone(
        self, received: Received, now: int, refused: dict[int, Exception]
    ) -> None:
        try:
            await self._store.write(inbox.receives(received))
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - it is only this update if its number is taken
            await self._store.write(_set_aside(received.update, error, now))
            refused[received.update] = error

    def _note(self, update: int, error: Exception) -> None:
        """An update is set aside at once: nobody can be told, and no other try would help."""
        METERS.set_aside.inc()
        self._remember(update)
        extra = {"action": "set_aside", "update": update, "why": type(error).__name__}
        log.error("An update cannot be read or kept", extra=extra)

    def _take(self, raw: Mapping[str, Any], now: int) -> Received | None:
        """Make the row to store; `None` for a repeated update or one dropped by flood control."""
        update = raw["update_id"]
        if update in self._seen:
            METERS.repeated.inc()
            return None
        person, sent_at = updates.sender(raw), updates.sent_at(raw)
        updates.chat(raw)  # read here so that whatever is odd about it is known in time
        sender = None if person is None else int(person["id"])
        if sender is not None and _NEVER_DROPPED not in raw:
            verdict = self._judge(update, sender, sent_at)
            if verdict is not Verdict.TAKE:
                METERS.flooded.inc()
                if verdict is Verdict.DROP:
                    return None
                raw = {**raw, FLOODED: True}
        at = self._in_order(sender, now)
        return Received(update, sender, orjson.dumps(raw).decode(), at)

    def _in_order(self, sender: int | None, now: int) -> int:
        """Time of receipt to store, by which the next run orders pending updates.

        Never before a pending update of the same person, even if the clock was set back.
        """
        line = self._lines.get(sender)
        return max(now, line[-1].at) if line else now

    def _judge(self, update: int, sender: int, sent_at: float | None) -> Verdict:
        """Count an update once, however often Telegram hands it over because it is not stored."""
        verdict = self._judged.get(update)
        if verdict is None:
            now = asyncio.get_running_loop().time()
            verdict = self._flood.judge(sender, now, sent_at)
            self._judged[update] = verdict
        return verdict

    def _remember(self, update: int) -> None:
        self._seen[update] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    def _queue(self, received: Received) -> None:
        line = self._lines.get(received.learner)
        if line is not None:
            line.append(received)
            return
        self._lines[received.learner] = deque([received])
        worker = asyncio.create_task(self._work(received.learner))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, learner: int | None) -> None:
        line = self._lines[learner]
        while line and not self._trying.is_stopping:
            if await self._trying.settle(line[0]):
                line.popleft()
        del self._lines[learner]  # no await since the queue was seen empty, so nothing was added


def _set_aside(update: int, error: Exception, now: int) -> Statement:
    return inbox.sets_aside(update, type(error).__name__, now, TRIES)
