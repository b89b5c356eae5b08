"""The one door to the data: read a learner's history, write statements, know the inbox."""

import logging
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from course.model import LearnerId
from storage import deliveries, facts, inbox, nudges
from storage.batches import Batches, Observe
from storage.deliveries import Delivery, State
from storage.facts import History
from storage.inbox import Received, SetAside
from storage.nudges import LastNudge, NudgeFigures, Opportunity
from storage.opening import open_database, open_existing
from storage.reports import Report
from storage.statements import Row, Statement, Writing, statement

log = logging.getLogger(__name__)

# Seconds for what is still to be written when the database is closed.
_CLOSING = 3.0


class Counts(NamedTuple):
    """Rolled-up counts.

    Attributes:
        answers: question, options, 1 for first answers or 0 for later ones, and how many.
        readings: item, and how many.
    """

    answers: tuple[Row, ...]
    readings: tuple[Row, ...]


class Database(Protocol):
    """What a driver does for the store."""

    @property
    def place(self) -> str:
        """Where the data is, for an operator to read."""

    async def rows(self, wanted: Statement) -> list[Row]:
        """What a query finds."""

    async def study(self, wanted: Statement) -> list[Row]:
        """The same for a query that may take minutes, without holding up others."""

    async def apply(self, batch: Sequence[Writing]) -> None:
        """Run what several writers write in one transaction; returns after its commit."""

    async def tidy(self) -> None:
        """Do what a database wants done now and then."""

    async def empty_log(self) -> bool:
        """Empty a log beside the data, which keeps what was deleted; whether it is empty."""

    async def close(self) -> None:
        """Let go of every connection."""


