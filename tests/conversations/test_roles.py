"""Giving roles and taking them back, the menus that follow, the log, and what a deletion leaves."""

import pytest

from course.model import LearnerId
from simulator.clock import Clock
from simulator.server import Simulator
from storage import cohorts, memberships, roles
from storage.roles import HeldRoles, Role
from tests.conversations import leading
from tests.conversations.leading import (
    ADA,
    AMINA,
    BARAKA,
    FARID,
    facilitates,
    invites,
    menu,
    takes_back,
)
from tests.conversations.matrix import NOT_YOURS
from tests.conversations.people import Careful
from tests.course.examples import SMALL
from tests.support.patience import until
from tests.support.running import NOON, Stage, connected

GRACE = 2_002_002_002
DAY = 24 * 3600
NOWHERE = "This link does not work, or no longer."


async def shares(one: Careful, of: int) -> None:
    """Send somebody's contact."""
    one.waits(one.pause)
    one.stage.simulator.world.share_contact(one.id, of)
    await one.stage.settled()


async def test_a_role_is_given_by_a_link_that_serves_once(on_small: Stage, ada: Careful) -> None:
    await ada.says("/grant facilitator")
    link = leading.payload(ada.newest)
    farid, baraka = leading.person(on_small, FARID), leading.person(on_small, BARAKA)

    await farid.says(f"/start {link}")
    assert "newcohort" not in menu(on_small, FARID), "not before he agrees"
    await farid.taps("I agree")
    await baraka.says(f"/start {link}")

    assert baraka.sees.startswith(NOWHERE)
    assert await roles.fetch_held_roles(on_small.store, LearnerId(BARAKA)) == HeldRoles()
    assert (await roles.fetch_held_roles(on_small.store, LearnerId(FARID))).roles == {
        Role.FACILITATOR
    }
    assert "newcohort" in menu(on_small, FARID)
    assert "audit" not in menu(on_small, FARID)
    assert "newcohort" not in menu(on_small, BARAKA)


async def test_two_who_agree_at_once_get_one_role(on_small: Stage, ada: Careful) -> None:
    await ada.says("/grant admin")
    link = leading.payload(ada.newest)
    people = [leading.person(on_small, number) for number in (FARID, BARAKA)]
    for one in people:
        await one.says(f"/start {link}")

    world = on_small.simulator.world
    for one in people:
        world.press(one.id, *one.button("I agree"))
    await on_small.settled()

    (admin,) = await roles.fetch_admins(on_small.store)
    assert await leading.logged(on_small, "take-offer") == [admin], "the other one got nothing"


async def test_a_role_is_given_by_a_contact_and_the_menu_comes_with_start(
    on_small: Stage, ada: Careful
) -> None:
    grace = leading.person(on_small, GRACE, "Grace")
    await ada.says("/grant facilitator")

    await shares(ada, GRACE)
    await ada.taps("Give it")

    assert ada.sees.startswith("Done. They have it now:\nFacilitator: may make cohorts")
    await grace.says("/start")
    assert "newcohort" in menu(on_small, GRACE)
    await leading.makes_cohort(grace)


@pytest.mark.parametrize("role", ["facilitator", "admin", "Nairobi"])
async def test_before_a_contact_gives_a_role_it_is_asked_with_name_and_number(
    on_small: Stage, ada: Careful, role: str
) -> None:
    await leading.makes_cohort(ada, "Nairobi")
    leading.person(on_small, GRACE, "Grace <3")
    await ada.says(f"/grant {role}")

    await shares(ada, GRACE)

    assert ada.sees.startswith("Give this to them?")
    assert f"To Grace <3, number {GRACE} at Telegram." in ada.sees
    assert await roles.fetch_held_roles(on_small.store, LearnerId(GRACE)) == HeldRoles()
    asked = ada.button("Give it")
    await ada.taps("Cancel")
    await ada.presses(*asked)
    assert ada.toast == "This is over. /grant begins anew."
    assert await roles.fetch_held_roles(on_small.store, LearnerId(GRACE)) == HeldRoles()


async def test_only_the_person_who_was_asked_about_is_given_the_role(
    on_small: Stage, ada: Careful
) -> None:
    for number in (GRACE, BARAKA):
        leading.person(on_small, number)
    await ada.says("/grant admin")
    await shares(ada, GRACE)
    of_grace = ada.button("Give it")
    await shares(ada, BARAKA)
    ada.waits(60)

    await ada.presses(*of_grace)
    await ada.presses(ada.newest.id, f"k:give:0:{FARID}")

    assert await roles.fetch_admins(on_small.store) == ()
    await ada.taps("Give it")
    assert await roles.fetch_admins(on_small.store) == (BARAKA,)


async def test_a_contact_that_nobody_waits_for_gives_nothing(on_small: Stage, ada: Careful) -> None:
    leading.person(on_small, GRACE)

    await shares(ada, GRACE)

    assert await roles.fetch_held_roles(on_small.store, LearnerId(GRACE)) == HeldRoles()


