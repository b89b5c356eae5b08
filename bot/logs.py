"""Logging setup: one line per event, a constant message with its action, no secrets."""

import logging
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TextIO

import structlog

# A bot token anywhere, also in a URL ("bot123456:..."); Bot API tokens have 30 letters or more.
_TOKEN = re.compile(r"(?<!\d)\d{3,}:[A-Za-z0-9_-]{30,}")
_REDACTED = "[token]"

# Loggers limited to warnings: they log URLs or, as aiosqlite at DEBUG, all that people write, or
# repeat what the bot logs itself.
_QUIET_LOGGERS = (
    "httpx", "httpcore", "aiohttp.access", "aiosqlite", "apscheduler", "telegram", "alembic",
    "asyncio",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ErrorCount:
    """Number of times an error was logged, and when last, in UTC milliseconds."""

    times: int
    last_at: int


class ErrorCounter(logging.Handler):
    """Logging handler that counts errors by action."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._counts: dict[str, ErrorCount] = {}

    @property
    def counts(self) -> Mapping[str, ErrorCount]:
        """Counts by action, or by logger name where a record has no action."""
        return dict(self._counts)

    def emit(self, record: logging.LogRecord) -> None:
        """Count the record."""
        action = str(getattr(record, "action", record.name))
        before = self._counts.get(action)
        times = 1 if before is None else before.times + 1
        self._counts[action] = ErrorCount(times, int(record.created * 1000))


ERROR_COUNTER = ErrorCounter()
"""Errors of this process since `configure`."""


def redact_tokens(text: str) -> str:
    """Replace bot tokens in `text`."""
    return _TOKEN.sub(_REDACTED, text)


class _RedactingFormatter(logging.Formatter):
    """Formatter that redacts tokens in another formatter's output."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return redact_tokens(self._inner.format(record))


def configure(level: str, stream: TextIO = sys.stderr) -> None:
    """Send all logging of the process to `stream`, one line per event.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.
    """
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    inner = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event", "action"], bool_as_flag=False
            )
            if not stream.isatty()
            else structlog.dev.ConsoleRenderer(),
        ],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_RedactingFormatter(inner))
    root = logging.getLogger()
    root.handlers[:] = [handler, ERROR_COUNTER]
    root.setLevel(level)
    for name in _QUIET_LOGGERS:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
