"""Lease of the outbox: one process at a time sends, since Telegram's limits are per bot."""

import asyncio
from contextlib import suppress

from bot.clock import Clock
from storage import outbox
from storage.errors import UnavailableError
from storage.store import Store

# Duration of the lease in milliseconds; renewed after half of it. After a crash other processes
# wait until it expires.
LEASE_DURATION = 60_000

# Seconds to release the lease.
_RELEASE_TIME_LIMIT = 3.0


class Lease:
    """This process's claim to be the only sender.

    Attributes:
        holder: unique name of this run of the program.
    """

    def __init__(self, store: Store, clock: Clock, holder: str) -> None:
        self._store = store
        self._clock = clock
        self.holder = holder
        self._until: int | None = None

    async def acquire(self) -> bool:
        """Acquire or renew the lease; returns whether this process holds it.

        When newly acquired, deliveries that a dead process left behind are taken over first.

        Raises:
            UnavailableError: the database cannot be used.
        """
        now = self._clock()
        if (
            self._until is not None
            and now + LEASE_DURATION // 2 < self._until <= now + LEASE_DURATION
        ):
            return True
        await self._store.write(outbox.acquire_lease(self.holder, now, now + LEASE_DURATION))
        holder, until = await self._store.fetch_lease_holder() or ("", 0)
        if holder != self.holder:
            self._until = None
            return False
        if self._until is None or self._until <= now:  # others may have held it meanwhile
            await self._store.write(*outbox.recover_deliveries(self.holder))
        self._until = until
        return True

    async def release(self) -> None:
        """Release the lease, and the deliveries that this process had claimed."""
        if self._until is None:
            return
        with suppress(UnavailableError, TimeoutError):  # then it expires by itself
            async with asyncio.timeout(_RELEASE_TIME_LIMIT):
                await self._store.write(*outbox.release_outbox(self.holder))
        self._until = None
