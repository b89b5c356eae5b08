"""No command lets what people typed steer the terminal, or pass for a line of ours."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from bot.cli import cli
from bot.settings import list_setting_names
from bot.terminal import escape_control_characters
from course.model import LearnerId
from storage.inbox import ReceivedUpdate, fail_update, receive_update
from storage.learners import add_learner
from storage.mistake_reports import add_mistake_report
from storage.store import Store
from tests.course.seeded import CLEAN, LEAVES, ROOT, SOURCES

EVIL = "\x1b[2J\x07\x9b1m\x7f\u202e"
AS_YAML = r"\e[2J\a\x9b1m\x7f\u202e"
SHOWN = r"\u001b[2J\u0007\u009b1m\u007f\u202e"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests."""
    for name in list_setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose author escaped control characters, which no look at the file shows."""
    folder = Path(shutil.copytree(CLEAN, tmp_path / "tea"))
    for name, old in [
        (ROOT, "title: A good cup of tea"),
        (LEAVES, "title: Leaves"),
        (LEAVES, "title: One plant"),
        (SOURCES, "publication: Leaves of the World"),
    ]:
        key, _, text = old.partition(": ")
        written = (folder / name).read_text("utf-8")
        assert old in written
        new = written.replace(old, f'{key}: "{text}{AS_YAML}"')
        (folder / name).write_text(new, "utf-8")
    return folder / ROOT


def ran(*arguments: str, **settings: str) -> Result:
    given = {f"TUTORBOT_{name.upper()}": value for name, value in settings.items()}
    return CliRunner().invoke(cli, arguments, env=given, catch_exceptions=False)


def is_clean(said: str) -> bool:
    return said.replace("\n", "").isprintable()


def test_control_characters_are_written_out_and_nothing_else_changes() -> None:
    assert escape_control_characters(EVIL) == SHOWN
    assert escape_control_characters("a\nb\r\tc\0") == r"a\nb\r\tc\u0000"
    assert escape_control_characters("a\ud800\u2028\u2066b") == r"a\ud800\u2028\u2066b"
    letters = "José, 东京, \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645, 👩‍🚀, C:\\new"
    assert escape_control_characters(letters) == letters


@given(st.text())
def test_what_is_visible_fits_a_line_and_can_be_read_from_json(text: str) -> None:
    shown = escape_control_characters(text)

    assert shown.splitlines() in ([], [shown])
    assert "\x1b" not in shown
    assert json.loads(escape_control_characters(json.dumps(text, ensure_ascii=False))) == text


def test_reports_stay_on_their_lines(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.db'}"

    async def told() -> None:
        store = await Store.open(url, 0)
        said = f"Wrong.{EVIL}\0\n78  1970-01-01 00:02 UTC  at m9: Forged."
        await store.write(
            add_learner(LearnerId(1), 0, "en"),
            add_mistake_report(LearnerId(1), "m1l1c1", said, "1.0", 60_000, 77),
        )
        await store.close()

    asyncio.run(told())

    listed = ran("reports", database_url=url)

    first, last = listed.stdout.splitlines()
    assert rf"Wrong.{SHOWN}\u0000\n78  1970" in first
    assert last == "1 report(s)."


def test_what_was_set_aside_stays_on_its_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tutor.db'}"

    async def failed() -> None:
        store = await Store.open(url, 0)
        await store.write(receive_update(ReceivedUpdate(5, 1, "{}", 0)))
        for _ in range(3):
            await store.write(fail_update(5, f"Odd{EVIL}\nError"))
        await store.close()

    asyncio.run(failed())

    listed = ran("inbox", database_url=url)

    assert listed.stdout.splitlines()[0].endswith(rf"Odd{SHOWN}\nError")
    assert is_clean(listed.stdout)


@pytest.mark.parametrize(
    "command",
    [
        ("course", "{}"),
        ("course", "{}", "--json"),
        ("course", "diff", str(CLEAN / ROOT), "{}"),
        ("check", "{}", "--table", "--sources"),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_what_authors_escaped_is_written_out(course: Path, command: tuple[str, ...]) -> None:
    arguments = [part.format(course) for part in command]

    said = ran(*arguments, course=str(course), api_url="http://127.0.0.1:9").output

    assert is_clean(said), ascii(said)
    assert SHOWN in said or "diff" in command or "doctor" in command  # these name no titles


@pytest.mark.parametrize("command", ["check", "course", "export"])
def test_problems_of_a_course_are_written_out(course: Path, command: str) -> None:
    leaves = course.parent / LEAVES
    leaves.write_text(leaves.read_text("utf-8") + f'"{AS_YAML}": 1\n', "utf-8")

    complained = ran(command, "out" if command == "export" else str(course), course=str(course))

    assert complained.exit_code == 1
    assert f"{SHOWN} is no key" in complained.output
    assert is_clean(complained.output)


def test_names_of_settings_are_written_out(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"'TUTORBOT_{EVIL}'=1\n", "utf-8")

    complained = ran("stats").output

    assert f"TUTORBOT_{SHOWN}: there is no such setting" in complained
    assert is_clean(complained)
