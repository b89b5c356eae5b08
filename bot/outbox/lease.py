"""Lease of the outbox: one process at a time sends, since Telegram's limits are per bot."""

import asyncio
from contextlib import suppress

from bot.clock import Clock
from storage import outbox
from storage.errors import UnavailableError
from storage.store import Store

# Duration of the lease in milliseconds; renewed after half of it. After a crash other processes
# wait until it expires.
LEASE = 60_000

# Seconds to release the lease.
_LEAVING = 3.0


class Leading:
    """This process's claim to be the only sender.

    Args:
        holder: unique name of this run of the program.
    """

    def __init__(self, store: Store, clock: Clock, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder
        self._until: int | None = None

    async def is_ours(self) -> bool:
        """Acquire or renew the lease; returns whether this process holds it.

        When newly acquired, deliveries that a dead process left behind are taken over first.

        Raises:
            UnavailableError: the database cannot be used.
        """
        now = self._clock()
        if self._until is not None and now + LEASE // 2 < self._until <= now + LEASE:
            return True
        await self._store.write(outbox.leases(self._holder, now, now + LEASE))
        holder, until = await self._store.sender() or ("", 0)
        if holder != self._holder:
            self._until = None
            return False
        if self._until is None or self._until <= now:  # others may have held it meanwhile
            await self._store.write(*outbox.recovers(self._holder))
        self._until = until
        return True

    async def leave(self) -> None:
        """Release the lease, and the deliveries that this process had claimed."""
        if self._until is None:
            return
        with suppress(UnavailableError, TimeoutError):  # then it expires by itself
            async with asyncio.timeout(_LEAVING):
                await self._store.write(*outbox.leaves(self._holder))
        self._until = None
