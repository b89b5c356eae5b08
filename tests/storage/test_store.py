"""The one door to the data, on a file: what is written is there, whole, for the next start."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from course.model import LearnerId
from storage import drafts, inbox, learners
from storage.errors import UnavailableError
from storage.inbox import Received
from storage.store import Store

NOW = 1_794_830_400_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tutor.db"


@pytest.fixture
async def store(path: Path):
    opened = await Store.open(f"sqlite:///{path}", NOW)
    yield opened
    await opened.close()


def received(number: int, person: int | None = 7, at: int = NOW) -> Received:
    return Received(number, person, f'{{"update_id":{number}}}', at)


async def test_what_is_written_is_there_for_another_process_at_once(
    store: Store, path: Path
) -> None:
    await store.write(learners.joins(LearnerId(7), NOW, "en"))

    with closing(sqlite3.connect(path)) as other:
        assert other.execute("select learner from learners").fetchall() == [(7,)]


async def test_a_write_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await store.write(
            learners.joins(LearnerId(7), NOW, "en"), learners.joins(LearnerId(8), None, "en")  # type: ignore[arg-type]
        )  # fmt: skip

    assert await store.count_learners() == 0


async def test_many_writers_at_once_are_all_written(store: Store) -> None:
    await asyncio.gather(
        *(store.write(learners.joins(LearnerId(n), NOW, None)) for n in range(1, 301))
    )

    assert await store.count_learners() == 300


async def test_a_lock_of_another_process_is_told_as_passing_and_passes(
    store: Store, path: Path
) -> None:
    await store._database._writer.execute_fetchall("pragma busy_timeout = 1")  # type: ignore[attr-defined]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(UnavailableError, match="locked"):
            await store.write(learners.joins(LearnerId(7), NOW, None))
        other.execute("rollback")

    await store.write(learners.joins(LearnerId(7), NOW, None))

    assert await store.count_learners() == 1


async def test_a_statement_that_is_wrong_is_no_trouble_that_passes(
    store: Store, path: Path
) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("drop table drafts")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await store.write(drafts.closes(LearnerId(7), 5))
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await drafts.open_with(store, LearnerId(7), NOW)


async def test_updates_are_owed_until_they_are_finished_oldest_first(store: Store) -> None:
    await store.write(*(inbox.receives(received(n, at=NOW - n)) for n in (1, 2, 3)))
    await store.write(inbox.finishes(2, NOW))

    assert [one.update for one in await store.owed_updates(3)] == [3, 1]
    assert await store.recently_done(10) == (2,)


async def test_an_update_that_is_there_already_stays_as_it_is(store: Store) -> None:
    await store.write(inbox.receives(received(1)))
    await store.write(inbox.finishes(1, NOW))

    await store.write(inbox.receives(received(1)))

    assert await store.owed_updates(3) == ()


async def test_what_failed_too_often_waits_for_an_operator(store: Store) -> None:
    await store.write(inbox.receives(received(1)), *[inbox.fails(1, "KeyError")] * 3)

    assert await store.owed_updates(3) == ()
    assert [one.error for one in await store.set_aside(3)] == ["KeyError"]
    await store.write(inbox.retries())
    assert [one.update for one in await store.owed_updates(3)] == [1]


async def test_tidying_drops_what_was_done_long_ago_and_nothing_that_is_owed(store: Store) -> None:
    await store.write(*(inbox.receives(received(n)) for n in (1, 2, 3)))
    await store.write(inbox.finishes(1, NOW - 10), inbox.finishes(2, NOW))

    await store.tidy(before=NOW)

    assert await store.recently_done(10) == (2,)
    assert [one.update for one in await store.owed_updates(3)] == [3]


async def test_everything_is_there_after_closing_and_opening_again(path: Path) -> None:
    first = await Store.open(f"sqlite:///{path}", NOW)
    await first.write(learners.joins(LearnerId(7), NOW, "en"), inbox.receives(received(1)))
    await first.close()

    second = await Store.open(f"sqlite:///{path}", NOW)

    assert await second.count_learners() == 1
    assert [one.update for one in await second.owed_updates(3)] == [1]
    await second.close()
