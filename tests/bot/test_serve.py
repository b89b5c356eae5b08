"""The life of the process: what is waited for at its start, and what ends it at once."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import app, logs, terminal
from bot.course_files import load_course
from bot.inbox.retries import MAX_TRIES
from bot.operations.data_commands import show_inbox, show_mistake_reports
from bot.serve import serve
from bot.settings import Settings
from simulator.server import Simulator
from storage import inbox
from storage.inbox import ReceivedUpdate
from storage.sqlite import database, opening
from storage.store import Store
from tests.faults.process import free_port
from tests.support.patience import until

CLEAN = Path(__file__).parents[1] / "course" / "clean" / "modules.yaml"


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_LOCK_TIMEOUT", 0.001)
    monkeypatch.setattr(logs, "configure", lambda _level: None)


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A database that can be locked as a whole."""
    made = tmp_path / "tutor.db"
    await (await Store.open(f"sqlite:///{made}", 0)).close()
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("pragma journal_mode = delete")
    return made


async def test_data_that_cannot_be_used_yet_is_waited_for(
    path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ""

    def serves() -> bool:
        nonlocal said
        said += capsys.readouterr().out
        return "Serving as @" in said

    async with Simulator() as telegram:
        settings = Settings(
            token=SecretStr(telegram.token), api_url=telegram.url, database_url=f"sqlite:///{path}"
        )
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin exclusive")
            running = asyncio.create_task(serve(settings, load_course(CLEAN), retry_delay=0.001))
            await until(lambda: caplog.text.count("The data is waited for") > 1)
            other.execute("rollback")
        await until(serves)
        running.cancel()

        assert await running == 0
    assert "database is locked" in next(getattr(one, "why", "") for one in caplog.records)


async def test_whoever_waits_for_data_can_be_stopped(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(database_url=f"sqlite:///{path}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        running = asyncio.create_task(serve(settings, load_course(CLEAN), retry_delay=3600))
        await until(lambda: "The data is waited for" in caplog.text)
        await asyncio.sleep(0)

        running.cancel()

        assert await running == 0


@pytest.mark.parametrize("wrong", ["sqlite:///{folder}", "postgresql://host"], ids=str)
async def test_data_of_a_wrong_address_ends_it_at_once(
    wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(database_url=wrong.format(folder=tmp_path))

    assert await serve(settings, load_course(CLEAN)) == 1
    assert "cannot be used" in capsys.readouterr().err


async def test_data_that_is_locked_is_told_in_a_sentence_by_whatever_changes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'tutor.db'}")
    store = await Store.open(settings.database_url, 0)
    await store.write(
        inbox.receive_update(ReceivedUpdate(7, 7, "{}", 0)),
        *[inbox.fail_update(7, "Error")] * MAX_TRIES,
    )
    await store.close()
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 1)

    with closing(sqlite3.connect(tmp_path / "tutor.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        codes = [
            await show_inbox(settings, retry=True),
            await show_mistake_reports(settings, close=1),
        ]

    told = "The database cannot be used at this moment: database is locked.\n"
    assert codes == [1, 1]
    assert capsys.readouterr().err == 2 * told


async def test_a_place_that_is_taken_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Simulator() as telegram:
        taken = telegram.url.removeprefix("http://")
        settings = Settings(
            token=SecretStr(telegram.token),
            api_url=telegram.url,
            database_url=f"sqlite:///{tmp_path / 'tutor.db'}",
            listen=taken,
        )

        assert await serve(settings, load_course(CLEAN)) == 1

    told = capsys.readouterr().err
    assert told.startswith(f"Cannot listen at TUTORBOT_LISTEN={taken}: ")
    assert told.count("\n") == 1


async def test_where_nobody_is_admin_it_prints_a_link_in_the_terminal_and_logs_none(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def ends(_: app.RunningBot) -> None:
        return None

    monkeypatch.setattr(app.RunningBot, "poll", ends)
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    caplog.set_level("INFO")
    async with Simulator() as telegram:
        settings = Settings(
            token=SecretStr(telegram.token),
            api_url=telegram.url,
            database_url=f"sqlite:///{tmp_path / 'tutor.db'}",
        )

        await serve(settings, load_course(CLEAN))
        told = capsys.readouterr().out
        await serve(settings.model_copy(update={"admins": (7,)}), load_course(CLEAN))

    assert "Nobody is admin yet." in told
    link = re.search(r"https://t\.me/\w+\?start=(a_\S{22})\n", told)
    assert link is not None
    assert link[1] not in caplog.text
    assert "Nobody is admin yet." not in capsys.readouterr().out


async def test_an_error_of_the_system_later_is_not_told_as_one_of_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def breaks(_: app.RunningBot) -> None:
        raise TimeoutError

    monkeypatch.setattr(app.RunningBot, "poll", breaks)
    async with Simulator() as telegram:
        settings = Settings(
            token=SecretStr(telegram.token),
            api_url=telegram.url,
            database_url=f"sqlite:///{tmp_path / 'tutor.db'}",
            listen=f"127.0.0.1:{free_port()}",
        )

        with pytest.raises(TimeoutError):
            await serve(settings, load_course(CLEAN))

    assert "Cannot listen" not in capsys.readouterr().err
