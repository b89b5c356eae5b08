"""Composition root: builds every part of the bot, starts them in order, and stops them."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

from telegram.ext import ApplicationBuilder

from bot.actions.learner_state import Services
from bot.bot_api.connecting import connect
from bot.bot_api.media import MediaBot
from bot.bot_api.polling import Poller, PollWaits
from bot.bot_api.rate_limiter import RateLimiter
from bot.bot_api.rate_limits import Rates
from bot.bot_api.sending import AnyApplication, send_file, show_reply
from bot.bot_api.transport import AiohttpRequest
from bot.chart_renderer import ChartRenderer
from bot.clock import Clock
from bot.context import Context
from bot.course_files import find_course_folder
from bot.handlers import bot_profile, failures
from bot.handlers.dispatcher import ALLOWED_UPDATES, Dispatcher
from bot.i18n import Translators
from bot.inbox.flood_control import FloodLimits
from bot.inbox.inbox import Inbox
from bot.inbox.outage_notices import OutageNotices
from bot.inbox.retries import RetryWaits
from bot.inbox.update_filter import PendingUpdates
from bot.jobs import assembly
from bot.jobs.exports import ExportSender, remove_stale_folders
from bot.jobs.scheduler import Scheduler
from bot.monitoring.health_server import HealthEndpoints, serve_endpoints
from bot.monitoring.process_health import ProcessHealth, find_newest_backup
from bot.settings import Settings
from bot.waits import Waits
from course.model import Course
from storage.store import Store

log = logging.getLogger(__name__)

# Share of `Waits.stop` after which the rate limiter rejects pending calls; their callers have the
# rest to record it.
_RATE_LIMITER_SHARE = 0.9


@dataclass(slots=True)
class RunningBot:
    """The connected bot and its parts; see `run_bot`.

    Attributes:
        inbox: incoming updates.
        rate_limiter: outgoing calls.
        scheduler: periodic jobs, and the outbox.
        export_sender: files that people asked for.
        username: the bot's name at Telegram, without the @.
        pending_updates: number of updates that an earlier run left unfinished.
    """

    application: AnyApplication
    context: Context
    inbox: Inbox
    poller: Poller
    rate_limiter: RateLimiter
    scheduler: Scheduler
    export_sender: ExportSender
    pending_updates: int = 0

    @property
    def username(self) -> str:
        """The bot's name at Telegram, without the @."""
        return str(self.application.bot.username)

    async def poll(self) -> None:
        """Poll for updates until cancelled.

        Raises:
            PollingError: polling cannot go on.
        """
        await self.poller.run(self.inbox.receive)


@asynccontextmanager
async def run_bot(
    settings: Settings,
    course: Course,
    store: Store,
    clock: Clock,
    flood_limits: FloodLimits = FloodLimits(),  # noqa: B008 - a frozen value
    rates: Rates = Rates(),  # noqa: B008 - a frozen value
    waits: Waits = Waits(),  # noqa: B008 - a frozen value
) -> AsyncIterator[RunningBot]:
    """Connect the bot and resume unfinished updates; stop it when the block ends.

    Args:
        flood_limits: how many updates one person may send.
        rates: how fast messages are sent.
        waits: how long it waits for others.

    Raises:
        RefusedTokenError: Telegram does not accept the token.
        ListeningError: `settings.listen` is not available.
    """
    tutor = _assemble(settings, course, store, clock, flood_limits, rates, waits)
    watch = HealthEndpoints(clock, tutor.inbox, tutor.poller, tutor.rate_limiter)
    async with serve_endpoints(
        settings.listen, watch
    ):  # first: it also reports that Telegram is down
        await connect(tutor.application, waits.connect)
        tutor.scheduler.start()
        tutor.export_sender.start()
        await tutor.application.start()
        async with bot_profile.publish_in_background(tutor.application, tutor.context):
            try:
                tutor.pending_updates = await tutor.inbox.open()
                yield tutor
            finally:
                await _stop(tutor, waits.stop)


