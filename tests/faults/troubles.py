"""What goes wrong while people tap: each function makes one kind of trouble."""

import asyncio
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

import asyncpg

from storage.opening import sqlite_path
from tests.faults.harness import Ground, Trouble
from tests.support.postgres import Server

# What a tap calls, and the poll.
_METHODS = (
    "getUpdates",
    "sendMessage",
    "editMessageText",
    "answerCallbackQuery",
    "editMessageReplyMarkup",
)

# Holds the lock that a writer needs, says so, and lets go when it is told to.
_LOCKING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin immediate")
print("locked", flush=True)
sys.stdin.read(1)
connection.execute("rollback")
"""


def kills(times: int) -> Trouble:
    """SIGKILL at random moments; every fifth while the process is starting again."""

    async def trouble(ground: Ground) -> int:
        everything = ground.plan.learners * ground.plan.taps
        for number, moment in enumerate(sorted(ground.random.sample(range(everything), times)), 1):
            if number % 5 == 0:
                await asyncio.sleep(ground.random.uniform(0.1, 1.5))
            else:
                await ground.taps_reach(moment)
                await asyncio.sleep(ground.random.uniform(0, 0.012))  # a tap takes about as long
            ground.is_past()
            ground.bot.kill()
        return ground.bot.kills

    return trouble


def faults(kind: str, times: int, **detail: float | tuple[float, float]) -> Trouble:
    """Troubles of the Bot API on order, spread over all taps.

    Args:
        kind: see `simulator.faults.KINDS`.
        detail: its details; a pair means a random number between the two.
    """

    async def trouble(ground: Ground) -> int:
        everything = ground.plan.learners * ground.plan.taps
        ordered = ground.simulator.world.faults
        for number in range(times):
            await ground.taps_reach(number * everything // (times + 1))
            chosen = {
                name: ground.random.randint(int(value[0]), int(value[1]))
                if isinstance(value, tuple)
                else value
                for name, value in detail.items()
            }
            ordered.add(ground.random.choice(_METHODS), kind, 1, **chosen)
        await ground.taps_reach(everything)
        unused = len(ordered)
        ordered.clear()
        return times - unused

    return trouble


def all_of(*troubles: Trouble) -> Trouble:
    """Several troubles at the same time."""

    async def trouble(ground: Ground) -> int:
        return sum(await asyncio.gather(*(one(ground) for one in troubles)))

    return trouble


def network_away(seconds: float) -> Trouble:
    """Telegram cannot be reached for a while; people tap on, and all their taps wait there."""

    async def trouble(ground: Ground) -> int:
        await _a_third(ground)
        port = int(ground.simulator.url.rpartition(":")[2])
        await ground.simulator.stop()
        await asyncio.sleep(seconds)
        await ground.simulator.start(port=port)
        ground.is_past()
        return 1

    return trouble


def disk_full(seconds: float, *, killed: bool = False) -> Trouble:
    """The folder of the database takes no byte more for a while (see `tests.support.disks`).

    Args:
        killed: the process is killed in the middle, and has to start with a full disk.
    """

    async def trouble(ground: Ground) -> int:
        await _a_third(ground)
        ballast = sqlite_path(ground.url).parent / "ballast"
        _fill(ballast)
        await _says_so(ground)
        if killed:
            ground.bot.kill()
        await asyncio.sleep(seconds)
        ballast.unlink()
        ground.is_past()
        return 1

    return trouble


def server_disk_full(server: Server, seconds: float, *, ends: bool = False) -> Trouble:
    """The disk of the database's server takes no byte more for a while.

    Args:
        ends: the server needs a new file for its log of changes, cannot have it, and ends by
            itself; when there is room again it is started, as systemd would do.
    """

    async def trouble(ground: Ground) -> int:
        await _a_third(ground)
        ballast = server.folder / "data" / "ballast"
        _fill(ballast)
        if ends:
            with suppress(asyncpg.PostgresError, OSError):
                while True:
                    await server.run("select pg_switch_wal(), txid_current()")
        await _says_so(ground)
        await asyncio.sleep(seconds)
        ballast.unlink()
        if ends:
            assert "PANIC" in (server.folder / "log").read_text(), "it was to end by itself"
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
        ground.is_past()
        return 1

    return trouble


def files_limited(seconds: float) -> Trouble:
    """The process may make no file longer for a while: an ordinary user's full disk.

    SQLite reports it as an error of the disk, not as a full one.
    """

    async def trouble(ground: Ground) -> int:
        await _a_third(ground)
        process = ground.bot.process
        before = process.rlimit(resource.RLIMIT_FSIZE)
        process.rlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        await _says_so(ground)
        await asyncio.sleep(seconds)
        process.rlimit(resource.RLIMIT_FSIZE, before)
        ground.is_past()
        return 1

    return trouble


def locked(seconds: float) -> Trouble:
    """Another process holds the database's lock for writing for a while."""

    async def trouble(ground: Ground) -> int:
        await _a_third(ground)
        pipe = asyncio.subprocess.PIPE
        other = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _LOCKING, str(sqlite_path(ground.url)), stdin=pipe, stdout=pipe
        )
        assert other.stdout is not None, "it was asked for"
        assert await other.stdout.readline() == b"locked\n"
        await asyncio.sleep(seconds)
        ground.is_past()
        await other.communicate(b".")
        return 1

    return trouble


def server_restarted(server: Server, seconds: float) -> Trouble:
    """The database's server breaks off at once, and comes back after a while."""

    async def trouble(ground: Ground) -> int:
        await _a_third(ground)
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(server.start)
        ground.is_past()
        return 1

    return trouble


def table_locked(seconds: float) -> Trouble:
    """Somebody holds the inbox table on the server for a while."""

    async def trouble(ground: Ground) -> int:
        await _a_third(ground)
        connection = await asyncpg.connect(ground.url)
        try:
            async with connection.transaction():
                await connection.execute("lock table inbox in access exclusive mode")
                await asyncio.sleep(seconds)
        finally:
            await connection.close()
        ground.is_past()
        return 1

    return trouble


async def _a_third(ground: Ground) -> None:
    await ground.taps_reach(ground.plan.learners * ground.plan.taps // 3)


async def _says_so(ground: Ground) -> None:
    """Wait until /health tells that nothing can be stored."""
    await ground.bot.becomes(lambda told: (told["storing"], told["status"]) == (False, 503), 30)


def _fill(ballast: Path) -> None:
    """Write until nothing more fits, down to the last byte."""
    descriptor = os.open(ballast, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    os.write(descriptor, b"\0" * size)
    finally:
        os.close(descriptor)
