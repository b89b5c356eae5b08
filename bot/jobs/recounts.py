"""Nightly recount: compares the counters with the facts, repairs them, and notifies admins.

Runs in the background on a database connection of its own, so that answers do not wait for it.
"""

import logging
from dataclasses import dataclass

from bot.actions.access import load_access_of
from bot.actions.learner_state import Services
from bot.clock import Clock
from bot.i18n import Translators
from bot.metrics import METRICS
from bot.outbox.kinds import Prepared, Withheld
from bot.rendering.recounts import counters_repaired
from bot.workers import Worker
from course.model import LearnerId
from storage import recounts, roles
from storage.errors import AlreadyRecountingError
from storage.outbox import RECOUNT, Delivery, queue_notice
from storage.recounts import Recount

log = logging.getLogger(__name__)

_HOUR = 3_600_000
_DAY = 24 * _HOUR

RECOUNT_TIME = 2 * _HOUR
"""Time of the recount, in milliseconds after midnight UTC: between the Americas' evening and
Africa's morning."""


def is_recount_due(last: int, now: int) -> bool:
    """Whether no recount was made since the last scheduled time; missed ones are caught up.

    Args:
        last: time of the last recount, in UTC milliseconds like `now`.
    """
    return last < now - (now - RECOUNT_TIME) % _DAY


def find_first_night(first_joined_at: int | None, now: int) -> int:
    """Time from which nights count while no recount was ever made, in UTC milliseconds.

    It is when the first learner joined, not when this run began: otherwise a bot that is switched
    off every night would never make a recount.

    Args:
        first_joined_at: when the first learner joined; `None` if none has.
        now: time of this run's first check.
    """
    return now if first_joined_at is None else min(first_joined_at, now)


class RecountJob(Worker):
    """Makes a recount when it is woken and one is due."""

    def __init__(self, services: Services, clock: Clock) -> None:
        super().__init__("recount")
        self._services = services
        self._clock = clock
        self._first_night: int | None = None

    async def _work(self) -> None:
        if not is_recount_due(await self._load_last_recount(), self._clock()):
            return
        try:
            found = await recounts.recount_counters(self._services.store, self._clock())
        except AlreadyRecountingError as error:
            log.warning("The recount waits", extra={"action": "recount", "why": str(error)})
        else:
            await self._report(found)

    async def _load_last_recount(self) -> int:
        store = self._services.store
        last = await recounts.fetch_last_recount(store)
        if last is not None:
            return last[0]
        if self._first_night is None:  # loaded once, since the query reads all learners
            self._first_night = find_first_night(
                await recounts.fetch_first_joined_at(store), self._clock()
            )
        return self._first_night

    async def _report(self, found: Recount) -> None:
        if found.is_correct:
            log.info("Recounted", extra={"action": "recounted"})
            return
        told = {"unsettled": found.miscounted_learners, **found.wrong_counters}
        log.error("Counters were wrong and were repaired", extra={"action": "recounted", **told})
        METRICS.wrong_counters.inc(found.error_count)
        admins = {*self._services.admins, *await roles.fetch_admins(self._services.store)}
        subject = f"{found.at}:{found.error_count}"
        await self._services.store.write(
            *(queue_notice(admin, RECOUNT, subject, found.at) for admin in sorted(admins))
        )


@dataclass(frozen=True, slots=True)
class RecountNotifier:
    """Prepares the notices to admins."""

    services: Services
    translators: Translators

    async def prepare(self, delivery: Delivery, _now: int) -> Prepared | Withheld:
        """Build a notice, unless its recipient is no longer an admin."""
        if not (await load_access_of(self.services, LearnerId(delivery.recipient))).is_admin:
            return Withheld("no-longer-fits")
        error_count = int(delivery.subject.partition(":")[2])
        return Prepared(counters_repaired(self.translators.for_language(None), error_count))