async def test_the_log_names_every_act_and_only_grows(on_small: Stage, ada: Careful) -> None:
    async def lines() -> set[roles.AuditEntry]:
        return set(await roles.fetch_audit_log(on_small.store, (2**60, 0), 1_000))

    farid = await facilitates(on_small)
    cohort = await leading.makes_cohort(farid)
    first = await lines()
    link = await invites(farid, cohort)
    await farid.says("/cohort Nairobi")
    for data in ("close", "reopen", "unlink", "archive-now"):
        await farid.presses(farid.newest.id, f"k:{data}:{cohort}:")
    await takes_back(ada, FARID)
    second = await lines()
    await farid.says("/deletemydata")
    await farid.taps("Delete everything")

    acts = {(act.action, act.actor) for act in second}
    assert acts == {
        ("offer-role", ADA), ("take-offer", FARID), ("make-cohort", FARID), ("make-link", FARID),
        ("change-cohort", FARID), ("revoke-links", FARID), ("archive-cohort", FARID),
        ("take-role", ADA),
    }  # fmt: skip
    assert first < second == await lines()
    assert not any(word in str(second) for word in ("Nairobi", link))
    await ada.says("/audit")
    assert "make-cohort" in ada.sees
    assert "Older" not in ada.labels


async def test_in_groups_the_menu_has_what_can_be_done_there(on_small: Stage) -> None:
    farid = await facilitates(on_small)
    await farid.says("/help")
    for name in ("cohort", "question", "bind", "unbind"):
        assert f"/{name} \u00b7 " in farid.sees
    assert {"cohort", "question"} <= menu(on_small, FARID)
    listed = on_small.simulator.world.commands.get("all_group_chats", "")
    assert [one["command"] for one in listed] == ["bind", "unbind"]


async def test_menus_are_set_when_the_program_starts(store_url: str) -> None:
    async with Simulator(clock=Clock(NOON)) as simulator:
        async with connected(simulator, store_url, SMALL) as on:
            await Careful(on, ADA).says("/start")
            await facilitates(on)
        for person in (ADA, FARID):
            simulator.world.commands.delete(f"chat:{person}", "")
        assert "newcohort" not in menu(on, FARID)

        async with connected(simulator, store_url, SMALL) as again:
            await until(lambda: "audit" in menu(again, ADA) and "newcohort" in menu(again, FARID))
            assert "newcohort" not in menu(again, AMINA)


async def test_a_bound_group_hears_once_a_week_also_after_a_restart(store_url: str) -> None:
    async with Simulator(clock=Clock(NOON)) as simulator:
        async with connected(simulator, store_url, SMALL) as on:
            farid = await facilitates(on)
            await leading.makes_cohort(farid, "Nairobi; zone Nairobi")
            group = simulator.world.group("Friends", [FARID])
            simulator.world.say(FARID, "/bind", group)
            await on.settled()
        simulator.world.clock.advance(8 * DAY)
        for _ in range(2):
            async with connected(simulator, store_url, SMALL) as on:
                await on.ticks()
                await on.ticks()

        heard = [one.text for one in simulator.world.chat(group) if one.from_bot]
    assert [text.startswith("Your weekly summary") for text in heard] == [False, True]


@pytest.mark.parametrize(
    "typed",
    ["x" * 41, "\u202e\u2066", "\u200b\u200f", "<>", "...", "a\u0301" * 60],
    ids=["long", "marks only", "nothing to see", "signs only", "dots", "marks upon letters"],
)
async def test_a_name_that_nobody_could_read_is_refused(
    on_small: Stage, ada: Careful, typed: str
) -> None:
    link = await invites(await _with_cohort(on_small), await _cohort(on_small))
    amina = leading.person(on_small, AMINA)
    await amina.says(f"/start {link}")
    await amina.taps("Choose my own name")

    await amina.says(typed)

    assert amina.sees.startswith("A name needs at least one letter or digit"), ada
    assert await memberships.fetch_memberships(on_small.store, LearnerId(AMINA)) == ()


async def _with_cohort(on: Stage) -> Careful:
    farid = await facilitates(on)
    await leading.makes_cohort(farid)
    return farid


async def _cohort(on: Stage) -> int:
    (found,) = await cohorts.fetch_facilitated_cohorts(on.store, FARID)
    return found.id


async def test_the_figures_of_reminders_do_not_open_by_a_button_for_others(
    on_small: Stage, ada: Careful
) -> None:
    farid = await facilitates(on_small)

    await farid.presses(farid.newest.id, "s:nudges-first")

    assert farid.toast == NOT_YOURS
    await ada.presses(ada.newest.id, "s:nudges-first")
    assert ada.toast != NOT_YOURS


async def test_a_name_for_a_role_stands_beside_the_number_until_it_is_deleted(
    on_small: Stage, ada: Careful
) -> None:
    farid = await facilitates(on_small)
    assert "May they see a name beside it?" in farid.sees
    await farid.taps("Type a name")
    await farid.says("Farid <b>")

    assert "see you as Farid <b>." in farid.sees
    await ada.says("/revoke")
    assert f"Farid <b> ({FARID}): makes cohorts" in ada.sees
    assert f"Farid <b> ({FARID}) · facilitator" in ada.labels
    await ada.says("/audit")
    assert f"· Farid <b> ({FARID}) · take-offer" in ada.sees

    await farid.says("/deletemydata")
    await farid.taps("Delete everything")
    await ada.says("/audit")
    assert f"· {FARID} · take-offer" in ada.sees
    assert await roles.fetch_role_names(on_small.store) == {}


async def test_who_has_a_name_is_not_asked_again(on_small: Stage, ada: Careful) -> None:
    farid = await facilitates(on_small)
    await farid.taps("Type a name")
    await farid.says("Farid")

    await ada.says("/grant admin")
    await farid.says(f"/start {leading.payload(ada.newest)}")
    await farid.taps("I agree")

    assert "Type a name" not in farid.labels
