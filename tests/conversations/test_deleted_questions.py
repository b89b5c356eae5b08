"""What learners asked goes from facilitators' chats, too, when they have their data deleted."""

import pytest

from bot.jobs.support_requests import SupportRequestNotifier
from bot.outbox.kinds import Prepared
from storage import support_requests
from storage.outbox import QUESTION, Delivery
from tests.conversations.leading import (
    AMINA,
    FARID,
    facilitates,
    invites,
    joins,
    makes_cohort,
    shares,
)
from tests.conversations.people import DAY, Careful
from tests.conversations.test_restarts import restarting
from tests.course.examples import SMALL
from tests.support.running import Stage

ASKED = "Where is the pump?"


@pytest.fixture
async def amina(on_small: Stage, farid: Careful, cohort: int) -> Careful:
    """Amina of that cohort, who has asked."""
    amina = await joins(on_small, AMINA, await invites(farid, cohort))
    await amina.says(f"/askfacilitator {ASKED}")
    return amina


async def deletes(one: Careful) -> None:
    await one.says("/deletemydata")
    await one.taps("Delete everything")


def reads(one: Careful) -> int:
    """How many messages in somebody's chat show the question."""
    return sum(message.from_bot and ASKED in message.text for message in one.messages)


async def kept(stage: Stage) -> int:
    """How many messages wait to be deleted."""
    return len(await support_requests.fetch_messages_to_erase(stage.store, 0, 99))


@pytest.mark.journey
async def test_what_was_asked_goes_from_every_facilitators_chat_with_all_that_shows_it(
    on_small: Stage, farid: Careful, cohort: int, amina: Careful
) -> None:
    grace = await shares(farid, cohort)
    await amina.says(f"/askfacilitator And now? {ASKED}")
    await farid.taps("Answer")
    await farid.says("Behind the house")
    await grace.says("/radar")
    await grace.taps("Questions")
    assert (reads(farid), reads(grace)) == (4, 2)
    others = farid.heard - 4

    await deletes(amina)
    await on_small.ticks()

    assert (reads(farid), reads(grace)) == (0, 0)
    assert await kept(on_small) == 0
    assert farid.heard == others


@pytest.mark.usefixtures("amina")
async def test_the_questions_of_others_stay(on_small: Stage, farid: Careful, cohort: int) -> None:
    other = await joins(on_small, AMINA + 1, await invites(farid, cohort))
    await other.says("/askfacilitator And the well?")

    await deletes(other)
    await on_small.ticks()

    assert reads(farid) == 1
    assert not any("And the well?" in message.text for message in farid.messages)


async def test_after_two_days_telegram_lets_nobody_delete_it_and_nothing_is_kept(
    on_small: Stage, farid: Careful, amina: Careful
) -> None:
    amina.waits(2 * DAY + 60)
    await deletes(amina)
    await on_small.ticks()

    assert reads(farid) == 1
    assert await kept(on_small) == 0
    await amina.says("/start")
    await amina.says("/privacy")
    assert "if it came there within 48 hours" in amina.sees


@pytest.mark.parametrize("trouble", ["retry_after", "drop_before", "killed"])
async def test_it_is_deleted_though_telegram_has_no_time_or_the_bot_dies(
    store_url: str, trouble: str
) -> None:
    async with restarting(store_url, SMALL) as bot:
        farid = await facilitates(await bot.start())
        cohort = await makes_cohort(farid, "Lima; city Lima")
        amina = await joins(farid.stage, AMINA, await invites(farid, cohort))
        await amina.says(f"/askfacilitator {ASKED}")
        await farid.stage.sent()
        if trouble == "killed":
            await deletes(amina)
            farid.stage = amina.stage = await bot.restart()
        else:
            more = {"seconds": 1} if trouble == "retry_after" else {}
            bot.simulator.world.faults.add("deleteMessage", trouble, **more)
            await deletes(amina)
            await farid.stage.ticks()
            assert reads(farid) == (1 if trouble == "drop_before" else 0)
            bot.simulator.world.clock.advance(61)

        await farid.stage.ticks()

        assert reads(farid) == 0
        assert await kept(farid.stage) == 0


async def test_a_question_that_was_on_its_way_when_the_data_was_deleted_goes_as_well(
    on_small: Stage, farid: Careful, cohort: int, amina: Careful
) -> None:
    context = on_small.tutor.context
    at = int(on_small.simulator.world.clock.now() * 1000)
    (asked,) = await support_requests.fetch_waiting_requests(on_small.store, cohort, 0, 9)
    notifier = SupportRequestNotifier(context.services, context.translators)
    prepared = await notifier.prepare(Delivery(FARID, QUESTION, str(asked.id), at), at)
    assert isinstance(prepared, Prepared)
    await deletes(amina)
    await on_small.ticks()

    await on_small.store.write(*prepared.on_sent(farid.newest.id))

    assert await support_requests.fetch_messages_to_erase(on_small.store, at - 1, 9) == (
        (FARID, farid.newest.id),
    )
    await on_small.store.write(support_requests.delete_shown_messages_before(at))
    assert await kept(on_small) == 0
