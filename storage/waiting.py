"""What is due to be sent and was not, for an operator who restored a backup: see it, take it back.

A backup holds as waiting what was sent after it was made; who starts a bot with it sends it twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from storage import broadcast_steps as steps
from storage import broadcasts
from storage.broadcasts import Broadcast, State
from storage.statements import statement
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """What would go out at once.

    Attributes:
        deliveries: how many messages, by their kind; kinds without any are left out.
        broadcasts: those of which nobody, or not everybody, has a message waiting yet.
    """

    deliveries: Mapping[str, int]
    broadcasts: tuple[Broadcast, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing would."""
        return not self.deliveries and not self.broadcasts


async def due(store: Store, now: int) -> Waiting:
    """What a bot that starts at `now` (UTC milliseconds) would send."""
    rows = await store.rows(statement("waiting_deliveries", now=now))
    to_do = await broadcasts.to_do(store, now)
    scheduled = tuple(one for one in to_do if one.state is State.SCHEDULED)
    return Waiting({kind: int(count) for kind, count in rows}, scheduled)


async def take_back(store: Store, waiting: Waiting, now: int) -> None:
    """Have none of it sent; what is to come after `now` (UTC milliseconds) stays."""
    for one in waiting.broadcasts:
        await store.write(*steps.calls_off(one), *steps.stops(one))
    await store.write(statement("take_back_waiting", now=now))
