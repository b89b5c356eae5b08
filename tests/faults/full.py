"""The long form of the fault tests, printed as a table; run by `make fault-test`.

Each row is a scene of its own: a new Telegram, a new database, 20 learners who tap 20 times. Then
comes a broadcast to 10,000 people, at Telegram's rates; the soak comes last: 2,000 learners, ten
minutes.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from storage.outbox import DeliveryState
from tests.faults import troubles as t
from tests.faults.harness import Plan, Row, Trouble, scene
from tests.faults.news import Sent, sends
from tests.faults.soak import soak
from tests.support.disks import NoSmallDiskError, small_disk
from tests.support.postgres import Server, serving
from tests.support.running import real_course

HEAD = (
    "| database | what was injected | times | taps | lost | counted twice | replies owed"
    " | messages twice | presses left turning | asked to wait | healthy after, s"
    " | longest wait, s | SIGTERM, s |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)

NEWS_HEAD = (
    "| database | recipients | SIGKILL | calls that failed | sent | not known | failed"
    " | in the report | forgotten | twice | more often | took, s |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)

# How often a broadcast's sender is killed, and how many calls fail in each way.
_NEWS_KILLS, _NEWS_FAULTS = 10, 20

# Megabytes of the disk of a PostgreSQL server that is to be filled; empty, it takes about 45.
_DISK = 96
_FULL_DISKS = (
    ("the server's disk full for 30 s", False),
    ("the server's disk full for 30 s, it ends", True),
)

_LEFT_OUT = "| {} | {}: left out, it needs root to mount a small disk |"


@dataclass(frozen=True, slots=True)
class Scene:
    """One row to come.

    Attributes:
        doubles: whether messages may come twice, since nobody can know that they arrived.
        small: the database lies on a disk of 8 MB.
        ends: whether the process may end by itself, to be started again.
    """

    name: str
    trouble: Trouble
    doubles: bool = False
    small: bool = False
    ends: bool = False


def _everywhere() -> Iterator[Scene]:
    yield Scene("nothing", t.faults("drop_before", 0))
    yield Scene("SIGKILL", t.kills(20), doubles=True)
    yield Scene("connection cut after the effect", t.faults("drop_after", 60), doubles=True)
    yield Scene("connection cut before", t.faults("drop_before", 60))
    yield Scene("429, retry_after 1 to 30", t.faults("retry_after", 20, seconds=(1, 30)))
    yield Scene("502 in HTML", t.faults("html_502", 60))
    yield Scene("JSON that is not Telegram's", t.faults("foreign", 60))
    yield Scene("truncated JSON", t.faults("truncated", 60), doubles=True)
    yield Scene("answer after 20 s", t.faults("delay", 12, seconds=20), doubles=True)
    yield Scene("no answer at all", t.faults("hang", 12))
    yield Scene("network away for 60 s", t.network_away(60))


def _on_sqlite() -> Iterator[Scene]:
    yield from _everywhere()
    yield Scene("disk full for 30 s", t.disk_full(30), small=True)
    yield Scene(
        "disk full for 30 s, SIGKILL meanwhile",
        t.disk_full(30, killed=True),
        doubles=True,
        small=True,
        ends=True,
    )
    yield Scene("files may not grow for 30 s", t.files_limited(30))
    yield Scene("locked by another process for 30 s", t.locked(30))


def _on_postgres(server: Server) -> Iterator[Scene]:
    yield from _everywhere()
    yield Scene("server restarted, away for 1 s", t.server_restarted(server, 1))
    yield Scene("server restarted, away for 20 s", t.server_restarted(server, 20))
    yield Scene("table locked for 20 s", t.table_locked(20))


async def _play_on_postgres(only: str, seed: int) -> bool:
    well = True
    with serving(durable=True) as server:
        for one in _on_postgres(server):
            if only in one.name:
                well &= await _play(one, "PostgreSQL", await server.empty(), seed)
    for name, ends in _FULL_DISKS:
        if only in name:
            try:
                with serving(durable=True, disk=_DISK) as server:
                    full = Scene(name, t.server_disk_full(server, 30, ends=ends))
                    well &= await _play(full, "PostgreSQL", await server.empty(), seed)
            except NoSmallDiskError:
                _say(_LEFT_OUT.format("PostgreSQL", name))
    return well


async def _play(one: Scene, database: str, url: str | None, seed: int) -> bool:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tutorbot-faults-")))
        try:
            if one.small:
                stack.enter_context(small_disk(folder / "data"))
        except NoSmallDiskError:
            _say(_LEFT_OUT.format(database, one.name))
            return True
        row = await scene(one.name, one.trouble, Plan(seed=seed), real_course(), folder, url)
        _say(cells(database, row))
        problems = [*row.findings.broken]
        if row.findings.messages_twice and not one.doubles:
            problems += [f"came twice: {text}" for text in row.findings.messages_twice]
        if row.ended and not one.ends:
            problems.append(f"ended by itself with {row.ended}")
            problems.append((folder / "bot.log").read_text()[-2000:])
        if row.stopped[0] != 0 or row.stopped[1] > 11:
            problems.append(f"SIGTERM gave exit code and seconds {row.stopped}")
        for problem in problems:
            _say(f"  PROBLEM: {problem}")
        return not problems


def cells(database: str, row: Row) -> str:
    """The row of the table."""
    found = row.findings
    return (
        f"| {database} | {row.name} | {row.times} | {row.taps} | {len(found.lost)}"
        f" | {len(found.twice_counted)} | {len(found.owed)} | {len(found.messages_twice)}"
        f" | {len(found.turning)} | {row.notices} | {row.healthy:.1f} | {row.longest:.1f}"
        f" | {row.stopped[1]:.1f} |"
    )


async def _news(given: argparse.Namespace) -> bool:
    _say(f"\n{NEWS_HEAD}")
    well = True
    if given.database in ("sqlite", "both"):
        well &= await _tell_news("SQLite", given.people, given.seed)
    if given.database in ("postgres", "both"):
        well &= await _tell_news("PostgreSQL", given.people, given.seed)
    return well


async def _tell_news(database: str, people: int, seed: int) -> bool:
    """A broadcast to so many; whether everything held."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tutorbot-faults-")))
        url = f"sqlite:///{folder / 'tutorbot.db'}"
        if database == "PostgreSQL":
            url = await stack.enter_context(serving(durable=True)).empty()
        sent = await sends(people, _NEWS_KILLS, _NEWS_FAULTS, real_course(), folder, url, seed)
        _say(news_cells(database, sent))
        for problem in sent.problems:
            _say(f"  PROBLEM: {problem}")
        return not sent.problems


