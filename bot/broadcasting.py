"""Broadcasts on their way: puts recipients into the outbox, tells how far it is, ends and undoes.

The outbox sends, with the words of `bot.posting`. All that is done here can be cut off at any
moment and is gone on with later.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.actions import audience, delivering
from bot.actions.delivering import UNDO_WITHIN, Report
from bot.actions.visits import Services
from bot.clock import Clock
from bot.leading import Leading
from bot.rendering import deliveries as screens
from bot.replies import Reply
from bot.voice import Voice, Voices
from course import zones
from course.model import LearnerId
from storage import broadcast_steps as steps
from storage import broadcasts, cohorts, recipients
from storage.broadcasts import MOST_WEEKS, Broadcast
from storage.broadcasts import State as Stage
from storage.deliveries import State
from storage.errors import UnavailableError

log = logging.getLogger(__name__)

Show = Callable[[int, int | None, Reply], Awaitable[int]]
"""Shows a reply in a chat, in the message of that number if there is one; gives the number."""

Delete = Callable[[int, int], Awaitable[bool]]
"""Deletes a message of a chat; whether it is gone."""

# Seconds between two looks how far it is: Telegram takes about one change a second in a chat.
EVERY = 3.0

# Milliseconds: what is due sooner than at the next tick is not left to it.
_SOON = 60_000

_OPEN = (Stage.SCHEDULED, Stage.SENDING, Stage.UNDOING)
_AT_ONCE = 16  # messages that are deleted at the same time
_IN_ONE_LOOK = 64  # messages that are deleted before something else has its turn
_WEEK = 7


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


class Broadcasting:
    """What one process does for broadcasts; only the one that holds the outbox's lease does it.

    Args:
        wake_outbox: tells the sender that something may be due.
        every: seconds between two looks.
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
        self._voices = voices
        self._clock = clock
        self._leading = leading
        self._show = show
        self._delete = delete
        self._wake_outbox = wake_outbox
        self._every = every
        self._shown: dict[int, _Shown] = {}
        self._open: set[int] = set()  # what is not over, as far as it was told
        self._paces: dict[int, _Pace] = {}
        self._undone_up_to: dict[int, int] = {}
        self._awake = asyncio.Event()
        self._is_looking = False
        self._working: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look what is to be done."""
        self._working = asyncio.create_task(self._work())
        self._awake.set()

    def wake(self) -> None:
        """Something may be to be done: look now."""
        self._awake.set()

    def changed(self, broadcast: int) -> None:
        """Somebody has just done something with it in a chat: show anew how far it is, now."""
        self._shown.pop(broadcast, None)
        self._open.add(broadcast)
        self._awake.set()

    @property
    def is_busy(self) -> bool:
        """Whether it looks, or is about to."""
        return self._awake.is_set() or self._is_looking

    async def close(self) -> None:
        """Stop looking."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)

    def settled(self, in_hand: int) -> None:
        """The sender has noted what became of a message; look at once when it has no other."""
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
        """Until somebody wakes us, and while something goes on no longer than `every` seconds."""
        waiting = asyncio.ensure_future(self._awake.wait())
        try:
            await asyncio.wait({waiting}, timeout=self._every if goes_on else None)
        finally:
            waiting.cancel()

    async def _look(self) -> bool:
        """Do what is to be done; whether more is within seconds."""
        to_do = await broadcasts.to_do(self._store, self._clock())
        to_undo = await broadcasts.to_undo(self._store)
        if not (to_do or to_undo or self._open):
            self._forget()
            return False
        if not await self._leading.is_ours():
            return False
        for known in to_do:
            if known.state is Stage.SCHEDULED:
                await self._tell(known.id)
                await self._plan(known)
        self._wake_outbox()
        to_tell = self._open | {known.id for known in to_do}
        goes_on = [await self._tell(broadcast) for broadcast in sorted(to_tell)]
        goes_on += [await self._undo(known) for known in to_undo]
        return any(goes_on)

    def _forget(self) -> None:
        self._shown.clear()
        self._paces.clear()

    async def _plan(self, known: Broadcast) -> None:
        """Give everybody of its audience their row; a second time adds nobody."""
        now = self._clock()
        async for page in audience.walk(self._services, known, max(now, known.send_at or now)):
            await self._store.write(*audience.rows(known, page, now))
            self._wake_outbox()
        await self._store.write(*steps.begins(known, await self._again_at(known, now)))
        log.info("A broadcast begins", extra={"action": "broadcast", "broadcast": known.id})

    async def _again_at(self, known: Broadcast, now: int) -> int | None:
        """When it is repeated: at the same time a week later, before the last deadline."""
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
        """End it if nothing is left, and show how far it is; whether it goes on within seconds."""
        found = await broadcasts.of(self._store, broadcast)
        if found is None:
            self._open.discard(broadcast)
            return False
        await self._store.write(steps.ends(found))
        found = await broadcasts.of(self._store, broadcast) or found
        if found.state is Stage.SCHEDULED and (found.send_at or 0) > self._clock():
            self._open.discard(broadcast)
            return False
        told = await delivering.told(self._services, found, self._clock())
        is_shown = await self._show_progress(told)
        if found.state in _OPEN:
            self._open.add(broadcast)
        elif is_shown:
            self._open.discard(broadcast)
        is_soon = told.next_due is not None and told.next_due <= told.now + _SOON
        return not is_shown or (found.state is Stage.SENDING and (is_soon or _goes_on(told)))

    async def _show_progress(self, told: Report) -> bool:
        """Show it, unless it was just shown; whether there is nothing more to show now."""
        known = told.broadcast
        if known.chat is None or (known.message is None and known.state not in _OPEN):
            return True
        reply = screens.progress(await self._voice(known.chat), told, self._seconds_left(told))
        now = asyncio.get_running_loop().time()
        before = self._shown.get(known.id)
        if before is not None and before.reply == reply:
            return True
        stage = known.state, _goes_on(told)
        is_soon = before is not None and now < before.at + self._every
        if before is not None and is_soon and before.stage == stage and known.state in _OPEN:
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

    async def _undo(self, known: Broadcast) -> bool:
        """Delete some of what was sent of it; whether something is left that may be deleted."""
        since = self._clock() - UNDO_WITHIN
        beyond = self._undone_up_to.get(known.id, 0)
        for _ in range(_IN_ONE_LOOK // _AT_ONCE):
            page = await recipients.deletable(self._store, known, since, beyond, _AT_ONCE)
            if not page:
                break
            beyond = page[-1][0]
            await asyncio.gather(*(self._take_back(known, *one) for one in page))
        else:  # others have their turn, and at once this one again
            self._undone_up_to[known.id] = beyond
            self._awake.set()
            await self._tell(known.id)
            return True
        self._undone_up_to.pop(known.id, None)
        left = await recipients.deletable(self._store, known, since, 0, 1)
        told = await delivering.told(self._services, known, self._clock())
        if left or told.count(State.CLAIMED, State.SENDING):
            return True
        await self._store.write(steps.is_undone(known))
        await self._tell(known.id)
        return False

    async def _take_back(self, known: Broadcast, learner: LearnerId, message: int) -> None:
        try:
            deleted = await self._delete(learner, message)
        except TelegramError as error:  # it is tried again: to delete twice harms nothing
            log.info("Not deleted", extra={"action": "delete_failed", "why": str(error)})
            return
        await self._store.write(recipients.takes_back(known, learner, deleted=deleted))


def _goes_on(told: Report) -> bool:
    """Whether something of it is on its way, or due."""
    is_due = told.next_due is not None and told.next_due <= told.now
    return is_due or told.count(State.CLAIMED, State.SENDING) > 0


def _a_week_later(zone: str, at: int) -> int:
    there = zones.local(zone, at)
    return zones.at_minute(zone, there.date() + timedelta(days=_WEEK), zones.minute(there))
