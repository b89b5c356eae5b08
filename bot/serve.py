"""`tutorbot run`: opens the database, serves, and stops on a signal."""

import asyncio
import logging

from bot import app, clock, logs
from bot.bot_api.polling import PollingError
from bot.bot_api.rate_limits import Rates
from bot.clock import Clock
from bot.metrics import METRICS
from bot.monitoring.listener import ListeningError
from bot.operations.first_admin import first_admin_notice
from bot.settings import Settings
from bot.signals import run_until_signal
from bot.terminal import print_error, print_lines
from course.model import Course
from storage.errors import StorageError, UnavailableError
from storage.store import Store

log = logging.getLogger(__name__)

# Result of a wait that no signal ended; not an exit code.
_OPEN_AGAIN = -1


async def serve(
    settings: Settings,
    course: Course,
    now: Clock = clock.now,
    rates: Rates = Rates(),  # noqa: B008 - a frozen value
    retry_delay: float = 5.0,
) -> int:
    """Run the bot until SIGTERM or SIGINT; returns the process's exit code.

    Waits while the database is unavailable, as for Telegram.

    Args:
        rates: how fast messages are sent; only simulators accept more than the default.
        retry_delay: seconds between attempts to open the database.
    """
    logs.configure(settings.log_level)
    while True:
        try:
            return await _open_and_serve(settings, course, now, rates)
        except UnavailableError as error:  # a full disk, or a server that has not started yet
            log.warning("The data is waited for", extra={"action": "open", "why": str(error)})
        except StorageError as error:
            return print_error(error)
        if await run_until_signal(_wait_to_reopen(retry_delay)) != _OPEN_AGAIN:
            return 0


async def _open_and_serve(settings: Settings, course: Course, now: Clock, rates: Rates) -> int:
    store = await Store.open(settings.database_url, now(), _observe_commit)
    try:
        count = await store.count_learners()
        print_lines(f"Data: {store.location}, {count} learner{'' if count == 1 else 's'}.")
        return await run_until_signal(_run_until_stopped(settings, course, store, now, rates))
    finally:
        await store.close()


async def _wait_to_reopen(seconds: float) -> int:
    await asyncio.sleep(seconds)
    return _OPEN_AGAIN


async def _run_until_stopped(
    settings: Settings, course: Course, store: Store, now: Clock, rates: Rates
) -> int:
    try:
        async with app.run_bot(settings, course, store, now, rates=rates) as tutor:
            print_lines(f"Serving as @{tutor.username}. Stop with Ctrl+C.")
            notice = await first_admin_notice(store, settings.admins, tutor.username, now())
            if notice is not None:
                print_lines(notice)
            if tutor.pending_updates:
                print_lines(f"Working off {tutor.pending_updates} updates of the last run.")
            await tutor.poll()
    except (ListeningError, PollingError) as error:
        return print_error(error)
    return 0


def _observe_commit(writers: int, seconds: float) -> None:
    METRICS.batch_size.observe(writers)
    METRICS.commit_seconds.observe(seconds)