def news_cells(database: str, sent: Sent) -> str:
    """The row of the table of broadcasts: as it stood when it was done the first time."""
    first = sent.first
    return (
        f"| {database} | {sent.recipients:,} | {sent.kills} | {sent.faults}"
        f" | {first[DeliveryState.SENT]:,} | {first[DeliveryState.UNKNOWN]}"
        f" | {first[DeliveryState.FAILED]} | {first.total():,} | {sent.forgotten}"
        f" | {sent.twice} | {sent.worse} | {sent.seconds:.0f} |"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def main(given: argparse.Namespace) -> int:
    """Play every scene; returns the exit code."""
    # Told to stop, it stops the bots too.
    work = asyncio.current_task()
    assert work is not None, "this is one"
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, work.cancel)
    well = True
    if not given.no_table:
        _say(f"Seed {given.seed}; 20 learners, 400 taps in each row.\n\n{HEAD}")
        if given.database in ("sqlite", "both"):
            for one in _on_sqlite():
                if given.only in one.name:
                    well &= await _play(one, "SQLite", None, given.seed)
        if given.database in ("postgres", "both"):
            well &= await _play_on_postgres(given.only, given.seed)
    if given.people > 0:
        well &= await _news(given)
    if given.soak > 0:
        report = await soak(60 * given.soak, given.learners, given.seed)
        _say("")
        for line in report.lines:
            _say(line)
        well &= report.is_well
    _say("\nEverything held." if well else "\nSomething did not hold: see PROBLEM above.")
    return 0 if well else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--only", default="", help="rows whose name has this in it")
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--soak", type=float, default=10, metavar="MINUTES", help="0: no soak")
    parser.add_argument("--learners", type=int, default=2000, help="in the soak")
    parser.add_argument("--no-table", action="store_true", help="without the scenes of taps")
    parser.add_argument("--people", type=int, default=10_000, help="of the broadcast; 0: none")
    sys.exit(asyncio.run(main(parser.parse_args())))
