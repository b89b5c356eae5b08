"""Whose a broadcast is: others see nothing of it, and deleted data leaves nothing in it."""

import pytest

from bot.handlers.presses import MANAGE_PERMISSIONS
from course.model import LearnerId
from storage import broadcast_transitions, broadcasts, recipients, roles
from storage.broadcasts import BroadcastState as Stage
from tests.conversations.broadcasts.steps import (
    cohort_of,
    found,
    heard,
    lives,
    number,
    offers,
    sends_now,
    writes,
)
from tests.conversations.leading import (
    ADA,
    GRACE,
    NOT_YOURS,
    facilitates,
    makes_cohort,
    shares,
)
from tests.conversations.people import DAY, Careful
from tests.support.running import Stage as Running


async def test_somebody_elses_broadcast_is_as_if_it_were_not_there(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Mine")
    theirs, before = number(farid), await found(on_small, number(farid))
    grace = await facilitates(on_small, GRACE, "Grace")
    await makes_cohort(grace, "Lima")
    await grace.says("/deliveries")
    assert grace.sees == "Nothing was sent yet. /broadcast writes to a cohort."

    for person in (grace, amina):
        for verb, what in MANAGE_PERMISSIONS:
            if verb != "b" or what == "list":
                continue
            await person.presses(person.newest.id, f"b:{what}:{theirs}:1")
            assert person.toast == NOT_YOURS, what
            person.waits(20)

    assert await found(on_small, theirs) == before
    await amina.says("/broadcast Nairobi: hello")
    assert amina.sees == NOT_YOURS
    await amina.says("/deliveries")
    assert amina.sees == NOT_YOURS


async def test_a_role_that_was_taken_back_sends_no_more(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    grace = await shares(farid, cohort_of(farid))
    await grace.says("/broadcast Nairobi: Still mine?")
    await on_small.store.write(roles.delete_facilitator(LearnerId(GRACE), cohort_of(farid)))

    await sends_now(grace)

    assert grace.toast == NOT_YOURS
    assert heard(amina, "Still mine?") == 0


@pytest.mark.parametrize("how", ["planned", "weekly"])
async def test_what_is_to_go_later_does_not_go_once_its_sender_has_lost_the_cohort(
    on_small: Running, farid: Careful, amina: Careful, how: str
) -> None:
    await amina.presses(amina.newest.id, "w:pace:none")
    grace = await shares(farid, cohort_of(farid))
    await grace.says("/broadcast Nairobi: Hers")
    await grace.taps("Later")
    if how == "weekly":
        await grace.taps("Every week until the deadline")
        await grace.taps("Send now")
    else:
        await grace.says("20 November 12:00")
        await grace.taps("Schedule it")
    later = number(grace) + (10**15 if how == "weekly" else 0)
    await on_small.sent()
    before = heard(amina, "Hers"), grace.heard
    await on_small.store.write(roles.delete_facilitator(LearnerId(GRACE), cohort_of(farid)))

    farid.waits(8 * DAY)
    await on_small.ticks()

    assert (heard(amina, "Hers"), grace.heard) == before
    assert (await found(on_small, later)).state is Stage.CANCELLED
    await farid.says("/deliveries")
    assert "Hers · cancelled" in farid.sees


async def test_who_has_lost_the_cohort_hears_no_more_how_far_it_is(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    grace = await shares(farid, cohort_of(farid))
    await lives(amina, "Africa/Nairobi")
    await lives(baraka, "Asia/Tokyo")  # where it is nine in the evening
    await grace.says("/broadcast Nairobi: Hello")
    await sends_now(grace)
    before = grace.sees
    await on_small.store.write(roles.delete_facilitator(LearnerId(GRACE), cohort_of(farid)))

    grace.waits(DAY / 2)
    await on_small.ticks()

    assert heard(baraka, "Hello") == 1
    assert grace.sees == before


async def test_only_admins_write_to_everybody(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    ada = Careful(on_small, ADA)
    await ada.says("/broadcast all: To all of you")
    assert "To: everybody" in ada.sees
    await sends_now(ada)
    assert amina.sees == "To all of you"

    await farid.says("/broadcast")
    await farid.presses(farid.newest.id, f"b:all:{number(farid)}:")
    assert farid.toast == NOT_YOURS


async def test_deleted_data_leaves_nothing_of_the_learner_in_a_broadcast(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    await farid.says("/broadcast Nairobi: Will you come?")
    await offers(farid, "Yes")
    sent = number(farid)
    await sends_now(farid)
    await amina.taps("Yes")
    assert await broadcasts.count_rsvps(on_small.store, sent) == {0: 1}

    await amina.says("/deletemydata")
    await amina.taps("Delete everything")

    assert await broadcasts.count_rsvps(on_small.store, sent) == {}
    assert (
        await recipients.fetch_recipients(on_small.store, await found(on_small, sent), 0, 9) == ()
    )
    await amina.presses(amina.messages[0].id, f"v:answer:{sent}:0")
    assert amina.toast == "This can no longer be answered."


async def test_of_a_facilitator_who_deletes_their_data_nothing_is_left_on_what_they_sent(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    sent = await writes(farid, "Nairobi: Hello")
    await sends_now(farid)
    draft = await writes(farid, "Nairobi: Never sent")

    await farid.says("/deletemydata")
    await farid.taps("Delete everything")

    kept = await found(on_small, sent)
    assert (kept.made_by, kept.chat, kept.message) == (0, None, None)
    never = await found(on_small, draft)
    assert (never.made_by, never.state) == (0, Stage.CANCELLED)
    assert heard(amina, "Hello") == 1


async def test_who_sent_the_draft_of_a_colleague_and_deletes_their_data_hears_no_more_of_it(
    on_small: Running, farid: Careful, amina: Careful, baraka: Careful
) -> None:
    grace = await shares(farid, cohort_of(farid))
    await lives(amina, "Africa/Nairobi")
    await lives(baraka, "Asia/Tokyo")  # where it is nine in the evening
    sent = await writes(grace, "Nairobi: Hello")
    await farid.says("/deliveries")
    await farid.taps("1")
    await farid.taps("Open it")
    await sends_now(farid)
    going = await found(on_small, sent)
    assert (going.made_by, going.chat) == (GRACE, farid.id)

    await farid.says("/deletemydata")
    await farid.taps("Delete everything")
    await on_small.store.write(
        broadcast_transitions.set_progress_message(sent, farid.id, going.message)
    )
    before = farid.heard, farid.sees
    farid.waits(DAY / 2)
    await on_small.ticks()

    kept = await found(on_small, sent)
    assert (kept.made_by, kept.chat, kept.message) == (GRACE, None, None)
    assert heard(baraka, "Hello") == 1
    assert (farid.heard, farid.sees) == before


async def test_what_a_colleague_sent_goes_on_when_its_maker_deletes_their_data(
    on_small: Running, farid: Careful, amina: Careful
) -> None:
    grace = await shares(farid, cohort_of(farid))
    planned = await writes(farid, "Nairobi: Hers by now")
    await farid.taps("Later")
    await farid.says("20 November 12:00")
    await grace.says("/deliveries")
    await grace.taps("1")
    await grace.taps("Open it")
    await grace.taps("Schedule it")

    await farid.says("/deletemydata")
    await farid.taps("Delete everything")

    kept = await found(on_small, planned)
    assert (kept.made_by, kept.chat, kept.state) == (0, GRACE, Stage.SCHEDULED)
    assert heard(amina, "Hers by now") == 0
