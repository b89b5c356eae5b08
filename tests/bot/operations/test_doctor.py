"""What `tutorbot doctor` says of each thing, one by one; as a command: tests/bot/test_cli.py."""

import sqlite3
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot import terminal
from bot.operations.doctor import (
    _check_admin,
    _check_all,
    _check_clock,
    check_clock_offset,
    check_fonts,
)
from bot.operations.file_checks import check_disk
from bot.settings import Settings
from simulator.server import Simulator
from storage import schema
from storage.opening import describe_database
from storage.store import Store

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("ahead", "mark", "words"),
    [
        (0.4, "ok", "agrees"),
        (-4.9, "ok", "agrees"),
        (12, "note", "12 seconds ahead of"),
        (-12, "note", "12 seconds behind"),
        (3600, "wrong", "timedatectl"),
        (-60, "wrong", "60 seconds behind"),
    ],
)
def test_the_clock(ahead: float, mark: str, words: str) -> None:
    found = check_clock_offset(ahead)

    assert found.status == mark
    assert words in found.sentence


async def test_the_clock_is_compared_with_the_servers_own_word() -> None:
    async def wrong_by_years(_: web.Request) -> web.Response:
        return web.Response(headers={"Date": "Sat, 01 Jan 2000 00:00:00 GMT"})

    app = web.Application()
    app.router.add_get("/", wrong_by_years)
    async with TestServer(app) as server:
        found = await _check_clock(str(server.make_url("/")))

    assert found is not None
    assert (found.status, "ahead of Telegram's" in found.sentence) == ("wrong", True)


async def test_a_telegram_out_of_reach_says_nothing_of_the_clock() -> None:
    assert await _check_clock("http://127.0.0.1:9") is None


@pytest.mark.parametrize(
    ("free", "size", "mark", "words"),
    [
        (50 * GB, 0, "ok", "50.0 GB free"),
        (GB // 2, 0, "note", "copies the whole database"),
        (GB // 10, 0, "wrong", "make room"),
        (3 * GB, 2 * GB, "note", "copies the whole database"),
    ],
)
def test_the_disk(tmp_path: Path, free: int, size: int, mark: str, words: str) -> None:
    with (tmp_path / "tutor.db").open("wb") as file:
        file.truncate(size)

    found = check_disk(f"sqlite:///{tmp_path / 'tutor.db'}", free)

    assert found.status == mark
    assert words in found.sentence


def test_a_folder_that_is_not_there_yet_is_looked_for_above(tmp_path: Path) -> None:
    assert str(tmp_path) in check_disk(f"sqlite:///{tmp_path / 'a' / 'b' / 'tutor.db'}").sentence
    assert "on a server" in check_disk("postgresql://x/y").sentence


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        (0o600, "ok Others can neither read nor write .env."),
        (0o640, "ok Others can neither read nor write .env."),
        (0o644, "wrong Others can read .env: chmod g-w,o-rwx .env"),
        (0o660, "wrong Others can write .env: chmod g-w,o-rwx .env"),
        (0o666, "wrong Others can read and write .env: chmod g-w,o-rwx .env"),
    ],
)
async def test_settings_that_are_open_to_others_are_told_also_when_they_are_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("TUTORBOT_ADMINS=@ada\n", "utf-8")
    (tmp_path / ".env").chmod(mode)

    said = [f"{found.status} {found.sentence}" async for found in _check_all()]

    assert said[2] == says
    assert said[3].startswith("wrong TUTORBOT_ADMINS: ")


async def test_data_that_is_open_to_others_is_told_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tutor.db"
    await (await Store.open(f"sqlite:///{file}", 0)).close()
    copy = tmp_path / "tutor.db.before-migration-from-0009"
    copy.touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUTORBOT_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("TUTORBOT_API_URL", "http://127.0.0.1:9")
    told = []
    for modes in ((0o600, 0o600), (0o600, 0o640), (0o646, 0o600)):
        for one, mode in zip((file, copy), modes, strict=True):
            one.chmod(mode)
        said = [f"{found.status} {found.sentence}" async for found in _check_all()]
        told.append(next(one for one in said if " Others can " in one))

    assert told == [
        f"ok Others can neither read nor write {file}.",
        f"wrong Others can read {copy}: chmod go-rwx {copy}",
        f"wrong Others can read and write {file}: chmod go-rwx {file}",
    ]


async def test_of_files_that_are_not_there_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUTORBOT_API_URL", "http://127.0.0.1:9")

    assert not [found async for found in _check_all() if "Others can" in found.sentence]


async def test_where_nobody_is_admin_the_doctor_prints_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "tutor.db"
    await (await Store.open(f"sqlite:///{file}", 0)).close()
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    async with Simulator() as telegram:
        settings = Settings(
            token=SecretStr(telegram.token), api_url=telegram.url, database_url=f"sqlite:///{file}"
        )

        found = await _check_admin(settings)
        named = await _check_admin(settings.model_copy(update={"admins": (7,)}))
        gone = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'no.db'}"})
        none = await _check_admin(gone)

    assert found is not None
    assert found.status == "note"
    assert "?start=a_" in found.sentence
    assert (named, none) == (None, None)
    assert not (tmp_path / "no.db").exists()


def test_fonts() -> None:
    assert check_fonts().status == "ok"
    assert "figures come as words" in check_fonts("no_such_library").sentence
    assert "is missing: install sqlite3 again" in check_fonts("sqlite3").sentence


async def test_an_older_schema_is_told(tmp_path: Path) -> None:
    file = tmp_path / "tutor.db"
    store = await Store.open(f"sqlite:///{file}", 0)
    await store.close()
    assert describe_database(f"sqlite:///{file}").endswith(f"schema {schema.HEAD}.")

    older = schema.KNOWN[-2]
    with sqlite3.connect(file) as connection:
        connection.execute("update alembic_version set version_num = ?", (older,))
    connection.close()

    assert describe_database(f"sqlite:///{file}").endswith(schema.migration_notice(older))
    assert f"brings it to schema {schema.HEAD}" in schema.migration_notice(older)
