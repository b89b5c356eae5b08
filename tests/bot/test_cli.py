"""The command tutorbot, as somebody types it."""

import asyncio
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from aiohttp import ClientSession

from bot.course_files import load_course
from bot.exports.csvs import CsvFolder, CsvZip
from bot.exports.workbooks import Workbook
from bot.operations.database_export import export_database
from bot.serve import (
    run_recount,
    show_inbox,
    show_mistake_reports,
    show_outbox,
    show_statistics,
)
from bot.settings import Settings
from course.model import LearnerId
from course.statistics.counters import ENROLMENT
from course.statistics.overview import Period
from simulator.server import Simulator
from storage.counters import add_milestones
from storage.learners import add_learner
from storage.mistake_reports import add_mistake_report
from storage.store import Store

ROOT = Path(__file__).parents[2]
CLEAN = ROOT / "tests" / "course" / "clean" / "modules.yaml"
CRAFTED = ROOT / "tests" / "authoring" / "crafted"
COMMANDS = (
    "run",
    "demo",
    "simulate",
    "check",
    "course",
    "inbox",
    "outbox",
    "reports",
    "recount",
    "stats",
    "export",
    "doctor",
)
Look: TypeAlias = Callable[[Settings, Path], Awaitable[int]]

TOKEN = "123456789:AAF-canary_canary_canary_canary_0123"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    said: str
    complained: str


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


