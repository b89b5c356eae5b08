"""Which PostgreSQL databases are opened, and what is said about the others."""

import asyncio
import os
import sys
from pathlib import Path

import asyncpg
import pytest

from course.model import LearnerId
from storage import learners, schema
from storage.errors import (
    DatabaseUrlError,
    ForeignDatabaseError,
    NewerSchemaError,
    StorageError,
    UnavailableError,
)
from storage.opening import describe_database
from storage.postgres import address
from storage.postgres.errors import MissingDriverError, ServerRefusedError
from storage.store import Store
from tests.conftest import migrated
from tests.storage.conftest import NOW
from tests.support.postgres import Server

MALFORMED = {
    "no slashes": "postgresql:tutor:s3cret@host/name",
    "one slash": "postgresql:/tutor:s3cret@host/name",
    "no name": "postgresql://tutor:s3cret@host",
    "an empty name": "postgresql://tutor:s3cret@host/",
    "a folder": "postgresql://tutor:s3cret@host/one/two",
    "a bare slash in the password": "postgresql://tutor:1/s3cret@host/name",
    "a bare question mark in the password": "postgresql://tutor:?s3cret@host/name",
    "a bare number sign in the password": "postgresql://tutor:#s3cret@host/name",
    "a port that is a word": "postgresql://tutor:s3cret@host:port/name",
    "a port too large": "postgresql://tutor:s3cret@host:99999/name",
    "a broken IPv6 host": "postgresql://tutor:s3cret@[::1/name",
    "an option that is unknown": "postgresql://tutor:s3cret@host/name?sslmode=perhaps",
    "another program's form": "postgresql+asyncpg://tutor:s3cret@host/name",
    "a misspelt kind": "postgre://tutor:s3cret@host/name",
}


