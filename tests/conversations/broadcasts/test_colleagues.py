"""One broadcast in several hands: facilitators of one cohort, processes on one database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import SecretStr

from bot import app
from bot.settings import Settings
from storage import recipients
from storage.broadcasts import BroadcastState as Stage
from storage.store import Store
from tests.conversations.broadcasts.steps import (
    before_last,
    cohort_of,
    found,
    heard,
    number,
    sends_now,
    writes,
)
from tests.conversations.leading import ADA, FARID, GRACE, shares
from tests.conversations.people import Careful
from tests.support.running import FAST, PATIENT
from tests.support.running import Stage as Running


async def test_two_facilitators_who_press_send_at_once_send_once(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    grace = await shares(farid, cohort_of(farid))
    sent = await writes(farid, "Nairobi: Once")
    await grace.says("/deliveries")
    await grace.taps("1")
    await grace.taps("Open it")
    world, send = on_small.simulator.world, farid.button("Send now")[1]

    presses = [
        world.press(person, chat.newest.id, send).query_id
        for _ in range(3)
        for person, chat in ((FARID, farid), (GRACE, grace))
    ]
    await on_small.sent()

    assert all(world.query(query).answered for query in presses)
    assert heard(amina, "Once") == 1
    said = {person.sees.split("\n\n")[1] for person in (farid, grace)}
    assert any("Done. 1 arrived." in one for one in said)
    assert (
        len(await recipients.fetch_recipients(on_small.store, await found(on_small, sent), 0, 9))
        == 1
    )


async def test_what_a_colleague_wrote_is_shown_before_it_can_be_sent(
    farid: Careful, amina: Careful
) -> None:
    grace = await shares(farid, cohort_of(farid))
    await farid.says("/broadcast Nairobi: First")
    await grace.says("/deliveries")
    await grace.taps("1")

    await grace.taps("Open it")
    assert before_last(grace).text == "First"
    await farid.taps("Change")
    await farid.taps("Text")
    await farid.says("Second")
    await sends_now(grace)

    assert grace.toast == "This was changed since you saw it. Please look once more."
    assert heard(amina, "First") == heard(amina, "Second") == 0
    assert before_last(grace).text == "Second"
    await farid.taps("Change")
    await farid.taps("Text")
    await farid.says("Third")
    await grace.taps("Change")
    await grace.taps("Urgent")
    assert before_last(grace).text == "Third"
    await sends_now(grace)
    assert heard(amina, "Third") == 1


async def test_a_broadcast_of_a_colleague_that_others_get_by_now_is_shown_first(
    farid: Careful, amina: Careful
) -> None:
    grace = await shares(farid, cohort_of(farid))
    await farid.says("/broadcast Nairobi, finished: Hello")
    await grace.says("/deliveries")
    await grace.taps("1")
    await grace.taps("Open it")
    assert grace.labels == ["Later", "Change", "Cancel"]
    await farid.taps("Change")
    await farid.taps("Whom")
    await farid.taps("Only some of them")
    await farid.taps("finished: chosen")
    await grace.taps("Change")
    await grace.taps("Done")
    old = grace.button("Send now")
    await farid.taps("not started")

    await grace.presses(*old)

    assert grace.sees.startswith("To: Nairobi · not started\n1 person.")
    assert heard(amina, "Hello") == 0


async def test_of_two_processes_on_one_database_one_sends(
    on_small: Running, store_url: str, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    async with beside(on_small, store_url) as other:
        await farid.says("/broadcast Nairobi: Once")
        sent = number(farid)
        await farid.taps("Send now")
        for _ in range(2):
            await asyncio.gather(on_small.tutor.scheduler.tick(), other.scheduler.tick())
            await on_small.sent()
            while other.scheduler.is_busy:  # noqa: ASYNC110 - two parties
                await asyncio.sleep(0.001)

    assert heard(amina, "Once") == heard(baraka, "Once") == 1
    assert (await found(on_small, sent)).state is Stage.DONE
    assert "Done. 2 arrived." in farid.sees


@asynccontextmanager
async def beside(stage: Running, url: str) -> AsyncIterator[app.RunningBot]:
    """Another process of the bot on the same database, which fetches nothing itself."""

    def now() -> int:
        return int(stage.simulator.world.clock.now() * 1000)

    simulator = stage.simulator
    settings = Settings(token=SecretStr(simulator.token), api_url=simulator.url, admins=(ADA,))
    store = await Store.open(url, now())
    try:
        async with app.run_bot(settings, stage.course, store, now, PATIENT, FAST) as tutor:
            yield tutor
    finally:
        await store.close()