class Store:
    """An open database; see `open`."""

    def __init__(self, database: Database, observe: Observe | None = None) -> None:
        self._database = database
        self._batches = Batches(database.apply, observe)
        self._log_is_left = False

    @classmethod
    async def open(cls, url: str, now: int, observe: Observe | None = None) -> "Store":
        """Open the database at `url`, migrated.

        Args:
            now: UTC milliseconds.
            observe: told of each commit: writers that shared it, and its seconds.

        Raises:
            StorageError: it cannot be used; the message says why and what to do.
        """
        return cls(await open_database(url, now), observe)

    @classmethod
    async def open_existing(cls, url: str) -> "Store":
        """Open the database at `url`, which is there already and of today's schema.

        For what looks on while a bot may be running: it makes nothing and migrates nothing.

        Raises:
            StorageError: there is none, or it cannot be used; the message says what to do.
        """
        return cls(await open_existing(url))

    @property
    def place(self) -> str:
        """Where the data is, for an operator to read."""
        return self._database.place

    async def history(self, learner: LearnerId) -> History:
        """Everything kept about `learner`, in one read."""
        rows = await self._database.rows(statement("history_of", learner=learner))
        return facts.history(learner, rows)

    async def rows(self, wanted: Statement) -> list[Row]:
        """What a query finds, for the modules of `storage` to make values of."""
        return await self._database.rows(wanted)

    async def study(self, wanted: Statement) -> list[Row]:
        """What a query of a module of this package finds that may take minutes.

        Others read and write meanwhile; it sees one moment.
        """
        return await self._database.study(wanted)

    async def write(self, *statements: Statement) -> None:
        """Write `statements`, all or none; returns when they are on the disk."""
        await self._batches.add(statements)

    async def count_learners(self) -> int:
        """How many people have started."""
        ((count,),) = await self._database.rows(statement("count_learners"))
        return int(count)

    async def owed_updates(self, tries: int) -> tuple[Received, ...]:
        """Updates received and not done, oldest first, that failed fewer than `tries` times."""
        return inbox.owed(await self._database.rows(statement("owed_updates", tries=tries)))

    async def set_aside(self, tries: int) -> tuple[SetAside, ...]:
        """Updates that failed `tries` times or more, oldest first."""
        rows = await self._database.rows(statement("set_aside_updates", tries=tries))
        return tuple(SetAside(*row) for row in rows)

    async def counts(self, *, anew: bool = False) -> Counts:
        """How often each answer was given and each thing read: as kept, or counted anew."""
        kind = "recount" if anew else "counts"
        answers = await self._database.rows(statement(f"answer_{kind}"))
        readings = await self._database.rows(statement(f"reading_{kind}"))
        return Counts(tuple(map(tuple, answers)), tuple(map(tuple, readings)))

    async def file_id(self, bot: int, digest: str) -> str | None:
        """What Telegram calls the file of this content; `None` for one that `bot` never sent."""
        rows = await self._database.rows(statement("file_id_of", bot=bot, digest=digest))
        return str(rows[0][0]) if rows else None

    async def reports(self) -> tuple[Report, ...]:
        """What learners say is wrong with the course, the oldest first."""
        rows = await self._database.rows(statement("open_reports"))
        return tuple(Report(*row) for row in rows)

    async def due(self, now: int, most: int) -> tuple[tuple[LearnerId, int], ...]:
        """For whom to look whether a nudge is due, and since when; the latest first."""
        rows = await self._database.rows(statement("due_learners", now=now, most=most))
        return tuple((LearnerId(learner), at) for learner, at in rows)

    async def queued(self, kind: str, now: int) -> int:
        """How many deliveries of `kind` wait although they are due."""
        ((count,),) = await self._database.rows(statement("count_queued", kind=kind, now=now))
        return int(count)

    async def has_work(self, holder: str, now: int) -> bool:
        """Whether deliveries are due, or lie in the hands of another sender than `holder`."""
        return bool(await self._database.rows(statement("work_to_do", holder=holder, now=now)))

    async def claimed(self, holder: str) -> tuple[Delivery, ...]:
        """What a sender has claimed and not begun, the latest first."""
        rows = await self._database.rows(statement("claimed_deliveries", holder=holder))
        return tuple(Delivery(*row) for row in rows)

    async def state_of(self, delivery: Delivery) -> tuple[State, str | None] | None:
        """Where a delivery stands and in whose hands; `None` when its learner is gone."""
        learner, kind, subject = delivery.key
        wanted = statement("state_of_delivery", learner=learner, kind=kind, subject=subject)
        rows = await self._database.rows(wanted)
        return (State(rows[0][0]), rows[0][1]) if rows else None

    async def sender(self) -> tuple[str, int] | None:
        """Who sends, and until when at least (UTC milliseconds); `None` for nobody."""
        rows = await self._database.rows(statement("lease_of", lease=deliveries.LEASE))
        return (rows[0][0], rows[0][1]) if rows else None

    async def delivery_counts(self) -> tuple[Row, ...]:
        """Kind, state, and how many deliveries there are of them."""
        return tuple(map(tuple, await self._database.rows(statement("delivery_counts"))))

    async def last_wording(self, learner: LearnerId, kind: str) -> int | None:
        """The wording of the newest nudge of this kind; `None` when there was none."""
        rows = await self._database.rows(statement("last_wording", learner=learner, kind=kind))
        return int(rows[0][0]) if rows else None

    async def nudge(self, learner: LearnerId, opportunity: str) -> Opportunity | None:
        """An opportunity by its name."""
        wanted = statement("nudge", learner=learner, opportunity=opportunity)
        rows = await self._database.rows(wanted)
        return nudges.opportunity(opportunity, rows[0]) if rows else None

    async def last_nudge(self, learner: LearnerId) -> LastNudge | None:
        """The newest opportunity and what became of it; `None` when there was none."""
        rows = await self._database.rows(statement("last_nudge", learner=learner))
        return nudges.last_nudge(rows[0]) if rows else None

    async def nudge_figures(self, *, anew: bool = False) -> tuple[NudgeFigures, ...]:
        """What came of nudges: as counted for everybody, or anew for those who have not left."""
        rows = await self._database.rows(statement("nudge_recount" if anew else "nudge_counts"))
        return tuple(map(nudges.figures, rows))

    async def recently_done(self, limit: int) -> tuple[int, ...]:
        """Ids of the updates done last, newest first, at most `limit`."""
        rows = await self._database.rows(statement("recently_done", most=limit))
        return tuple(update for (update,) in rows)

    async def tidy(self, before: int, tries: int) -> None:
        """Drop updates done before `before` (UTC milliseconds) and let the database tidy up.

        Dropped is also what came before it and was set aside after `tries` tries; not what is owed.
        May take long on PostgreSQL. Others read and write meanwhile.
        """
        await self.write(inbox.forgets_before(before, tries))
        await self._database.tidy()
        await self.tidy_up_after_deleting()

    async def tidy_up_after_deleting(self) -> None:
        """Make sure that what was deleted is not left in a log beside the data.

        Fails never, since the data itself is gone. What cannot be done now, as somebody reads, is
        left for `tidy_up_what_is_left`.
        """
        self._log_is_left = True
        await self.tidy_up_what_is_left()

    async def tidy_up_what_is_left(self) -> None:
        """Do what could not be done after deleting; nothing when it was."""
        if not self._log_is_left:
            return
        try:
            self._log_is_left = not await self._database.empty_log()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
            said = {"action": "log_not_emptied", "why": str(error)}
            log.warning("What was deleted is still in the log of the database", extra=said)

    async def close(self) -> None:
        """Write what is waiting, and let go of the database, also of one that does not answer."""
        await self._batches.close(_CLOSING)
        await self._database.close()
