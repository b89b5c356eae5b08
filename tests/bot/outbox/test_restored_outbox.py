"""A backup is restored: what it holds as waiting was sent after it was made."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.operations.data_commands import show_outbox
from bot.settings import Settings
from course.cohorts.audiences import Audience
from course.model import LearnerId
from storage import (
    broadcast_transitions,
    broadcasts,
    learners,
    overdue,
    schema,
)
from storage.broadcasts import Broadcast, BroadcastContent, BroadcastState
from storage.sqlite.database import APPLICATION_ID
from storage.statements import Statement, statement
from storage.store import Store

MADE, NOW, TOMORROW = 1_794_830_400_000, 1_794_920_000_000, 1_795_000_000_000
AMINA, BOB, FARID = LearnerId(1), LearnerId(2), LearnerId(9)
BEGUN, TO_BEGIN, LATER = (
    Broadcast(number, FARID, MADE, Audience(None), BroadcastContent("hi"), None)
    for number in (5, 6, 7)
)


def queued(broadcast: Broadcast, learner: LearnerId, due_at: int) -> Statement:
    return statement(
        "add_broadcast_delivery",
        broadcast=broadcast.id,
        learner=learner,
        subject=broadcast.subject,
        state="queued",
        reason=None,
        due_at=due_at,
        at=MADE,
    )


@pytest.fixture
async def restored(store_url: str) -> str:
    """Of one broadcast a message is due and one is to come; one is to begin, one to come."""
    store = await Store.open(store_url, MADE)
    await store.write(*(learners.add_learner(one, MADE, "en") for one in (AMINA, BOB)))
    for broadcast, at in ((BEGUN, MADE), (TO_BEGIN, MADE), (LATER, TOMORROW)):
        await store.write(broadcast_transitions.save_broadcast_draft(broadcast))
        await store.write(broadcast_transitions.schedule_broadcast(broadcast, at, FARID))
    await store.write(queued(BEGUN, AMINA, MADE), queued(BEGUN, BOB, TOMORROW))
    await store.write(*broadcast_transitions.start_sending_broadcast(BEGUN, None))
    await store.close()
    return store_url


async def states(url: str) -> dict[int, BroadcastState]:
    store = await Store.open(url, NOW)
    found = [await broadcasts.fetch_broadcast(store, one.id) for one in (BEGUN, TO_BEGIN, LATER)]
    await store.close()
    return {one.id: one.state for one in found if one is not None}


async def test_what_is_due_is_told_and_stays(
    restored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await states(restored)

    assert await show_outbox(Settings(database_url=restored), clear=False, now=lambda: NOW) == 0

    assert capsys.readouterr().out.splitlines() == [
        "broadcast: 1 message(s)",
        "broadcast to begin, of 2026-11-16 12:00 UTC",
        "This is due, and is sent by the bot.",
    ]
    assert await states(restored) == before


async def test_what_is_due_is_taken_back_and_what_is_to_come_stays(
    restored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(database_url=restored)

    codes = [await show_outbox(settings, clear=True, now=lambda: NOW) for _ in range(2)]

    said = capsys.readouterr().out
    assert codes == [0, 0]
    assert "All of this was taken back and is not sent.\nNothing is due.\n" in said
    assert await states(restored) == {
        BEGUN.id: BroadcastState.SENDING,
        TO_BEGIN.id: BroadcastState.CANCELLED,
        LATER.id: BroadcastState.SCHEDULED,
    }
    store = await Store.open(restored, NOW)
    counts = await store.count_deliveries()
    still = await overdue.fetch_overdue(store, TOMORROW)
    await store.close()
    assert counts == (("broadcast", "cancelled", 1), ("broadcast", "queued", 1))
    assert still.deliveries == {"broadcast": 1}


async def test_a_backup_of_an_older_version_is_migrated_to_take_it_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tutor.db"
    whole, made = schema.migration_sql("sqlite", None), "VALUES ('0001') RETURNING version_num;"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(whole[: whole.index(made) + len(made)])
        old.execute(f"pragma application_id = {APPLICATION_ID}")
    settings = Settings(database_url=f"sqlite:///{path}")

    codes = [await show_outbox(settings, clear=clear) for clear in (False, True)]

    said, complained = capsys.readouterr()
    assert codes == [1, 0]
    assert "is of an older version of this program" in complained
    assert said == "Nothing is due.\n"
