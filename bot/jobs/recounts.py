"""Nightly recount: compares the counters with the facts, repairs them, and notifies admins.

Runs in the background on a database connection of its own, so that answers do not wait for it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

from telegram.error import TelegramError

from bot.actions.learner_state import Services
from bot.clock import Clock
from bot.i18n import Voices
from bot.messages import Reply
from bot.metrics import METERS
from bot.rendering.recounts import repaired
from storage import recounts, roles
from storage.errors import AlreadyRecountingError, UnavailableError
from storage.recounts import Recount

log = logging.getLogger(__name__)

Tell: TypeAlias = Callable[[int, Reply], Awaitable[object]]
"""Sends a reply to a chat."""

_HOUR = 3_600_000
_DAY = 24 * _HOUR

QUIET = 2 * _HOUR
"""Time of the recount, in milliseconds after midnight UTC: between the Americas' evening and
Africa's morning."""


def is_due(last: int, now: int) -> bool:
    """Whether no recount was made since the last scheduled time; missed ones are caught up.

    Args:
        last: time of the last recount, in UTC milliseconds like `now`.
    """
    return last < now - (now - QUIET) % _DAY


def nights_from(came: int | None, now: int) -> int:
    """Time from which nights count while no recount was ever made, in UTC milliseconds.

    It is when the first learner joined, not when this run began: otherwise a bot that is switched
    off every night would never make a recount.

    Args:
        first_joined_at: when the first learner joined; `None` if none has.
        now: time of this run's first check.
    """
    return now if came is None else min(came, now)


@dataclass(slots=True)
class Recounting:
    """Job that makes a recount when one is due."""

    services: Services
    voices: Voices
    clock: Clock
    tell: Tell
    _since: int | None = field(default=None, init=False)
    _working: "asyncio.Task[None] | None" = field(default=None, init=False)

    @property
    def is_busy(self) -> bool:
        """Whether a recount is running."""
        return self._working is not None and not self._working.done()

    async def tick(self) -> None:
        """Start a recount in the background if one is due."""
        if self.is_busy:
            return
        if is_due(await self._nights_from(), self.clock()):
            self._working = asyncio.create_task(self._recount())

    async def close(self) -> None:
        """Cancel a running recount; the next run of the program starts it again."""
        if self._working is not None:
            self._working.cancel()
            with suppress(asyncio.CancelledError):
                await self._working

    async def _nights_from(self) -> int:
        store = self.services.store
        last = await recounts.last(store)
        if last is not None:
            return last[0]
        if self._since is None:  # loaded once, since the query reads all learners
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
        reply = repaired(self.voices.of(None), found.mistakes)
        admins = {*self.services.admins, *await roles.admins(self.services.store)}
        for admin in sorted(admins):
            try:
                await self.tell(admin, reply)
            except TelegramError as error:
                said = {"action": "recount_not_told", "why": str(error)}
                log.warning("An admin was not told", extra=said)
