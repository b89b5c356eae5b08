"""Commands that look at data, or take it along."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.course_files import load_course
from bot.exports.csvs import CsvFolder, CsvZip
from bot.exports.workbooks import Workbook
from bot.operations.data_commands import (
    run_recount,
    show_inbox,
    show_mistake_reports,
    show_outbox,
    show_statistics,
)
from bot.operations.database_export import export_database
from bot.settings import Settings
from course.model import LearnerId
from course.statistics.counters import ENROLMENT
from course.statistics.overview import Period
from storage.counters import add_milestones
from storage.learners import add_learner
from storage.mistake_reports import add_mistake_report
from storage.store import Store
from tests.support.command_line import CLEAN, tutorbot


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


Look: TypeAlias = Callable[[Settings, Path], Awaitable[int]]


async def test_recount_says_what_was_wrong_and_that_it_is_right_then(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    store = await Store.open(url, 0)
    enrolled, *_ = add_milestones(LearnerId(1), 0, [ENROLMENT])
    await store.write(add_learner(LearnerId(1), 0, "en"), enrolled)  # and not counted
    await store.close()

    first = await tutorbot("recount", folder=tmp_path, database_url=url)
    second = await tutorbot("recount", folder=tmp_path, database_url=url)

    assert (first.code, first.said) == (1, "")
    assert first.complained == "2 counters were wrong and are repaired (reached: 1, passed: 1).\n"
    assert (second.code, second.complained) == (0, "")
    assert second.said == "Compared every counter with what people did: all are right.\n"


async def test_everything_is_exported_and_nothing_is_written_over(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    store = await Store.open(url, 0)
    await store.write(add_learner(LearnerId(4711), 0, "en"))
    await store.close()

    folder, again, packed, ids = [
        await tutorbot("export", *named, folder=tmp_path, database_url=url)
        for named in (["out"], ["out"], ["out.zip"], ["--user-ids", "ids"])
    ]

    assert [ran.code for ran in (folder, again, packed, ids)] == [0, 1, 0, 0]
    assert "learners               1" in folder.said
    assert "out exists already" in again.complained
    assert "4711" not in (tmp_path / "out" / "learners.csv").read_text("utf-8")
    assert "4711" in (tmp_path / "ids" / "learners.csv").read_text("utf-8")
    assert (tmp_path / "out.zip").stat().st_mode & 0o077 == 0
    assert folder.complained == ""


async def test_a_name_for_one_csv_file_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    await (await Store.open(url, 0)).close()

    named = await tutorbot("export", "out.csv", folder=tmp_path, database_url=url)

    assert (named.code, named.said) == (1, "")
    assert named.complained.startswith("There is no single .csv file: there are several tables.")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda settings, _: show_statistics(settings, Period.WEEK), id="stats"),
        pytest.param(lambda settings, _: run_recount(settings), id="recount"),
        pytest.param(lambda settings, _: show_inbox(settings, retry=True), id="inbox"),
        pytest.param(lambda settings, _: show_outbox(settings, clear=False), id="outbox"),
        pytest.param(lambda settings, _: show_mistake_reports(settings, close=None), id="reports"),
        pytest.param(
            lambda settings, to: export_database(settings, load_course(CLEAN), to, user_ids=False),
            id="export",
        ),
    ],
)
async def test_what_looks_on_makes_no_database_and_migrates_none(
    look: Look, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (tmp_path / name for name in ("old.db", "new.db"))
    await (await Store.open(f"sqlite:///{old}", 0)).close()
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("update alembic_version set version_num = '0009'")
    before = names(tmp_path)

    codes = [
        await look(Settings(database_url=f"sqlite:///{one}"), tmp_path / "x.xlsx")
        for one in (new, old)
    ]

    said, complained = capsys.readouterr()
    nothing, older = complained.splitlines()
    assert (codes, said) == ([1, 1], "")
    assert nothing.startswith(f"There is no data of a bot at {new}. Run this in the folder")
    assert older.startswith(f"{old} is of an older version of this program (its schema is 0009,")
    assert names(tmp_path) == before


async def test_of_an_export_that_failed_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    await (await Store.open(url, 0)).close()
    course = load_course(CLEAN)

    def is_full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Workbook, "__init__", is_full)
    for sink in (CsvZip, CsvFolder):
        monkeypatch.setattr(sink, "begin_table", is_full)
    settings = Settings(database_url=url)

    codes = [
        await export_database(settings, course, tmp_path / name, user_ids=False)
        for name in ("x.xlsx", "x.zip", "x")
    ]

    assert codes == [1, 1, 1]
    assert not [name for name in names(tmp_path) if name.startswith("x")]


async def test_reports_are_listed_and_closed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    store = await Store.open(url, 0)
    await store.write(
        add_learner(LearnerId(1), 0, "en"),
        add_mistake_report(LearnerId(1), "m1l1c1", "The year is 2021.", "1.0", 60_000, 77),
    )
    await store.close()

    listed = await tutorbot("reports", folder=tmp_path, database_url=url)
    closed = await tutorbot("reports", "--close", "77", folder=tmp_path, database_url=url)

    assert "77  1970-01-01 00:01 UTC  at m1l1c1 (course 1.0): The year is 2021." in listed.said
    assert closed.said == "No reports.\n"


async def test_stats_prints_the_first_screen_in_words(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    store = await Store.open(url, now=0)
    for number in range(12):  # long ago, so that they belong to all days only
        learner = LearnerId(5_000 + number)
        await store.write(add_learner(learner, 1, "en"), *add_milestones(learner, 1, [ENROLMENT]))
    await store.close()

    week, whole, wrong = await asyncio.gather(
        tutorbot("stats", folder=tmp_path, database_url=url),
        tutorbot("stats", "--days", "0", folder=tmp_path, database_url=url),
        tutorbot("stats", "--days", "8", folder=tmp_path, database_url=url),
    )

    assert week.said.startswith(
        "How it is going\nEverybody · Last 7 days\n\nEnrolled: fewer than 5"
    )
    assert "\nEnrolled: 10 (before: 10)\nStarted: fewer than 5" in whole.said
    assert "<" not in whole.said
    assert (week.code, whole.code, wrong.code) == (0, 0, 1)
    assert wrong.complained.startswith("There are no figures of 8 days")
