"""A tap whose n-th step fails, for every n: counted once, answered, nothing owed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut

from bot import app
from bot.bot_api.errors import NotSentError
from simulator.clock import Clock
from simulator.server import Simulator
from storage import store
from storage.errors import UnavailableError
from storage.opening import open_database
from tests.faults.breaking import Breaking, BreakingRequest, Life, Steps, Trouble, task_factory
from tests.faults.hall import TAPS, Hall, Tapped
from tests.support.running import NOON, SHORT_WAITS

# More steps than any tap has: a bound for a loop that must end by itself.
MOST = 400

# Taps of which `make test` goes through fewer faults: a step of each takes a restart.
REST = [kind for kind in TAPS if kind != "answer"]


@pytest.fixture
async def hall(store_url: str) -> AsyncIterator[Hall]:
    """On each kind of database in turn."""
    async with _opened(store_url) as one:
        yield one


@pytest.fixture
async def hall_on_file(tmp_path: Path) -> AsyncIterator[Hall]:
    """On SQLite, for what no database has a part in."""
    async with _opened(f"sqlite:///{tmp_path / 'tutor.db'}") as one:
        yield one


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Hall]:
    async with Simulator(clock=Clock(NOON)) as simulator:
        one = Hall(simulator, url)
        yield one
        await one.stop()


@pytest.mark.parametrize("kind", TAPS)
async def test_killed_before_any_step_of_a_tap(hall: Hall, kind: str) -> None:
    asyncio.get_running_loop().set_task_factory(task_factory)
    tapped = TAPS[kind]
    for number in range(1, MOST):
        life = Life(dies=True)
        await hall.start(life)
        learner = await hall.learner(number, tapped)
        life.steps.arm(number)
        tapped.tap(learner)
        was_killed = await hall.settled_or(life.steps.reached)
        if not was_killed:
            await hall.check(learner, tapped, copies=1)
            break
        left = hall.leave()

        await hall.start()
        learner.stage = hall.stage
        await hall.stage.settled()

        await hall.check(learner, tapped, copies=2)
        await life.bury()
        await left.aclose()
        await hall.stop()
    assert 10 < number < MOST


@pytest.mark.parametrize(
    "kind", ["answer", *(pytest.param(k, marks=pytest.mark.slow) for k in REST)]
)
async def test_told_to_stop_at_any_step_of_a_tap(hall_on_file: Hall, kind: str) -> None:
    hall = hall_on_file
    hall.waits = replace(SHORT_WAITS, stop=0)
    asyncio.get_running_loop().set_task_factory(task_factory)
    tapped = TAPS[kind]
    for number in range(1, MOST):
        life = Life(dies=False)
        await hall.start(life)
        learner = await hall.learner(number, tapped)
        life.steps.arm(number)
        tapped.tap(learner)
        if not await hall.settled_or(life.steps.reached):
            await hall.check(learner, tapped, copies=1)
            break
        await hall.stop()

        await hall.start()
        learner.stage = hall.stage
        await hall.stage.settled()

        await hall.check(learner, tapped, copies=2)
        await hall.stop()
    assert 10 < number < MOST


async def _break_each(hall: Hall, steps: Steps, tapped: Tapped, copies: int) -> int:
    """Tap with the first step broken, then with the second, until none is; gives how many."""
    await hall.start()
    for number in count(1):
        learner = await hall.learner(number, tapped)
        steps.arm(number)
        tapped.tap(learner)
        await hall.stage.settled()
        was_broken = steps.reached.is_set()
        steps.arm(0)
        await hall.check(learner, tapped, copies=copies)
        if not was_broken:
            return number - 1
    raise AssertionError


@pytest.mark.parametrize("after", [False, True], ids=["not-done", "done-all-the-same"])
@pytest.mark.parametrize("error", [UnavailableError("locked"), RuntimeError("unheard of")])
@pytest.mark.parametrize("kind", TAPS)
async def test_any_database_operation_of_a_tap_fails(
    hall: Hall, kind: str, error: Exception, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Steps()
    # An error that nobody foresaw while an update is stored ends the process: the same as a kill.
    spared = None if isinstance(error, UnavailableError) else "receive_update"
    broken = {"steps": steps, "error": error, "after": after, "spared": spared}

    async def breaking(url: str, now: int) -> object:
        database = await open_database(url, now)
        database.__class__ = type("Broken", (Breaking, type(database)), broken)
        return database

    monkeypatch.setattr(store, "open_database", breaking)

    assert await _break_each(hall, steps, TAPS[kind], copies=1) >= 3


TROUBLES = {
    "not connected": (Trouble(NotSentError("no connection")), 1),
    "cut before": (Trouble(NetworkError("cut")), 1),
    "cut after": (Trouble(NetworkError("cut"), after=True), 2),
    "late": (Trouble(TimedOut(), after=True), 2),
    "gateway": (Trouble(answer=(502, b"<html>Bad Gateway</html>")), 1),
    "server": (Trouble(answer=(500, b'{"ok":false,"error_code":500,"description":"?"}')), 1),
    "not JSON": (Trouble(answer=(200, b"<html>Welcome to this network</html>")), 1),
    "too many": (
        Trouble(answer=(429, b'{"ok":false,"error_code":429,"parameters":{"retry_after":1}}')),
        1,
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("kind", ["next", "answer"])
async def test_any_call_of_a_tap_goes_wrong(
    hall_on_file: Hall, kind: str, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = Steps()
    wrong, copies = TROUBLES[trouble]
    broken = {"steps": steps, "trouble": wrong}
    monkeypatch.setattr(app, "AiohttpRequest", type("Broken", (BreakingRequest,), broken))

    assert await _break_each(hall_on_file, steps, TAPS[kind], copies) >= 2
