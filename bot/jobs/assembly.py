"""Builds the scheduler with its jobs, and the outbox with its kinds."""

import asyncio
import secrets
from functools import partial
from typing import NamedTuple

from bot.actions import cleanup
from bot.actions.learner_state import Services
from bot.bot_api.media import MediaBot
from bot.bot_api.rate_limits import Lane
from bot.bot_api.responding import send_response
from bot.bot_api.sending import delete_message, deliver_reply, show_reply
from bot.chart_renderer import ChartRenderer
from bot.clock import Clock
from bot.i18n import Translators
from bot.jobs import digests, group_summaries
from bot.jobs.broadcast_planner import BroadcastPlanner
from bot.jobs.broadcast_sender import BroadcastSender
from bot.jobs.notes import NoteSender
from bot.jobs.recounts import RecountJob
from bot.jobs.reminders import ReminderSender
from bot.jobs.scheduler import ScheduledJob, Scheduler
from bot.jobs.support_requests import SupportRequestNotifier
from bot.jobs.weekly_reports import WeeklyReportSender
from bot.messages import Response
from bot.outbox.lease import Lease
from bot.outbox.outbox import Outbox, OutboxKind
from storage.broadcasts import BROADCAST
from storage.outbox import (
    ANSWER,
    NOTE,
    QUESTION,
    REMINDER,
)


class BackgroundJobs(NamedTuple):
    """What was built: the scheduler, and the two of its workers that handlers wake."""

    scheduler: Scheduler
    outbox: Outbox
    broadcast_planner: BroadcastPlanner


def build_jobs(
    bot: MediaBot,
    services: Services,
    translators: Translators,
    chart_renderer: ChartRenderer,
    clock: Clock,
) -> BackgroundJobs:
    """Build the scheduler, with the outbox and all jobs."""
    store = services.store
    show_message = partial(show_reply, bot)
    wake_event = asyncio.Event()
    lease = Lease(store, clock, holder=secrets.token_hex(8))
    planner = BroadcastPlanner(
        services,
        translators,
        clock,
        lease,
        show_message,
        partial(delete_message, bot),
        wake_event.set,
    )
    reminder_sender = ReminderSender(services, translators, clock)
    note_sender = NoteSender(services, translators, clock, show_message)
    note_kind = OutboxKind(Lane.NUDGE, note_sender.prepare, follow_up=note_sender.follow_up)
    kinds = {
        ANSWER: note_kind,
        QUESTION: OutboxKind(Lane.NUDGE, SupportRequestNotifier(services, translators).prepare),
        NOTE: note_kind,
        REMINDER: OutboxKind(Lane.NUDGE, reminder_sender.prepare),
        BROADCAST: OutboxKind(
            Lane.BROADCAST,
            BroadcastSender(services, translators).prepare,
            planner.on_delivery_recorded,
        ),
    }
    outbox = Outbox(store, clock, partial(deliver_reply, bot), kinds, lease, wake_event)
    report_sender = WeeklyReportSender(services, translators, bot, chart_renderer, clock)
    recount_job = RecountJob(
        services,
        translators,
        clock,
        lambda chat, one: send_response(bot, chat, Response((one,))),
    )
    jobs: dict[str, ScheduledJob] = {
        "reminders": reminder_sender.tick,
        "notes": note_sender.tick,
        "digests": lambda: digests.send_due_digests(services, translators, show_message, clock()),
        "summaries": lambda: group_summaries.send_due_summaries(
            services, translators, bot, clock()
        ),
        "tidying": lambda: cleanup.delete_expired(services, clock()),
    }
    scheduler = Scheduler(store, clock, jobs, (planner, outbox, report_sender, recount_job))
    return BackgroundJobs(scheduler, outbox, planner)
