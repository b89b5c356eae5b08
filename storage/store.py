"""The open database: reads of learners, inbox and outbox, and group-committed writes."""

import logging
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from course.model import LearnerId
from storage import facts, inbox, outbox, reminders
from storage.facts import History
from storage.group_commit import CommitObserver, GroupCommit
from storage.inbox import ReceivedUpdate, SetAsideUpdate
from storage.mistake_reports import MistakeReport
from storage.opening import open_database, open_existing
from storage.outbox import Delivery, DeliveryState
from storage.reminders import DueReminder, LastReminder, ReminderCounts
from storage.statements import AtomicWrite, Row, Statement, statement

log = logging.getLogger(__name__)

# Seconds to commit pending writes when the database is closed.
_CLOSING = 3.0


class FactCounts(NamedTuple):
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
    def location(self) -> str:
        """Path or address of the database without a password, for operators."""

    async def fetch_rows(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query."""

    async def fetch_each(self, *wanted: Statement) -> list[list[Row]]:
        """Fetch the rows of several queries, which run in this order, in one call."""

    async def run_long_query(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query that may take minutes, without blocking others."""

    async def commit_batch(self, batch: Sequence[AtomicWrite]) -> None:
        """Run the writes of several writers in one transaction; return after its commit."""

    async def run_maintenance(self) -> None:
        """Run the database's periodic maintenance."""

    async def truncate_wal(self) -> bool:
        """Truncate the write-ahead log, so that deleted rows leave the disk; return success."""

    async def close(self) -> None:
        """Close every connection."""


class Store:
    """An open database; see `open`."""

    def __init__(self, database: Database, observe: CommitObserver | None = None) -> None:
        self._database = database
        self._group_commit = GroupCommit(database.commit_batch, observe)
        self._is_wal_pending = False

    @classmethod
    async def open(cls, url: str, now: int, observe: CommitObserver | None = None) -> "Store":
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
    def location(self) -> str:
        """Path or address of the database without a password, for operators."""
        return self._database.location

    async def fetch_history(self, learner: LearnerId) -> History:
        """Fetch everything stored about `learner`.

        The facts are never older than the rest, so that a rule cannot miss an activity that the
        learner's own row knows.
        """
        known, found = await self._database.fetch_each(
            statement("fetch_learner", learner=learner), statement("fetch_facts", learner=learner)
        )
        return facts.history_from_rows(learner, known, found)

    async def fetch_rows(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query, for the modules of `storage` to parse."""
        return await self._database.fetch_rows(wanted)

    async def run_long_query(self, wanted: Statement) -> list[Row]:
        """Fetch the rows of a query that may take minutes, for the modules of `storage`.

        It sees a consistent snapshot, and blocks no other reads or writes.
        """
        return await self._database.run_long_query(wanted)

    async def write(self, *statements: Statement) -> None:
        """Write `statements`, all or none; return when they are on disk."""
        await self._group_commit.write(statements)

    async def count_learners(self) -> int:
        """Count all learners."""
        ((count,),) = await self._database.fetch_rows(statement("count_learners"))
        return int(count)

    async def fetch_pending_updates(self, tries: int) -> tuple[ReceivedUpdate, ...]:
        """Fetch unfinished updates that failed fewer than `tries` times, oldest first."""
        return inbox.updates_from_rows(
            await self._database.fetch_rows(statement("fetch_pending_updates", tries=tries))
        )

    async def fetch_set_aside_updates(self, tries: int) -> tuple[SetAsideUpdate, ...]:
        """Fetch unfinished updates that failed `tries` times or more, oldest first."""
        rows = await self._database.fetch_rows(statement("fetch_set_aside_updates", tries=tries))
        return tuple(SetAsideUpdate(*row) for row in rows)

    async def fetch_fact_counts(self, *, recount: bool = False) -> FactCounts:
        """Fetch the counts of answers and readings: from the counters, or counted from facts."""
        query = "recount_facts" if recount else "fetch_counts"
        first, later, readings = [
            await self._database.fetch_rows(statement(query, kind=kind))
            for kind in ("first answer", "later answer", "reading")
        ]
        answers = [(*row[:2], 1, row[2]) for row in first]
        answers += [(*row[:2], 0, row[2]) for row in later]
        return FactCounts(tuple(sorted(answers)), tuple((row[0], row[2]) for row in readings))

    async def fetch_file_id(self, bot: int, digest: str) -> str | None:
        """Fetch Telegram's file id for a content hash; `None` if `bot` never sent the file."""
        rows = await self._database.fetch_rows(statement("fetch_file_id", bot=bot, digest=digest))
        return str(rows[0][0]) if rows else None

    async def fetch_mistake_reports(self) -> tuple[MistakeReport, ...]:
        """Fetch all mistake reports, oldest first."""
        rows = await self._database.fetch_rows(statement("fetch_mistake_reports"))
        return tuple(MistakeReport(*row) for row in rows)

    async def fetch_due_learners(self, now: int, limit: int) -> tuple[tuple[LearnerId, int], ...]:
        """Fetch learners whose reminder check is due, and since when; longest overdue first."""
        rows = await self._database.fetch_rows(statement("fetch_due_learners", now=now, most=limit))
        return tuple((LearnerId(learner), at) for learner, at in rows)

    async def count_queued(self, kind: str, now: int) -> int:
        """Count queued deliveries of `kind` that are due."""
        ((count,),) = await self._database.fetch_rows(statement("count_queued", kind=kind, now=now))
        return int(count)

    async def has_outbox_work(self, holder: str, now: int) -> bool:
        """Whether deliveries are due, or claimed or begun by another sender than `holder`."""
        return bool(
            await self._database.fetch_rows(statement("fetch_outbox_work", holder=holder, now=now))
        )

    async def fetch_claimed_deliveries(self, holder: str) -> tuple[Delivery, ...]:
        """Fetch deliveries that a sender has claimed and not begun, longest overdue first."""
        rows = await self._database.fetch_rows(statement("fetch_claimed_deliveries", holder=holder))
        return tuple(Delivery(*row) for row in rows)

    async def fetch_delivery_state(
        self, delivery: Delivery
    ) -> tuple[DeliveryState, str | None] | None:
        """Fetch a delivery's state and its holder; `None` when there is none."""
        recipient, kind, subject = delivery.key
        wanted = statement("fetch_delivery_state", recipient=recipient, kind=kind, subject=subject)
        rows = await self._database.fetch_rows(wanted)
        return (DeliveryState(rows[0][0]), rows[0][1]) if rows else None

    async def fetch_lease_holder(self) -> tuple[str, int] | None:
        """Fetch the holder of the outbox lease and its end (UTC milliseconds); `None` for none."""
        rows = await self._database.fetch_rows(statement("fetch_lease", lease=outbox.OUTBOX_LEASE))
        return (rows[0][0], rows[0][1]) if rows else None

    async def count_deliveries(self) -> tuple[Row, ...]:
        """Count all deliveries, by kind and state."""
        return tuple(map(tuple, await self._database.fetch_rows(statement("count_deliveries"))))

    async def fetch_last_wording(self, learner: LearnerId, kind: str) -> int | None:
        """Fetch the wording of the latest reminder of this kind; `None` when there was none."""
        rows = await self._database.fetch_rows(
            statement("fetch_last_wording", learner=learner, kind=kind)
        )
        return int(rows[0][0]) if rows else None

    async def fetch_due_reminder(self, learner: LearnerId, opportunity: str) -> DueReminder | None:
        """Fetch a due reminder by name; `None` when there is none."""
        wanted = statement("fetch_due_reminder", learner=learner, opportunity=opportunity)
        rows = await self._database.fetch_rows(wanted)
        return reminders.due_reminder_from_row(opportunity, rows[0]) if rows else None

    async def fetch_last_reminder(self, learner: LearnerId) -> LastReminder | None:
        """Fetch the latest due reminder and its delivery; `None` when there was none."""
        rows = await self._database.fetch_rows(statement("fetch_last_reminder", learner=learner))
        return reminders.last_reminder_from_row(rows[0]) if rows else None

    async def fetch_reminder_counts(self, *, recount: bool = False) -> tuple[ReminderCounts, ...]:
        """Fetch the reminder counts: from the counters, or recounted without deleted learners."""
        rows = await self._database.fetch_rows(
            statement("recount_reminders" if recount else "fetch_reminder_counts")
        )
        return tuple(map(reminders.reminder_counts_from_row, rows))

    async def fetch_recently_finished(self, limit: int) -> tuple[int, ...]:
        """Fetch ids of the updates finished last, newest first, at most `limit`."""
        rows = await self._database.fetch_rows(statement("fetch_recently_finished", most=limit))
        return tuple(update for (update,) in rows)

    async def run_maintenance(self, before: int, tries: int) -> None:
        """Delete updates finished before `before` (UTC milliseconds), and run maintenance.

        Also deletes updates received before it and set aside after `tries` tries; never pending
        ones. May take long on PostgreSQL, without blocking other reads and writes.
        """
        await self.write(inbox.delete_finished_updates(before, tries))
        await self._database.run_maintenance()
        await self.truncate_wal_after_delete()

    async def truncate_wal_after_delete(self) -> None:
        """Truncate the write-ahead log after rows were deleted, so that they leave the disk.

        Never fails, since the rows themselves are deleted. While another connection reads, it is
        left for `retry_wal_truncation`.
        """
        self._is_wal_pending = True
        await self.retry_wal_truncation()

    async def retry_wal_truncation(self) -> None:
        """Truncate the write-ahead log if an earlier attempt failed."""
        if not self._is_wal_pending:
            return
        try:
            self._is_wal_pending = not await self._database.truncate_wal()
        except Exception as error:  # noqa: BLE001 - it is retried whatever the error is
            said = {"action": "log_not_emptied", "why": str(error)}
            log.warning("What was deleted is still in the log of the database", extra=said)

    async def close(self) -> None:
        """Commit pending writes and close the database, also one that does not respond."""
        await self._group_commit.close(_CLOSING)
        await self._database.close()
