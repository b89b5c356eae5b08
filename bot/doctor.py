"""`tutorbot doctor`: tries what the bot stands on, and says what to do about what is wrong."""

import sqlite3
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.coursefiles import load_course
from bot.settings import Settings, SettingsError, load
from bot.transport import AiohttpRequest
from course.loading import CourseFormatError
from storage.errors import StorageError
from storage.inspecting import look_at

# SQLite before this can damage a database when two connections write at once; ours writes by one
# connection only (sqlite.org, release notes of 3.51.3).
_SAFE_SQLITE = (3, 51, 3)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one trial gave.

    Attributes:
        mark: "ok", "note" for what may be as it is, or "wrong" for what stops the bot.
    """

    mark: str
    sentence: str


async def examine() -> int:
    """Try everything and print a line for each; 0 when nothing is wrong, else 1."""
    worst = 0
    async for finding in _findings():
        sys.stdout.write(f"{finding.mark:6}{finding.sentence}\n")
        worst |= finding.mark == "wrong"
    return int(worst)


async def _findings() -> AsyncIterator[Finding]:
    yield _python()
    yield _sqlite()
    try:
        settings = load()
    except SettingsError as error:
        for problem in error.problems:
            yield Finding("wrong", problem)
        return
    yield _course(settings.course)
    yield _database(settings.database_url)
    yield await _telegram(settings)


def _python() -> Finding:
    return Finding("ok", f"Python {'.'.join(map(str, sys.version_info[:3]))}.")


def _sqlite() -> Finding:
    if sqlite3.sqlite_version_info >= _SAFE_SQLITE:
        return Finding("ok", f"SQLite {sqlite3.sqlite_version}.")
    return Finding(
        "note",
        f"SQLite {sqlite3.sqlite_version} is older than 3.51.3: do not open the database with"
        " another program while the bot runs.",
    )


def _course(path: Path) -> Finding:
    try:
        course = load_course(path)
    except CourseFormatError as error:
        return Finding(
            "wrong", f"The course has {len(error.problems)} problem(s): run tutorbot check {path}"
        )
    return Finding("ok", f"Course {course.id}, version {course.version}.")


def _database(url: str) -> Finding:
    try:
        return Finding("ok", look_at(url))
    except StorageError as error:
        return Finding("wrong", str(error))


async def _telegram(settings: Settings) -> Finding:
    if settings.token is None:
        return Finding("wrong", "TUTORBOT_TOKEN is not set: get a token from @BotFather.")
    token = settings.token.get_secret_value()
    bot = Bot(token, base_url=f"{settings.api_url}/bot", request=AiohttpRequest())
    try:
        async with bot:
            hook = await bot.get_webhook_info()
            if hook.url:
                return Finding("wrong", "A webhook is set for this token: polling gets nothing.")
            return Finding("ok", f"Telegram knows the token: @{bot.username}.")
    except InvalidToken:
        return Finding("wrong", "Telegram does not accept the token: copy it again from BotFather.")
    except TelegramError as error:
        return Finding("wrong", f"Telegram is out of reach at {settings.api_url}: {error.message}")
