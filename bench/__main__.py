"""`python -m bench`: run all benchmarks, print the table, write docs/benchmarks.md."""

import argparse
import importlib
import importlib.util
import sys
import time

from bench import (
    answered,
    answers,
    due,
    exporting,
    growth,
    imports,
    learners,
    question,
    report,
    statistics,
)
from bench.sizes import FULL, TINY, Size
from bench.table import Row, as_text


def build(size: Size, asked: question.FirstQuestion) -> None:
    """Build the databases of the benchmarks that do not exist yet."""
    _say(f"files of up to {size.learners:,} learners, built once and kept in .bench/")
    for count in (size.learners, size.few):
        learners.kept_database(count, asked)
    for count in (statistics.how_many(size), exporting.how_many(size)):
        answered.kept_database(count, asked.course)


def run(size: Size, asked: question.FirstQuestion) -> list[Row]:
    """Run all benchmarks; return all rows."""
    rows = answers.rows(size, asked, _say)
    _say("recording answers in the store")
    rows += growth.rows(size, asked)
    _say("finding who is due")
    rows += due.rows(size, asked)
    _say("statistics")
    rows += statistics.rows(size, asked)
    _say("exports")
    rows += exporting.rows(size, asked)
    _say("imports")
    rows += imports.rows(size, asked)
    if importlib.util.find_spec("bench.broadcast") is not None:
        _say("broadcasts")
        rows += importlib.import_module("bench.broadcast").rows(size)
        _say("a broadcast through the whole bot")
        rows += importlib.import_module("bench.news").rows(size)
    return rows


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="a little of everything, only printed")
    size = TINY if parser.parse_args().tiny else FULL
    _say(report.machine())
    _say(report.sniffio())
    asked = question.first_question()
    build(size, asked)
    begun = time.perf_counter()
    rows = run(size, asked)
    seconds = time.perf_counter() - begun
    print(f"\n{as_text(rows)}\n")
    if size is FULL:
        report.write(rows, size, seconds=seconds)
        _say(f"written to docs/benchmarks.md; took {seconds:.0f} s")


_BEGUN = time.perf_counter()


def _say(line: str) -> None:
    print(f"{time.perf_counter() - _BEGUN:4.0f} s  {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
