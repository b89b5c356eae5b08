"""Composition root: builds every part of the bot, starts them in order, and stops them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any

import orjson
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder

from bot import updates
from bot.actions import reminder_schedule
from bot.actions.learner_state import Services
from bot.bot_api.media import MediaBot
from bot.bot_api.polling import Poller, RefusedTokenError
from bot.bot_api.rate_limiter import Lanes
from bot.bot_api.rate_limits import Rates
from bot.bot_api.sending import send_file, show
from bot.bot_api.transport import AiohttpRequest
from bot.clock import Clock
from bot.context import RECEIVED_AT, Desk
from bot.course_files import course_folder
from bot.handlers import bot_profile, failures, presses, registry
from bot.handlers.registry import AnyApplication, Failures
from bot.i18n import Voices
from bot.inbox.flood_control import Allowance
from bot.inbox.inbox import FLOODED, Inbox
from bot.inbox.outage_notices import Patience
from bot.jobs import assembly
from bot.jobs.exports import Exporting, sweep
from bot.jobs.scheduler import Ticks
from bot.metrics import METERS
from bot.monitoring.health_server import Watch, watched
from bot.monitoring.process_health import HealthOfProcess, newest_backup
from bot.settings import Settings
from course.model import Course, LearnerId
from storage import learners
from storage.inbox import Received
from storage.statements import Statement
from storage.store import Store

log = logging.getLogger(__name__)

# Seconds for running work to finish on shutdown; all parts stop concurrently within this limit.
# deploy/tutorbot.service kills the process after twice as long.
STOP_WITHIN = 10.0

# Share of that limit after which the rate limiter rejects pending calls; their callers have the
# rest to record it.
_HELD = 0.9

# Seconds between attempts to reach Telegram at startup.
_KNOCK_AGAIN = 5.0


@dataclass(slots=True)
class Tutor:
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
    desk: Desk
    inbox: Inbox
    poller: Poller
    lanes: Lanes
    ticks: Ticks
    exporting: Exporting
    owed: int = 0

    @property
    def username(self) -> str:
        """The bot's name at Telegram, without the @."""
        return str(self.application.bot.username)

    async def poll(self) -> None:
        """Poll for updates until cancelled.

        Raises:
            PollingError: polling cannot go on.
        """
        await self.poller.run()


@asynccontextmanager
async def running(
    settings: Settings,
    course: Course,
    store: Store,
    clock: Clock,
    allowance: Allowance = Allowance(),  # noqa: B008 - a frozen value
    rates: Rates = Rates(),  # noqa: B008 - a frozen value
) -> AsyncIterator[Tutor]:
    """Connect the bot and resume unfinished updates; stop it when the block ends.

    Args:
        flood_limits: how many updates one person may send.
        rates: how fast messages are sent.

    Raises:
        RefusedTokenError: Telegram does not accept the token.
        ListeningError: `settings.listen` is not available.
    """
    tutor = _wired(settings, course, store, clock, allowance, rates)
    watch = Watch(clock, tutor.inbox, tutor.poller, tutor.lanes)
    async with watched(settings.listen, watch):  # first: it also reports that Telegram is down
        await _connect(tutor.application, tutor.desk)
        tutor.ticks.schedule(tutor.application)
        await tutor.application.start()
        async with bot_profile.introduced(tutor.application, tutor.desk):
            try:
                tutor.owed = await tutor.inbox.open()
                yield tutor
            finally:
                await _stop(tutor)


def _wired(
    settings: Settings,
    course: Course,
    store: Store,
    clock: Clock,
    allowance: Allowance,
    rates: Rates,
) -> Tutor:
    polling = AiohttpRequest(connections=4)
    lanes = Lanes(rates)
    bot = _bot(settings, polling, lanes, store, clock)
    application: AnyApplication = ApplicationBuilder().bot(bot).updater(None).build()
    desk = _desk(settings, course, store)
    raised = registry.wire(application, desk)
    inbox = _inbox(application, desk, raised, clock, allowance)
    poller = _poller(settings, polling, inbox)
    exporting = _exporting(bot, desk, clock)
    desk.health = _health(settings, desk, clock, inbox, poller, lanes).now
    ticks = assembly.ticks(bot, desk, clock)
    return Tutor(application, desk, inbox, poller, lanes, ticks, exporting)


async def _stop(tutor: Tutor) -> None:
    """Finish running work within `STOP_TIME_LIMIT` seconds; the rest stays on disk."""
    loop = asyncio.get_running_loop()
    letting_go = loop.call_later(STOP_WITHIN * _HELD, tutor.lanes.let_go)
    parts = (tutor.inbox, tutor.ticks, tutor.exporting)
    await asyncio.gather(*(part.close(within=STOP_WITHIN) for part in parts))
    letting_go.cancel()
    await tutor.application.stop()
    await tutor.application.shutdown()


