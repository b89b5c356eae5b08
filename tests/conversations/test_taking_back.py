"""Taking roles back, and what a deletion leaves of those who had them."""

from bot.actions import cleanup
from course.model import LearnerId
from storage import cohorts, invitations, memberships, roles
from storage.dialogues import DIALOGUE_LIFETIME, fetch_open_dialogue
from storage.roles import HeldRoles
from tests.conversations import leading
from tests.conversations.leading import (
    AMINA,
    BARAKA,
    FARID,
    facilitates,
    invites,
    joins,
    menu,
    takes_back,
)
from tests.conversations.matrix import NOT_YOURS
from tests.conversations.people import Careful
from tests.support.running import NOON, Stage
from tests.support.tables import tables_with

GRACE = 2_002_002_002
DAY = 24 * 3600
NOWHERE = "This link does not work, or no longer."


async def test_what_is_taken_back_is_gone_at_once_with_its_menu(
    on_small: Stage, ada: Careful
) -> None:
    farid = await facilitates(on_small)

    await takes_back(ada, FARID)

    assert ada.sees.startswith("Taken back, from this moment on:")
    assert await roles.fetch_held_roles(on_small.store, LearnerId(FARID)) == HeldRoles()
    assert "newcohort" not in menu(on_small, FARID)
    await farid.says("/newcohort Nairobi")
    assert farid.sees.startswith("I did not find that")


async def test_whoever_lost_a_cohort_cannot_come_back_by_a_link_of_their_own(
    on_small: Stage, ada: Careful
) -> None:
    farid = await facilitates(on_small)
    await leading.makes_cohort(farid)
    await farid.says("/grant Nairobi")
    spare = leading.payload(farid.newest)
    await takes_back(ada, FARID)
    await takes_back(ada, FARID)
    assert await roles.fetch_held_roles(on_small.store, LearnerId(FARID)) == HeldRoles()

    for one in (farid, leading.person(on_small, BARAKA)):
        await one.says(f"/start {spare}")
        assert one.sees.startswith(NOWHERE)

    assert await roles.fetch_held_roles(on_small.store, LearnerId(FARID)) == HeldRoles()


async def test_a_member_who_lost_a_cohort_cannot_take_it_back_by_a_link_of_their_own(
    on_small: Stage, ada: Careful
) -> None:
    farid = await facilitates(on_small)
    link = await invites(farid, await leading.makes_cohort(farid))
    grace = await joins(on_small, GRACE, link, "Grace")
    await farid.says("/grant Nairobi")
    first = leading.payload(farid.newest)
    await grace.says(f"/start {first}")
    await grace.taps("I agree")
    await grace.says("/grant Nairobi")
    spare = leading.payload(grace.newest)
    await grace.says(f"/start {spare}")
    opened = grace.button("I agree")
    await takes_back(ada, GRACE)

    await grace.presses(*opened)
    assert grace.sees.startswith(NOWHERE)
    for payload in (spare, first):
        await grace.says(f"/start {payload}")
        assert grace.sees.startswith(NOWHERE)

    assert await roles.fetch_held_roles(on_small.store, LearnerId(GRACE)) == HeldRoles()


async def test_a_link_to_a_role_that_is_over_tells_a_member_no_more_than_anybody(
    on_small: Stage,
) -> None:
    farid = await facilitates(on_small)
    link = await invites(farid, await leading.makes_cohort(farid))
    baraka = await joins(on_small, BARAKA, link, "Baraka")
    await farid.says("/grant Nairobi")
    revoked = leading.payload(farid.newest)
    await farid.says("/revoke")
    await farid.taps("Revoke unused links")
    await farid.says("/grant Nairobi")
    used = leading.payload(farid.newest)
    grace = leading.person(on_small, GRACE, "Grace")
    await grace.says(f"/start {used}")
    await grace.taps("I agree")
    await farid.says("/grant Nairobi")
    expired = leading.payload(farid.newest)
    on_small.simulator.world.clock.advance(8 * DAY)

    for payload in (revoked, used, expired):
        await baraka.says(f"/start {payload}")
        assert baraka.sees.startswith(NOWHERE)
    await baraka.says(f"/start {link}")
    assert not baraka.sees.startswith(NOWHERE), "by this one they came"


