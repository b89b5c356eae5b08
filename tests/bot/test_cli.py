"""The command tutorbot, as somebody types it."""

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession

from simulator.server import Simulator
from tests.support.command_line import CLEAN, CRAFTED, ROOT, TOKEN, tutorbot

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


@pytest.mark.parametrize(
    "empty",
    [
        pytest.param(True, id="empty"),
        pytest.param(False, id="with its small world", marks=pytest.mark.slow),
    ],
)
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
