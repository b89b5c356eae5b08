"""Updates that wait for the bot: their order, their lifetime and who hears of new ones."""

import random
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from simulator.clock import Clock
from simulator.wire import Json

# tdlib/telegram-bot-api, Client.cpp: callback queries wait 150 s, everything else a day.
CALLBACK_SECONDS = 150
OTHER_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Update:
    """One waiting update.

    Attributes:
        kind: the field of Bot API's Update that is set.
        expires_at: seconds since 1970; from then on it is gone.
    """

    id: int
    kind: str
    body: Json
    expires_at: float

    def wire(self) -> Json:
        """Bot API, Update."""
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """What the bot has not confirmed yet, oldest first; each operation takes constant time."""

    def __init__(self, clock: Clock, first_id: int | None = None) -> None:
        """Number updates from `first_id`, or from a random large number, as Telegram does."""
        self._clock = clock
        self._next_id = first_id or random.randrange(100_000_000, 900_000_000)  # noqa: S311
        self._waiting: OrderedDict[int, Update] = OrderedDict()
        self._allowed: frozenset[str] | None = None
        self._listeners: list[Callable[[Update], None]] = []

    def on_arrival(self, listener: Callable[[Update], None]) -> Callable[[], None]:
        """Call `listener` with each new update; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def allow(self, kinds: Iterable[str]) -> None:
        """Take only `kinds` from now on; none named means all."""
        self._allowed = frozenset(kinds) or None

    @property
    def allowed(self) -> list[str] | None:
        """The kinds asked for, sorted; None when all come."""
        return None if self._allowed is None else sorted(self._allowed)

    def add(self, kind: str, body: Json) -> int:
        """Queue an update and return its id; one that the bot does not want gets 0 and is gone."""
        if self._allowed is not None and kind not in self._allowed:
            return 0
        lifetime = CALLBACK_SECONDS if kind == "callback_query" else OTHER_SECONDS
        update = Update(self._next_id, kind, body, self._clock.now() + lifetime)
        self._next_id += 1
        self._waiting[update.id] = update
        for listener in self._listeners:
            listener(update)
        return update.id

    def pending(self) -> list[Update]:
        """Everything not confirmed and not expired, oldest first."""
        self._expire(len(self._waiting))
        return list(self._waiting.values())

    def __len__(self) -> int:
        return len(self._waiting)

    def is_pending(self, update_id: int) -> bool:
        """Whether this update still waits."""
        update = self._waiting.get(update_id)
        return update is not None and update.expires_at > self._clock.now()

    def take(self, offset: int, limit: int) -> list[Update]:
        """Confirm what is below `offset`, and return up to `limit` of the rest.

        A negative offset keeps only that many of the newest.
        """
        self._confirm(offset)
        self._expire(limit)
        return list(islice(self._waiting.values(), limit))

    def clear(self) -> None:
        """Forget all of them."""
        self._waiting.clear()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            for _ in range(len(self._waiting) + offset):
                self._waiting.popitem(last=False)
            return
        while self._waiting and next(iter(self._waiting)) < offset:
            self._waiting.popitem(last=False)

    def _expire(self, among: int) -> None:
        """Drop what is too old until the oldest `among` are all alive."""
        now = self._clock.now()
        while gone := [u.id for u in islice(self._waiting.values(), among) if u.expires_at <= now]:
            for update_id in gone:
                del self._waiting[update_id]