async def run(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


@pytest.mark.parametrize("url", MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_address_is_refused_and_nothing_is_made(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(DatabaseUrlError) as refused:
        await Store.open(url, NOW)

    assert "s3cret" not in str(refused.value)
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - pathlib would block


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgres://tutor:s3cret@host:6000/name", "postgresql://tutor@host:6000/name"),
        ("postgresql://tutor@[::1]:6000/name", "postgresql://tutor@[::1]:6000/name"),
        ("postgresql://host/name?password=s3cret", "postgresql://host/name"),
        ("postgresql://a:s3cret@one,two:6000/name", "postgresql://a@one,two:6000/name"),
        ("postgresql:///name?host=/run/pg&user=a", "postgresql:///run/pg/name"),
        ("postgresql://a:s3cret%40x@host/name", "postgresql://a@host/name"),
    ],
)
def test_the_place_is_the_address_without_the_password(url: str, place: str) -> None:
    assert address.is_postgres(url)
    assert address.postgres_location(url) == place


async def test_an_empty_database_is_filled_and_opened_again_as_it_is(postgres: Server) -> None:
    url = await postgres.empty()
    assert "is empty" in describe_database(url)

    store = await Store.open(url, NOW)
    await store.write(learners.add_learner(LearnerId(1), NOW, None))
    await store.close()
    again = await Store.open(url, NOW)

    assert await again.count_learners() == 1
    await again.close()
    assert describe_database(url).endswith(f"1 learner(s), schema {schema.HEAD}.")


async def test_several_processes_may_open_an_empty_database_at_once(postgres: Server) -> None:
    url = await postgres.empty()

    stores = await asyncio.gather(*(Store.open(url, NOW) for _ in range(5)))

    await asyncio.gather(
        *(
            store.write(learners.add_learner(LearnerId(n), NOW, None))
            for n, store in enumerate(stores)
        )
    )
    assert [await store.count_learners() for store in stores] == [5] * 5
    for store in stores:
        await store.close()


async def test_an_older_database_is_migrated_with_its_data(postgres: Server) -> None:
    url = await postgres.empty()
    oldest = schema.KNOWN[0]
    script, _, _ = schema.migration_sql("postgresql", None).partition(
        f"-- Running upgrade {oldest} ->"
    )
    await run(url, script)
    await run(url, "comment on table alembic_version is 'Course Tutor Bot'")
    await run(
        url,
        "insert into learners values (1, 5, 'en', 0, null, null);"
        "insert into attempts values (1, 'river', 1, 'a', 1, 'v1', 6, 7);"
        "insert into readings values (1, 'card', 6, 8), (1, 'river#1', 6, 9)",
    )

    store = await Store.open(url, NOW)

    assert (await store.fetch_history(LearnerId(1))).progress.updates == {7, 8, 9}
    assert await store.fetch_fact_counts() == await store.fetch_fact_counts(recount=True)
    assert (await store.fetch_fact_counts()).answers == (("river", "a", 1, 1),)
    await store.close()


async def test_a_migration_that_fails_changes_nothing(postgres: Server) -> None:
    url = await postgres.empty()
    script, _, _ = schema.migration_sql("postgresql", None).partition("-- Running upgrade 0001 ->")
    await run(url, script)
    await run(url, "comment on table alembic_version is 'Course Tutor Bot'")
    await run(url, "create view reading_counts as select 1 as item")

    with pytest.raises(ServerRefusedError, match="already exists"):
        await Store.open(url, NOW)

    assert "schema 0001. The next start brings it to schema" in describe_database(url)


@pytest.mark.parametrize(
    "made",
    [
        "create table orders (id int)",
        "create view report as select 1 as one",
        "create table alembic_version as select '0001' as version_num",
    ],
    ids=["a table", "a view", "migrations of another program"],
)
async def test_a_database_of_another_program_is_left_untouched(postgres: Server, made: str) -> None:
    url = await postgres.empty()
    await run(url, made)

    with pytest.raises(ForeignDatabaseError, match="left untouched"):
        await Store.open(url, NOW)

    with pytest.raises(ForeignDatabaseError):
        describe_database(url)


async def test_an_extension_does_not_make_a_database_foreign(postgres: Server) -> None:
    url = await postgres.empty()
    await run(url, "create extension pg_buffercache")  # it makes a view

    store = await Store.open(url, NOW)

    assert await store.count_learners() == 0
    await store.close()


async def test_what_an_operator_adds_to_our_database_is_no_hindrance(postgres: Server) -> None:
    url = await migrated(postgres)
    await run(url, "create view report as select count(*) as people from learners")

    store = await Store.open(url, NOW)

    assert await store.count_learners() == 0
    await store.close()


async def test_a_newer_schema_is_refused(postgres: Server) -> None:
    url = await migrated(postgres)
    await run(url, "update alembic_version set version_num = '9999'")

    with pytest.raises(NewerSchemaError, match="9999"):
        await Store.open(url, NOW)

    with pytest.raises(NewerSchemaError):
        describe_database(url)


async def test_a_database_that_does_not_exist_is_named(postgres: Server) -> None:
    with pytest.raises(ServerRefusedError, match="the database must exist") as refused:
        await Store.open(postgres.url("nowhere"), NOW)

    assert "nowhere" in str(refused.value)


async def test_a_user_who_may_not_make_tables_is_told_so(postgres: Server) -> None:
    url = await postgres.empty()
    await postgres.run("create role guest login")

    with pytest.raises(ServerRefusedError, match="permission denied"):
        await Store.open(url.replace("//tutor@", "//guest@"), NOW)


async def test_a_server_that_is_not_there_is_said_in_words(unused_tcp_port: int) -> None:
    with pytest.raises(UnavailableError) as said:
        await Store.open(f"postgresql://a:s3cret@127.0.0.1:{unused_tcp_port}/name", NOW)

    assert "s3cret" not in str(said.value)


async def test_without_the_driver_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)

    for ask in (
        Store.open("postgresql://a@host/name", NOW),
        asyncio.to_thread(describe_database, "postgres://a@h/n"),
    ):
        with pytest.raises(MissingDriverError, match="pip install"):
            await ask


async def test_sqlite_does_without_the_driver(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys; sys.modules['asyncpg'] = None\n"
        "from storage.store import Store\n"
        "async def main():\n"
        "    store = await Store.open(sys.argv[1], 0)\n"
        "    print(await store.count_learners())\n"
        "    await store.close()\n"
        "asyncio.run(main())"
    )

    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program, f"sqlite:///{tmp_path / 'tutor.db'}"),
        cwd=Path(__file__).parent.parent.parent,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await running.communicate()

    assert said == b"0\n"


def test_every_error_here_is_one_that_the_program_prints() -> None:
    assert all(issubclass(kind, StorageError) for kind in (MissingDriverError, ServerRefusedError))
