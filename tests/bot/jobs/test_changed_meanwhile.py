"""A colleague's change within milliseconds of Send: nothing goes that its sender was not shown."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import pytest

from bot.actions.broadcasts import ChangedMeanwhile, Started, send_broadcast
from bot.actions.learner_state import Interaction, Services
from course.cohorts.audiences import Audience, AudienceFilter
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts
from storage.broadcasts import Broadcast, BroadcastContent, BroadcastState
from storage.statements import Statement
from storage.store import Store
from tests.conftest import migrated
from tests.course.examples import SMALL
from tests.support.postgres import Server

NOW = 1_700_000_000_000
FARID, GRACE = LearnerId(2001), LearnerId(2002)
SHOWN = Broadcast(5, GRACE, NOW, Audience(None), BroadcastContent("Shown"))
NEVER = replace(SHOWN, id=6, content=BroadcastContent("Never shown"))
CHANGES = {
    "text": replace(SHOWN, content=BroadcastContent("Never shown")),
    "audience": replace(SHOWN, audience=Audience(None, frozenset({AudienceFilter.STUCK}))),
    "time": replace(SHOWN, send_at=NOW + 9),
    "hour": replace(SHOWN, local_hour=9),
    "weekly": replace(SHOWN, weekly=True),
    "urgent": replace(SHOWN, urgent=True),
}


class Interrupted(Store):
    """A store in which another process writes something just before the next writing."""

    change: Statement | None = None
    other: Store

    async def write(self, *statements: Statement) -> None:
        """Let the other one go first, once."""
        change, self.change = self.change, None
        if change is not None:
            await self.other.write(change)
        await super().write(*statements)


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Interrupted]:
    """With the draft in it, and another process beside it."""
    opened = await Interrupted.open(store_url, NOW)
    assert isinstance(opened, Interrupted)
    opened.other = await Store.open(store_url, NOW)
    await opened.write(broadcast_transitions.save_broadcast_draft(SHOWN))
    yield opened
    await opened.other.close()
    await opened.close()


async def sends(store: Store) -> object:
    services = Services(SMALL, store, frozenset({FARID}))
    return await send_broadcast(
        services, Interaction(FARID, "en", 77, NOW), SHOWN.id, SHOWN.version
    )


async def found(store: Store, broadcast: int = SHOWN.id) -> Broadcast:
    known = await broadcasts.fetch_broadcast(store, broadcast)
    assert known is not None
    return known


@pytest.mark.parametrize("what", CHANGES)
async def test_a_change_between_the_look_and_the_sending_is_shown_and_not_sent(
    store: Interrupted, what: str
) -> None:
    store.change = broadcast_transitions.save_broadcast_draft(CHANGES[what])

    sent = await sends(store)

    assert isinstance(sent, ChangedMeanwhile)
    assert sent.draft.broadcast == CHANGES[what]
    assert (await found(store)).state is BroadcastState.DRAFT


async def test_a_sending_that_waits_for_a_change_under_way_does_not_send_what_was_shown(
    postgres: Server,
) -> None:
    url = await migrated(postgres)
    store, colleague = await Store.open(url, NOW), await asyncpg.connect(url)
    try:
        await store.write(broadcast_transitions.save_broadcast_draft(SHOWN))
        await store.write(broadcast_transitions.save_broadcast_draft(NEVER))
        change = colleague.transaction()
        await change.start()
        await colleague.execute(
            "update broadcasts set content = (select content from broadcasts where broadcast = $1)"
            " where broadcast = $2", NEVER.id, SHOWN.id,
        )  # fmt: skip

        sending = asyncio.create_task(sends(store))
        waiting = "select exists (select from pg_locks where not granted)"
        while not await colleague.fetchval(waiting):  # noqa: ASYNC110 - a lock tells nobody
            await asyncio.sleep(0.01)
        assert not sending.done()
        await change.commit()

        assert isinstance(await sending, ChangedMeanwhile)
        known = await found(store)
        assert (known.state, known.content) == (BroadcastState.DRAFT, NEVER.content)
    finally:
        await colleague.close()
        await store.close()


async def test_what_was_shown_is_sent_and_changed_no_more(store: Interrupted) -> None:
    sent = await sends(store)
    await store.other.write(broadcast_transitions.save_broadcast_draft(CHANGES["text"]))

    assert isinstance(sent, Started)
    assert sent.is_own_press
    assert (await found(store)).content == SHOWN.content


async def test_of_a_change_and_a_sending_at_once_one_happens(store: Interrupted) -> None:
    drafts = [replace(SHOWN, id=number) for number in range(10, 22)]
    await store.write(*map(broadcast_transitions.save_broadcast_draft, drafts))

    for one in drafts:
        changed = replace(one, content=BroadcastContent("Never shown"))
        await asyncio.gather(
            store.write(broadcast_transitions.schedule_broadcast(one, NOW, FARID)),
            store.other.write(broadcast_transitions.save_broadcast_draft(changed)),
        )

    for one in drafts:
        known = await found(store, one.id)
        assert (known.state is BroadcastState.SCHEDULED) == (known.content == one.content)
