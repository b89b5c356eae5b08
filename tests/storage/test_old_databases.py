"""A database that an earlier program wrote, killed in the middle of its work, goes on without loss.

tests/storage/written_before/ holds what it wrote on each kind of database, and README.md says what.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import storage
from simulator.clock import Clock
from simulator.server import Simulator
from storage.postgres.address import is_postgres
from storage.recounts import recount_counters
from storage.store import Store
from tests.conversations.audit import audit
from tests.conversations.leading import ADA, AMINA, BARAKA, CHEN, FARID
from tests.conversations.people import HOUR, Careful
from tests.course.examples import SMALL
from tests.support.running import Stage, connected
from tests.support.tables import rows, run

WRITTEN = Path(__file__).parent / "written_before"
MIGRATIONS = sorted(Path(storage.__file__).parent.glob("migrations/versions/*.sql"))

GIO, LEA, INES = 1007, 1012, 3002

# Monday 14 December 2026, 18:31:08 UTC: an evening in Nairobi, noon in Lima.
STOPPED_AT = 1_797_273_068.0

# What is added up from other tables may move elsewhere: figures and a recount show that it is kept.
ADDED_UP = re.compile(r"\w+_counts|counted")

TABLES = {
    False: "select name from sqlite_master where type = 'table'",
    True: "select tablename from pg_tables where schemaname = 'public'",
}


@pytest.fixture
async def old_url(bare_url: str) -> str:
    """The address of the old database."""
    kind = "postgresql" if is_postgres(bare_url) else "sqlite"
    await run(bare_url, (WRITTEN / f"{kind}.sql").read_text())
    return bare_url


@pytest.fixture
async def stage(old_url: str) -> AsyncIterator[Stage]:
    """The bot of now on the old database, a minute and a half after the old one stopped."""
    async with Simulator(clock=Clock(STOPPED_AT + 90)) as simulator:
        for number in (AMINA, BARAKA, CHEN, *range(1004, 1013), FARID, 2002, ADA, INES):
            simulator.world.person(number, "Somebody").started = True
        simulator.world.group("Nairobi", [FARID, BARAKA])
        async with connected(simulator, old_url, SMALL) as running:
            await running.settled()
            yield running
            audit(simulator.world)


async def count_rows(url: str) -> dict[str, int]:
    found = [name for (name,) in await rows(url, TABLES[is_postgres(url)])]
    tables = [name for name in found if not name.startswith("sqlite_stat")]  # of the planner
    return {name: (await rows(url, f"select count(*) from {name}"))[0][0] for name in tables}  # noqa: S608 - our own names


def renamed() -> dict[str, str]:
    """New names of tables, by the older ones."""
    later = [script.read_text() for script in MIGRATIONS if script.name[:4] > "0011"]
    return dict(re.findall(r"alter table (\w+) rename to (\w+)", " ".join(later)))


def heard(one: Careful, words: str) -> int:
    return sum(message.from_bot and words in message.text for message in one.messages)


async def hours_pass(stage: Stage, until: float) -> None:
    clock = stage.simulator.world.clock
    while clock.now() < until:
        clock.advance(min(HOUR, until - clock.now()))
        await stage.ticks()


async def test_each_table_keeps_its_rows(old_url: str) -> None:
    before = await count_rows(old_url)

    await (await Store.open(old_url, int(STOPPED_AT * 1000))).close()

    after, names = await count_rows(old_url), renamed()
    kept = {table: after.get(table, after.get(names.get(table, ""), 0)) for table in before}
    lost = {
        table: (count, kept[table])
        for table, count in before.items()
        if kept[table] < count and (table in after or not ADDED_UP.fullmatch(table))
    }
    assert lost == {}
    assert sum(before.values()) > 500
    assert [table for table, count in before.items() if not count] == []


async def test_what_waited_in_the_inbox_is_answered_once_and_what_failed_stays_set_aside(
    stage: Stage, old_url: str
) -> None:
    gio, lea = Careful(stage, GIO), Careful(stage, LEA)

    assert heard(gio, "You have done 1 of 3 lessons, 33 percent.") == 1
    assert heard(gio, "/progress") == 1
    assert lea.messages == []
    assert len(await rows(old_url, "select 1 from inbox where error is not null")) == 1


async def test_learners_go_on_where_they_were(stage: Stage) -> None:
    amina, baraka, chen = (Careful(stage, number) for number in (AMINA, BARAKA, CHEN))
    assert amina.has_question
    assert amina.question.id == "m1q2"

    await baraka.presses(351, "n:m2l1c1")
    await chen.says("What is this question about?")
    await baraka.says("/progress")

    assert heard(baraka, "What of m2q1?") == 1
    assert baraka.sees.startswith("You have done 2 of 3 lessons, 66 percent.")
    assert heard(chen, "I have passed it on to your facilitator.") == 1
    assert heard(Careful(stage, FARID), "What is this question about?") == 1
    await amina.taps("C")
    await amina.taps("Continue with A, C")
    assert "That is right." in amina.sees


async def test_what_was_to_be_sent_is_sent_once_and_what_may_have_arrived_is_not(
    stage: Stage,
) -> None:
    davi, eve, fay, gio, hana, ida = (Careful(stage, number) for number in range(1004, 1010))

    await hours_pass(stage, STOPPED_AT + 63 * HOUR)  # Thursday 12:31 in Nairobi
    assert heard(hana, "Planned for Thursday") == 0
    await hours_pass(stage, STOPPED_AT + 168 * HOUR)

    assert heard(ida, "This is your answer, Ida.") == 1
    assert heard(fay, "This is your answer, Fay.") == 0
    assert heard(hana, "Now at your noon") == 1
    assert heard(eve, "A message from your facilitator") == 1
    assert [heard(one, "Planned for Thursday") for one in (davi, eve, fay, gio, hana, ida)] == [
        1
    ] * 6
    assert heard(gio, "As you asked, here I am again.") == 1
    group = next(iter(stage.simulator.world.groups))
    summaries = [one.text for one in stage.simulator.world.chat(group) if one.from_bot]
    assert len(summaries) == 1
    assert summaries[0].startswith("Your weekly summary")
    assert heard(Careful(stage, ADA), "Your weekly report") == 1
    assert heard(Careful(stage, FARID), "Your weekly report") == 1


async def test_figures_and_roles_are_those_of_before(stage: Stage) -> None:
    ada, ines = Careful(stage, ADA), Careful(stage, INES)

    await ada.says("/stats")
    await ada.presses(ada.newest.id, "g:home:0:90")
    assert "Enrolled: 10 (" in ada.sees
    assert "Active: 10 (" in ada.sees
    assert "First answers right: 77 percent" in ada.sees
    await ada.presses(ada.newest.id, "g:funnel:0:90")
    assert "Module 1, last lesson done: 5, 50 percent" in ada.sees
    await ada.presses(ada.newest.id, "g:reminders:0:90")
    assert "The first reminder\nSent: 5." in ada.sees
    await ines.says("/audit")
    assert "export everybody xlsx" in ines.sees
    now = int(stage.simulator.world.clock.now() * 1000)
    assert (await recount_counters(stage.store, now)).is_correct
