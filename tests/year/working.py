"""The bot as a process of its own that lives in the simulator's time; it can be killed.

It is the whole bot, on its own database file, over loopback HTTP. Only two things are played: its
clock is the simulator's, and the beat of the tick comes from the simulation instead of APScheduler,
since a year of it takes minutes.
"""

import asyncio
import logging
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from pydantic import SecretStr

from bot import app
from bot.settings import Settings
from course.reminders.rhythm import ReminderKind, Rhythm
from storage.store import Store
from tests.course.examples import course, lesson, module
from tests.support.running import ADMIN, FAST, PATIENT, takes_the_beat_from
from tests.year import broken

FIRST_LINE = "Your place is kept"
"""The first words of every reminder of the course below; then the kind and the wording."""

COURSE = replace(
    course(*(module(f"m{m}", lesson(f"m{m}l1"), lesson(f"m{m}l2")) for m in (1, 2, 3))),
    rhythm=Rhythm(
        wordings={
            kind: tuple(f"{FIRST_LINE} ({kind.value}, {number})." for number in range(3))
            for kind in ReminderKind
        }
    ),
)
"""Three modules of two lessons, one card and one question each; a course as short as a year is."""

_LOOK_AGAIN = 0.0005  # seconds

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([__name__])


class Died(Exception):  # noqa: N818 - it did, and it was to
    """The process is gone."""


class Working:
    """The process; see `start`.

    Args:
        polls: whether it fetches updates; a second one on the same database must not.
        fault: which rule it breaks, one of `tests.year.broken.FAULTS`; empty for none.
    """

    def __init__(
        self, database: str, telegram: str, token: str, *, polls: bool, fault: str
    ) -> None:
        self._given = (database, telegram, token, polls, fault)
        self.clock: Any = _FORKING.RawValue("q", 0)
        self._process: Any = None
        self._pipe: Connection | None = None
        self._listening = ThreadPoolExecutor(1)

    async def start(self) -> None:
        """Start it; returns when it is ready."""
        self._pipe, theirs = _FORKING.Pipe()
        self._process = _FORKING.Process(
            target=_live, args=(theirs, self.clock, *self._given), daemon=True
        )
        self._process.start()
        theirs.close()
        await self._told()

    async def asks(self, what: str) -> None:
        """Have it "tick", or "settle"; returns when that is done.

        Raises:
            Died: it was killed meanwhile.
        """
        assert self._pipe is not None, "it was started"
        try:
            self._pipe.send(what)
        except OSError as error:
            raise Died from error
        await self._told()

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()

    async def buried(self) -> None:
        """Wait until it is really gone."""
        assert self._pipe is not None, "it was started"
        await asyncio.get_running_loop().run_in_executor(None, self._process.join)
        self._pipe.close()

    async def _told(self) -> None:
        assert self._pipe is not None, "it was started"
        try:
            loop = asyncio.get_running_loop()
            said = await loop.run_in_executor(self._listening, self._pipe.recv)
        except (EOFError, OSError) as error:
            raise Died from error
        assert said == "done", said


def _live(
    pipe: Connection, clock: Any, database: str, telegram: str, token: str, polls: bool, fault: str
) -> None:
    logging.basicConfig(level=logging.ERROR)
    broken.breaks(fault)
    asyncio.run(_work(pipe, lambda: int(clock.value), database, telegram, token, polls=polls))


async def _work(
    pipe: Connection,
    now: Callable[[], int],
    database: str,
    telegram: str,
    token: str,
    *,
    polls: bool,
) -> None:
    settings = Settings(token=SecretStr(token), api_url=telegram, admins=(ADMIN,))
    store = await Store.open(database, now())
    try:
        async with app.run_bot(settings, COURSE, store, now, PATIENT, FAST) as tutor:
            takes_the_beat_from(tutor)
            polling = tutor.poll() if polls else asyncio.sleep(0)
            await asyncio.gather(_obey(pipe, tutor), polling)
    finally:
        await store.close()  # its threads would keep a process that failed


async def _obey(pipe: Connection, tutor: app.RunningBot) -> None:
    """Do as told, until killed."""
    pipe.send("done")
    while True:
        what = await asyncio.get_running_loop().run_in_executor(None, pipe.recv)
        if what == "tick":
            await tutor.scheduler.tick()
            await _sent(tutor)
        while tutor.inbox.is_busy:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(_LOOK_AGAIN)
        pipe.send("done")


async def _sent(tutor: app.RunningBot) -> None:
    """Wait until it has sent what was due."""
    while tutor.scheduler.is_busy:  # noqa: ASYNC110 - no event tells
        await asyncio.sleep(_LOOK_AGAIN)
