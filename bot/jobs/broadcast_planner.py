"""Starts due broadcasts, puts their recipients into the outbox, and ends finished ones.

`broadcast_sender` makes the messages, `progress_messages` shows the progress, `broadcast_deletion`
deletes broadcasts, `question_deletion` deletes questions whose learner deleted their data. All of
it can be interrupted at any moment and continues later.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from bot.actions import audiences, deliveries
from bot.actions.broadcasts import may_still_send
from bot.actions.learner_state import Services
from bot.clock import Clock
from bot.i18n import Translators
from bot.jobs.broadcast_deletion import BroadcastDeletion, DeleteMessage, DeletionResult
from bot.jobs.progress_messages import UNFINISHED_STATES, ProgressMessages, ShowMessage
from bot.jobs.question_deletion import QuestionDeletion
from bot.outbox.lease import Lease
from bot.workers import Worker
from course import local_time
from storage import broadcast_transitions, broadcasts, cohorts
from storage.broadcasts import MAX_WEEKS, Broadcast
from storage.broadcasts import BroadcastState as Stage

log = logging.getLogger(__name__)

# Seconds between checks of running broadcasts: Telegram takes about one edit a second in a chat.
CHECK_INTERVAL = 3.0

# Milliseconds: broadcasts due sooner than this do not wait for the scheduler's next tick.
_SOON_LIMIT = 60_000

_DAYS_IN_WEEK = 7


class BroadcastPlanner(Worker):
    """Plans and ends broadcasts; works only while this process holds the outbox's lease.

    Args:
        wake_outbox: tells the outbox that something may be due.
        check_interval: seconds between checks while a broadcast is unfinished.
    """

    def __init__(
        self,
        services: Services,
        translators: Translators,
        clock: Clock,
        lease: Lease,
        show_message: ShowMessage,
        delete_message: DeleteMessage,
        wake_outbox: Callable[[], None],
        check_interval: float = CHECK_INTERVAL,
    ) -> None:
        super().__init__("broadcasts")
        self._services = services
        self._store = services.store
        self._clock = clock
        self._lease = lease
        self._progress_messages = ProgressMessages(
            services, translators, show_message, check_interval
        )
        self._deletion = BroadcastDeletion(services, clock, delete_message)
        self._erasing = QuestionDeletion(services.store, clock, delete_message)
        self._wake_outbox = wake_outbox
        self._check_interval = check_interval
        self._unfinished: set[int] = set()  # broadcasts whose final progress was not shown yet

    def start(self) -> None:
        """Start the worker, and check at once."""
        super().start()
        self.wake()

    def refresh_progress(self, broadcast: int) -> None:
        """Update the progress message now, after a change made in a chat."""
        self._progress_messages.invalidate(broadcast)
        self._unfinished.add(broadcast)
        self.wake()

    def on_delivery_recorded(self, in_progress: int) -> None:
        """Check at once when the outbox has recorded the last message in progress."""
        if in_progress == 0:
            self.wake()

    async def _work(self) -> float | None:
        return self._check_interval if await self._check_all() else None

    async def _check_all(self) -> bool:
        """Do what is due; returns whether to check again within seconds."""
        due = await broadcasts.fetch_broadcasts_to_send(self._store, self._clock())
        to_delete = await broadcasts.fetch_broadcasts_to_delete(self._store)
        to_erase = await self._erasing.fetch_due()
        if not (due or to_delete or to_erase or self._unfinished):
            self._progress_messages.clear()
            return False
        if not await self._lease.acquire():
            return False
        for known in due:
            if known.state is Stage.SCHEDULED:
                await self._start_broadcast(known)
        self._wake_outbox()
        to_report = self._unfinished | {known.id for known in due}
        unfinished = [await self._update_progress(broadcast) for broadcast in sorted(to_report)]
        unfinished += [await self._delete_sent(known) for known in to_delete]
        unfinished.append(await self._erasing.delete_messages(to_erase))
        return any(unfinished)

    async def _start_broadcast(self, broadcast: Broadcast) -> None:
        """Give it out, if whoever sent it still may; a weekly one is asked about every week."""
        may_send = await may_still_send(self._services, broadcast)
        if may_send and not await audiences.has_too_few_speakers(
            self._services, broadcast, self._clock()
        ):
            await self._update_progress(broadcast.id)
            await self._queue_recipients(broadcast)
            return
        await self._store.write(
            *broadcast_transitions.cancel_broadcast(broadcast),
            *broadcast_transitions.stop_broadcast(broadcast),
        )
        log.info(
            "A broadcast is not sent, as it no longer may be",
            extra={"action": "broadcast_withdrawn", "broadcast": broadcast.id},
        )

    async def _queue_recipients(self, broadcast: Broadcast) -> None:
        """Put a delivery for each recipient into the outbox; repeating it adds none twice."""
        now = self._clock()
        async for page in audiences.iterate_audience(
            self._services, broadcast, max(now, broadcast.send_at or now)
        ):
            await self._store.write(*audiences.recipient_statements(broadcast, page, now))
            self._wake_outbox()
        await self._store.write(
            *broadcast_transitions.start_sending_broadcast(
                broadcast, await self._next_repeat_at(broadcast, now)
            )
        )
        log.info("A broadcast begins", extra={"action": "broadcast", "broadcast": broadcast.id})

    async def _next_repeat_at(self, broadcast: Broadcast, now: int) -> int | None:
        """When a weekly broadcast is repeated: same local time, before the last deadline."""
        if not broadcast.weekly or broadcast.week >= MAX_WEEKS:
            return None
        wanted = sorted(broadcast.audience.cohorts or ())
        found = [
            one
            for each in wanted
            if (one := await cohorts.fetch_cohort(self._store, each)) is not None
        ]
        ends = [one.deadline for one in found if one.deadline is not None]
        zone = next((one.zone for one in found), "UTC")
        again = _add_week(zone, broadcast.send_at or now)
        while again <= now:
            again = _add_week(zone, again)
        return again if ends and again < max(ends) else None

    async def _update_progress(self, broadcast_id: int) -> bool:
        """End a completed broadcast and show its progress; returns whether to check again soon."""
        found = await broadcasts.fetch_broadcast(self._store, broadcast_id)
        if found is None:
            self._unfinished.discard(broadcast_id)
            return False
        await self._store.write(broadcast_transitions.finish_broadcast(found))
        found = await broadcasts.fetch_broadcast(self._store, broadcast_id) or found
        if found.state is Stage.SCHEDULED and (found.send_at or 0) > self._clock():
            self._unfinished.discard(broadcast_id)
            return False
        report = await deliveries.build_report(self._services, found, self._clock())
        may_know = await may_still_send(self._services, found)
        is_shown = not may_know or await self._progress_messages.update(report)
        if found.state in UNFINISHED_STATES:
            self._unfinished.add(broadcast_id)
        elif is_shown:
            self._unfinished.discard(broadcast_id)
        is_soon = report.next_due_at is not None and report.next_due_at <= report.now + _SOON_LIMIT
        return not is_shown or (found.state is Stage.SENDING and (is_soon or report.is_in_progress))

    async def _delete_sent(self, broadcast: Broadcast) -> bool:
        """Delete some of its sent messages; returns whether some are left."""
        result = await self._deletion.delete_some(broadcast)
        if result is DeletionResult.MORE_TO_TRY:
            self.wake()
        if result is not DeletionResult.RETRY_LATER:
            await self._update_progress(broadcast.id)
        return result is not DeletionResult.DONE


def _add_week(zone: str, at: int) -> int:
    local = local_time.to_local(zone, at)
    return local_time.time_on_day(
        zone, local.date() + timedelta(days=_DAYS_IN_WEEK), local_time.clock_minute(local)
    )
