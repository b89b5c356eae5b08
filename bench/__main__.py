"""`python -m bench`: run all benchmarks, print the table, write docs/benchmarks.md."""

import argparse
import importlib.util
import platform
import sqlite3
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from bench import (
    answer_cost,
    broadcast,
    due,
    imports,
    learner_files,
    question,
    statistics_cost,
    stores,
)
from bench.run_sizes import FULL, TINY, Size
from bench.table import Row, as_markdown, as_text
from bot import clock

_REPORT = Path(__file__).parent.parent / "docs" / "benchmarks.md"

# The report's first lines, up to the heading of what is written by hand.
_HEAD = """\
# Benchmarks

Written by `make bench` on {date} UTC, in {minutes:.1f} minutes: everything above "How it is
measured". Do not edit it by hand.

{machine}

{versions}. {sniffio}

{table}

"""
_BY_HAND = "## How it is measured"

_PACKAGES = (
    "python-telegram-bot",
    "httpx",
    "httpcore",
    "aiogram",
    "aiohttp",
    "aiosqlite",
    "orjson",
)


def run(size: Size, asked: question.FirstQuestion) -> list[Row]:
    """Run all benchmarks; return all rows."""
    rows = answer_cost.rows(size, asked, _say)
    for part in (stores, due, statistics_cost, imports):
        _say(part.__name__)
        rows += part.rows(size, asked)
    _say("a broadcast")
    return rows + broadcast.rows(size)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="a little of everything, only printed")
    size = TINY if parser.parse_args().tiny else FULL
    _say(_sniffio())
    asked = question.first_question()
    _say(f"files of up to {size.learners:,} learners, built once and kept in .bench/")
    for count in (size.learners, size.few):
        learner_files.kept_database(count, asked)
    statistics_cost.kept_database(size.answered, asked.course)
    begun = time.perf_counter()
    rows = run(size, asked)
    seconds = time.perf_counter() - begun
    print(f"\n{as_text(rows)}\n")
    if size is FULL:
        _write(rows, seconds)
        _say(f"written to docs/benchmarks.md; took {seconds:.0f} s")


def _write(rows: list[Row], seconds: float) -> None:
    """Write the table into docs/benchmarks.md, and keep the text below it."""
    _, heading, by_hand = _REPORT.read_text(encoding="utf-8").partition(_BY_HAND)
    head = _HEAD.format(
        date=datetime.fromtimestamp(clock.now() / 1000, UTC).strftime("%Y-%m-%d %H:%M"),
        minutes=seconds / 60,
        machine=_machine(),
        versions=", ".join(f"{package} {version(package)}" for package in _PACKAGES),
        sniffio=_sniffio(),
        table=as_markdown(rows),
    )
    _REPORT.write_text(head + heading + by_hand, encoding="utf-8")


def _machine() -> str:
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"{platform.system()} on {platform.machine()}, {psutil.cpu_count()} cores,"
        f" {memory:.0f} GB of memory; Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}."
    )


def _sniffio() -> str:
    """Whether the package is installed that httpcore imports at every request."""
    if importlib.util.find_spec("sniffio") is None:
        return "sniffio is not importable, which costs python-telegram-bot dearly: install it."
    return "sniffio is importable, so that python-telegram-bot has its fair chance."


_BEGUN = time.perf_counter()


def _say(line: str) -> None:
    print(f"{time.perf_counter() - _BEGUN:4.0f} s  {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
