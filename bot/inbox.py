"""Durable inbox: an update is on disk before it is confirmed, and removed when it is answered.

Updates of one learner are handled in order, those of different learners concurrently.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from bot.clock import Clock
from bot.flood import Allowance, Flood, Verdict
from bot.meters import METERS
from bot.patience import Patience
from bot.stopping import finish
from bot.trying import TRIES, Besides, GiveUp, Handle, Trying
from storage import inbox
from storage.errors import UnavailableError
from storage.inbox import Received
from storage.store import Store

# Key that the inbox adds to an update over the flood limit, which is answered with a warning.
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

        During an outage an empty list probes whether the database is writable again; otherwise an
        idle bot would not notice the end of the outage.

        Raises:
            UnavailableError: the database cannot be used; none of them may be confirmed.
        """
        now = self._clock()
        raws = list(raws)
        new = [taken for raw in raws if (taken := self._take(raw, now)) is not None]
        writing = [*map(inbox.receives, new)]
        if not writing and self._patience.needed:
            writing = [inbox.probes(now)]
        try:
            await self._store.write(*writing)
        except UnavailableError:
            self._patience.ask(raws)
            raise
        self._judged.clear()
        if writing:
            self._patience.relieve()
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

    def _take(self, raw: Mapping[str, Any], now: int) -> Received | None:
        """Make the row to store; `None` for a repeated update or one dropped by flood control."""
        update = raw["update_id"]
        if update in self._seen:
            METERS.repeated.inc()
            return None
        sender = _sender(raw)
        if sender is not None and _NEVER_DROPPED not in raw:
            verdict = self._judge(raw, sender)
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

    def _judge(self, raw: Mapping[str, Any], sender: int) -> Verdict:
        """Apply flood control, counting an update once even if it is received again."""
        update = raw["update_id"]
        verdict = self._judged.get(update)
        if verdict is None:
            now = asyncio.get_running_loop().time()
            verdict = self._flood.judge(sender, now, _sent_at(raw))
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


def _sender(raw: Mapping[str, Any]) -> int | None:
    for content in raw.values():
        if isinstance(content, Mapping) and isinstance(sender := content.get("from"), Mapping):
            return int(sender["id"])
    return None


def _sent_at(raw: Mapping[str, Any]) -> float | None:
    """When it was sent, in seconds since 1970; `None` for a press, which carries no date.

    Telegram drops presses that are minutes old (see docs/decisions/0004).
    """
    if (message := raw.get("edited_message")) is not None:
        found = message.get("edit_date")
    else:
        found = raw.get("message", {}).get("date")
    return None if found is None else float(found)
