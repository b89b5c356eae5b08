"""Writes docs/benchmarks.md: results, machine, versions, date and command."""

import importlib.util
import platform
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from bench.sizes import Size
from bench.table import Row, as_markdown
from bot import clock

REPORT_PATH = Path(__file__).parent.parent / "docs" / "benchmarks.md"

# What profiles say, written by hand.
_FINDINGS = Path(__file__).with_name("findings.md")

_PACKAGES = (
    "python-telegram-bot",
    "httpx",
    "httpcore",
    "aiogram",
    "aiohttp",
    "aiosqlite",
    "orjson",
)

_TEXT = """\
# Benchmarks

Written by `make bench` on {date} UTC, in {minutes:.1f} minutes. Do not edit it by hand; its last
part stands in `bench/findings.md`.

{machine}

{versions}. {sniffio}

{table}

## How it is measured

- Ratios are made within this one run: everybody takes their turn in each of {rounds} rounds, and
  a figure is the median of its rounds. For answered questions everybody is started once, and meets
  ever more of them in flight. Times by themselves move with the machine and its load.
- A broadcast is sent once. Whoever is compared sends it in the same seconds, and taps alone are
  measured in them, too: each has a process and a simulated Telegram of its own. The {many:,}
  messages go at fifteen times the rate that Telegram permits.
- An answered question is the press of a button that is answered with `answerCallbackQuery` and
  `editMessageText`, both with the texts of the real course. A stub of the Bot API in a process of
  its own hands out presses and counts edits (plain HTTP on the loopback). "In flight" means: handed
  out, and the edit not acknowledged; at first nothing is acknowledged until so many are. A poll is
  answered once a quarter of that may be handed out, so that everybody needs as many polls; polls
  take no latency. The bot itself serves 64 learners at once: at 256 in flight the rest waits.
- Ours is the whole bot, as `tutorbot run` serves, in a process of its own: inbox on disk, real
  course, real handlers, every message through the lanes (without Telegram's 30 a second),
  `synchronous=FULL`, {learners:,} learners in the file, each press by another of them. After each
  round the answers in the file are compared with the presses: each once, each counted.
- The peers answer and edit, and keep nothing. python-telegram-bot uses its HTTPXRequest with all
  defaults, and `concurrent_updates`; so does "bare", but with this bot's transport.
- Processor time is user and system time of the whole process with all threads, until it is still.
- Ceilings: what the latency allows for so many in flight. The peers make one call after the other;
  the bot makes both at once, and is compared with both ceilings.
- aiosqlite commits every answer by itself: the same reading, the same statements, one after the
  other. Not one acknowledged answer may be lost by a kill: that is for the fault tests.
- Who is due: the query of the tick on a file of {learners:,} learners who all are to be looked at
  some time, all of it in memory, beside the same query that may not use its index. The goals are
  for the query. A whole tick also goes to the database's thread and back, and takes what is due:
  it reads each learner's history, and writes the opportunity and its message to disk.
- Imports are timed in fresh processes, with everything compiled before.
"""


def write(rows: Sequence[Row], size: Size, *, seconds: float) -> None:
    """Write docs/benchmarks.md."""
    date = datetime.fromtimestamp(clock.now() / 1000, UTC).strftime("%Y-%m-%d %H:%M")
    text = _TEXT.format(
        date=date,
        minutes=seconds / 60,
        machine=machine(),
        versions=versions(),
        sniffio=sniffio(),
        table=as_markdown(rows),
        rounds=size.rounds,
        many=size.many,
        learners=size.learners,
    )
    findings = _FINDINGS.read_text(encoding="utf-8")
    REPORT_PATH.write_text(f"{text}\n{findings}", encoding="utf-8")


def machine() -> str:
    """Describe this machine in a sentence."""
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"{platform.system()} on {platform.machine()}{_processor()}, {psutil.cpu_count()} cores,"
        f" {memory:.0f} GB of memory; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}."
    )


def versions() -> str:
    """Versions of the relevant packages."""
    return ", ".join(f"{package} {version(package)}" for package in _PACKAGES)


def sniffio() -> str:
    """Whether the package is installed that httpcore imports at every request."""
    if importlib.util.find_spec("sniffio") is None:
        return "sniffio is not importable, which costs python-telegram-bot dearly: install it."
    return "sniffio is importable, so that python-telegram-bot has its fair chance."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return "".join(f" ({name})" for name in list(named)[:1])
