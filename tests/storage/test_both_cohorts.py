"""Cohorts, memberships and invitations, on both databases."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from course.model import LearnerId
from storage import cohorts, invitations, learners, memberships, roles
from storage.cohorts import Cohort, CohortState
from storage.invitations import Invitation, InvitationKind
from storage.roles import AuditEntry, HeldRoles, Role
from storage.store import Store
from tests.storage.conftest import NOW

ADA = LearnerId(7_000_000_001)
PEOPLE = [LearnerId(1000 + number) for number in range(30)]
AMINA, BARAKA, CHEN = PEOPLE[:3]
HOUR = 3_600_000
NAIROBI = Cohort(5, "Náirobi <b>", None, NOW + 99 * HOUR, "Africa/Nairobi", "Karibu & all", 20,
                 CohortState.OPEN, None, NOW)  # fmt: skip
LINK = Invitation("aa" * 32, InvitationKind.COHORT, 5, NOW + HOUR, 10, None, None, NOW, 0, ADA)
GRANT = Invitation("bb" * 32, InvitationKind.FACILITATOR, 5, NOW + HOUR, 1, None, None, NOW, 0, ADA)


@pytest.fixture
async def store(opened_store: Store) -> Store:
    """Thirty learners, a cohort for twenty, a link for ten, and a link for a facilitator."""
    await opened_store.write(
        *(learners.add_learner(person, NOW, "en") for person in PEOPLE),
        cohorts.add_cohort(NAIROBI, ADA),
        invitations.add_invitation(LINK, ADA),
        invitations.add_invitation(GRANT, ADA),
    )
    return opened_store


async def joins(
    store: Store, *people: LearnerId, at: int = NOW + 1, link: str = LINK.digest
) -> None:
    await asyncio.gather(
        *(
            store.write(*memberships.join_cohort(one, 9_000 + one, link, None, f"Oak {one}", at))
            for one in people
        )
    )


async def test_a_cohort_is_read_as_it_was_made_and_changed(store: Store) -> None:
    assert await cohorts.fetch_cohort(store, 5) == NAIROBI
    assert await cohorts.fetch_cohort(store, 6) is None

    changed = replace(NAIROBI, name="B", deadline=None, capacity=None, state=CohortState.CLOSED)
    await store.write(cohorts.update_cohort(changed), cohorts.set_cohort_group(5, -100, NOW))

    assert await cohorts.fetch_cohort(store, 5) == replace(changed, group=-100)
    assert [one.group for one in await cohorts.fetch_cohort_groups(store)] == [-100]
    await store.write(*cohorts.migrate_group(-100, -200))
    assert [one.group for one in await cohorts.fetch_cohort_groups(store)] == [-200]
    await store.write(cohorts.unbind_group(-200))
    assert await cohorts.fetch_cohort_groups(store) == ()


async def test_each_facilitator_is_given_their_own_cohorts_the_open_ones_first(
    store: Store,
) -> None:
    old, newer = (replace(NAIROBI, id=number, made_at=NOW + number) for number in (6, 7))
    await store.write(
        cohorts.add_cohort(old, ADA),
        cohorts.update_cohort(replace(old, state=CohortState.ARCHIVED)),
        cohorts.add_cohort(newer, ADA),
        *(roles.add_facilitator(ADA, number, NOW) for number in (5, 6)),
    )

    assert [one.id for one in await cohorts.fetch_facilitated_cohorts(store, ADA)] == [5, 6]
    assert [one.id for one in await cohorts.fetch_facilitated_cohorts(store, AMINA)] == []
    everything = await cohorts.fetch_facilitated_cohorts(store, AMINA, all_cohorts=True)
    assert [one.id for one in everything] == [7, 5, 6]


async def test_a_link_lets_in_as_many_as_it_may_however_many_come_at_once(store: Store) -> None:
    await joins(store, *PEOPLE)

    assert len(await memberships.fetch_members(store, 5)) == 10
    (found,) = await invitations.fetch_cohort_invitations(store, 5, NOW + 1)
    assert found.uses == 10
    assert not found.is_usable(NOW + 1)


SINGLE = replace(LINK, digest="ee" * 32, max_uses=1)


async def leaves_and_joins_by_another(store: Store) -> None:
    await store.write(memberships.leave_cohort(AMINA, 5, NOW + 2))
    await joins(store, AMINA, at=NOW + 3)


async def has_it_deleted(store: Store) -> None:
    await store.write(*roles.erase_person(AMINA), learners.delete_learner(AMINA))


@pytest.mark.parametrize("does", [leaves_and_joins_by_another, has_it_deleted])
async def test_a_link_for_one_person_serves_nobody_else_whatever_that_person_does(
    store: Store, does: Callable[[Store], Awaitable[None]]
) -> None:
    await store.write(invitations.add_invitation(SINGLE, ADA))
    await joins(store, AMINA, link=SINGLE.digest)

    await does(store)
    await joins(store, BARAKA, at=NOW + 4, link=SINGLE.digest)

    assert await memberships.fetch_memberships(store, BARAKA) == ()
    found, _ = await invitations.fetch_invitation(store, SINGLE.digest, BARAKA, 0)
    assert found is not None
    assert not found.is_usable(NOW + 4)


async def test_a_link_for_one_person_lets_in_one_of_those_who_come_at_once(store: Store) -> None:
    await store.write(invitations.add_invitation(SINGLE, ADA))

    await joins(store, *PEOPLE, link=SINGLE.digest)

    (member,) = await memberships.fetch_members(store, 5)
    found, _ = await invitations.fetch_invitation(store, SINGLE.digest, ADA, 0)
    assert found is not None
    assert found.used_by == member.learner


async def test_a_link_for_one_person_stays_good_for_whoever_finds_no_room_now(
    store: Store,
) -> None:
    await store.write(
        invitations.add_invitation(SINGLE, ADA), cohorts.update_cohort(replace(NAIROBI, capacity=1))
    )
    await joins(store, AMINA)
    await joins(store, BARAKA, link=SINGLE.digest)
    assert await memberships.fetch_memberships(store, BARAKA) == ()

    await store.write(memberships.leave_cohort(AMINA, 5, NOW + 2))
    await joins(store, BARAKA, at=NOW + 3, link=SINGLE.digest)

    assert len(await memberships.fetch_memberships(store, BARAKA)) == 1


async def test_a_cohort_takes_no_more_than_it_has_room_for(store: Store) -> None:
    await store.write(cohorts.update_cohort(replace(NAIROBI, capacity=3)))

    await joins(store, *PEOPLE)

    found = await cohorts.fetch_cohort(store, 5)
    assert found is not None
    assert found.members == 3
    assert found.is_full


async def test_the_same_join_a_second_time_changes_nothing(store: Store) -> None:
    await joins(store, AMINA)
    before = await memberships.fetch_memberships(store, AMINA)

    await joins(store, AMINA, at=NOW + 5)

    assert await memberships.fetch_memberships(store, AMINA) == before
    assert before[0].display_name == "Oak 1000"
    assert before[0].cohort_name == NAIROBI.name


@pytest.mark.parametrize("why", ["expired", "revoked", "closed", "unknown"])
async def test_a_link_that_serves_no_more_lets_nobody_in(store: Store, why: str) -> None:
    if why == "revoked":
        await store.write(invitations.revoke_invitations(5, NOW))
    if why == "closed":
        await store.write(cohorts.update_cohort(replace(NAIROBI, state=CohortState.CLOSED)))
    link = "cc" * 32 if why == "unknown" else LINK.digest

    await joins(store, AMINA, at=NOW + (HOUR if why == "expired" else 1), link=link)

    assert await memberships.fetch_memberships(store, AMINA) == ()


async def test_who_leaves_loses_the_name_and_may_come_back_as_the_same(store: Store) -> None:
    await joins(store, AMINA, BARAKA)
    await store.write(memberships.set_display_name(AMINA, "Amina"))
    (before,) = await memberships.fetch_memberships(store, AMINA)
    assert before.display_name == "Amina"

    await store.write(memberships.leave_cohort(AMINA, 5, NOW + 2))
    assert await memberships.fetch_memberships(store, AMINA) == ()
    assert await memberships.fetch_membership(store, before.id) is None
    await store.write(cohorts.update_cohort(replace(NAIROBI, capacity=2)))
    await joins(store, AMINA, at=NOW + 3)

    (after,) = await memberships.fetch_memberships(store, AMINA)
    assert (after.id, after.display_name) == (before.id, "Oak 1000")
    assert await memberships.fetch_membership(store, before.id) == after
    assert [one.learner for one in await memberships.fetch_members(store, 5)] == [AMINA, BARAKA]


async def test_deleting_a_learner_takes_them_out_of_their_cohorts(store: Store) -> None:
    await joins(store, AMINA)

    await store.write(learners.delete_learner(AMINA))

    assert await memberships.fetch_members(store, 5) == ()


async def test_it_is_told_which_pseudonyms_others_have(store: Store) -> None:
    await joins(store, AMINA, BARAKA)
    asked = ("Oak 1000", "Oak 1001", "Oak 9")

    assert await memberships.fetch_taken_pseudonyms(store, 5, AMINA, asked) == {"Oak 1001"}
    assert await memberships.fetch_taken_pseudonyms(store, 6, CHEN, asked) == frozenset()


async def test_of_those_who_take_a_grant_at_once_the_first_has_it(store: Store) -> None:
    admin = replace(GRANT, digest="dd" * 32, kind=InvitationKind.ADMIN, cohort=None)
    await store.write(invitations.add_invitation(admin, ADA))

    await asyncio.gather(
        store.write(*invitations.accept_grant(GRANT, AMINA, NOW + 1)),
        store.write(*invitations.accept_grant(admin, BARAKA, NOW + 1)),
        store.write(*invitations.accept_grant(GRANT, CHEN, NOW + 1)),
        store.write(*invitations.accept_grant(admin, CHEN, NOW + 2)),
    )

    assert await roles.fetch_held_roles(store, AMINA) == HeldRoles(cohorts=frozenset({5}))
    assert await roles.fetch_held_roles(store, BARAKA) == HeldRoles(frozenset({Role.ADMIN}))
    assert await roles.fetch_held_roles(store, CHEN) == HeldRoles()
    found, _ = await invitations.fetch_invitation(store, GRANT.digest, CHEN, 0)
    assert found is not None
    assert found.used_by == AMINA
    assert not found.is_usable(NOW + 2)


async def test_of_those_who_take_a_grant_at_once_the_log_names_who_got_it(store: Store) -> None:
    admin = replace(GRANT, digest="dd" * 32, kind=InvitationKind.ADMIN, cohort=None)
    await store.write(invitations.add_invitation(admin, ADA))

    async def takes(update: int, person: LearnerId, grant: Invitation) -> None:
        act = AuditEntry(update, "take-offer", "", grant.kind.value, person, NOW + 1)
        taken = invitations.accept_grant(grant, person, NOW + 1)
        await store.write(*taken, roles.add_audit_entry_of_grant(act, grant.digest))

    await asyncio.gather(
        *(takes(2 * n, one, GRANT) for n, one in enumerate(PEOPLE)),
        *(takes(2 * n + 1, one, admin) for n, one in enumerate(PEOPLE[::-1])),
    )

    told = {(one.detail, one.actor) for one in await roles.fetch_audit_log(store, (NOW + 2, 0), 99)}
    holders = await roles.fetch_role_holders(store)
    assert told == {(role, person) for person, role, _, _ in holders}
    assert len(told) == 2


@pytest.mark.parametrize("why", ["expired", "revoked"])
async def test_a_grant_that_serves_no_more_gives_nothing(store: Store, why: str) -> None:
    if why == "revoked":
        await store.write(invitations.revoke_grants(5, NOW))

    await store.write(
        *invitations.accept_grant(GRANT, AMINA, NOW + (HOUR if why == "expired" else 1))
    )

    assert await roles.fetch_held_roles(store, AMINA) == HeldRoles()


async def test_tries_are_counted_for_each_person_and_forgotten(store: Store) -> None:
    await store.write(
        *(invitations.add_failed_try(AMINA, number, NOW + number) for number in (1, 1, 2, 3))
    )
    await store.write(invitations.add_failed_try(BARAKA, 1, NOW))

    assert await invitations.fetch_invitation(store, "ee" * 32, AMINA, NOW) == (None, 3)
    assert await invitations.fetch_invitation(store, LINK.digest, AMINA, NOW + 1) == (LINK, 2)
    await store.write(invitations.delete_tries_before(NOW + 3))
    assert (await invitations.fetch_invitation(store, "", AMINA, 0))[1] == 1
    await store.write(invitations.delete_tries_of(AMINA))
    assert (await invitations.fetch_invitation(store, "", AMINA, 0))[1] == 0


async def test_a_key_is_made_once_and_stays(store: Store) -> None:
    first = await invitations.load_key(store, "pseudonyms")

    assert await invitations.load_key(store, "pseudonyms") == first
    assert len(first) == 32
    assert await invitations.load_key(store, "another") != first


async def test_members_are_looked_at_anew_when_their_deadline_changed(store: Store) -> None:
    await joins(store, AMINA)

    await store.write(cohorts.schedule_members_check(5, NOW + 7))

    found = (await store.fetch_history(AMINA)).learner
    assert found is not None
    assert found.next_reminder_check_at == NOW + 7
    other = (await store.fetch_history(BARAKA)).learner
    assert other is not None
    assert other.next_reminder_check_at is None
