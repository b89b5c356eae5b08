"""Builds the scheduler with its jobs, and the outbox with its kinds."""

import secrets
from functools import partial

from bot.actions import cleanup
from bot.bot_api.media import MediaBot
from bot.bot_api.rate_limiter import Bulk
from bot.bot_api.rate_limits import Lane
from bot.bot_api.responding import respond
from bot.bot_api.sending import delete, deliver, show
from bot.clock import Clock
from bot.context import Desk
from bot.jobs import digests, group_summaries
from bot.jobs.broadcast_planner import Broadcasting
from bot.jobs.broadcast_sender import Posting
from bot.jobs.notes import Personal
from bot.jobs.recounts import Recounting
from bot.jobs.reminders import Nudging
from bot.jobs.scheduler import Chore, Ticks
from bot.jobs.support_requests import Asked
from bot.jobs.weekly_reports import Reporting
from bot.messages import Reply, Response
from bot.outbox.outbox import Errand, Outbox
from course.model import LearnerId
from storage.broadcasts import KIND as BROADCAST
from storage.outbox import (
    ANSWER,
    NOTE,
    NUDGE,
    QUESTION,
)


def ticks(bot: MediaBot, desk: Desk, clock: Clock) -> Ticks:
    """Build the scheduler, with the outbox and all jobs."""

    async def send(learner: LearnerId, reply: Reply, bulk: Bulk) -> int:
        return await deliver(bot, learner, reply, bulk)

    store = desk.services.store
    nudging = Nudging(desk.services, desk.voices, clock)
    posting = Posting(desk.services, desk.voices)
    shown = partial(show, bot)
    personal = Personal(desk.services, desk.voices, clock, shown)
    to_one = Errand(Lane.NUDGE, personal.prepare, after=personal.after)
    asked = Asked(desk.services, desk.voices)
    errands = {
        ANSWER: to_one,
        QUESTION: Errand(Lane.NUDGE, asked.prepare),
        NOTE: to_one,
        NUDGE: Errand(Lane.NUDGE, nudging.prepare),
    }
    outbox = Outbox(store, clock, send, errands, holder=secrets.token_hex(8))
    desk.wake = outbox.wake
    reporting = Reporting(desk.services, desk.voices, bot, desk.draughtsman, clock)
    chores: dict[str, Chore] = {
        "reminders": nudging.tick,
        "notes": personal.tick,
        "digests": lambda: digests.send_due(desk.services, desk.voices, shown, clock()),
        "summaries": lambda: group_summaries.send_due(desk.services, desk.voices, bot, clock()),
        "weekly reports": reporting.tick,
        "tidying": lambda: cleanup.tidy(desk.services, clock()),
    }
    broadcasting = Broadcasting(
        desk.services,
        desk.voices,
        clock,
        outbox.leading,
        partial(show, bot),
        partial(delete, bot),
        outbox.wake,
    )
    errands[BROADCAST] = Errand(Lane.BROADCAST, posting.prepare, broadcasting.settled)
    desk.broadcast_changed = broadcasting.changed
    recounting = Recounting(
        desk.services, desk.voices, clock, lambda chat, one: respond(bot, chat, Response((one,)))
    )
    chores["recount"] = recounting.tick
    return Ticks(store, clock, chores, outbox, broadcasting, recounting, reporting)
