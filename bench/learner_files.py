"""Databases of learners at their first question, cached in .bench/."""

import json
import math
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.question import FirstQuestion
from bot import clock
from course.local_time import DAY
from storage import schema
from storage.sqlite import opening

FOLDER = Path(__file__).parent.parent / ".bench"

# When everybody joined and read, in UTC milliseconds: an hour before any press.
READ_AT = 1_795_518_000_000

# Rises with every change of what the kept files hold.
_EDITION = 4

# Everybody is to be looked at, as whoever has read something is, one after the other.
_LEARNERS = """
with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
insert into learners (learner, joined_at, language, plain, next_nudge_at)
select i, :at, 'en', 0, :look_at + i from n
"""
_READINGS = """
with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
insert into readings (learner, item, at, update_id)
select i, item.value, :at + item.key, -(i * 100 + item.key) from n, json_each(:items) as item
"""
_COUNTS = (
    "insert into counts (cohort, kind, item, day, number, options, gone, count, correct)"
    " select 0, 'reading', value, 0, 0, '', 0, :count, 0 from json_each(:items)"
)


class LearnerDatabase:
    """A database of learners, each of whom can be taken once.

    They are taken from all over the file, so that neighbours share no page.

    Attributes:
        path: of the database.
        count: learners in it.
    """

    def __init__(self, path: Path, count: int) -> None:
        self.path = path
        self.count = count
        self._taken = 0
        # Coprime to the count and far from its divisors: a walk that meets everybody once.
        self._step = next(
            n for n in range(int(count * 0.618), 2 * count) if math.gcd(n, count) == 1
        )

    @property
    def url(self) -> str:
        """Its URL for TUTORBOT_DATABASE_URL."""
        return f"sqlite:///{self.path}"

    @property
    def taken(self) -> int:
        """Number of learners taken; also the id of the latest update."""
        return self._taken

    def take(self, number: int) -> list[tuple[int, int]]:
        """Take `number` learners who have answered nothing, each with a new update id."""
        begin = self._taken + 1
        self._taken += number
        assert self._taken <= self.count, "more learners are wanted than there are"
        return [(n, n * self._step % self.count + 1) for n in range(begin, begin + number)]

    def nobody_is_due(self) -> None:
        """Make no reminder due while presses are measured, whatever the date."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            ((first,),) = connection.execute("select min(next_nudge_at) from learners").fetchall()
            late = max(0, clock.now() + DAY - first)
            connection.execute("update learners set next_nudge_at = next_nudge_at + ?", (late,))

    def verify(self, attempts: int) -> None:
        """Check that so many answers are committed and counted, and no update is pending.

        Raises:
            AssertionError: they are not: the measurement is worth nothing.
        """
        with closing(sqlite3.connect(self.path)) as connection:
            (kept,) = connection.execute("select count(*) from attempts").fetchone()
            (counted,) = connection.execute(
                "select sum(count) from counts where kind = 'first answer'"
            ).fetchone()
            (owed,) = connection.execute(
                "select count(*) from inbox where done_at is null"
            ).fetchone()
        assert (kept, counted, owed) == (attempts, attempts, 0), (
            f"{attempts} answers were given; {kept} kept, {counted} counted, {owed} updates owed"
        )


def build_once(of: str, fill: Callable[[sqlite3.Connection], None]) -> Path:
    """A cached database of the present schema, built if needed; read-only.

    Args:
        of: how its name begins, and that of the files that it replaces.
        fill: inserts its rows.
    """
    path = FOLDER / f"{of}-revision-{schema.HEAD}-edition-{_EDITION}.db"
    if path.exists():
        return path
    FOLDER.mkdir(exist_ok=True)
    building = FOLDER / f"building-{of}.db"
    for outdated in (*FOLDER.glob(f"{of}-*"), *FOLDER.glob(f"*{building.name}*")):
        outdated.unlink()
    opening.prepare_file(building, READ_AT)
    with closing(sqlite3.connect(building, isolation_level=None)) as connection:
        connection.execute("pragma synchronous = off")
        connection.execute("pragma cache_size = -262144")
        connection.execute("begin")
        fill(connection)
        connection.execute("commit")
        connection.execute("analyze")
        connection.execute("pragma journal_mode = delete")
    opening.marker_path(building).unlink()
    building.rename(path)
    return path


def kept_database(count: int, asked: FirstQuestion) -> Path:
    """The cached database of `count` learners, built if needed."""
    return build_once(f"learners-{count}", lambda into: _fill(into, count, asked))


@contextmanager
def copy_database(count: int, asked: FirstQuestion) -> Iterator[LearnerDatabase]:
    """A writable copy of the cached database of `count` learners, deleted at the end."""
    whole = kept_database(count, asked)
    folder = FOLDER / f"copy-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        path = folder / "tutor.db"
        shutil.copyfile(whole, path)
        _is_counted(path)
        os.sync()  # else the kernel would write the copy out while commits are measured
        opening.marker_path(path).touch()
        yield LearnerDatabase(path, count)
    finally:
        shutil.rmtree(folder)


def _is_counted(path: Path) -> None:
    """Make no recount due: the nightly comparison is no part of an answer."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into recounts (at, wrong) values (?, 0)", (clock.now(),))


def _fill(connection: sqlite3.Connection, count: int, asked: FirstQuestion) -> None:
    values = {
        "count": count,
        "at": READ_AT,
        "look_at": asked.course.rhythm.first_check_at(READ_AT),
        "items": json.dumps(asked.read),
    }
    for statement in (_LEARNERS, _READINGS, _COUNTS):
        connection.execute(statement, values)
