"""Once a night the counters are compared with the facts; what was wrong is said loudly, and right.

It goes on behind the tick, on a connection of its own: nobody's answer waits for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

from telegram.error import TelegramError

from bot.actions.visits import Services
from bot.clock import Clock
from bot.meters import METERS
from bot.rendering import recounts as screens
from bot.replies import Reply
from bot.voice import Voices
from storage import recounts, roles
from storage.errors import AlreadyRecountingError, UnavailableError
from storage.recounts import Recount

log = logging.getLogger(__name__)

Tell: TypeAlias = Callable[[int, Reply], Awaitable[object]]
"""Sends a reply to a chat."""

_HOUR = 3_600_000
_DAY = 24 * _HOUR

QUIET = 2 * _HOUR
"""After midnight by UTC, in milliseconds: night from the Americas' evening to Africa's morning."""


def is_due(last: int, now: int) -> bool:
    """Whether there was no recount since the newest quiet hour; one that was missed is made up for.

    Args:
        last: when the last one was made, in UTC milliseconds like `now`.
    """
    return last < now - (now - QUIET) % _DAY


def nights_from(came: int | None, now: int) -> int:
    """From when on nights count before the first recount of all, in UTC milliseconds.

    From the first learner, whichever run of the program that met: a bot that is switched off every
    night would else never make one.

    Args:
        came: when the first learner came; `None` when nobody has come.
        now: when this run looks for the first time.
    """
    return now if came is None else min(came, now)


@dataclass(slots=True)
class Recounting:
    """Looks whether a recount is due, and makes it."""

    services: Services
    voices: Voices
    clock: Clock
    tell: Tell
    _since: int | None = field(default=None, init=False)
    _working: "asyncio.Task[None] | None" = field(default=None, init=False)

    @property
    def is_busy(self) -> bool:
        """Whether one is at work."""
        return self._working is not None and not self._working.done()

    async def tick(self) -> None:
        """Begin a recount if one is due; returns at once."""
        if self.is_busy:
            return
        if is_due(await self._nights_from(), self.clock()):
            self._working = asyncio.create_task(self._recount())

    async def close(self) -> None:
        """Stop; the next run of the program begins it anew."""
        if self._working is not None:
            self._working.cancel()
            with suppress(asyncio.CancelledError):
                await self._working

    async def _nights_from(self) -> int:
        store = self.services.store
        last = await recounts.last(store)
        if last is not None:
            return last[0]
        if self._since is None:  # asked once: it reads all learners
            self._since = nights_from(await recounts.first_came(store), self.clock())
        return self._since

    async def _recount(self) -> None:
        try:
            found = await recounts.recount(self.services.store, self.clock())
        except (AlreadyRecountingError, UnavailableError) as error:
            log.warning("The recount waits", extra={"action": "recount", "why": str(error)})
        except Exception:
            log.exception("The recount failed", extra={"action": "recount_failed"})
        else:
            await self._say(found)

    async def _say(self, found: Recount) -> None:
        if found.is_fine:
            log.info("Recounted", extra={"action": "recounted"})
            return
        told = {"unsettled": found.unsettled, **found.wrong}
        log.error("Counters were wrong and were repaired", extra={"action": "recounted", **told})
        METERS.miscounted.inc(found.mistakes)
        reply = screens.repaired(self.voices.of(None), found.mistakes)
        admins = {*self.services.admins, *await roles.admins(self.services.store)}
        for admin in sorted(admins):
            try:
                await self.tell(admin, reply)
            except TelegramError as error:
                said = {"action": "recount_not_told", "why": str(error)}
                log.warning("An admin was not told", extra=said)
