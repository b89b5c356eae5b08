"""Starts due broadcasts, puts their recipients into the outbox, and ends finished ones.

The outbox sends, with the words of `bot.jobs.broadcast_sender`; `bot.jobs.progress_messages` shows how far it is, `bot.jobs.broadcast_deletion`
deletes, and so does `bot.erasing` what was asked by somebody whose data is deleted. All that is
done here can be cut off at any moment and is gone on with later.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

from bot.actions import audiences, deliveries
from bot.actions.broadcasts import may_still_send
from bot.actions.learner_state import Services
from bot.clock import Clock
from bot.erasing import Erasing
from bot.i18n import Voices
from bot.jobs.broadcast_deletion import Delete, Rest, Undoing
from bot.jobs.progress_messages import OPEN, Show, Telling
from bot.outbox.lease import Leading
from course import local_time
from storage import broadcast_transitions, broadcasts, cohorts
from storage.broadcasts import MOST_WEEKS, Broadcast
from storage.broadcasts import State as Stage
from storage.errors import UnavailableError

log = logging.getLogger(__name__)

# Seconds between checks of running broadcasts: Telegram takes about one edit a second in a chat.
EVERY = 3.0

# Milliseconds: broadcasts due sooner than this do not wait for the scheduler's next tick.
_SOON = 60_000

_WEEK = 7


class Broadcasting:
    """Background worker for broadcasts; works only while this process holds the outbox's lease.

    Args:
        wake_outbox: tells the outbox that something may be due.
        check_interval: seconds between checks while a broadcast is unfinished.
    """

    def __init__(
        self,
        services: Services,
        voices: Voices,
        clock: Clock,
        leading: Leading,
        show: Show,
        delete: Delete,
        wake_outbox: Callable[[], None],
        every: float = EVERY,
    ) -> None:
        self._services = services
        self._store = services.store
        self._clock = clock
        self._leading = leading
        self._telling = Telling(services, voices, show, every)
        self._undoing = Undoing(services, clock, delete)
        self._erasing = Erasing(services.store, clock, delete)
        self._wake_outbox = wake_outbox
        self._every = every
        self._open: set[int] = set()  # broadcasts whose final progress was not shown yet
        self._awake = asyncio.Event()
        self._is_looking = False
        self._working: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the worker."""
        self._working = asyncio.create_task(self._work())
        self._awake.set()

    def wake(self) -> None:
        """Check for due work now."""
        self._awake.set()

    def changed(self, broadcast: int) -> None:
        """Update the progress message now, after a change made in a chat."""
        self._telling.is_outdated(broadcast)
        self._open.add(broadcast)
        self._awake.set()

    @property
    def is_busy(self) -> bool:
        """Whether a check is running or about to."""
        return self._awake.is_set() or self._is_looking

    async def close(self) -> None:
        """Stop the worker."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)

    def settled(self, in_hand: int) -> None:
        """Check at once when the outbox has recorded the last message in progress."""
        if in_hand == 0:
            self._awake.set()

    async def _work(self) -> None:
        goes_on = False
        while True:
            await self._pause(goes_on=goes_on)
            self._awake.clear()
            self._is_looking = True
            try:
                goes_on = await self._look()
            except UnavailableError as error:
                log.warning("Broadcasts wait", extra={"action": "broadcast", "why": str(error)})
            except Exception:  # one fault must not end all broadcasts
                log.exception("A broadcast failed", extra={"action": "broadcast_failed"})
            finally:
                self._is_looking = False

    async def _pause(self, *, goes_on: bool) -> None:
        """Wait until woken, or for `check_interval` seconds while a broadcast is unfinished."""
        waiting = asyncio.ensure_future(self._awake.wait())
        try:
            await asyncio.wait({waiting}, timeout=self._every if goes_on else None)
        finally:
            waiting.cancel()

    async def _look(self) -> bool:
        """Do what is due; returns whether to check again within seconds."""
        to_do = await broadcasts.to_do(self._store, self._clock())
        to_undo = await broadcasts.to_undo(self._store)
        to_erase = await self._erasing.due()
        if not (to_do or to_undo or to_erase or self._open):
            self._telling.forget()
            return False
        if not await self._leading.is_ours():
            return False
        for known in to_do:
            if known.state is Stage.SCHEDULED:
                await self._begin(known)
        self._wake_outbox()
        to_tell = self._open | {known.id for known in to_do}
        goes_on = [await self._tell(broadcast) for broadcast in sorted(to_tell)]
        goes_on += [await self._undo(known) for known in to_undo]
        goes_on.append(await self._erasing.erase(to_erase))
        return any(goes_on)

    async def _begin(self, known: Broadcast) -> None:
        """Give it out, if whoever sent it still may; a weekly one is asked about every week."""
        may_send = await may_still_send(self._services, known)
        if may_send and not await audiences.is_too_few(self._services, known, self._clock()):
            await self._tell(known.id)
            await self._plan(known)
            return
        await self._store.write(
            *broadcast_transitions.calls_off(known), *broadcast_transitions.stops(known)
        )
        log.info(
            "A broadcast is not sent, as it no longer may be",
            extra={"action": "broadcast_withdrawn", "broadcast": known.id},
        )

    async def _plan(self, known: Broadcast) -> None:
        """Put a delivery for each recipient into the outbox; repeating it adds none twice."""
        now = self._clock()
        async for page in audiences.walk(self._services, known, max(now, known.send_at or now)):
            await self._store.write(*audiences.rows(known, page, now))
            self._wake_outbox()
        await self._store.write(
            *broadcast_transitions.begins(known, await self._again_at(known, now))
        )
        log.info("A broadcast begins", extra={"action": "broadcast", "broadcast": known.id})

    async def _again_at(self, known: Broadcast, now: int) -> int | None:
        """When a weekly broadcast is repeated: same local time, before the last deadline."""
        if not known.weekly or known.week >= MOST_WEEKS:
            return None
        wanted = sorted(known.audience.cohorts or ())
        found = [one for each in wanted if (one := await cohorts.of(self._store, each)) is not None]
        ends = [one.deadline for one in found if one.deadline is not None]
        zone = next((one.zone for one in found), "UTC")
        again = _a_week_later(zone, known.send_at or now)
        while again <= now:
            again = _a_week_later(zone, again)
        return again if ends and again < max(ends) else None

    async def _tell(self, broadcast: int) -> bool:
        """End a completed broadcast and show its progress; returns whether to check again soon."""
        found = await broadcasts.of(self._store, broadcast)
        if found is None:
            self._open.discard(broadcast)
            return False
        await self._store.write(broadcast_transitions.ends(found))
        found = await broadcasts.of(self._store, broadcast) or found
        if found.state is Stage.SCHEDULED and (found.send_at or 0) > self._clock():
            self._open.discard(broadcast)
            return False
        told = await deliveries.told(self._services, found, self._clock())
        may_know = await may_still_send(self._services, found)
        is_shown = not may_know or await self._telling.tell(told)
        if found.state in OPEN:
            self._open.add(broadcast)
        elif is_shown:
            self._open.discard(broadcast)
        is_soon = told.next_due is not None and told.next_due <= told.now + _SOON
        return not is_shown or (found.state is Stage.SENDING and (is_soon or told.is_on_its_way))

    async def _undo(self, known: Broadcast) -> bool:
        """Delete some of its sent messages; returns whether some are left."""
        rest = await self._undoing.undo(known)
        if rest is Rest.UNTRIED:
            self._awake.set()
        if rest is not Rest.UNDELETED:
            await self._tell(known.id)
        return rest is not Rest.NOTHING


def _a_week_later(zone: str, at: int) -> int:
    there = local_time.local(zone, at)
    return local_time.at_minute(
        zone, there.date() + timedelta(days=_WEEK), local_time.minute(there)
    )
