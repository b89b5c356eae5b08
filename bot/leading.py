"""Lets one process at a time send from the outbox: Telegram's rate is one for the whole bot."""

import asyncio
from contextlib import suppress

from bot.clock import Clock
from storage import deliveries
from storage.errors import UnavailableError
from storage.store import Store

# Milliseconds for which a process is the only one that sends; it asks anew when half is over. A
# process that dies keeps the others waiting for so long.
LEASE = 60_000

# Seconds for giving the lease back.
_LEAVING = 3.0


class Leading:
    """The lease of this process.

    Args:
        holder: names this run of the program; no other run may have it.
    """

    def __init__(self, store: Store, clock: Clock, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder
        self._until: int | None = None

    async def is_ours(self) -> bool:
        """Whether this process may send; what a dead one has left is taken over first.

        Raises:
            UnavailableError: not known at this moment.
        """
        now = self._clock()
        if self._until is not None and now + LEASE // 2 < self._until <= now + LEASE:
            return True
        await self._store.write(deliveries.leases(self._holder, now, now + LEASE))
        holder, until = await self._store.sender() or ("", 0)
        if holder != self._holder:
            self._until = None
            return False
        if self._until is None or self._until <= now:  # others may have come and gone meanwhile
            await self._store.write(*deliveries.recovers(self._holder))
        self._until = until
        return True

    async def leave(self) -> None:
        """Let others send, also what this process had in hand."""
        if self._until is None:
            return
        with suppress(UnavailableError, TimeoutError):  # then they wait for the lease to end
            async with asyncio.timeout(_LEAVING):
                await self._store.write(*deliveries.leaves(self._holder))
        self._until = None
