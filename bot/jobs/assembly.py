"""Builds the scheduler with its jobs, and the outbox with its kinds."""

import secrets
from functools import partial

from bot.actions import cleanup
from bot.bot_api.media import MediaBot
from bot.bot_api.rate_limiter import BulkSend
from bot.bot_api.rate_limits import Lane
from bot.bot_api.responding import send_response
from bot.bot_api.sending import delete_message, deliver_reply, show_reply
from bot.clock import Clock
from bot.context import Context
from bot.jobs import digests, group_summaries
from bot.jobs.broadcast_planner import BroadcastPlanner
from bot.jobs.broadcast_sender import BroadcastSender
from bot.jobs.notes import NoteSender
from bot.jobs.recounts import RecountJob
from bot.jobs.reminders import ReminderSender
from bot.jobs.scheduler import ScheduledJob, Scheduler
from bot.jobs.support_requests import SupportRequestNotifier
from bot.jobs.weekly_reports import WeeklyReportSender
from bot.messages import Reply, Response
from bot.outbox.outbox import Outbox, OutboxKind
from course.model import LearnerId
from storage.broadcasts import BROADCAST
from storage.outbox import (
    ANSWER,
    NOTE,
    QUESTION,
    REMINDER,
)


def build_scheduler(bot: MediaBot, context: Context, clock: Clock) -> Scheduler:
    """Build the scheduler, with the outbox and all jobs."""

    async def send(learner: LearnerId, reply: Reply, bulk: BulkSend) -> int:
        return await deliver_reply(bot, learner, reply, bulk)

    store = context.services.store
    reminder_sender = ReminderSender(context.services, context.translators, clock)
    broadcast_sender = BroadcastSender(context.services, context.translators)
    show_message = partial(show_reply, bot)
    note_sender = NoteSender(context.services, context.translators, clock, show_message)
    note_kind = OutboxKind(Lane.NUDGE, note_sender.prepare, follow_up=note_sender.follow_up)
    request_notifier = SupportRequestNotifier(context.services, context.translators)
    kinds = {
        ANSWER: note_kind,
        QUESTION: OutboxKind(Lane.NUDGE, request_notifier.prepare),
        NOTE: note_kind,
        REMINDER: OutboxKind(Lane.NUDGE, reminder_sender.prepare),
    }
    outbox = Outbox(store, clock, send, kinds, holder=secrets.token_hex(8))
    context.wake_outbox = outbox.wake
    report_sender = WeeklyReportSender(
        context.services, context.translators, bot, context.chart_renderer, clock
    )
    jobs: dict[str, ScheduledJob] = {
        "reminders": reminder_sender.tick,
        "notes": note_sender.tick,
        "digests": lambda: digests.send_due_digests(
            context.services, context.translators, show_message, clock()
        ),
        "summaries": lambda: group_summaries.send_due_summaries(
            context.services, context.translators, bot, clock()
        ),
        "weekly reports": report_sender.tick,
        "tidying": lambda: cleanup.delete_expired(context.services, clock()),
    }
    planner = BroadcastPlanner(
        context.services,
        context.translators,
        clock,
        outbox.lease,
        partial(show_reply, bot),
        partial(delete_message, bot),
        outbox.wake,
    )
    kinds[BROADCAST] = OutboxKind(
        Lane.BROADCAST, broadcast_sender.prepare, planner.on_delivery_recorded
    )
    context.notify_broadcast_changed = planner.refresh_progress
    recount_job = RecountJob(
        context.services,
        context.translators,
        clock,
        lambda chat, one: send_response(bot, chat, Response((one,))),
    )
    jobs["recount"] = recount_job.tick
    return Scheduler(store, clock, jobs, outbox, planner, recount_job, report_sender)
