"""Builds the scheduler with its jobs, and the outbox with its kinds."""

import asyncio
import secrets
from functools import partial
from typing import NamedTuple

from bot.actions import cleanup
from bot.actions.learner_state import Services
from bot.bot_api.media import MediaBot
from bot.bot_api.rate_limits import Lane
from bot.bot_api.sending import delete_message, deliver_reply, show_reply
from bot.chart_renderer import ChartRenderer
from bot.clock import Clock
from bot.i18n import Translators
from bot.jobs.broadcast_planner import BroadcastPlanner
from bot.jobs.broadcast_sender import BroadcastSender
from bot.jobs.digests import DigestSender
from bot.jobs.group_summaries import GroupSummarySender
from bot.jobs.mistake_reports import ThanksSender
from bot.jobs.notes import NoteSender
from bot.jobs.recounts import RecountJob, RecountNotifier
from bot.jobs.reminders import ReminderSender
from bot.jobs.scheduler import ScheduledJob, Scheduler
from bot.jobs.support_requests import SupportRequestNotifier
from bot.jobs.weekly_reports import WeeklyReportSender
from bot.outbox.kinds import OutboxKind
from bot.outbox.lease import Lease
from bot.outbox.outbox import Outbox
from storage.outbox import (
    ANSWER,
    BROADCAST,
    DIGEST,
    NOTE,
    QUESTION,
    RECOUNT,
    REMINDER,
    REPORT,
    SUMMARY,
    THANKS,
)


class BackgroundJobs(NamedTuple):
    """What was built: the scheduler, and the two of its workers that handlers wake."""

    scheduler: Scheduler
    outbox: Outbox
    broadcast_planner: BroadcastPlanner


class _Senders(NamedTuple):
    """What queues messages at ticks and prepares them."""

    reminders: ReminderSender
    notes: NoteSender
    digests: DigestSender
    reports: WeeklyReportSender
    summaries: GroupSummarySender


def build_jobs(
    bot: MediaBot,
    services: Services,
    translators: Translators,
    chart_renderer: ChartRenderer,
    clock: Clock,
) -> BackgroundJobs:
    """Build the scheduler, with the outbox and all jobs."""
    store, parts = services.store, (services, translators, clock)
    show_message = partial(show_reply, bot)
    wake_event = asyncio.Event()
    lease = Lease(store, clock, holder=secrets.token_hex(8))
    planner = BroadcastPlanner(
        *parts, lease, show_message, partial(delete_message, bot), wake_event.set
    )
    senders = _Senders(
        ReminderSender(*parts),
        NoteSender(*parts, show_message),
        DigestSender(*parts),
        WeeklyReportSender(*parts, chart_renderer),
        GroupSummarySender(*parts),
    )
    kinds = _build_kinds(services, translators, senders, planner)
    outbox = Outbox(store, clock, partial(deliver_reply, bot), kinds, lease, wake_event)
    jobs: dict[str, ScheduledJob] = {
        "reminders": senders.reminders.tick,
        "notes": senders.notes.tick,
        "digests": senders.digests.tick,
        "reports": senders.reports.tick,
        "summaries": senders.summaries.tick,
        "tidying": lambda: cleanup.delete_expired(services, clock()),
    }
    scheduler = Scheduler(store, clock, jobs, (planner, outbox, RecountJob(services, clock)))
    return BackgroundJobs(scheduler, outbox, planner)


def _build_kinds(
    services: Services, translators: Translators, senders: _Senders, planner: BroadcastPlanner
) -> dict[str, OutboxKind]:
    """All kinds of messages, in order of precedence."""
    note = OutboxKind(Lane.NUDGE, senders.notes.prepare, follow_up=senders.notes.follow_up)
    question = SupportRequestNotifier(services, translators).prepare
    recount = RecountNotifier(services, translators).prepare
    thanks = ThanksSender(services, translators).prepare
    broadcast = BroadcastSender(services, translators).prepare
    return {
        ANSWER: note,
        QUESTION: OutboxKind(Lane.NUDGE, question),
        NOTE: note,
        REMINDER: OutboxKind(Lane.NUDGE, senders.reminders.prepare),
        DIGEST: OutboxKind(Lane.NUDGE, senders.digests.prepare),
        REPORT: OutboxKind(Lane.NUDGE, senders.reports.prepare),
        SUMMARY: OutboxKind(Lane.NUDGE, senders.summaries.prepare),
        RECOUNT: OutboxKind(Lane.NUDGE, recount),
        THANKS: OutboxKind(Lane.NUDGE, thanks),
        BROADCAST: OutboxKind(Lane.BROADCAST, broadcast, planner.on_delivery_recorded),
    }
