"""Overdue messages, which an operator can list and cancel after restoring a backup.

Messages sent after the backup was made are still queued in it, and would be sent twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from storage import broadcast_transitions, broadcasts
from storage.broadcasts import Broadcast, State
from storage.statements import statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages that would be sent at once.

    Attributes:
        deliveries: number of overdue deliveries by kind; kinds without any are left out.
        broadcasts: due broadcasts whose deliveries are not all queued yet.
    """

    deliveries: Mapping[str, int]
    broadcasts: tuple[Broadcast, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether there are none."""
        return not self.deliveries and not self.broadcasts


async def due(store: Store, now: int) -> Waiting:
    """Fetch what a bot that starts at `now` (UTC milliseconds) would send at once."""
    rows = await store.rows(statement("waiting_deliveries", now=now))
    to_do = await broadcasts.to_do(store, now)
    scheduled = tuple(one for one in to_do if one.state is State.SCHEDULED)
    return Waiting({kind: int(count) for kind, count in rows}, scheduled)


async def take_back(store: Store, waiting: Waiting, now: int) -> None:
    """Cancel the overdue messages; those due after `now` (UTC milliseconds) stay."""
    for one in waiting.broadcasts:
        await store.write(*broadcast_transitions.calls_off(one), *broadcast_transitions.stops(one))
    await store.write(statement("take_back_waiting", now=now))
