"""Commands on the data: what was set aside, what is due, reports, counters, statistics.

Each returns the process's exit code.
"""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec

from bot import clock
from bot.actions.statistics import StatisticsView
from bot.clock import Clock
from bot.i18n import Translators
from bot.inbox.retries import MAX_TRIES
from bot.rendering.parts import strip_markup
from bot.rendering.statistics import home
from bot.settings import Settings
from bot.terminal import print_error, print_lines
from course.statistics.counters import day_of
from course.statistics.overview import Period
from storage import overdue
from storage.errors import OlderSchemaError, StorageError
from storage.inbox import retry_set_aside_updates
from storage.mistake_reports import delete_mistake_report
from storage.recounts import recount_counters
from storage.statistics import fetch_overview
from storage.store import Store

P = ParamSpec("P")


def _printing_errors(
    command: Callable[P, Coroutine[Any, Any, int]],
) -> Callable[P, Coroutine[Any, Any, int]]:
    """Print an error of the database in a sentence, and return 1."""

    @wraps(command)
    async def run(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return await command(*args, **kwargs)
        except StorageError as error:
            return print_error(error)

    return run


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """The existing database of the settings, open until the block ends."""
    store = await Store.open_existing(settings.database_url)
    try:
        yield store
    finally:
        await store.close()


@_printing_errors
async def show_inbox(settings: Settings, *, retry: bool) -> int:
    """List updates that were set aside, or retry them."""
    async with open_store(settings) as store:
        aside = await store.fetch_set_aside_updates(MAX_TRIES)
        for one in aside:
            moment = _utc(one.at, "%Y-%m-%d %H:%M:%S")
            print_lines(
                f"update {one.update}  received {moment} UTC  tries {one.tries}  {one.error}"
            )
        if retry and aside:
            await store.write(retry_set_aside_updates())
            print_lines(f"{len(aside)} update(s) will be tried again when the bot starts.")
        else:
            print_lines(f"{len(aside)} update(s) set aside." if aside else "Nothing is set aside.")
    return 0


@_printing_errors
async def show_outbox(settings: Settings, *, clear: bool, now: Clock = clock.now) -> int:
    """List what the bot would send at startup, or cancel it.

    Args:
        clear: cancel it; an older database is migrated first, as the bot would do.
    """
    if clear:
        await _migrate(settings, now())
    async with open_store(settings) as store:
        found = await overdue.fetch_overdue(store, now())
        for kind, number in found.deliveries.items():
            print_lines(f"{kind}: {number} message(s)")
        for one in found.broadcasts:
            print_lines(f"broadcast to begin, of {_utc(one.send_at or 0)} UTC")
        if clear and not found.is_empty:
            await overdue.cancel_overdue(store, found, now())
            print_lines("All of this was taken back and is not sent.")
        else:
            nothing = found.is_empty
            print_lines("Nothing is due." if nothing else "This is due, and is sent by the bot.")
    return 0


async def _migrate(settings: Settings, now: int) -> None:
    """Migrate an older database."""
    try:
        store = await Store.open_existing(settings.database_url)
    except OlderSchemaError:
        store = await Store.open(settings.database_url, now)
    await store.close()


@_printing_errors
async def show_mistake_reports(settings: Settings, *, close: int | None) -> int:
    """List mistakes that learners reported.

    Args:
        close: number of a report to delete first.
    """
    async with open_store(settings) as store:
        if close is not None:
            await store.write(delete_mistake_report(close))
        found = await store.fetch_mistake_reports()
        for one in found:
            place = one.item or "the end"
            print_lines(
                f"{one.number}  {_utc(one.at)} UTC  at {place} (course {one.version}): {one.text}"
            )
        print_lines(f"{len(found)} report(s)." if found else "No reports.")
    return 0


@_printing_errors
async def run_recount(settings: Settings, now: Clock = clock.now) -> int:
    """Compare all counters with the facts and repair them; returns 0 when all were right."""
    async with open_store(settings) as store:
        found = await recount_counters(store, now())
    if found.is_correct:
        print_lines("Compared every counter with what people did: all are right.")
        return 0
    kinds = {
        "learners counted in the wrong cohorts": found.miscounted_learners,
        **found.wrong_counters,
    }
    told = ", ".join(f"{kind}: {number}" for kind, number in kinds.items() if number)
    return print_error(f"{found.error_count} counters were wrong and are repaired ({told}).")


@_printing_errors
async def show_statistics(settings: Settings, period: Period, now: Clock = clock.now) -> int:
    """Print the first screen of the statistics of all learners."""
    async with open_store(settings) as store:
        seen = StatisticsView((), True, None, period, day_of(now()))
        found = await fetch_overview(store, seen.scope)
    screen = home(Translators.load().for_language("en"), seen, found)
    print_lines(*strip_markup(screen.text).split("\n"))
    return 0


def _utc(milliseconds: int, written: str = "%Y-%m-%d %H:%M") -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime(written)
