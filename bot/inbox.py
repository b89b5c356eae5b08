"""The durable inbox: an update is on disk before it is confirmed, and leaves when it is answered.

One learner's updates are handled in order; up to 64 learners at the same time.
"""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from bot.clock import Clock
from bot.flood import Allowance, Flood, Verdict
from bot.meters import METERS
from bot.patience import Patience
from storage import inbox
from storage.errors import UnavailableError
from storage.inbox import Received
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Learners served at the same time.
AT_ONCE = 64

# Failures after which an update is set aside.
TRIES = 3

# Where the inbox notes, beside what Telegram sent, that this is where a flood was cut off.
FLOODED = "tutorbot_flooded"

# Ids remembered so that an update that comes twice is not handled twice. Telegram repeats only
# what it was not told is confirmed: at most a few hundred.
_REMEMBERED = 20_000

# Seconds before a failed update is tried again: the first, and the longest; and the longest when
# the database failed, which nobody else is busy with.
_FIRST_WAIT, _LONGEST_WAIT, _LONGEST_WAIT_FOR_STORE = 0.5, 30.0, 4.0

Handle = Callable[[Received], Awaitable[None]]


class PassingError(Exception):
    """Handling failed for a reason that will pass (the network, a full disk): try again, uncounted.

    Attributes:
        wait: seconds to wait first; `None` to leave it to the inbox.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(f"Cannot be done now: {reason}. It is tried again.")
        self.wait = wait


class Inbox:
    """Takes updates in and hands each to `handle`, in the learner's order.

    Args:
        handle: does what an update asks; raises `PassingError` to be called again later.
        give_up: told of an update that failed for good, after its last try.
        allowance: how much one person may send.
        patience: is told when nothing can be stored, and when that is over.
        besides: what to write together with an update's being done.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        handle: Handle,
        give_up: Callable[[Received, Exception], Awaitable[None]],
        allowance: Allowance,
        patience: Patience,
        besides: Callable[[Received], Sequence[Statement]] = lambda _: (),
    ) -> None:
        self._store = store
        self._clock = clock
        self._handle = handle
        self._give_up = give_up
        self._flood = Flood(allowance)
        self._patience = patience
        self._besides = besides
        self._lines: dict[int | None, deque[Received]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._judged: dict[int, Verdict] = {}  # of updates that could not be stored yet
        self._stopping = asyncio.Event()

    async def open(self) -> int:
        """Take up what an earlier run left; returns how many updates that are."""
        for update in reversed(await self._store.recently_done(_REMEMBERED)):
            self._remember(update)
        owed = await self._store.owed_updates(TRIES)
        for received in owed:
            self._remember(received.update)
            self._queue(received)
        return len(owed)

    async def receive(self, raws: Iterable[Mapping[str, Any]]) -> None:
        """Put updates on disk; when this returns, they may be confirmed to Telegram.

        Raises:
            UnavailableError: not at this moment; none of them may be confirmed.
        """
        now = self._clock()
        raws = list(raws)
        new = [taken for raw in raws if (taken := self._take(raw, now)) is not None]
        try:
            await self._store.write(*map(inbox.receives, new))
        except UnavailableError:
            self._patience.ask(raws)
            raise
        self._judged.clear()
        if new:
            self._patience.relieve()
        for received in new:
            if received.update not in self._seen:  # it may have come twice at the same moment
                self._remember(received.update)
                self._queue(received)

    async def settled(self) -> None:
        """Wait until nothing is in hand."""
        while self._workers:
            await asyncio.wait(self._workers)

    @property
    def is_busy(self) -> bool:
        """Whether anything is in hand or waiting for its turn."""
        return bool(self._workers)

    @property
    def is_storing(self) -> bool:
        """Whether what comes in can be kept, as far as is known."""
        return not self._patience.needed

    @property
    def length(self) -> int:
        """How many updates are in hand or waiting for their turn."""
        return sum(map(len, self._lines.values()))

    @property
    def oldest(self) -> int | None:
        """When the oldest of them was received, in UTC milliseconds; `None` when there is none."""
        return min((line[0].at for line in self._lines.values() if line), default=None)

    async def close(self, within: float) -> None:
        """Finish what is in hand within `within` seconds; the rest stays on disk for next time."""
        self._stopping.set()
        if self._workers:
            _done, late = await asyncio.wait(self._workers, timeout=within)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._patience.close()

    def _take(self, raw: Mapping[str, Any], now: int) -> Received | None:
        """What to keep of an update: nothing when it came before, or is part of a flood."""
        update = raw["update_id"]
        if update in self._seen:
            METERS.repeated.inc()
            return None
        sender = _sender(raw)
        if sender is not None:
            verdict = self._judge(update, sender)
            if verdict is not Verdict.TAKE:
                METERS.flooded.inc()
                if verdict is Verdict.DROP:
                    return None
                raw = {**raw, FLOODED: True}
        return Received(update, sender, orjson.dumps(raw).decode(), now)

    def _judge(self, update: int, sender: int) -> Verdict:
        """Count an update once, however often Telegram hands it over because it is not stored."""
        verdict = self._judged.get(update)
        if verdict is None:
            verdict = self._flood.judge(sender, asyncio.get_running_loop().time())
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
        async with self._places:
            while line and not self._stopping.is_set():
                if await self._settle(line[0]):
                    line.popleft()
            del self._lines[learner]  # no await since the line was seen empty: nothing slips in

    async def _settle(self, received: Received) -> bool:
        """Handle one update until it is done or set aside; False when the process stops first."""
        tries, wait, handled = received.tries, _FIRST_WAIT, False
        while True:
            try:
                if not handled:  # what is out is not sent again because it cannot be noted
                    await self._handle(received)
                    handled = True
                finished = inbox.finishes(received.update, self._clock())
                await self._store.write(finished, *self._besides(received))
            except (PassingError, UnavailableError) as error:
                longest = self._put_off(received, error, handled=handled)
                if await self._is_stopped_within(getattr(error, "wait", None) or wait):
                    return False
                wait = min(2 * wait, longest)
            except Exception as error:  # noqa: BLE001 - whatever it is, it stops only this update
                tries += 1
                await self._note(received, error, tries)
                if tries >= TRIES:
                    await self._set_aside(received, error)
                    return True
            else:
                self._patience.relieve()
                METERS.reply_seconds.observe((self._clock() - received.at) / 1000)
                return True

    def _put_off(self, received: Received, error: Exception, *, handled: bool) -> float:
        """Note what is tried again; gives the longest time to wait between tries."""
        METERS.retried.inc()
        log.warning("Trying again later", extra={"action": "retry", "why": str(error)})
        if not isinstance(error, UnavailableError):
            return _LONGEST_WAIT
        self._patience.ask([] if handled else [orjson.loads(received.body)])
        return _LONGEST_WAIT_FOR_STORE

    async def _set_aside(self, received: Received, error: Exception) -> None:
        METERS.set_aside.inc()
        try:
            await self._give_up(received, error)
        except Exception:  # the learner's next update must be served all the same
            log.exception("Giving up failed", extra={"action": "give_up_failed"})

    async def _note(self, received: Received, error: Exception, tries: int) -> None:
        METERS.failed.inc()
        log.error(
            "Handling an update failed",
            extra={"action": "update_failed", "update": received.update, "tries": tries},
            exc_info=error,
        )
        try:
            await self._store.write(inbox.fails(received.update, type(error).__name__))
        except Exception:  # the count in memory still ends it; on disk it is tried anew
            log.exception("The failure could not be noted", extra={"action": "note_failed"})

    async def _is_stopped_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True


def _sender(raw: Mapping[str, Any]) -> int | None:
    for content in raw.values():
        if isinstance(content, Mapping) and isinstance(sender := content.get("from"), Mapping):
            return int(sender["id"])
    return None
