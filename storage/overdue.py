"""Overdue messages, which an operator can list and cancel after restoring a backup.

Messages sent after the backup was made are still queued in it, and would be sent twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from storage import broadcast_transitions, broadcasts
from storage.broadcasts import Broadcast, BroadcastState
from storage.statements import statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class OverdueMessages:
    """Messages that would be sent at once.

    Attributes:
        deliveries: number of overdue deliveries by kind; kinds without any are left out.
        broadcasts: due broadcasts whose deliveries are not all queued yet.
    """

    deliveries: Mapping[str, int]
    broadcasts: tuple[Broadcast, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return not self.deliveries and not self.broadcasts


async def fetch_overdue(store: Store, now: int) -> OverdueMessages:
    """Fetch what a bot that starts at `now` (UTC milliseconds) would send at once."""
    rows = await store.fetch_rows(statement("count_overdue_deliveries", now=now))
    to_do = await broadcasts.fetch_broadcasts_to_send(store, now)
    scheduled = tuple(one for one in to_do if one.state is BroadcastState.SCHEDULED)
    return OverdueMessages({kind: int(count) for kind, count in rows}, scheduled)


async def cancel_overdue(store: Store, overdue: OverdueMessages, now: int) -> None:
    """Cancel the overdue messages; those due after `now` (UTC milliseconds) stay."""
    for one in overdue.broadcasts:
        await store.write(
            *broadcast_transitions.cancel_broadcast(one), *broadcast_transitions.stop_broadcast(one)
        )
    await store.write(statement("cancel_overdue_deliveries", now=now))
