"""`make fault-test`: every kind of trouble in its long form, on both databases, as a table; a soak.

Each row lets 20 learners make 400 taps while one kind of trouble happens, and then holds the
database, the inbox and what people saw against what they did. Ends with 1 when a tap is lost or
counted twice, or a reply is owed.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from course.model import Course
from tests.conftest import migrated
from tests.faults import troubles
from tests.faults.harness import Ground, Plan, Row, Trouble, scene
from tests.faults.soak import soak
from tests.support.postgres import Server, serving
from tests.support.running import real_course

_HEAD = (
    "| database | injected | times | taps | lost | counted twice | replies owed | messages twice"
    " | seconds until healthy | longest wait |"
)


@dataclass(frozen=True, slots=True)
class Case:
    """One row.

    Attributes:
        may_double: whether a message may come twice: only where a connection is cut after the
            effect, or an answer is so late that nobody can know.
    """

    name: str
    trouble: Trouble
    may_double: bool = False
    small_disk: bool = False
    database: str | None = None


def _cases(server: Server | None) -> Iterator[Case]:
    yield Case("SIGKILL", troubles.kills(20), may_double=True)
    yield Case("connection cut after the effect", troubles.faults("drop_after", 20), True)
    yield Case("connection cut before it", troubles.faults("drop_before", 20))
    limits = troubles.faults("retry_after", 20, seconds=(1, 30))
    yield Case("429, retry_after 1 to 30 s", limits)
    yield Case("502 in HTML", troubles.faults("html_502", 20))
    yield Case("truncated JSON", troubles.faults("truncated", 20), may_double=True)
    yield Case("answers after 20 s", troubles.faults("delay", 5, seconds=20), may_double=True)
    yield Case("network away for 60 s", troubles.network_away(60))
    yield Case("disk full for 15 s", troubles.disk_full(15), False, True, "sqlite")
    yield Case("database locked for 15 s", troubles.locked(15), database="sqlite")
    if server is not None:
        restarts = partial(_restarts, server)
        yield Case("PostgreSQL restarted twice", restarts, database="postgres")


async def _restarts(server: Server, ground: Ground) -> int:
    everything = ground.plan.learners * ground.plan.taps
    for part in (1, 2):
        await ground.taps_reach(everything * part // 3)
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(2)
        await asyncio.to_thread(server.start)
        ground.is_past()
    return 2


async def _rows(
    database: str, server: Server | None, plan: Plan, only: str | None
) -> AsyncIterator[tuple[Case, Row]]:
    course = real_course()
    for case in _cases(server):
        if case.database not in (None, database) or (only and only not in case.name):
            continue
        with tempfile.TemporaryDirectory(prefix="tutorbot-faults-") as name:
            yield case, await _one(case, database, server, plan, course, Path(name))


async def _one(
    case: Case, database: str, server: Server | None, plan: Plan, course: Course, folder: Path
) -> Row:
    url = await migrated(server) if database == "postgres" and server is not None else None
    with ExitStack() as stack:
        if case.small_disk and not stack.enter_context(troubles.small_disk(folder / "data")):
            limited = Case("no file may grow for 15 s", troubles.files_limited(15))
            return await scene(limited.name, limited.trouble, plan, course, folder, url)
        return await scene(case.name, case.trouble, plan, course, folder, url)


def _line(database: str, row: Row) -> str:
    found = row.findings
    return (
        f"| {database} | {row.name} | {row.times} | {row.taps} | {len(found.lost)} |"
        f" {len(found.twice_counted)} | {len(found.owed)} | {len(found.messages_twice)} |"
        f" {row.healthy:.1f} | {row.longest:.1f} s |"
    )


async def _table(databases: list[str], server: Server | None, plan: Plan, only: str | None) -> bool:
    """Print row by row; whether everything held."""
    print(_HEAD)
    print("|" + " --- |" * _HEAD.count(" | ") + " --- |", flush=True)
    held = True
    for database in databases:
        async for case, row in _rows(database, server, plan, only):
            print(_line(database, row), flush=True)
            wrong = list(row.findings.broken)
            if not case.may_double:
                wrong += row.findings.messages_twice
            if row.ended:
                wrong.append(f"the process ended by itself: {row.ended}")
            for sentence in wrong:
                print(f"  WRONG: {sentence}", flush=True)
            held = held and not wrong
    return held


@contextmanager
def _server(wanted: bool) -> Iterator[Server | None]:
    if not wanted:
        yield None
        return
    with serving(durable=True) as server:
        yield server


def main() -> int:
    """Run what the command line asks for."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    ask.add_argument("--only", help="rows whose name has this in it")
    ask.add_argument("--seed", type=int, default=20261124)
    ask.add_argument("--soak", type=float, default=10, metavar="MINUTES", help="0: no soak")
    ask.add_argument("--no-table", action="store_true", help="the soak alone")
    given = ask.parse_args()
    databases = ["sqlite", "postgres"] if given.database == "both" else [given.database]
    plan = Plan(seed=given.seed)
    print(f"Seed {given.seed}; 20 learners, 20 taps each, a row; every row on its own database.")
    held = True
    if not given.no_table:
        with _server("postgres" in databases) as server:
            held = asyncio.run(_table(databases, server, plan, given.only))
    if given.soak:
        held = asyncio.run(soak(given.soak * 60, given.seed)) and held
    print("Everything held." if held else "NOT everything held; see the lines marked WRONG.")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
