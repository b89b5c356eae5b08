"""Benchmark of imports: what `tutorbot run` loads, beside its framework alone."""

import os
import subprocess
import sys
import tempfile
from statistics import median

import orjson
import psutil

from bench.learner_files import LearnerDatabase, copy_database
from bench.processes import ROOT, bot_environment, start_stub
from bench.question import FirstQuestion
from bench.run_sizes import Size
from bench.table import Goal, Row

# Imported by a run of the bot up to its first poll; the framework alone.
_OURS = "import bot.cli, bot.serve"
_FRAMEWORK = "import telegram.ext"

# What must stay unloaded while the bot runs on an up-to-date database.
UNWANTED = (
    "matplotlib",
    "reportlab",
    "fpdf",
    "weasyprint",
    "sqlalchemy",
    "alembic",
    "aiogram",
    "segno",
    "xlsxwriter",
)

# Says how long it took, and stays until its memory was looked at.
_IMPORT = """
import sys, time
begun = time.perf_counter()
{statement}
print(time.perf_counter() - begun, flush=True)
sys.stdin.read()
"""

# Runs the bot, is told to stop, and says which modules it had loaded by then.
_RUN = """
import asyncio, json, sys
from bot.course_files import load_course
from bot.serve import serve
from bot.settings import load_settings
settings = load_settings()
asyncio.run(serve(settings, load_course(settings.course)))
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def measure(rounds: int) -> dict[str, tuple[float, float]]:
    """Median seconds and bytes of importing the bot and its framework, in fresh processes by turns.

    Both are compiled before, as from the second start on: an installed framework always is, and
    this checkout is not where Python was told to keep no bytecode.
    """
    found: dict[str, list[tuple[float, int]]] = {_OURS: [], _FRAMEWORK: []}
    with tempfile.TemporaryDirectory(prefix="tutorbot-bench-") as bytecode:
        for statement in found:
            _imported(statement, bytecode)
        for _ in range(rounds):
            for statement, results in found.items():
                results.append(_imported(statement, bytecode))
    return {
        statement: (median(one[0] for one in results), median(one[1] for one in results))
        for statement, results in found.items()
    }


def _imported(statement: str, bytecode: str) -> tuple[float, int]:
    command = [sys.executable, "-c", _IMPORT.format(statement=statement)]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None, "asked for above"
        seconds = float(process.stdout.readline())
        memory = psutil.Process(process.pid).memory_info().rss
        process.communicate()
    return seconds, memory


def unwanted(file: LearnerDatabase) -> list[str]:
    """Modules in `UNWANTED` that a real run had loaded when it was stopped."""
    token = f"999:{'A' * 35}"
    with start_stub() as api:
        environment = bot_environment(
            TUTORBOT_TOKEN=token, TUTORBOT_API_URL=api.url, TUTORBOT_DATABASE_URL=file.url
        )
        command = [sys.executable, "-c", _RUN]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as run:
            api.wait_for(token)
            run.terminate()
            said, _ = run.communicate(timeout=30)
    loaded = set(orjson.loads(said.splitlines()[-1]))
    return [name for name in UNWANTED if name in loaded]


def rows(size: Size, asked: FirstQuestion) -> list[Row]:
    """Measure imports; return the rows."""
    cost = measure(size.rounds)
    (seconds, memory), (its_seconds, its_memory) = cost[_OURS], cost[_FRAMEWORK]
    with copy_database(size.few, asked) as file:
        loaded = unwanted(file)
    megabytes = 1024 * 1024
    return [
        Row(
            "imports of `tutorbot run` / `import telegram.ext`, time",
            f"{seconds * 1000:.0f} ms",
            f"{its_seconds * 1000:.0f} ms",
            seconds / its_seconds,
            Goal(at_most=2.5),
        ),
        Row(
            "the same, memory",
            f"{memory / megabytes:.1f} MB",
            f"{its_memory / megabytes:.1f} MB",
            memory / its_memory,
            Goal(at_most=1.7),
        ),
        Row(
            "libraries for drawing, PDF, QR codes, workbooks and migration that a run has loaded",
            ", ".join(loaded) or "none",
            f"of {len(UNWANTED)} looked for",
            float(len(loaded)),
            Goal(at_most=0),
        ),
    ]
