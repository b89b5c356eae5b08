"""`tutorbot run`: opens the database, serves, and stops on a signal; and other commands on data."""

import asyncio
import logging
from datetime import UTC, datetime

from bot import app, clock, logs
from bot.actions.statistics import View
from bot.bot_api.polling import PollingError
from bot.bot_api.rate_limits import Rates
from bot.clock import Clock
from bot.i18n import Voices
from bot.inbox.retries import TRIES
from bot.metrics import METERS
from bot.monitoring.listener import ListeningError
from bot.rendering.parts import plain
from bot.rendering.statistics import home
from bot.settings import Settings
from bot.signals import until_told
from bot.terminal import complain, say
from course.model import Course
from course.statistics.counters import day_of
from course.statistics.overview import Period
from storage import overdue
from storage.errors import OlderSchemaError, StorageError, UnavailableError
from storage.inbox import retries
from storage.mistake_reports import closes
from storage.recounts import recount
from storage.statistics import overview
from storage.store import Store

log = logging.getLogger(__name__)

# Seconds between attempts to open the database at startup.
_PAUSE = 5.0

# Result of a wait that no signal ended; not an exit code.
_OPEN_AGAIN = -1


async def serve(
    settings: Settings,
    course: Course,
    now: Clock = clock.now,
    rates: Rates = Rates(),  # noqa: B008 - a frozen value
) -> int:
    """Run the bot until SIGTERM or SIGINT; returns the process's exit code.

    Waits while the database is unavailable, as for Telegram.

    Args:
        rates: how fast messages are sent; only simulators accept more than the default.
    """
    logs.configure(settings.log_level)
    while True:
        try:
            return await _opened(settings, course, now, rates)
        except UnavailableError as error:  # a full disk, or a server that has not started yet
            log.warning("The data is waited for", extra={"action": "open", "why": str(error)})
        except StorageError as error:
            return _failed(error)
        if await until_told(_paused()) != _OPEN_AGAIN:
            return 0


async def _opened(settings: Settings, course: Course, now: Clock, rates: Rates) -> int:
    store = await Store.open(settings.database_url, now(), _observe)
    try:
        count = await store.count_learners()
        say(f"Data: {store.place}, {count} learner{'' if count == 1 else 's'}.")
        return await until_told(_served(settings, course, store, now, rates))
    finally:
        await store.close()


async def _paused() -> int:
    await asyncio.sleep(_PAUSE)
    return _OPEN_AGAIN


async def _served(
    settings: Settings, course: Course, store: Store, now: Clock, rates: Rates
) -> int:
    try:
        async with app.running(settings, course, store, now, rates=rates) as tutor:
            say(f"Serving as @{tutor.username}. Stop with Ctrl+C.")
            if tutor.owed:
                say(f"Working off {tutor.owed} updates of the last run.")
            await tutor.poll()
    except (ListeningError, PollingError) as error:
        return _failed(error)
    return 0


async def show_inbox(settings: Settings, *, retry: bool) -> int:
    """List updates that were set aside, or retry them; returns the process's exit code."""
    try:
        store = await Store.open_existing(settings.database_url)
    except StorageError as error:
        return _failed(error)
    try:
        aside = await store.set_aside(TRIES)
        for one in aside:
            moment = datetime.fromtimestamp(one.at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
            say(f"update {one.update}  received {moment} UTC  tries {one.tries}  {one.error}")
        if retry and aside:
            await store.write(retries())
            say(f"{len(aside)} update(s) will be tried again when the bot starts.")
        else:
            say(f"{len(aside)} update(s) set aside." if aside else "Nothing is set aside.")
    except StorageError as error:
        return _failed(error)
    finally:
        await store.close()
    return 0


async def show_outbox(settings: Settings, *, clear: bool, now: Clock = clock.now) -> int:
    """List what the bot would send at startup, or cancel it; returns the exit code.

    Args:
        clear: cancel it; an older database is migrated first, as the bot would do.
    """
    try:
        store = await _opened_to_send(settings, clear, now())
    except StorageError as error:
        return _failed(error)
    try:
        found = await overdue.due(store, now())
        for kind, number in found.deliveries.items():
            say(f"{kind}: {number} message(s)")
        for one in found.broadcasts:
            moment = datetime.fromtimestamp((one.send_at or 0) / 1000, UTC)
            say(f"broadcast to begin, of {moment:%Y-%m-%d %H:%M} UTC")
        if clear and not found.is_nothing:
            await overdue.take_back(store, found, now())
            say("All of this was taken back and is not sent.")
        else:
            say("Nothing is due." if found.is_nothing else "This is due, and is sent by the bot.")
    except StorageError as error:
        return _failed(error)
    finally:
        await store.close()
    return 0


async def _opened_to_send(settings: Settings, clear: bool, now: int) -> Store:
    try:
        return await Store.open_existing(settings.database_url)
    except OlderSchemaError:
        if not clear:
            raise
        return await Store.open(settings.database_url, now)


async def show_reports(settings: Settings, *, close: int | None) -> int:
    """List mistakes that learners reported; returns the process's exit code.

    Args:
        close: number of a report to delete first.
    """
    try:
        store = await Store.open_existing(settings.database_url)
    except StorageError as error:
        return _failed(error)
    try:
        if close is not None:
            await store.write(closes(close))
        found = await store.reports()
        for one in found:
            moment = datetime.fromtimestamp(one.at / 1000, UTC).strftime("%Y-%m-%d %H:%M")
            place = one.item or "the end"
            say(f"{one.number}  {moment} UTC  at {place} (course {one.version}): {one.said}")
        say(f"{len(found)} report(s)." if found else "No reports.")
    except StorageError as error:
        return _failed(error)
    finally:
        await store.close()
    return 0


async def recount_all(settings: Settings, now: Clock = clock.now) -> int:
    """Compare all counters with the facts and repair them; returns 0 when all were right."""
    try:
        store = await Store.open_existing(settings.database_url)
    except StorageError as error:
        return _failed(error)
    try:
        found = await recount(store, now())
    except StorageError as error:
        return _failed(error)
    finally:
        await store.close()
    if found.is_fine:
        say("Compared every counter with what people did: all are right.")
        return 0
    kinds = {"learners counted in the wrong cohorts": found.unsettled, **found.wrong}
    told = ", ".join(f"{kind}: {number}" for kind, number in kinds.items() if number)
    return _failed(f"{found.mistakes} counters were wrong and are repaired ({told}).")


async def show_stats(settings: Settings, period: Period, now: Clock = clock.now) -> int:
    """Print the first screen of the statistics of all learners; returns the exit code."""
    try:
        store = await Store.open_existing(settings.database_url)
    except StorageError as error:
        return _failed(error)
    try:
        seen = View((), True, None, period, day_of(now()))
        found = await overview(store, seen.scope)
        say(*plain(home(Voices.load().of("en"), seen, found).text).split("\n"))
    except StorageError as error:
        return _failed(error)
    finally:
        await store.close()
    return 0


def _observe(writers: int, seconds: float) -> None:
    METERS.batch_size.observe(writers)
    METERS.commit_seconds.observe(seconds)


def _failed(error: Exception | str) -> int:
    complain(*str(error).split("\n"))
    return 1
