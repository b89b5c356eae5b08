"""Somebody else holds SQLite's file: a server is asked instead in test_both_reconnecting.py."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from course.model import LearnerId
from storage import learners
from storage.errors import UnavailableError
from storage.store import Store
from tests.storage.conftest import NOW


async def test_a_lock_of_another_process_on_the_file_is_told_as_passing_and_passes(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tutor.db"
    store = await Store.open(f"sqlite:///{path}", NOW)
    await store._database._writer.execute_fetchall("pragma busy_timeout = 1")  # type: ignore[attr-defined]
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(UnavailableError, match="locked"):
            await store.write(learners.add_learner(LearnerId(7), NOW, None))
        other.execute("rollback")

    await store.write(learners.add_learner(LearnerId(7), NOW, None))

    assert await store.count_learners() == 1
    await store.close()
