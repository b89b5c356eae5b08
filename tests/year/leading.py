"""Farid makes cohorts with deadlines in the simulated year, and invites learners into them."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from course.cohorts.audiences import Audience
from course.model import LearnerId
from storage import broadcast_transitions
from storage.broadcasts import Broadcast, BroadcastContent
from storage.store import Store
from tests.conversations.leading import FARID, facilitates, invites, makes_cohort
from tests.conversations.people import Careful
from tests.support.people import Learner
from tests.year.acting import BROADCASTS, Acting
from tests.year.lives import DAY, Lives
from tests.year.record import Act, Did

_NAIROBI = ZoneInfo("Africa/Nairobi")
_BROADCASTS = 10**12  # ids that no update has
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Leading:
    """A cohort every few weeks; each has its deadline a few weeks later, at 18:00 in Nairobi."""

    def __init__(self, lives: Lives, acting: Acting, database: str, every: int) -> None:
        self._database = database
        self._lives = lives
        self._acting = acting
        self._random = Random(f"{lives.seed}:cohorts")  # noqa: S311 - lives, not secrets
        self._every = every
        self._farid: Careful | None = None
        self._store: Store | None = None
        self._made = 0
        self.next_at = lives.begin + every // 2

    async def meets(self, stage: Any) -> None:
        """Make a cohort, and have some of those who are there join it by its link."""
        self.next_at += self._every
        if self._farid is None:
            self._farid = await facilitates(stage, pause=0)
        days = self._random.choice((1, 3, 6, 12, 20, 30))
        day = (_EPOCH + timedelta(milliseconds=self._acting.now + days * DAY)).date()
        self._made += 1
        line = f"Cohort {self._made}; zone Nairobi; deadline {day.isoformat()} 18:00"
        cohort = await makes_cohort(self._farid, line)
        link = await invites(self._farid, cohort)
        deadline = datetime(day.year, day.month, day.day, 18, tzinfo=_NAIROBI)
        at = (deadline - _EPOCH) // timedelta(milliseconds=1)
        for learner in self._lives.joining(0.06, self._random):
            await self._joins(stage, learner, link, at)
        await self._tells(cohort)

    async def _tells(self, cohort: int) -> None:
        """Send a broadcast within the next days: every fifth to everybody, every third urgent."""
        number, urgent = self._made, self._made % 3 == 0
        to = None if number % 5 == 0 else frozenset({cohort})
        html = f"{BROADCASTS['urgent' if urgent else 'broadcast']} {number}"
        send_at = self._acting.now + int(2 * DAY * self._random.random())
        draft = Broadcast(
            _BROADCASTS + number,
            LearnerId(FARID),
            self._acting.now,
            Audience(to),
            BroadcastContent(html),
            send_at=send_at,
            urgent=urgent,
        )
        if self._store is None:
            self._store = await Store.open(self._database, self._acting.now)
        await self._store.write(broadcast_transitions.save_broadcast_draft(draft))
        await self._store.write(broadcast_transitions.schedule_broadcast(draft, send_at, FARID))

    async def goes(self) -> None:
        """It is over."""
        if self._store is not None:
            await self._store.close()

    async def _joins(self, stage: Any, learner: int, link: str, deadline: int) -> None:
        one = Learner(stage, learner)
        await one.says(f"/start {link}")
        await one.taps(next(label for label in one.labels if label.startswith("Join as")))
        self._acting.record.did.append(Did(self._acting.now, learner, Act.LEARNS))
        self._acting.record.did.append(Did(self._acting.now, learner, Act.JOINS, deadline))