async def test_unused_links_to_roles_are_made_useless(on_small: Stage, ada: Careful) -> None:
    farid = await facilitates(on_small)
    await leading.makes_cohort(farid)
    await farid.says("/grant Nairobi")
    of_cohort = leading.payload(farid.newest)
    await ada.says("/grant admin")
    of_admins = leading.payload(ada.newest)

    await ada.says("/revoke")
    await ada.taps("Revoke unused links")

    baraka = leading.person(on_small, BARAKA)
    for link in (of_cohort, of_admins):
        await baraka.says(f"/start {link}")
        assert baraka.sees.startswith(NOWHERE)


async def test_what_nobody_comes_back_to_is_dropped_by_the_clock(
    on_small: Stage, ada: Careful
) -> None:
    farid = await facilitates(on_small)
    await farid.says("/newcohort")
    baraka = leading.person(on_small, BARAKA)
    await baraka.says("/start c_" + "x" * 22)
    store, begun = on_small.store, on_small.simulator.world.clock.now()
    assert await fetch_open_dialogue(store, LearnerId(FARID), int(begun * 1000)) is not None
    assert (await invitations.fetch_invitation(store, "", BARAKA, 0))[1] == 1

    baraka.waits(DIALOGUE_LIFETIME / 1000 + 60)
    await on_small.ticks()

    assert await fetch_open_dialogue(store, LearnerId(FARID), 0) is None
    assert (await invitations.fetch_invitation(store, "", BARAKA, 0))[1] == 0
    await ada.says("/grant admin")
    digest = invitations.hash_token(leading.payload(ada.newest).removeprefix("a_"))
    ada.waits(7 * DAY + cleanup.LINKS_KEPT_MILLISECONDS / 1000 + 60)
    await on_small.ticks()
    assert (await invitations.fetch_invitation(store, digest, BARAKA, 0))[0] is None


async def test_of_a_facilitator_who_had_it_deleted_only_the_log_knows(
    on_small: Stage, store_url: str
) -> None:
    grace = await facilitates(on_small, GRACE, "Grace")
    cohort = await leading.makes_cohort(grace)
    link = await invites(grace, cohort)
    amina = await joins(on_small, AMINA, link)
    await grace.says("/grant Nairobi")
    spare = leading.payload(grace.newest)
    await grace.says("/broadcast Nairobi: Hello")

    assert {"roles", "facilitators", "invitations", "cohorts"} <= await tables_with(
        store_url, GRACE
    )
    await grace.says("/deletemydata")
    assert "The cohorts stay with those who lead them" in grace.sees
    await grace.taps("Delete everything")

    assert "The log of what was done" in grace.sees
    assert "newcohort" not in menu(on_small, GRACE)
    assert await tables_with(store_url, GRACE) == {"audit"}
    assert await cohorts.fetch_cohort(on_small.store, cohort) is not None, "it is not hers alone"
    assert len(await memberships.fetch_memberships(on_small.store, LearnerId(amina.id))) == 1
    await leading.person(on_small, BARAKA).says(f"/start {spare}")
    assert Careful(on_small, BARAKA).sees.startswith(NOWHERE)
    await grace.says(f"/start {link}")
    await grace.taps("Do not join")
    await grace.says("/cohorts")
    assert grace.sees.startswith("I did not find that")


async def test_text_does_not_go_on_with_a_dialogue_that_its_writer_may_no_longer_have(
    on_small: Stage, ada: Careful
) -> None:
    farid = await facilitates(on_small)
    await farid.says("/newcohort")
    await takes_back(ada, FARID)

    await farid.says("Kisumu")

    assert farid.sees == NOT_YOURS
    assert await fetch_open_dialogue(on_small.store, LearnerId(FARID), NOON) is None
    await farid.says("Kisumu")
    assert farid.sees != NOT_YOURS, "words mean again what they always do"
