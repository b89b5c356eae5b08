"""`tutorbot run`: opens the database, serves, and stops on a signal; and other commands on data."""

import asyncio
import logging
from datetime import UTC, datetime

from bot import app, clock, logs
from bot.actions.statistics import StatisticsView
from bot.bot_api.polling import PollingError
from bot.bot_api.rate_limits import Rates
from bot.clock import Clock
from bot.i18n import Translators
from bot.inbox.retries import MAX_TRIES
from bot.metrics import METRICS
from bot.monitoring.listener import ListeningError
from bot.rendering.parts import strip_markup
from bot.rendering.statistics import home
from bot.settings import Settings
from bot.signals import run_until_signal
from bot.terminal import print_errors, print_lines
from course.model import Course
from course.statistics.counters import day_of
from course.statistics.overview import Period
from storage import overdue
from storage.errors import OlderSchemaError, StorageError, UnavailableError
from storage.inbox import retry_set_aside_updates
from storage.mistake_reports import delete_mistake_report
from storage.recounts import recount_counters
from storage.statistics import fetch_overview
from storage.store import Store

log = logging.getLogger(__name__)

# Seconds between attempts to open the database at startup.
_OPEN_RETRY_DELAY = 5.0

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
            return await _open_and_serve(settings, course, now, rates)
        except UnavailableError as error:  # a full disk, or a server that has not started yet
            log.warning("The data is waited for", extra={"action": "open", "why": str(error)})
        except StorageError as error:
            return _print_error(error)
        if await run_until_signal(_wait_to_reopen()) != _OPEN_AGAIN:
            return 0


async def _open_and_serve(settings: Settings, course: Course, now: Clock, rates: Rates) -> int:
    store = await Store.open(settings.database_url, now(), _observe_commit)
    try:
        count = await store.count_learners()
        print_lines(f"Data: {store.location}, {count} learner{'' if count == 1 else 's'}.")
        return await run_until_signal(_run_until_stopped(settings, course, store, now, rates))
    finally:
        await store.close()


async def _wait_to_reopen() -> int:
    await asyncio.sleep(_OPEN_RETRY_DELAY)
    return _OPEN_AGAIN


async def _run_until_stopped(
    settings: Settings, course: Course, store: Store, now: Clock, rates: Rates
) -> int:
    try:
        async with app.run_bot(settings, course, store, now, rates=rates) as tutor:
            print_lines(f"Serving as @{tutor.username}. Stop with Ctrl+C.")
            if tutor.pending_updates:
                print_lines(f"Working off {tutor.pending_updates} updates of the last run.")
            await tutor.poll()
    except (ListeningError, PollingError) as error:
        return _print_error(error)
    return 0


async def show_inbox(settings: Settings, *, retry: bool) -> int:
    """List updates that were set aside, or retry them; returns the process's exit code."""
    try:
        store = await Store.open_existing(settings.database_url)
    except StorageError as error:
        return _print_error(error)
    try:
        aside = await store.fetch_set_aside_updates(MAX_TRIES)
        for one in aside:
            moment = datetime.fromtimestamp(one.at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
            print_lines(
                f"update {one.update}  received {moment} UTC  tries {one.tries}  {one.error}"
            )
        if retry and aside:
            await store.write(retry_set_aside_updates())
            print_lines(f"{len(aside)} update(s) will be tried again when the bot starts.")
        else:
            print_lines(f"{len(aside)} update(s) set aside." if aside else "Nothing is set aside.")
    except StorageError as error:
        return _print_error(error)
    finally:
        await store.close()
    return 0


async def show_outbox(settings: Settings, *, clear: bool, now: Clock = clock.now) -> int:
    """List what the bot would send at startup, or cancel it; returns the exit code.

    Args:
        clear: cancel it; an older database is migrated first, as the bot would do.
    """
    try:
        store = await _open_for_outbox(settings, clear, now())
    except StorageError as error:
        return _print_error(error)
    try:
        found = await overdue.fetch_overdue(store, now())
        for kind, number in found.deliveries.items():
            print_lines(f"{kind}: {number} message(s)")
        for one in found.broadcasts:
            moment = datetime.fromtimestamp((one.send_at or 0) / 1000, UTC)
            print_lines(f"broadcast to begin, of {moment:%Y-%m-%d %H:%M} UTC")
        if clear and not found.is_empty:
            await overdue.cancel_overdue(store, found, now())
            print_lines("All of this was taken back and is not sent.")
        else:
            print_lines(
                "Nothing is due." if found.is_empty else "This is due, and is sent by the bot."
            )
    except StorageError as error:
        return _print_error(error)
    finally:
        await store.close()
    return 0


async def _open_for_outbox(settings: Settings, clear: bool, now: int) -> Store:
    try:
        return await Store.open_existing(settings.database_url)
    except OlderSchemaError:
        if not clear:
            raise
        return await Store.open(settings.database_url, now)


async def show_mistake_reports(settings: Settings, *, close: int | None) -> int:
    """List mistakes that learners reported; returns the process's exit code.

    Args:
        close: number of a report to delete first.
    """
    try:
        store = await Store.open_existing(settings.database_url)
    except StorageError as error:
        return _print_error(error)
    try:
        if close is not None:
            await store.write(delete_mistake_report(close))
        found = await store.fetch_mistake_reports()
        for one in found:
            moment = datetime.fromtimestamp(one.at / 1000, UTC).strftime("%Y-%m-%d %H:%M")
            place = one.item or "the end"
            print_lines(
                f"{one.number}  {moment} UTC  at {place} (course {one.version}): {one.text}"
            )
        print_lines(f"{len(found)} report(s)." if found else "No reports.")
    except StorageError as error:
        return _print_error(error)
    finally:
        await store.close()
    return 0


async def run_recount(settings: Settings, now: Clock = clock.now) -> int:
    """Compare all counters with the facts and repair them; returns 0 when all were right."""
    try:
        store = await Store.open_existing(settings.database_url)
    except StorageError as error:
        return _print_error(error)
    try:
        found = await recount_counters(store, now())
    except StorageError as error:
        return _print_error(error)
    finally:
        await store.close()
    if found.is_correct:
        print_lines("Compared every counter with what people did: all are right.")
        return 0
    kinds = {
        "learners counted in the wrong cohorts": found.miscounted_learners,
        **found.wrong_counters,
    }
    told = ", ".join(f"{kind}: {number}" for kind, number in kinds.items() if number)
    return _print_error(f"{found.error_count} counters were wrong and are repaired ({told}).")


async def show_statistics(settings: Settings, period: Period, now: Clock = clock.now) -> int:
    """Print the first screen of the statistics of all learners; returns the exit code."""
    try:
        store = await Store.open_existing(settings.database_url)
    except StorageError as error:
        return _print_error(error)
    try:
        seen = StatisticsView((), True, None, period, day_of(now()))
        found = await fetch_overview(store, seen.scope)
        print_lines(
            *strip_markup(home(Translators.load().for_language("en"), seen, found).text).split("\n")
        )
    except StorageError as error:
        return _print_error(error)
    finally:
        await store.close()
    return 0


def _observe_commit(writers: int, seconds: float) -> None:
    METRICS.batch_size.observe(writers)
    METRICS.commit_seconds.observe(seconds)


def _print_error(error: Exception | str) -> int:
    print_errors(*str(error).split("\n"))
    return 1
