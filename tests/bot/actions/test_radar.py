"""A large cohort's radar is looked at once a minute at most; what was dealt with counts."""

from dataclasses import replace

from bot.actions import radar
from bot.actions.learner_state import Interaction, Services
from course.model import LearnerId
from storage import cohorts, invitations, learners, memberships, roles
from storage.store import Store
from tests.course.examples import SMALL
from tests.storage.test_both_cohorts import AMINA, BARAKA, LINK, NAIROBI

FARID = LearnerId(2001)
DAY, MINUTE = 86_400_000, 60_000
LATER = NAIROBI.made_at + 3 * DAY
LARGE = replace(NAIROBI, members=radar.LARGE_COHORT + 1)


async def joined(store: Store, one: LearnerId) -> None:
    await store.write(
        learners.add_learner(one, NAIROBI.made_at, "en"),
        *memberships.join_cohort(
            one, 9_000 + one, LINK.digest, None, f"Oak {one}", NAIROBI.made_at + 1
        ),
    )


async def test_what_a_large_cohort_shows_may_be_a_minute_old(store_url: str) -> None:
    store = await Store.open(store_url, NAIROBI.made_at)
    try:
        services = Services(SMALL, store)
        await store.write(
            cohorts.add_cohort(NAIROBI, FARID),
            roles.add_facilitator(FARID, NAIROBI.id, NAIROBI.made_at),
            invitations.add_invitation(LINK, FARID),
        )
        await joined(store, AMINA)
        first = await radar.fetch_entries(services, LARGE, LATER)
        await joined(store, BARAKA)

        kept = await radar.fetch_entries(services, LARGE, LATER + MINUTE - 1)
        anew = await radar.fetch_entries(services, LARGE, LATER + MINUTE)
        small = await radar.fetch_entries(services, NAIROBI, LATER)

        assert [one.learner for one in first] == [AMINA]
        assert kept == first
        assert {one.learner for one in anew} == {AMINA, BARAKA}
        assert small == anew
    finally:
        await store.close()


async def test_what_was_dealt_with_is_left_out_of_a_look_that_was_kept(store_url: str) -> None:
    store = await Store.open(store_url, NAIROBI.made_at)
    try:
        services = Services(SMALL, store)
        await store.write(
            cohorts.add_cohort(NAIROBI, FARID),
            roles.add_facilitator(FARID, NAIROBI.id, NAIROBI.made_at),
            invitations.add_invitation(LINK, FARID),
        )
        await joined(store, AMINA)
        found = await cohorts.fetch_cohort(store, NAIROBI.id)
        assert found is not None
        (amina,) = await radar.fetch_entries(services, found, LATER)
        services.radar_cache[found.id] = (found, LATER, [amina])
        turn = Interaction(FARID, None, 1, LATER + 1)
        before = await radar.fetch_page(services, turn, found.id)
        await store.write(*radar.mark_concerns_handled(found.id, amina, LATER))

        after = await radar.fetch_page(services, turn, found.id)

        assert isinstance(before, radar.RadarPage)
        assert isinstance(after, radar.RadarPage)
        assert (before.total, after.total, after.handled_count) == (1, 0, 1)
    finally:
        await store.close()
