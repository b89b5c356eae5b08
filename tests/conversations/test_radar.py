"""The radar: who may need their facilitator, notes to one learner, and what becomes of them."""

import pytest

from storage import notes, radar, support_requests
from tests.conversations.leading import (
    ADA,
    AMINA,
    BARAKA,
    CHEN,
    GRACE,
    NOT_YOURS,
    facilitates,
    makes_cohort,
    member,
    sends,
    silent,
    writes,
)
from tests.conversations.people import DAY, Careful
from tests.support.running import Stage


async def test_an_empty_radar_says_that_nobody_needs_anything(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await member(on_small, farid, cohort, AMINA)

    await farid.says("/radar")

    assert farid.sees.startswith("Radar · Nairobi, March\n\nNobody needs you at this moment.")
    assert farid.labels == []


@pytest.mark.journey
async def test_the_radar_tells_who_is_what_the_newest_first(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort, days=0)
    await member(on_small, farid, cohort, BARAKA, "Baraka")
    amina.waits(6 * DAY)
    chen = await member(on_small, farid, cohort, CHEN, "Chen")
    await chen.says("/continue")
    amina.waits(2 * DAY)
    await chen.misses(4)

    await farid.says("/radar")

    assert "3 people may need you, the newest first." in farid.sees
    names = [line for line in farid.sees.splitlines() if line[:1].isdigit() and ". " in line]
    assert names == ["1. Chen", "2. Amina", "3. Baraka"]
    assert "stuck: missed one question 4 times (Module 1, lesson 1 of 2)" in farid.sees
    assert "silent for 8 days" in farid.sees
    assert "not started for 8 days" in farid.sees
    assert farid.labels == [
        "1 · Write",
        "1 · Seen",
        "2 · Write",
        "2 · Seen",
        "3 · Write",
        "3 · Seen",
    ]


async def test_somebody_marked_as_seen_comes_back_when_something_happens_anew(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await farid.says("/radar")

    await farid.taps("1 · Seen")

    assert farid.toast == "Amina comes back when something happens anew."
    assert "Nobody needs you at this moment." in farid.sees
    assert farid.labels == ["Dealt with"]
    await farid.taps("Dealt with")
    assert "1. Amina\nsilent for 9 days" in farid.sees
    assert farid.labels == ["1 · Write again", "Back"]
    amina.waits(30 * DAY)
    await farid.says("/radar")
    assert "Nobody needs you" in farid.sees
    await amina.goes_on()
    amina.waits(8 * DAY)
    await farid.says("/radar")
    assert "1. Amina\nsilent for 8 days" in farid.sees


async def test_who_has_blocked_the_bot_is_shown_and_nothing_is_sent_to_them(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    on_small.simulator.world.block(amina.id)
    await on_small.settled()
    await sends(farid)
    assert farid.toast.startswith("Somebody has dealt with this, or it is no longer so.")

    await farid.says("/radar")

    assert "1. Amina\ncannot get messages now\nsilent for 9 days" in farid.sees
    assert farid.labels[0] == "1 · Seen"


async def test_the_radar_does_not_tell_who_stopped_messages_from_who_blocked_the_bot(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await member(on_small, farid, cohort, AMINA, "Amina")
    baraka = await member(on_small, farid, cohort, BARAKA, "Baraka")
    await amina.says("/stop")
    on_small.simulator.world.block(baraka.id)
    await on_small.settled()

    await farid.says("/radar")

    for name in ("Amina", "Baraka"):
        assert f"{name}\ncannot get messages now\n\n" in farid.sees
    assert farid.labels[:2] == ["1 · Seen", "2 · Seen"]


async def test_many_people_come_in_pages_and_no_screen_is_a_wall(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    for number in range(4):
        await member(on_small, farid, cohort, 1010 + number, f"Person {number}")
    farid.waits(3 * DAY)

    await farid.says("/radar")

    assert "4 people may need you" in farid.sees
    assert farid.labels[-1] == "More"
    await farid.taps("More")
    assert farid.labels == ["1 · Write", "1 · Seen", "Earlier"]


async def test_others_see_no_radar_and_no_button_of_one_works_for_them(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    grace = await facilitates(on_small, GRACE, "Grace")
    await farid.says("/radar")
    forged = [data for _, data in farid.buttons() if data[:2] in ("d:", "q:")]
    assert forged

    await amina.says("/radar")
    assert amina.sees == NOT_YOURS
    await grace.says("/radar")
    assert grace.sees == "You have no cohort yet. /newcohort makes one."
    for one in (amina, grace):
        for data in (*forged, f"d:dealt:{cohort}:0", f"q:list:{cohort}:0"):
            one.waits(5)
            await one.presses(one.newest.id, data)
            assert one.toast == NOT_YOURS


async def test_an_admin_chooses_a_cohort_or_names_it(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    await silent(on_small, farid, cohort)
    await makes_cohort(farid, "Lima; city Lima")
    ada = Careful(on_small, ADA)

    await ada.says("/radar")
    assert ada.sees.startswith("Radar\n\nWhich cohort?")
    await ada.taps("Nairobi, March")
    assert "1. Amina" in ada.sees
    await ada.says("/radar lim")
    assert ada.sees.startswith("Radar · Lima")


@pytest.mark.journey
async def test_to_delete_ones_data_deletes_what_facilitators_noted_and_wrote(
    farid: Careful, cohort: int, on_small: Stage
) -> None:
    amina = await silent(on_small, farid, cohort)
    await writes(farid)
    await sends(farid)
    await amina.says("/askfacilitator Where is the pump?")

    await amina.says("/deletemydata")
    await amina.taps("Delete everything")

    assert await notes.fetch_notes_to_report(on_small.store) == ()
    assert await support_requests.fetch_waiting_requests(on_small.store, cohort, 0, 9) == ()
    assert await radar.fetch_handled_concerns(on_small.store, cohort) == {}
    await farid.says("/radar")
    assert "Nobody needs you" in farid.sees
