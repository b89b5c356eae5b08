"""Where there are no figures: the screen opens on people, and says what to do."""

from tests.conversations.leading import AMINA, BARAKA, makes_cohort, member
from tests.conversations.people import Careful
from tests.support.running import Stage


async def test_the_cohort_with_most_people_opens_first(on_small: Stage, farid: Careful) -> None:
    cohort = await makes_cohort(farid, "Nairobi")
    await member(on_small, farid, cohort, AMINA)
    await makes_cohort(farid, "Lima")

    await farid.says("/stats")

    assert farid.sees.startswith("How it is going\nNairobi · All days")


async def test_an_empty_cohort_says_that_the_link_is_to_be_shared(farid: Careful) -> None:
    await makes_cohort(farid, "Nairobi")

    await farid.says("/stats")

    assert "Nobody has joined yet: share the link." in farid.sees
    assert "few" not in farid.sees
    await farid.taps("Funnel")
    assert "Nobody has joined yet: share the link." in farid.sees
    await farid.taps("Invite")
    assert "Nairobi" in farid.sees


async def test_a_small_cohort_leads_to_its_members(on_small: Stage, farid: Careful) -> None:
    cohort = await makes_cohort(farid, "Nairobi")
    await member(on_small, farid, cohort, AMINA, "Amina")
    await member(on_small, farid, cohort, BARAKA, "Baraka")

    await farid.says("/stats")

    assert "2 people belong to it. Figures begin with 5 people" in farid.sees
    assert "few" not in farid.sees
    await farid.taps("Members")
    assert "Amina" in farid.sees


async def test_no_picture_is_offered_where_nothing_can_be_drawn(farid: Careful) -> None:
    await makes_cohort(farid, "Nairobi")
    await farid.says("/stats")

    for screen in ("Funnel", "Questions", "Cohorts", "Time"):
        await farid.taps(screen)
        assert "As a picture" not in farid.labels, screen
        await farid.taps("Back")
