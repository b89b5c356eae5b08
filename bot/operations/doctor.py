"""`tutorbot doctor`: checks what the bot depends on, and says how to fix what is wrong."""

import importlib.util
import sqlite3
import sys
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
from telegram import Bot

from bot import clock
from bot.bot_api.errors import ApiError, ErrorKind, classify
from bot.bot_api.transport import AiohttpRequest
from bot.course_files import load_course
from bot.operations.data_commands import open_store
from bot.operations.file_checks import (
    DATA_CLOSED,
    SETTINGS_CLOSED,
    Finding,
    check_disk,
    check_file_permissions,
    database_files,
    settings_files,
)
from bot.operations.first_admin import first_admin_notice
from bot.settings import Settings, SettingsError, load_settings
from bot.terminal import print_lines
from course.reading.loader import CourseFormatError
from storage.errors import StorageError
from storage.opening import describe_database

# Older versions can corrupt a database when two connections write at once; the bot writes through
# one connection only (sqlite.org, release notes of 3.51.3).
_MIN_SAFE_SQLITE = (3, 51, 3)

_WEBHOOK_IS_SET = (
    "A webhook is set for this token: polling gets nothing. Stop the program that set it, then"
    " delete it as docs/operating.md, section 7, says."
)

# Difference from Telegram's clock, in seconds, from which it is a note, and from which it is wrong:
# reminders are due to the minute, and larger differences make TLS certificates fail.
_CLOCK_NOTE_SECONDS, _CLOCK_WRONG_SECONDS = 5, 60


async def run_doctor() -> int:
    """Run all checks and print a line for each; returns 0 when nothing is wrong, else 1."""
    worst = 0
    async for finding in _check_all():
        print_lines(f"{finding.status:6}{finding.sentence}")
        worst |= finding.status == "wrong"
    return int(worst)


async def _check_all() -> AsyncIterator[Finding]:
    yield _check_python()
    yield check_sqlite()
    for found in check_file_permissions(settings_files(), SETTINGS_CLOSED):
        yield found
    try:
        settings = load_settings()
    except SettingsError as error:
        for problem in error.problems:
            yield Finding("wrong", problem)
        return
    yield _check_course(settings.course)
    yield _check_database(settings.database_url)
    for found in check_file_permissions(database_files(settings.database_url), DATA_CLOSED):
        yield found
    yield check_disk(settings.database_url)
    yield check_fonts()
    yield await _check_telegram(settings)
    admin = await _check_admin(settings)
    if admin is not None:
        yield admin
    compared = await _check_clock(settings.api_url)
    if compared is not None:
        yield compared


def _check_python() -> Finding:
    return Finding("ok", f"Python {'.'.join(map(str, sys.version_info[:3]))}.")


def check_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Finding:
    """Check that the library is not one that two writing programs can damage a database with."""
    name = ".".join(map(str, version))
    if version >= _MIN_SAFE_SQLITE:
        return Finding("ok", f"SQLite {name}.")
    return Finding(
        "note",
        f"SQLite {name} is older than 3.51.3: while the bot runs, let other programs only read the"
        " database, as the backup does (sqlite3 -readonly).",
    )


def _check_course(path: Path) -> Finding:
    try:
        course = load_course(path)
    except CourseFormatError as error:
        return Finding(
            "wrong", f"The course has {error.count:,} problem(s): run tutorbot check {path}"
        )
    return Finding("ok", f"Course {course.id}, version {course.version}.")


def _check_database(url: str) -> Finding:
    try:
        return Finding("ok", describe_database(url))
    except StorageError as error:
        return Finding("wrong", str(error))


async def _check_telegram(settings: Settings) -> Finding:
    if settings.token is None:
        return Finding("wrong", "TUTORBOT_TOKEN is not set: get a token from @BotFather.")
    token = settings.token.get_secret_value()
    bot = Bot(token, base_url=f"{settings.api_url}/bot", request=AiohttpRequest())
    try:
        async with bot:
            hook = await bot.get_webhook_info()
            if hook.url:
                return Finding("wrong", _WEBHOOK_IS_SET)
            return Finding(
                "ok",
                f"Telegram knows the token: @{bot.username}. No webhook is set, as it must be.",
            )
    except ApiError as error:
        if classify(error).kind is ErrorKind.TOKEN_REFUSED:
            return Finding(
                "wrong", "Telegram does not accept the token: copy it again from BotFather."
            )
        return Finding("wrong", f"Telegram is out of reach at {settings.api_url}: {error.message}")


async def _check_admin(settings: Settings) -> Finding | None:
    """How to become admin where nobody is; `None` where somebody is, or data or token are amiss."""
    if settings.token is None or settings.admins:
        return None
    token = settings.token.get_secret_value()
    bot = Bot(token, base_url=f"{settings.api_url}/bot", request=AiohttpRequest())
    try:
        async with bot, open_store(settings) as store:
            notice = await first_admin_notice(store, (), bot.username, clock.now())
    except (ApiError, StorageError):
        return None
    return None if notice is None else Finding("note", notice)


def check_fonts(library: str = "matplotlib") -> Finding:
    """Check that charts can be rendered, without importing the library."""
    found = importlib.util.find_spec(library)
    if found is None or found.origin is None:
        return Finding(
            "note", f"{library} is missing: figures come as words without pictures. Run make setup."
        )
    font = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    if not font.is_file():
        return Finding("note", f"The font {font} is missing: install {library} again, whole.")
    return Finding("ok", "Pictures of the figures can be drawn: DejaVu Sans is there.")


def check_clock_offset(seconds_ahead: float) -> Finding:
    """Check this machine's clock against Telegram's.

    Args:
        seconds_ahead: of Telegram's clock; negative when behind.
    """
    if abs(seconds_ahead) < _CLOCK_NOTE_SECONDS:
        return Finding("ok", "The clock agrees with Telegram's.")
    direction = "ahead of" if seconds_ahead > 0 else "behind"
    how = f"{abs(seconds_ahead):.0f} seconds {direction} Telegram's"
    mark = "wrong" if abs(seconds_ahead) >= _CLOCK_WRONG_SECONDS else "note"
    return Finding(
        mark,
        f"The clock of this machine is {how}: set it by network time (timedatectl set-ntp true).",
    )


async def _check_clock(api_url: str) -> Finding | None:
    """Compare with Telegram's Date header; `None` when Telegram cannot be reached."""
    try:
        async with (
            aiohttp.ClientSession(trust_env=True, timeout=aiohttp.ClientTimeout(10)) as session,
            session.get(api_url, allow_redirects=False) as response,
        ):
            told = response.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError):
        return None
    if told is None:
        return Finding("note", "Telegram did not say what time it is: the clock was not compared.")
    return check_clock_offset(clock.now() / 1000 - parsedate_to_datetime(told).timestamp())
