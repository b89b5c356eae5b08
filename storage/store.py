"""The open database: reads of learners, inbox and outbox, and group-committed writes."""

import logging
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from course.model import LearnerId
from storage import (
    facts,
    inbox,
    outbox,
    reminders,
)
from storage.facts import History
from storage.group_commit import Batches, Observe
from storage.inbox import Received, SetAside
from storage.mistake_reports import Report
from storage.opening import open_database, open_existing
from storage.outbox import Delivery, State
from storage.reminders import LastNudge, NudgeFigures, Opportunity
from storage.statements import Row, Statement, Writing, statement

log = logging.getLogger(__name__)

# Seconds to commit pending writes when the database is closed.
_CLOSING = 3.0


class Counts(NamedTuple):
    """Counts of answers and readings.

    Attributes:
        answers: question, options, 1 for first answers or 0 for later ones, and count.
        readings: item and count.
    """

    answers: tuple[Row, ...]
    readings: tuple[Row, ...]


class Database(Protocol):
    """Interface of a database driver."""

    @property
    def place(self) -> str:
        """Path or address of the database without a password, for operators."""

    async def rows(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query."""

    async def study(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query that may take minutes, without blocking others."""

    async def apply(self, batch: Sequence[Writing]) -> None:
        """Run the writes of several writers in one transaction; return after its commit."""

    async def tidy(self) -> None:
        """Run the database's periodic maintenance."""

    async def empty_log(self) -> bool:
        """Truncate the write-ahead log, so that deleted rows leave the disk; return success."""

    async def close(self) -> None:
        """Close every connection."""


class Store:
    """An open database; see `open`."""

    def __init__(self, database: Database, observe: Observe | None = None) -> None:
        self._database = database
        self._batches = Batches(database.apply, observe)
        self._log_is_left = False

    @classmethod
    async def open(cls, url: str, now: int, observe: Observe | None = None) -> "Store":
        """Open the database at `url`; create or migrate it where needed.

        Args:
            now: UTC milliseconds.
            observe: called after each commit with its number of writers and its seconds.

        Raises:
            StorageError: it cannot be used; the message says why and what to do.
        """
        return cls(await open_database(url, now), observe)

    @classmethod
    async def open_existing(cls, url: str) -> "Store":
        """Open the database at `url`, which must exist and have the current schema.

        For commands that run beside a bot: creates and migrates nothing.

        Raises:
            StorageError: there is none, or it cannot be used; the message says what to do.
        """
        return cls(await open_existing(url))

    @property
    def place(self) -> str:
        """Path or address of the database without a password, for operators."""
        return self._database.place

    async def history(self, learner: LearnerId) -> History:
        """Fetch everything stored about `learner`, in one read."""
        rows = await self._database.rows(statement("history_of", learner=learner))
        return facts.history(learner, rows)

    async def rows(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query, for the modules of `storage` to parse."""
        return await self._database.rows(wanted)

    async def study(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query that may take minutes, for the modules of `storage`.

        It sees a consistent snapshot, and blocks no other reads or writes.
        """
        return await self._database.study(wanted)

    async def write(self, *statements: Statement) -> None:
        """Write `statements`, all or none; return when they are on disk."""
        await self._batches.add(statements)

    async def count_learners(self) -> int:
        """Count all learners."""
        ((count,),) = await self._database.rows(statement("count_learners"))
        return int(count)

    async def owed_updates(self, tries: int) -> tuple[Received, ...]:
        """Fetch unfinished updates that failed fewer than `tries` times, oldest first."""
        return inbox.owed(await self._database.rows(statement("owed_updates", tries=tries)))

    async def set_aside(self, tries: int) -> tuple[SetAside, ...]:
        """Fetch unfinished updates that failed `tries` times or more, oldest first."""
        rows = await self._database.rows(statement("set_aside_updates", tries=tries))
        return tuple(SetAside(*row) for row in rows)

    async def counts(self, *, anew: bool = False) -> Counts:
        """Fetch the counts of answers and readings: from the counters, or counted from facts."""
        kind = "recount" if anew else "counts"
        answers = await self._database.rows(statement(f"answer_{kind}"))
        readings = await self._database.rows(statement(f"reading_{kind}"))
        return Counts(tuple(map(tuple, answers)), tuple(map(tuple, readings)))

    async def file_id(self, bot: int, digest: str) -> str | None:
        """Fetch Telegram's file id for a content hash; `None` if `bot` never sent the file."""
        rows = await self._database.rows(statement("file_id_of", bot=bot, digest=digest))
        return str(rows[0][0]) if rows else None

    async def reports(self) -> tuple[Report, ...]:
        """Fetch all mistake reports, oldest first."""
        rows = await self._database.rows(statement("open_reports"))
        return tuple(Report(*row) for row in rows)

    async def due(self, now: int, most: int) -> tuple[tuple[LearnerId, int], ...]:
        """Fetch learners whose reminder check is due, and since when; longest overdue first."""
        rows = await self._database.rows(statement("due_learners", now=now, most=most))
        return tuple((LearnerId(learner), at) for learner, at in rows)

    async def queued(self, kind: str, now: int) -> int:
        """Count queued deliveries of `kind` that are due."""
        ((count,),) = await self._database.rows(statement("count_queued", kind=kind, now=now))
        return int(count)

    async def has_work(self, holder: str, now: int) -> bool:
        """Whether deliveries are due, or claimed or begun by another sender than `holder`."""
        return bool(await self._database.rows(statement("work_to_do", holder=holder, now=now)))

    async def claimed(self, holder: str) -> tuple[Delivery, ...]:
        """Fetch deliveries that a sender has claimed and not begun, longest overdue first."""
        rows = await self._database.rows(statement("claimed_deliveries", holder=holder))
        return tuple(Delivery(*row) for row in rows)

    async def state_of(self, delivery: Delivery) -> tuple[State, str | None] | None:
        """Fetch a delivery's state and its holder; `None` when there is none."""
        learner, kind, subject = delivery.key
        wanted = statement("state_of_delivery", learner=learner, kind=kind, subject=subject)
        rows = await self._database.rows(wanted)
        return (State(rows[0][0]), rows[0][1]) if rows else None

    async def sender(self) -> tuple[str, int] | None:
        """Fetch the holder of the outbox lease and its end (UTC milliseconds); `None` for none."""
        rows = await self._database.rows(statement("lease_of", lease=outbox.LEASE))
        return (rows[0][0], rows[0][1]) if rows else None

    async def delivery_counts(self) -> tuple[Row, ...]:
        """Count all deliveries, by kind and state."""
        return tuple(map(tuple, await self._database.rows(statement("delivery_counts"))))

    async def last_wording(self, learner: LearnerId, kind: str) -> int | None:
        """Fetch the wording of the latest reminder of this kind; `None` when there was none."""
        rows = await self._database.rows(statement("last_wording", learner=learner, kind=kind))
        return int(rows[0][0]) if rows else None

    async def nudge(self, learner: LearnerId, opportunity: str) -> Opportunity | None:
        """Fetch a reminder opportunity by name; `None` when there is none."""
        wanted = statement("nudge", learner=learner, opportunity=opportunity)
        rows = await self._database.rows(wanted)
        return reminders.opportunity(opportunity, rows[0]) if rows else None

    async def last_nudge(self, learner: LearnerId) -> LastNudge | None:
        """Fetch the latest opportunity and its delivery; `None` when there was none."""
        rows = await self._database.rows(statement("last_nudge", learner=learner))
        return reminders.last_nudge(rows[0]) if rows else None

    async def nudge_figures(self, *, anew: bool = False) -> tuple[NudgeFigures, ...]:
        """Fetch the reminder counts: from the counters, or recounted without deleted learners."""
        rows = await self._database.rows(statement("nudge_recount" if anew else "nudge_counts"))
        return tuple(map(reminders.figures, rows))

    async def recently_done(self, limit: int) -> tuple[int, ...]:
        """Fetch ids of the updates finished last, newest first, at most `limit`."""
        rows = await self._database.rows(statement("recently_done", most=limit))
        return tuple(update for (update,) in rows)

    async def tidy(self, before: int, tries: int) -> None:
        """Delete updates finished before `before` (UTC milliseconds), and run maintenance.

        Also deletes updates received before it and set aside after `tries` tries; never pending
        ones. May take long on PostgreSQL, without blocking other reads and writes.
        """
        await self.write(inbox.forgets_before(before, tries))
        await self._database.tidy()
        await self.tidy_up_after_deleting()

    async def tidy_up_after_deleting(self) -> None:
        """Truncate the write-ahead log after rows were deleted, so that they leave the disk.

        Never fails, since the rows themselves are deleted. While another connection reads, it is
        left for `retry_wal_truncation`.
        """
        self._log_is_left = True
        await self.tidy_up_what_is_left()

    async def tidy_up_what_is_left(self) -> None:
        """Truncate the write-ahead log if an earlier attempt failed."""
        if not self._log_is_left:
            return
        try:
            self._log_is_left = not await self._database.empty_log()
        except Exception as error:  # noqa: BLE001 - it is retried whatever the error is
            said = {"action": "log_not_emptied", "why": str(error)}
            log.warning("What was deleted is still in the log of the database", extra=said)

    async def close(self) -> None:
        """Commit pending writes and close the database, also one that does not respond."""
        await self._batches.close(_CLOSING)
        await self._database.close()