async def tutorbot(*arguments: str, folder: Path, **settings: str) -> Ran:
    """Run the command in `folder` with these settings only."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TUTORBOT_")}
    given = {f"TUTORBOT_{name.upper()}": value for name, value in settings.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder, env=kept | given | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complained = await process.communicate()
    assert process.returncode is not None
    return Ran(process.returncode, said.decode(), complained.decode())


async def test_help_names_every_command_and_what_it_does(tmp_path: Path) -> None:
    whole, one = await asyncio.gather(
        tutorbot("--help", folder=tmp_path), tutorbot("course", "--help", folder=tmp_path)
    )

    assert whole.code == one.code == 0
    assert all(f" {name} " in whole.said for name in COMMANDS)
    assert "lessons of two minutes" in whole.said
    assert "--json" in one.said


async def test_without_a_command_it_shows_the_help(tmp_path: Path) -> None:
    ran = await tutorbot(folder=tmp_path)

    assert "Commands" in ran.said + ran.complained


async def test_check_says_what_a_good_course_holds(tmp_path: Path) -> None:
    ran = await tutorbot("check", str(CRAFTED), folder=tmp_path)

    assert (ran.code, ran.complained) == (0, "")
    assert "no problems. 2 module(s), 3 lessons, 5 questions, about 5 minutes." in ran.said
    assert "m1 3 2 2 2" in " ".join(ran.said.split())
    assert "An expert must read" not in ran.said


async def test_of_very_many_problems_some_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    course = Path(shutil.copytree(CLEAN.parent, tmp_path / "tea"))
    leaves = course / "modules" / "1-leaves.yaml"
    unknown = "".join(f"unknown{number}: 1\n" for number in range(1_000))
    leaves.write_text(leaves.read_text("utf-8") + unknown, "utf-8")

    check, run, doctor = await asyncio.gather(
        tutorbot("check", str(course), folder=tmp_path),
        tutorbot("run", folder=tmp_path, token=TOKEN, course=str(course)),
        tutorbot("doctor", folder=tmp_path, course=str(course), api_url="http://127.0.0.1:9"),
    )

    assert len(check.said.splitlines()) == 201
    assert check.said.splitlines()[-1].endswith(" more: mend these first.")
    assert run.complained.splitlines()[-2:] == [
        "and 800 more: mend these first.",
        "1,000 problems in the course.",
    ]
    assert "The course has 1,000 problem(s): run tutorbot check" in doctor.said


async def test_check_lists_faults_of_craft_too_and_says_that_the_bot_would_teach(
    tmp_path: Path,
) -> None:
    bare, with_table = await asyncio.gather(
        tutorbot("check", str(CLEAN), folder=tmp_path),
        tutorbot("check", "--table", "--sources", str(CLEAN), folder=tmp_path),
    )

    assert bare.code == with_table.code == 1
    assert "modules/3-cups.yaml:17:15: this question asks nothing before" in bare.said
    assert "All are of craft: the bot would teach it." in bare.complained
    assert "Objectives asked for by" not in bare.said
    assert "Objectives asked for by" in with_table.said
    assert with_table.said.index("F3 (recalled)") < with_table.said.index("F1 (verified)")


async def test_check_names_the_sources_of_a_course_that_cannot_be_taught(tmp_path: Path) -> None:
    text = CLEAN.read_text(encoding="utf-8").replace("id: tea", "id: T!")
    (tmp_path / "modules.yaml").write_text(text, encoding="utf-8")

    ran = await tutorbot("check", "--table", "--sources", "modules.yaml", folder=tmp_path)

    assert ran.code == 1
    assert "of craft" not in ran.complained
    assert "Lesson" not in ran.said
    assert "Not used: none" in ran.said


async def test_check_lists_every_problem_with_file_line_and_column(tmp_path: Path) -> None:
    text = (
        CLEAN.read_text(encoding="utf-8").replace("id: tea", "id: T!").replace("tle: A", "tel: A")
    )
    broken = tmp_path / "modules.yaml"
    broken.write_text(text, encoding="utf-8")

    ran = await tutorbot("check", str(broken), folder=tmp_path)

    assert ran.code == 1
    lines = (ran.said + ran.complained).splitlines()
    assert len([line for line in lines if line.startswith(f"{broken}:")]) >= 3
    assert "problems in the course." in lines[-1]


async def test_the_course_is_printed_as_json(tmp_path: Path) -> None:
    ran = await tutorbot("course", "--json", str(CLEAN), folder=tmp_path)

    course = json.loads(ran.said)
    assert set(course) == {"id", "title", "version", "modules"}
    lesson = course["modules"][0]["lessons"][0]
    assert set(lesson) == {"id", "title", "cards", "questions"}
    assert set(lesson["cards"][0]) >= {"id", "text"}
    assert set(lesson["questions"][0]) == {*("id", "text", "kind", "objective", "form", "options")}
    assert set(lesson["questions"][0]["options"][0]) == {"id", "text", "correct", "feedback"}


async def test_the_course_in_short_is_an_outline(tmp_path: Path) -> None:
    ran = await tutorbot("course", folder=tmp_path)

    assert ran.code == 0
    assert "Module 1: Why look beyond punishment? (m1" in ran.said
    assert "Module 7: Making it work (m7" in ran.said


async def test_run_without_a_token_says_how_to_get_one(tmp_path: Path) -> None:
    ran = await tutorbot("run", folder=tmp_path)

    assert ran.code == 1
    assert "TUTORBOT_TOKEN is not set." in ran.complained
    assert "make demo" in ran.complained
    assert "Traceback" not in ran.complained


async def test_wrong_settings_are_listed_without_a_traceback(tmp_path: Path) -> None:
    ran = await tutorbot("run", folder=tmp_path, token="x", listen="here", tokn="y")

    assert ran.code == 1
    assert ran.complained.count("TUTORBOT_") >= 3
    assert "Traceback" not in ran.complained


@pytest.mark.parametrize("place", ["", "/in/a/file"], ids=["a folder", "below a file"])
async def test_run_says_in_a_sentence_why_the_database_cannot_be_used(
    tmp_path: Path, place: str
) -> None:
    in_the_way = tmp_path / "way"
    if place:
        in_the_way.write_text("a file", encoding="utf-8")
    else:
        in_the_way.mkdir()

    ran = await tutorbot(
        "run", folder=tmp_path, token=TOKEN, database_url=f"sqlite:///{in_the_way}{place}"
    )

    assert ran.code == 1
    assert ran.complained.startswith(f"{in_the_way}{place} cannot be used: ")
    assert "Traceback" not in ran.complained


async def test_run_with_a_token_that_telegram_does_not_know_says_so_without_showing_it(
    tmp_path: Path,
) -> None:
    async with Simulator() as telegram:
        ran = await tutorbot(
            "run", folder=tmp_path, token=TOKEN, api_url=telegram.url, log_level="DEBUG"
        )

    assert ran.code == 1
    assert "Copy it again from BotFather" in ran.complained
    assert "canary" not in ran.said + ran.complained
    assert "Traceback" not in ran.complained


async def test_doctor_finds_everything_well(tmp_path: Path) -> None:
    async with Simulator() as telegram:
        ran = await tutorbot("doctor", folder=tmp_path, token=telegram.token, api_url=telegram.url)

    assert ran.code == 0, ran.said
    assert "wrong" not in ran.said
    assert "Telegram knows the token: @" in ran.said
    assert "No database yet: data/tutorbot.db will be made at the first start." in ran.said
    assert "Course alternatives, version" in ran.said
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - pathlib would block


async def test_doctor_says_what_to_do_about_each_thing_that_is_wrong(tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("Dear diary. " * 200, encoding="utf-8")
    diary.chmod(0o600)
    async with Simulator() as telegram:
        ran = await tutorbot(
            "doctor", folder=tmp_path, token=TOKEN, api_url=telegram.url,
            course=str(diary), database_url=f"sqlite:///{diary}",
        )  # fmt: skip

    assert ran.code == 1
    assert ran.said.count("wrong") == 3
    assert f"Others can neither read nor write {diary}." in ran.said
    assert "run tutorbot check" in ran.said
    assert "copy it again from BotFather" in ran.said
    assert "canary" not in ran.said + ran.complained
    assert "Traceback" not in ran.complained


async def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    async with Simulator() as telegram:
        port = telegram.url.rpartition(":")[2]
        demo, alone = await asyncio.gather(
            tutorbot("demo", "--port", port, folder=tmp_path),
            tutorbot("simulate", "--port", port, folder=tmp_path),
        )

    for ran in (demo, alone):
        assert ran.code == 1
        assert f"Cannot listen on port {port}" in ran.complained
        assert "Traceback" not in ran.complained


@pytest.mark.parametrize("empty", [True, False], ids=["empty", "with its small world"])
async def test_the_demo_opens_and_the_bot_answers(tmp_path: Path, empty: bool) -> None:
    arguments = ("demo", "--port", "0", *(("--empty",) if empty else ()))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().split()[1]
        async with ClientSession(address) as page:
            await page.post("/control/say", json={"user": 2001, "chat": 2001, "text": "/cohorts"})
            messages = await _two_messages(page)
            state = await (await page.get("/control/state")).json()
    finally:
        process.terminate()
        rest, _ = await process.communicate()

    assert process.returncode == 0
    assert [one["first_name"] for one in state["personas"]] == ["Amina", "Farid", "Ada"]
    assert ("120 simulated learners" in rest.decode()) is not empty
    shown = json.dumps(messages[1])
    assert ("District courts" in shown) is not empty


async def _two_messages(page: ClientSession) -> list[dict[str, object]]:
    """What is in Farid's chat when the bot has answered him."""
    async with page.get("/control/events", params={"chat": 2001}) as events:
        async for _ in events.content:  # whatever happens, look again
            chat = (await (await page.get("/control/state", params={"chat": 2001})).json())["chat"]
            if len(chat["messages"]) > 1:
                return list(chat["messages"])
    pytest.fail("the demo ended")


async def test_two_editions_are_compared(tmp_path: Path) -> None:
    new = tmp_path / "new"
    shutil.copytree(CLEAN.parent, new)
    leaves = new / "modules" / "1-leaves.yaml"
    leaves.write_text(leaves.read_text("utf-8").replace("White tea is made", "It is made"), "utf-8")

    ran, same, alone = await asyncio.gather(
        tutorbot("course", "diff", str(CLEAN), str(new), folder=tmp_path),
        tutorbot("course", "diff", str(CLEAN), str(CLEAN), folder=tmp_path),
        tutorbot("course", "diff", str(CLEAN), folder=tmp_path),
    )

    assert "will notice:\n  m1l1c2: this card has another text." in ran.said
    assert "nobody will notice:\n  tea: the version is still 1.0" in ran.said
    assert same.said == "The two are the same for learners.\n"
    assert (alone.code, alone.said) == (1, "")
    assert "tutorbot course diff OLD NEW" in alone.complained


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
