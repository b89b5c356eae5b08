"""Benchmark of exports: `tutorbot export` as CSV, beside one query with all rows in memory.

`python -m bench.exporting [LEARNERS]` measures only these on a file of any size, a million unless
told otherwise; a run of everything measures a fiftieth of that.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import answered, question
from bench.sizes import Size
from bench.table import Row, as_text
from bench.telegram import ROOT

# In a run of everything.
_LEARNERS = 20_000

_ALL = 1_000_000

# Exports as the command line does, and says the most memory that it ever had.
_OURS = """
import sys
from bot.cli import cli
try:
    cli(["export", sys.argv[1]])
finally:
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    print(status["VmHWM"].split()[0], flush=True)
"""

# What is written in a few lines wherever a table is wanted as CSV: of the answers alone, with
# Telegram's user ids, since there are no pseudonyms.
_HELD = """
import csv, os, sqlite3, sys
connection = sqlite3.connect(f"file:{os.environ['BENCH_DATABASE']}?mode=ro", uri=True)
rows = connection.execute("select * from attempts order by learner, at").fetchall()
with open(sys.argv[1], "w", newline="", encoding="utf-8-sig") as file:
    csv.writer(file).writerows(rows)
print(f"answers {len(rows)}")
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(status["VmHWM"].split()[0], flush=True)
"""


@dataclass(frozen=True, slots=True)
class ExportCost:
    """Cost of an export.

    Attributes:
        rows: of all tables.
        seconds: of wall time, the start of the program included.
        memory: bytes of resident memory at most.
    """

    rows: int
    answers: int
    seconds: float
    memory: int


def measure(learners: int, asked: question.FirstQuestion) -> tuple[ExportCost, ExportCost]:
    """Export a database of so many learners both ways, ours first.

    Raises:
        AssertionError: not every answer was exported: the measurement is worth nothing.
    """
    path = answered.kept_database(learners, asked.course)
    both = _exported(_OURS, path), _exported(_HELD, path)
    for one in both:
        assert one.answers == learners * answered.QUESTIONS, f"{one.answers} answers were exported"
    return both


def rows(size: Size, asked: question.FirstQuestion) -> list[Row]:
    """Measure both ways; return the rows."""
    return rows_for(how_many(size), asked)


def how_many(size: Size) -> int:
    """Number of learners in the database."""
    return min(size.learners, _LEARNERS)


def rows_for(learners: int, asked: question.FirstQuestion) -> list[Row]:
    """Measure both ways with so many learners; return the rows."""
    ours, held = measure(learners, asked)
    number = f"{learners:,} learners, {ours.answers:,} answers"
    return [
        Row(
            f"`tutorbot export` of {number}, all tables, as CSV / answers alone, one query: rows",
            f"{ours.rows / ours.seconds:,.0f}/s",
            f"{held.rows / held.seconds:,.0f}/s",
            ours.rows * held.seconds / (ours.seconds * held.rows),
        ),
        Row(
            "the same: most memory",
            f"{ours.memory / 1e6:,.1f} MB",
            f"{held.memory / 1e6:,.1f} MB",
            ours.memory / held.memory,
        ),
    ]


def _exported(program: str, database: Path) -> ExportCost:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TUTORBOT_")} | {
        "TUTORBOT_TOKEN": f"999:{'A' * 35}",
        "TUTORBOT_DATABASE_URL": f"sqlite:///{database}",
        "BENCH_DATABASE": str(database),
    }
    with tempfile.TemporaryDirectory(prefix="bench-export-", dir=database.parent) as folder:
        command = [sys.executable, "-c", program, str(Path(folder) / "exported")]
        begun = time.perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - begun
    assert done.returncode == 0, done.stderr
    *told, memory = done.stdout.splitlines()
    counts = dict(_count(line) for line in told if line[-1].isdigit())
    return ExportCost(sum(counts.values()), counts["answers"], seconds, int(memory) * 1024)


def _count(line: str) -> tuple[str, int]:
    name, number = line.split()
    return name, int(number.replace(",", ""))


def main() -> None:
    """Measure with so many learners, and with a tenth of them, to compare the memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else _ALL
    asked = question.first_question()
    for learners in (count // 10, count):
        answered.kept_database(learners, asked.course)
        begun = time.perf_counter()
        print(as_text(rows_for(learners, asked)))
        print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
