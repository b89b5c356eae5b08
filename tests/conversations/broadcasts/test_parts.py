"""A broadcast to several cohorts, before the eyes of whoever leads only one of them."""

import pytest

from bot.handlers.presses import MANAGE_PERMISSIONS
from course.model import LearnerId
from storage import memberships
from storage.broadcasts import BroadcastState as Stage
from tests.conversations.broadcasts.steps import (
    cohort_of,
    found,
    heard,
    number,
    offers,
    sends_now,
    writes,
)
from tests.conversations.leading import (
    BARAKA,
    CHEN,
    NOT_YOURS,
    invites,
    joins,
    makes_cohort,
    shares,
)
from tests.conversations.people import Careful
from tests.support.running import Stage as Running

SEES_OTHERS = "Other cohorts get it, too. Here you see only the people in yours."


@pytest.fixture
def nairobi(farid: Careful) -> int:
    """The cohort that Farid leads at first."""
    return cohort_of(farid)


@pytest.fixture
async def grace(farid: Careful, nairobi: int, amina: Careful) -> Careful:
    """Grace, who leads Nairobi with him; Amina belongs to it."""
    assert amina.messages
    return await shares(farid, nairobi)


@pytest.fixture
async def lima(farid: Careful, nairobi: int) -> int:
    """Another cohort of his."""
    lima = await makes_cohort(farid, "Lima; city Nairobi")
    assert lima != nairobi
    return lima


@pytest.fixture
async def chen(on_small: Running, farid: Careful, lima: int) -> Careful:
    """Chen, of the other cohort alone."""
    chen = await joins(on_small, CHEN, await invites(farid, lima), "Chen")
    await chen.says("/name Chen")
    return chen


async def opens(person: Careful) -> None:
    """The newest of their broadcasts."""
    await person.says("/deliveries")
    await person.taps("1")


async def test_who_leads_one_of_its_cohorts_sees_the_part_on_their_people(
    farid: Careful, grace: Careful, amina: Careful, chen: Careful
) -> None:
    await amina.says("/name Amina")
    await farid.says("/broadcast Nairobi, Lima: Will you come?")
    await offers(farid, "Yes\nNo")
    await sends_now(farid)
    await amina.taps("Yes")
    await chen.taps("No")

    await opens(grace)

    assert "Done. 1 arrived." in grace.sees
    assert f"To: Nairobi\n{SEES_OTHERS}\n1 person in all." in grace.sees
    assert "Yes: 1\nNo: 0" in grace.sees
    assert grace.labels == ["Who", "All messages"]
    await grace.taps("Who")
    assert "Amina: arrived" in grace.sees
    shown = [message.text for message in grace.messages if message.from_bot]
    assert not any("Chen" in text or "Lima" in text for text in shown)
    await opens(farid)
    assert "2 people in all." in farid.sees
    assert "Yes: 1\nNo: 1" in farid.sees


async def test_nothing_can_be_done_by_a_part(
    on_small: Running, farid: Careful, grace: Careful, chen: Careful
) -> None:
    await farid.says("/broadcast Nairobi, Lima: Later")
    await farid.taps("Later")
    await grace.says("/deliveries")
    assert grace.sees == "Nothing was sent yet. /broadcast writes to a cohort."
    await farid.says("20 November 12:00")
    await farid.taps("Schedule it")
    planned, before = number(farid), await found(on_small, number(farid))
    assert before.state is Stage.SCHEDULED
    await opens(grace)
    assert "It goes on Friday 20 November" in grace.sees

    for verb, what in MANAGE_PERMISSIONS:
        if verb == "b" and what not in ("list", "open", "who"):
            await grace.presses(grace.newest.id, f"b:{what}:{planned}:1")
            grace.waits(20)

    assert await found(on_small, planned) == before
    for what in ("stop", "undo", "undo-now", "again", "again-now", "retry", "cancel", "send"):
        await grace.presses(grace.newest.id, f"b:{what}:{planned}:1")
        assert grace.toast in (NOT_YOURS, "This was sent already. Here is what became of it."), what
        grace.waits(20)
    assert not any("Lima" in one.text for one in grace.messages if one.from_bot)
    assert heard(chen, "Later") == 0


async def test_who_belongs_to_both_is_shown_by_the_name_in_theirs_and_goes_with_it(
    on_small: Running, farid: Careful, grace: Careful, nairobi: int, lima: int
) -> None:
    await joins(on_small, BARAKA, await invites(farid, lima))
    await joins(on_small, BARAKA, await invites(farid, nairobi))
    sent = await writes(farid, "Nairobi, Lima: Hello")
    await sends_now(farid)
    mine = await memberships.fetch_memberships(on_small.store, LearnerId(BARAKA))

    await grace.presses(grace.newest.id, f"b:who:{sent}:0")

    in_lima, in_nairobi = (one.display_name for one in mine)
    assert f"{in_nairobi}: arrived" in grace.sees
    assert in_lima not in grace.sees
    await on_small.store.write(memberships.leave_cohort(LearnerId(BARAKA), nairobi, 9))
    await grace.presses(grace.newest.id, f"b:who:{sent}:0")
    assert f"{in_nairobi}: arrived" not in grace.sees
    assert "belongs to none" not in grace.sees


async def test_who_joins_theirs_afterwards_is_not_told_of(
    on_small: Running, farid: Careful, grace: Careful, nairobi: int, chen: Careful
) -> None:
    sent = await writes(farid, "Nairobi, Lima: Hello")
    await sends_now(farid)
    chen.waits(60)

    await joins(on_small, CHEN, await invites(farid, nairobi))

    await grace.presses(grace.newest.id, f"b:open:{sent}:")
    assert "1 person in all." in grace.sees
