"""Which SQLite files are opened, and what is said about the others."""

import asyncio
import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from course.model import LearnerId
from storage import learners, schema
from storage.errors import (
    DamagedDatabaseError,
    DatabaseUrlError,
    ForeignDatabaseError,
    MissingDatabaseError,
    NewerSchemaError,
    StorageError,
    UnavailableError,
    UnusableFileError,
)
from storage.opening import describe_database
from storage.sqlite import opening
from storage.sqlite.database import APPLICATION_ID
from storage.sqlite.opening import marker_path
from storage.store import Store

NOW = 1_794_830_400_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tutor.db"


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def learners_in(path: Path, joining: int = 0) -> int:
    """Open the database as the bot does, let some people join, and count everybody."""

    async def count() -> int:
        store = await Store.open(url(path), NOW)
        people = range(1, joining + 1)
        await store.write(*(learners.add_learner(LearnerId(n), NOW, None) for n in people))
        found = await store.count_learners()
        await store.close()
        return found

    return asyncio.run(count())


def made(path: Path, people: int = 1) -> None:
    """A database of ours with some learners."""
    assert learners_in(path, people) == people


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for one in statements:
            connection.execute(one)


def refused(path: Path, error: type[StorageError], said: str) -> None:
    """It is not opened, what is said helps, and the file is as it was."""
    before = content(path)
    with pytest.raises(error, match=said):
        learners_in(path)
    assert content(path) == before


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def test_a_new_file_is_made_with_its_folder_for_the_owner_alone(path: Path) -> None:
    made(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert marker_path(path).exists()
    with closing(sqlite3.connect(path)) as reading:
        assert reading.execute("pragma application_id").fetchone() == (APPLICATION_ID,)
        assert reading.execute("pragma journal_mode").fetchone() == ("wal",)
    assert describe_database(url(path)) == f"Database {path}: 1 learner(s), schema {schema.HEAD}."


def test_a_database_of_ours_is_opened_again_with_everything_in_it(path: Path) -> None:
    made(path, people=3)

    assert learners_in(path) == 3


def test_another_programs_database_is_left_untouched(path: Path) -> None:
    path.parent.mkdir()
    change(path, "create table photos (id integer)")

    refused(path, ForeignDatabaseError, "not a Course Tutor Bot database")

    with pytest.raises(ForeignDatabaseError):
        describe_database(url(path))


def test_a_file_that_is_no_database_is_left_untouched(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, today I wrote a file.\n" * 200)

    refused(path, ForeignDatabaseError, "left untouched")


def test_a_newer_schema_is_refused_with_what_to_do(path: Path) -> None:
    made(path)
    change(path, "update alembic_version set version_num = '9999'")

    refused(path, NewerSchemaError, "Install the newer version; nothing was changed")

    with pytest.raises(NewerSchemaError):
        describe_database(url(path))


def test_a_damaged_file_is_refused(path: Path) -> None:
    made(path, people=400)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xaa" * (len(whole) - 4096))

    refused(path, DamagedDatabaseError, "Restore the newest backup")

    with pytest.raises(DamagedDatabaseError):
        describe_database(url(path))


def test_a_database_that_was_there_and_is_gone_is_not_replaced(path: Path) -> None:
    made(path)
    path.unlink()

    refused(path, MissingDatabaseError, "was there at the last start and is gone")

    assert not path.exists()
    with pytest.raises(MissingDatabaseError):
        describe_database(url(path))


@pytest.mark.parametrize("emptied", [b"", None], ids=["no bytes", "no tables"])
def test_a_database_that_was_emptied_is_not_taken_for_a_new_one(
    path: Path, emptied: bytes | None
) -> None:
    made(path)
    path.unlink()
    if emptied is None:
        change(path, "vacuum")
    else:
        path.write_bytes(emptied)

    refused(path, MissingDatabaseError, "Put it back")


def test_starting_anew_on_purpose_is_possible(path: Path) -> None:
    made(path)
    path.unlink()
    marker_path(path).unlink()

    assert learners_in(path) == 0


def test_a_log_without_its_database_is_a_database_that_is_gone(path: Path) -> None:
    path.parent.mkdir()
    path.with_name("tutor.db-wal").write_bytes(b"log")

    refused(path, MissingDatabaseError, "gone")


def test_a_start_that_was_killed_before_the_migration_begins_again(path: Path) -> None:
    path.parent.mkdir()
    path.touch()

    made(path)

    assert "1 learner(s)" in describe_database(url(path))


def test_an_older_database_is_copied_beside_and_migrated_with_its_learners(
    path: Path,
) -> None:
    path.parent.mkdir()
    old = schema.KNOWN[0]
    script = _up_to(old)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(f"{script}; pragma application_id = {APPLICATION_ID};")
        connection.execute("insert into learners (learner, joined_at, plain) values (7, 1, 0)")

    assert learners_in(path) == 1
    (copy,) = path.parent.glob("tutor.db.before-migration-from-*")
    assert copy.name == f"tutor.db.before-migration-from-{old}-20261116T120000Z"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as reading:
        assert reading.execute("select version_num from alembic_version").fetchone() == (old,)
        assert reading.execute("select learner from learners").fetchall() == [(7,)]


def _up_to(revision: str) -> str:
    """The SQL that makes a database as the program of `revision` made it."""
    whole = schema.migration_sql("sqlite", None)
    end = whole.index(f"VALUES ('{revision}')") + len(f"VALUES ('{revision}')")
    return whole[:end]


def test_an_up_to_date_database_is_not_copied(path: Path) -> None:
    for _ in range(3):
        made(path)

    assert list(path.parent.glob("*before-migration*")) == []


@pytest.mark.parametrize(
    "address", ["sqlite:///", "sqlite://", "mysql://host/name", "sqlite:///:memory:", ""]
)
def test_an_address_without_a_database_is_refused(address: str) -> None:
    with pytest.raises(DatabaseUrlError, match=r"Write sqlite:///data/tutorbot\.db"):
        asyncio.run(Store.open(address, NOW))


def test_a_folder_in_the_place_of_the_file_is_told_in_a_sentence(path: Path) -> None:
    path.mkdir(parents=True)

    refused(path, UnusableFileError, "tutor.db cannot be used: unable")


def test_a_file_in_the_place_of_the_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")

    refused(tmp_path / "data" / "tutor.db", UnusableFileError, "Not a directory|File exists")


def test_a_database_that_lacks_a_column_is_damaged(path: Path) -> None:
    made(path)
    change(path, "drop table alembic_version", "create table alembic_version (x)")

    refused(path, DamagedDatabaseError, "no such column: version_num")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_is_full_or_does_not_answer_is_told_as_passing(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", fail)

    refused(path, UnavailableError, f"at this moment: .*tutor.db: {os.strerror(number)}")


def test_a_lock_of_another_process_at_the_start_is_told_as_passing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(path)
    change(path, "pragma journal_mode = delete")
    monkeypatch.setattr(opening, "_LOCK_TIMEOUT", 0.001)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        refused(path, UnavailableError, "at this moment: .*tutor.db: database is locked")


def test_nobody_looks_at_a_new_database_into_being(path: Path) -> None:
    assert "will be made at the first start" in describe_database(url(path))
    assert not path.parent.exists()
