"""A PostgreSQL server that restarts, breaks off or refuses a transaction costs nobody anything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import asyncpg
import pytest

from course.learning.progress import Attempt
from course.model import LearnerId, OptionId, QuestionId
from storage import facts, inbox, learners
from storage.errors import UnavailableError
from storage.statements import Statement
from storage.store import Store
from tests.conftest import migrated
from tests.storage.cable import Cable, laid
from tests.storage.conftest import NOW
from tests.support.patience import STUCK, until
from tests.support.postgres import Server

RIVER = QuestionId("river")


@pytest.fixture
async def url(postgres: Server) -> str:
    return await migrated(postgres)


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await Store.open(url, NOW)
    yield opened
    await opened.close()


def joins_and_answers(number: int) -> tuple[Statement, ...]:
    learner = LearnerId(number)
    attempt = Attempt(RIVER, 1, frozenset([OptionId("a")]), True, NOW, number)
    return learners.add_learner(learner, NOW, None), *facts.add_attempt(learner, attempt, "v1")


class People:
    """Read and answer at the same time until told to stop; who is refused tries the next time."""

    def __init__(self, store: Store) -> None:
        self.written: list[int] = []
        self._store = store
        self._numbers = count(1)
        self._more = asyncio.Condition()
        self.over = False

    async def go_on(self) -> None:
        while not self.over:
            number = next(self._numbers)
            try:
                await self._store.fetch_history(LearnerId(number))
                await self._store.write(*joins_and_answers(number))
            except UnavailableError:
                continue
            self.written.append(number)
            async with self._more:
                self._more.notify_all()

    async def have_written(self, enough: int) -> None:
        async with self._more:
            await self._more.wait_for(lambda: len(self.written) >= enough)


async def test_people_go_on_while_the_server_restarts(postgres: Server, store: Store) -> None:
    people = People(store)

    async with asyncio.TaskGroup() as group:
        for _ in range(32):
            group.create_task(people.go_on())
        await people.have_written(200)
        await asyncio.to_thread(postgres.stop)
        await asyncio.to_thread(postgres.start)
        await people.have_written(len(people.written) + 200)
        people.over = True

    histories = [await store.fetch_history(LearnerId(number)) for number in people.written]
    assert all(history.progress.updates for history in histories)
    assert await store.fetch_fact_counts() == await store.fetch_fact_counts(recount=True)


async def test_a_server_that_stays_away_is_said_and_later_used_again(
    postgres: Server, store: Store, url: str
) -> None:
    await store.write(*joins_and_answers(1))
    await asyncio.to_thread(postgres.stop)

    said = await asyncio.gather(
        store.fetch_history(LearnerId(1)),
        store.write(*joins_and_answers(2)),
        store.write(*joins_and_answers(3)),
        Store.open(url, NOW),
        return_exceptions=True,
    )
    await asyncio.to_thread(postgres.start)

    assert [type(error) for error in said] == [UnavailableError] * 4
    await store.write(*joins_and_answers(2))
    assert await store.count_learners() == 2


async def test_connections_ended_by_an_operator_are_made_anew(
    postgres: Server, store: Store
) -> None:
    await store.write(*joins_and_answers(1))
    await store.count_learners()

    await postgres.run(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
        " where application_name = 'tutorbot'"
    )

    await store.write(*joins_and_answers(2))
    assert await store.count_learners() == 2


async def test_a_failover_in_which_no_host_takes_writes_yet_is_said_and_got_over(
    postgres: Server, url: str
) -> None:
    url = f"{url}&target_session_attrs=read-write"
    store = await Store.open(url, NOW)
    await becomes_read_only(postgres, url, True)

    said = await asyncio.gather(
        store.count_learners(),
        store.write(*joins_and_answers(1)),
        Store.open(url, NOW),
        return_exceptions=True,
    )
    await becomes_read_only(postgres, url, False)

    assert [type(error) for error in said] == [UnavailableError] * 3
    await store.write(*joins_and_answers(1))
    assert await store.count_learners() == 1
    await store.close()


async def becomes_read_only(postgres: Server, url: str, is_so: bool) -> None:
    """Behave as a server that becomes a standby, or the one that writes: connections break."""
    database = url.partition("@/")[2].partition("?")[0]
    await postgres.run(f"alter database {database} set default_transaction_read_only = {is_so}")
    await postgres.run(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
        " where application_name = 'tutorbot'"
    )


async def test_a_write_is_done_once_wherever_in_its_way_the_connection_breaks(
    postgres: Server, url: str
) -> None:
    async with laid(postgres.folder / ".s.PGSQL.5432") as cable:
        store = await Store.open(through(cable, url), NOW)
        for number in count(1):
            cable.breaks_after(number - 1)
            received = inbox.ReceivedUpdate(number, number, "{}", NOW)
            await store.write(inbox.receive_update(received), *joins_and_answers(number))
            assert await store.count_learners() == number
            if not cable.broke:
                break
        counts, anew = await store.fetch_fact_counts(), await store.fetch_fact_counts(recount=True)
        owed = await store.fetch_pending_updates(tries=3)
        await store.close()

    assert number > 12  # at the least: begin, three statements, commit, and a count, each both ways
    assert counts == anew
    assert counts.answers == (("river", "a", 1, number),)
    assert len(owed) == number


async def test_whoever_is_told_to_stop_stops_although_the_server_is_silent(
    postgres: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgres.database._CLOSE_TIMEOUT", 0.1)
    async with laid(postgres.folder / ".s.PGSQL.5432") as cable:
        store = await Store.open(through(cable, url), NOW)
        await store.count_learners()
        cable.falls_silent()
        reading = asyncio.create_task(store.count_learners())
        await until(lambda: cable.holds > 0)

        reading.cancel()

        with pytest.raises(asyncio.CancelledError):
            await reading
        cable.speaks_again()
        assert await store.count_learners() == 0
        await store.close()


async def test_a_store_is_closed_although_the_server_is_silent(
    postgres: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgres.database._STATEMENT_TIMEOUT", 10 * STUCK)
    monkeypatch.setattr("storage.postgres.database._CLOSE_TIMEOUT", 0.1)
    monkeypatch.setattr("storage.store._CLOSING", 0.1)
    async with laid(postgres.folder / ".s.PGSQL.5432") as cable:
        store = await Store.open(through(cable, url), NOW)
        await store.write(*joins_and_answers(1))
        cable.falls_silent()
        writing = asyncio.create_task(store.write(*joins_and_answers(2)))
        await until(lambda: cable.holds > 0)

        async with asyncio.timeout(STUCK):
            await store.close()

        with pytest.raises(UnavailableError):
            await writing
        cable.speaks_again()


async def test_a_deadlock_is_resolved_by_running_the_batch_again(store: Store, url: str) -> None:
    # Whoever finds the deadlock is the one refused. To be the store, it must be the one that
    # closes the circle, and the other one must not look: three locks, in this order.
    ours, gate, theirs = LearnerId(1), LearnerId(2), LearnerId(3)
    await store.write(*(learners.add_learner(one, NOW, None) for one in (ours, gate, theirs)))
    async with connected(url) as other, connected(url) as porter, asyncio.TaskGroup() as group:
        await other.execute("set deadlock_timeout = '10min'; begin")
        await other.execute("update learners set language = 'fr' where learner = $1", theirs)
        await porter.execute("begin")
        await porter.execute("update learners set language = 'it' where learner = $1", gate)

        batch = [learners.set_plain(one, True) for one in (ours, gate, theirs)]
        writing = group.create_task(store.write(*batch))
        await have_to_wait(porter, 1)
        group.create_task(
            other.execute("update learners set language = 'fr' where learner = 1; commit")
        )
        await have_to_wait(porter, 2)
        assert not writing.done()
        await porter.execute("commit")

    known = [(await store.fetch_history(one)).learner for one in (ours, gate, theirs)]
    assert [one and (one.plain, one.language) for one in known] == [
        (True, "fr"), (True, "it"), (True, "fr")
    ]  # fmt: skip


def through(cable: Cable, url: str) -> str:
    """The address of the same database over the cable."""
    database = url.partition("@/")[2].partition("?")[0]
    return f"postgresql://tutor@127.0.0.1:{cable.port}/{database}?sslmode=disable"


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def have_to_wait(connection: asyncpg.Connection, number: int) -> None:
    """Return when `number` connections to the database wait for a lock of another's."""
    waiting = (
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0"
    )
    while await connection.fetchval(waiting) != number:  # noqa: ASYNC110 - a lock tells nobody
        await asyncio.sleep(0.01)


async def test_transactions_that_cannot_be_serialised_are_run_again(
    postgres: Server, url: str
) -> None:
    database = url.partition("@/")[2].partition("?")[0]
    await postgres.run(
        f"alter database {database} set default_transaction_isolation = 'serializable'"
    )
    stores = [await Store.open(url, NOW) for _ in range(2)]

    async def write_all(store: Store, numbers: range) -> None:
        for number in numbers:
            await store.write(*joins_and_answers(number))

    await asyncio.gather(write_all(stores[0], range(1, 101)), write_all(stores[1], range(101, 201)))

    assert (await stores[0].fetch_fact_counts()).answers == (("river", "a", 1, 200),)
    for store in stores:
        await store.close()