def _token(settings: Settings) -> str:
    assert settings.token is not None, "the command line asks for it first"
    return settings.token.get_secret_value()


def _bot(
    settings: Settings, polling: AiohttpRequest, lanes: Lanes, store: Store, clock: Clock
) -> MediaBot:
    return MediaBot(
        _token(settings),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=polling,
        rate_limiter=lanes,
        store=store,
        folder=course_folder(settings.course),
        clock=clock,
    )


def _desk(settings: Settings, course: Course, store: Store) -> Desk:
    most = settings.cohorts_per_facilitator
    services = Services(course, store, frozenset(settings.admins), most)
    return Desk(services, Voices.load(), settings.contact, _version())


def _poller(settings: Settings, polling: AiohttpRequest, inbox: Inbox) -> Poller:
    address = f"{settings.api_url}/bot{_token(settings)}"
    return Poller(polling, address, inbox.receive, registry.ALLOWED)


def _health(
    settings: Settings, desk: Desk, clock: Clock, inbox: Inbox, poller: Poller, lanes: Lanes
) -> HealthOfProcess:
    backup = partial(newest_backup, settings.database_url)
    return HealthOfProcess(clock, clock(), desk.version, inbox, poller, lanes, backup)


def _exporting(bot: MediaBot, desk: Desk, clock: Clock) -> Exporting:
    exporting = Exporting(
        desk.services, desk.voices, clock, desk.version, partial(show, bot), partial(send_file, bot)
    )
    sweep(exporting.folder)
    desk.export = exporting.begin
    return exporting


def _inbox(
    application: AnyApplication,
    desk: Desk,
    raised: Failures,
    clock: Clock,
    allowance: Allowance,
) -> Inbox:
    async def handle(received: Received) -> None:
        raw = orjson.loads(received.body)
        try:
            if "callback_query" in raw and FLOODED not in raw:
                await presses.on_press(desk, application.bot, raw, received.at)
            else:
                await process(raw | {RECEIVED_AT: received.at})
        except Exception as error:  # noqa: BLE001 - classified by the failure handler
            _count(raw, type(error).__name__)
            await failures.judge(desk, received, error)
        else:
            _count(raw, "done")

    async def process(raw: dict[str, Any]) -> None:
        update = Update.de_json(raw, application.bot)
        await application.process_update(update)
        error = raised.take(update.update_id)
        if error is not None:
            raise error

    async def give_up(received: Received, error: Exception) -> None:
        await failures.apologise(desk, application.bot, received, error)

    async def ask(person: int, language: str | None) -> None:
        await failures.ask_patience(desk, application.bot, person, language)

    store = desk.services.store
    return Inbox(store, clock, handle, give_up, allowance, Patience(ask), partial(_besides, desk))


def _besides(desk: Desk, received: Received) -> tuple[Statement, ...]:
    """Statements to write when an update is finished: its sender was active and reachable."""
    if received.learner is None:
        return ()
    learner, rhythm = LearnerId(received.learner), desk.services.rhythm
    looked = reminder_schedule.after_look(rhythm, learner, received.update, received.at)
    if not _is_private(orjson.loads(received.body)):
        return looked
    return (*looked, learners.is_reachable(learner, received.at))


def _is_private(raw: Mapping[str, Any]) -> bool:
    """Whether somebody wrote or pressed in their own chat with the bot."""
    if not {"message", "edited_message", "callback_query"} & raw.keys():
        return False
    chat = updates.chat(raw)
    return chat is not None and chat.get("type") == "private"


def _count(raw: Mapping[str, Any], outcome: str) -> None:
    kind = next((kind for kind in registry.ALLOWED if kind in raw), "other")
    METERS.updates.labels(kind=kind, outcome=outcome).inc()


async def _connect(application: AnyApplication, desk: Desk) -> None:
    """Connect to Telegram; close the transport if cancelled before Telegram answers."""
    try:
        await _knock(application, desk)
    except BaseException:
        await application.bot.shutdown()
        raise


async def _knock(application: AnyApplication, desk: Desk) -> None:
    """Call getMe until it succeeds; network errors are retried."""
    while True:
        try:
            await application.initialize()
            desk.username = str(application.bot.username)
        except InvalidToken:
            raise RefusedTokenError from None
        except TelegramError as error:
            log.warning("Telegram is out of reach", extra={"action": "connect", "why": str(error)})
            await asyncio.sleep(_KNOCK_AGAIN)
        else:
            return


def _version() -> str:
    return version("course-tutor-bot")
