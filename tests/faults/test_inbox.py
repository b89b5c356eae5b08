"""The inbox when the database or the handling fails: nothing is lost, nothing is said twice."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.inbox.flood_control import FloodLimits
from bot.inbox.inbox import Inbox
from bot.inbox.outage_notices import OutageNotices
from bot.inbox.retries import RetryWaits
from storage.errors import UnavailableError
from storage.inbox import ReceivedUpdate
from storage.opening import open_database
from storage.sqlite.database import SqliteDatabase
from storage.statements import AtomicWrite, Statement
from storage.store import Store

AMINA = 1001


class Failing(SqliteDatabase):
    """A database that fails to write while it is told to, and only statements of that name."""

    fails: str | None = None
    error: Exception = UnavailableError("the disk is full")

    async def commit_batch(self, batch: Sequence[AtomicWrite]) -> None:
        if any(one.name == self.fails for writing in batch for one in writing):
            raise self.error
        await super().commit_batch(batch)


def press(update: int) -> dict[str, object]:
    return {"update_id": update, "callback_query": {"id": "1", "from": {"id": AMINA}}}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Failing]:
    opened = await open_database(f"sqlite:///{tmp_path / 'tutor.db'}", 0)
    assert isinstance(opened, SqliteDatabase)
    opened.__class__ = Failing
    assert isinstance(opened, Failing)
    yield opened
    await opened.close()


class Handling:
    """Notes what is handled, and tells when it was."""

    def __init__(self, error: Exception | None = None) -> None:
        self.done: list[int] = []
        self.happened = asyncio.Event()
        self._error = error

    async def __call__(self, received: ReceivedUpdate) -> None:
        self.done.append(received.update)
        self.happened.set()
        if self._error is not None:
            raise self._error


async def _gives_up(received: ReceivedUpdate, error: Exception) -> None:
    message = f"nobody can be told of {received.update}"
    raise ConnectionError(message) from error


async def _asks(person: int, language: str | None) -> None:
    assert (person, language) == (AMINA, None)


def opened(database: Failing, handling: Handling, burst: float = 100) -> Inbox:
    patience = OutageNotices(_asks)
    store, limits, waits = Store(database), FloodLimits(burst, 0), RetryWaits(first=0.001)
    return Inbox(store, lambda: 0, handling, _gives_up, limits, patience, waits=waits)


async def test_what_is_out_is_not_sent_again_because_the_disk_is_full(database: Failing) -> None:
    handling = Handling()
    box = opened(database, handling)
    database.fails = "finish_update"

    await box.receive([press(1)])
    for _ in range(5):
        await database.fetch_rows(Statement("fetch_pending_updates", {"tries": 3}))
        await asyncio.sleep(0.001)
    database.fails = None
    await box.wait_until_idle()

    assert handling.done == [1]
    assert await Store(database).fetch_pending_updates(3) == ()


async def test_an_update_that_cannot_be_stored_counts_once_for_the_flood(database: Failing) -> None:
    handling = Handling()
    box = opened(database, handling, burst=2)
    database.fails = "receive_update"
    for _ in range(5):
        with pytest.raises(UnavailableError):
            await box.receive([press(1), press(2)])

    database.fails = None
    await box.receive([press(1), press(2)])
    await box.wait_until_idle()

    assert handling.done == [1, 2]


async def test_health_tells_that_nothing_can_be_stored(database: Failing) -> None:
    box = opened(database, Handling())
    database.fails = "receive_update"
    with pytest.raises(UnavailableError):
        await box.receive([press(1)])
    assert not box.is_storing

    database.fails = None
    await box.receive([press(1)])

    assert box.is_storing
    await box.wait_until_idle()


async def test_people_are_asked_once_to_wait_while_nothing_can_be_stored() -> None:
    asked: list[tuple[int, str | None]] = []

    async def ask(person: int, language: str | None) -> None:
        asked.append((person, language))

    patience = OutageNotices(ask)
    private = {"id": AMINA}
    amina = {"id": AMINA, "language_code": "fr"}
    in_group = {"update_id": 3, "message": {"from": amina, "chat": {"id": -5}}}
    said = {"update_id": 1, "message": {"from": amina, "chat": private}}
    pressed = {"update_id": 2, "callback_query": {"from": amina, "message": {"chat": private}}}

    for _ in range(3):
        patience.report_outage([in_group, said, pressed])
        await asyncio.sleep(0)

    assert asked == [(AMINA, "fr")]
    assert patience.is_outage
    patience.end_outage()
    assert not patience.is_outage


async def test_a_failure_that_cannot_be_noted_blocks_no_later_update(database: Failing) -> None:
    handling = Handling(error=ValueError("poison"))
    box = opened(database, handling)
    database.fails, database.error = "fail_update", RuntimeError("not even that")

    await box.receive([press(1), press(2)])
    await box.wait_until_idle()

    assert handling.done == [1, 1, 1, 2, 2, 2]
    assert box.pending.count == 0


async def test_health_tells_that_storing_works_again_although_nothing_comes(
    database: Failing,
) -> None:
    box = opened(database, Handling())
    database.fails = "receive_update"
    with pytest.raises(UnavailableError):
        await box.receive([press(1)])

    database.fails = "acquire_lease"
    with pytest.raises(UnavailableError):
        await box.receive([])
    assert not box.is_storing

    database.fails = None
    await box.receive([])

    assert box.is_storing
