"""Update filter: which updates are new and within the flood limits; stores nothing."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from bot.bot_api import update_json
from bot.inbox.flood_control import FloodControl, FloodLimits, FloodVerdict
from bot.metrics import METRICS
from storage.inbox import ReceivedUpdate

# Kind of update that tells whether the bot is blocked; never dropped, since it is not repeated.
_NEVER_DROPPED = "my_chat_member"


class PendingUpdates(dict[int | None, deque[ReceivedUpdate]]):
    """Updates queued or being handled, by learner, oldest first."""

    @property
    def count(self) -> int:
        """Number of updates."""
        return sum(map(len, self.values()))

    @property
    def oldest_at(self) -> int | None:
        """When the oldest was received, in UTC milliseconds; `None` if there is none."""
        return min((queue[0].at for queue in self.values() if queue), default=None)


class UpdateFilter:
    """Leaves out updates that were repeated, and what one person sends too fast.

    Args:
        pending: updates queued or being handled.
        max_remembered: update ids remembered to detect repeated updates.
    """

    def __init__(
        self, flood_limits: FloodLimits, pending: PendingUpdates, max_remembered: int
    ) -> None:
        self._flood_control = FloodControl(flood_limits)
        self._pending = pending
        self._max_remembered = max_remembered
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._verdicts: dict[int, FloodVerdict] = {}  # of updates that could not be stored yet

    def has_seen(self, update: int) -> bool:
        """Whether an update is remembered."""
        return update in self._seen

    def remember(self, update: int) -> None:
        """Remember an update that is stored, or set aside."""
        self._seen[update] = None
        if len(self._seen) > self._max_remembered:
            self._seen.popitem(last=False)

    def clear_verdicts(self) -> None:
        """Forget what flood control decided, since the updates are stored."""
        self._verdicts.clear()

    def read(
        self, raws: Iterable[Mapping[str, Any]], now: int
    ) -> tuple[list[ReceivedUpdate], dict[int, Exception]]:
        """The updates to store, and the errors of those that cannot be read, by update id."""
        new, unreadable = [], {}
        for raw in raws:
            try:
                taken = self._accept(raw, now)
            except Exception as error:  # noqa: BLE001 - whatever it is, it stops only this update
                unreadable[raw["update_id"]] = error
            else:
                new += [] if taken is None else [taken]
        return new, unreadable

    def _accept(self, raw: Mapping[str, Any], now: int) -> ReceivedUpdate | None:
        """Make the row to store; `None` for a repeated update or one dropped by flood control."""
        update = raw["update_id"]
        if update in self._seen:
            METRICS.repeated_updates.inc()
            return None
        person, sent_at = update_json.get_sender(raw), update_json.get_sent_at(raw)
        update_json.get_chat(raw)  # read here so that an error shows before it is stored
        sender = None if person is None else int(person["id"])
        verdict = FloodVerdict.ACCEPT
        if sender is not None and _NEVER_DROPPED not in raw:
            verdict = self._judge_flood(update, sender, sent_at)
            if verdict is not FloodVerdict.ACCEPT:
                METRICS.flooded_updates.inc()
                if verdict is FloodVerdict.DROP:
                    return None
        at, is_flood = self._next_received_at(sender, now), verdict is FloodVerdict.WARN
        body = orjson.dumps(raw).decode()
        return ReceivedUpdate(update, sender, body, at, is_flood=is_flood)

    def _next_received_at(self, sender: int | None, now: int) -> int:
        """Time of receipt to store, by which the next run orders pending updates.

        Never before a pending update of the same person, even if the clock was set back.
        """
        queue = self._pending.get(sender)
        return max(now, queue[-1].at) if queue else now

    def _judge_flood(self, update: int, sender: int, sent_at: float | None) -> FloodVerdict:
        """Count an update once, however often Telegram hands it over because it is not stored."""
        verdict = self._verdicts.get(update)
        if verdict is None:
            now = asyncio.get_running_loop().time()
            verdict = self._flood_control.record_update(sender, now, sent_at)
            self._verdicts[update] = verdict
        return verdict