def _assemble(
    settings: Settings,
    course: Course,
    store: Store,
    clock: Clock,
    flood_limits: FloodLimits,
    rates: Rates,
    waits: Waits,
) -> RunningBot:
    polling = AiohttpRequest(connections=4)
    rate_limiter = RateLimiter(rates)
    bot = _build_bot(settings, polling, rate_limiter, store, clock)
    application: AnyApplication = (
        ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    )
    services = _build_services(settings, course, store)
    translators, charts = Translators.load(), ChartRenderer()
    jobs = assembly.build_jobs(bot, services, translators, charts, clock)
    export_sender = _build_export_sender(bot, services, translators, clock)
    poller = _build_poller(settings, polling, waits.polls)
    pending = PendingUpdates()
    backup = partial(find_newest_backup, settings.database_url)
    context = Context(
        services,
        translators,
        settings.contact,
        _get_version(),
        lambda: str(bot.username),
        charts,
        jobs.outbox.wake,
        jobs.broadcast_planner.refresh_progress,
        export_sender.start_export,
        ProcessHealth(
            clock, clock(), _get_version(), pending, poller, rate_limiter, backup
        ).measure,
    )
    inbox = _build_inbox(bot, context, clock, flood_limits, pending, waits.retries)
    return RunningBot(
        application, context, inbox, poller, rate_limiter, jobs.scheduler, export_sender
    )


async def _stop(tutor: RunningBot, within: float) -> None:
    """Finish running work within so many seconds; the rest stays on disk."""
    loop = asyncio.get_running_loop()
    letting_go = loop.call_later(within * _RATE_LIMITER_SHARE, tutor.rate_limiter.reject_waiting)
    parts = (tutor.inbox, tutor.scheduler, tutor.export_sender)
    await asyncio.gather(*(part.close(within=within) for part in parts))
    letting_go.cancel()
    await tutor.application.stop()
    await tutor.application.shutdown()


def _get_token(settings: Settings) -> str:
    assert settings.token is not None, "the command line asks for it first"
    return settings.token.get_secret_value()


def _build_bot(
    settings: Settings,
    polling: AiohttpRequest,
    rate_limiter: RateLimiter,
    store: Store,
    clock: Clock,
) -> MediaBot:
    return MediaBot(
        _get_token(settings),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=polling,
        rate_limiter=rate_limiter,
        store=store,
        folder=find_course_folder(settings.course),
        clock=clock,
    )


def _build_services(settings: Settings, course: Course, store: Store) -> Services:
    return Services(course, store, frozenset(settings.admins), settings.limits)


def _build_poller(settings: Settings, polling: AiohttpRequest, waits: PollWaits) -> Poller:
    address = f"{settings.api_url}/bot{_get_token(settings)}"
    return Poller(polling, address, ALLOWED_UPDATES, waits)


def _build_export_sender(
    bot: MediaBot, services: Services, translators: Translators, clock: Clock
) -> ExportSender:
    sending = partial(show_reply, bot), partial(send_file, bot)
    export_sender = ExportSender(services, translators, clock, _get_version(), *sending)
    remove_stale_folders(export_sender.folder)
    return export_sender


def _build_inbox(
    bot: MediaBot,
    context: Context,
    clock: Clock,
    flood_limits: FloodLimits,
    pending: PendingUpdates,
    waits: RetryWaits,
) -> Inbox:
    dispatcher = Dispatcher(context, bot)
    return Inbox(
        context.services.store,
        clock,
        dispatcher.handle,
        partial(failures.apologise, context, bot),
        flood_limits,
        OutageNotices(partial(failures.send_outage_notice, context, bot)),
        dispatcher.list_final_writes,
        pending,
        waits=waits,
    )


def _get_version() -> str:
    return version("course-tutor-bot")
