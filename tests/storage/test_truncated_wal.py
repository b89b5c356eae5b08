"""What was deleted leaves SQLite's write-ahead log, and nobody waits for that."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from course.model import LearnerId
from storage import learners
from storage.sqlite import database
from storage.store import Store
from tests.support.patience import STUCK

NOW = 1_794_830_400_000
AMINA, BOB = LearnerId(7_000_000_001), LearnerId(2)


@pytest.fixture(autouse=True)
def who_waits_for_a_lock_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", int(STUCK * 10_000))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tutor.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{path}", NOW)
    await opened.write(learners.add_learner(AMINA, NOW, "en"))
    yield opened
    await opened.close()


@contextmanager
def somebody_reading(path: Path) -> Iterator[None]:
    """Another process that looks at one moment for long, as a backup or an export does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin")
        other.execute("select count(*) from learners").fetchone()
        yield
        other.execute("rollback")


def log_of(path: Path) -> bytes:
    return path.with_name(f"{path.name}-wal").read_bytes()


async def test_the_log_is_empty_after_somebody_had_their_data_deleted(
    store: Store, path: Path
) -> None:
    await store.write(learners.delete_learner(AMINA))

    await store.truncate_wal_after_delete()

    assert log_of(path) == b""


async def test_nobody_waits_for_who_reads_long_and_the_log_is_emptied_later(
    store: Store, path: Path
) -> None:
    with somebody_reading(path):
        await store.write(learners.delete_learner(AMINA))
        async with asyncio.timeout(STUCK):
            await asyncio.gather(
                store.truncate_wal_after_delete(), store.write(learners.add_learner(BOB, NOW, "en"))
            )
            await store.retry_wal_truncation()
        assert log_of(path)

    await store.retry_wal_truncation()

    assert log_of(path) == b""
    assert await store.count_learners() == 1


async def test_a_lock_of_another_process_makes_no_failure_of_tidying_up(
    store: Store, path: Path
) -> None:
    await store.write(learners.delete_learner(AMINA))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        async with asyncio.timeout(STUCK):
            await store.truncate_wal_after_delete()
        other.execute("rollback")

    await store.retry_wal_truncation()

    assert log_of(path) == b""
