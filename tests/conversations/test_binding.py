"""A cohort's group: bound by its facilitator, a summary once a week, nothing else."""

from datetime import datetime

import pytest

from course import local_time
from storage import cohorts
from storage.outbox import SUMMARY
from tests.conversations import leading
from tests.conversations.leading import AMINA, BARAKA, FARID, facilitates, invites, joins
from tests.conversations.people import Careful
from tests.support.running import Stage


@pytest.fixture
async def farid(on_small: Stage) -> Careful:
    """Farid with a cohort."""
    farid = await facilitates(on_small)
    await leading.makes_cohort(farid, "Nairobi; zone Nairobi")
    return farid


@pytest.fixture
async def group(on_small: Stage, farid: Careful) -> int:
    """A group with Farid, Baraka and the bot."""
    leading.person(on_small, BARAKA)
    chat = on_small.simulator.world.group("Friends", [farid.id, BARAKA])
    await on_small.settled()
    return chat


async def said(stage: Stage, by: int, text: str, group: int) -> list[str]:
    """What the bot has said in the group after `text`."""
    stage.simulator.world.say(by, text, group)
    await stage.settled()
    return heard(stage, group)


def heard(stage: Stage, group: int) -> list[str]:
    return [one.text for one in stage.simulator.world.chat(group) if one.from_bot]


async def tick(stage: Stage, *when: int) -> None:
    """The clock of Nairobi shows `when`, and what is due goes out."""
    at = local_time.to_utc("Africa/Nairobi", datetime(*when))  # noqa: DTZ001 - local
    clock = stage.simulator.world.clock
    clock.advance(at / 1000 - clock.now())
    await stage.ticks()


async def test_a_facilitator_binds_a_group_and_it_gets_one_summary_each_monday(
    on_small: Stage, group: int
) -> None:
    (answer,) = await said(on_small, FARID, "/bind", group)
    assert answer.startswith("This group now gets a short summary once a week")

    await tick(on_small, 2026, 11, 23, 8, 59)
    assert len(heard(on_small, group)) == 1
    await tick(on_small, 2026, 11, 23, 9, 0)
    await tick(on_small, 2026, 11, 23, 9, 1)
    await tick(on_small, 2026, 11, 29, 23, 0)
    assert len(heard(on_small, group)) == 2
    await tick(on_small, 2026, 12, 7, 12, 0)

    assert len(heard(on_small, group)) == 3
    assert heard(on_small, group)[-1].startswith("Your weekly summary: there are fewer than 5")


async def test_the_summary_counts_people_and_names_none(
    on_small: Stage, farid: Careful, group: int
) -> None:
    (cohort,) = await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)
    link = await invites(farid, cohort.id)
    people = [await joins(on_small, 5_000 + number, link) for number in range(6)]
    await tick(on_small, 2026, 11, 21, 9, 0)
    for one in people[:5]:
        await one.taps("Continue")
        await one.taps("Next")
    await said(on_small, FARID, "/bind Nairobi", group)

    await tick(on_small, 2026, 11, 23, 9, 0)

    summary = heard(on_small, group)[-1]
    assert summary.splitlines()[2:7] == [
        "People: 6",
        "Have begun: at least 5",
        "Learned in the last seven days: at least 5",
        "Have finished: 0",
        "Done of all lessons together: 0 percent",
    ]


async def test_a_few_are_not_counted_aloud(on_small: Stage, farid: Careful, group: int) -> None:
    (cohort,) = await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)
    link = await invites(farid, cohort.id)
    people = [await joins(on_small, 5_000 + number, link) for number in range(6)]
    await people[0].taps("Continue")
    await people[0].taps("Next")
    await said(on_small, FARID, "/bind", group)

    await tick(on_small, 2026, 11, 23, 9, 0)

    assert "Have begun: fewer than 5" in heard(on_small, group)[-1]


@pytest.mark.parametrize("text", ["/bind", "/bind Nairobi", "/unbind"])
async def test_others_get_the_answer_to_any_command_and_change_nothing(
    on_small: Stage, group: int, text: str
) -> None:
    (answer,) = await said(on_small, BARAKA, text, group)

    assert answer.startswith("I teach in private chats only")
    assert await cohorts.fetch_cohort_groups(on_small.store) == ()


async def test_a_facilitator_cannot_bind_the_cohort_of_another(on_small: Stage, group: int) -> None:
    await facilitates(on_small, BARAKA, "Baraka")
    for name in ("Nairobi", "Atlantis"):
        answer = (await said(on_small, BARAKA, f"/bind {name}", group))[-1]
        assert answer.startswith("You have no cohort with that name.")

    assert await cohorts.fetch_cohort_groups(on_small.store) == ()


async def test_a_group_ends_its_own_summary_only(
    on_small: Stage, farid: Careful, group: int
) -> None:
    await leading.makes_cohort(farid, "Kisumu")
    await leading.makes_cohort(farid, "Mombasa")
    other = on_small.simulator.world.group("Others", [FARID])
    await on_small.settled()
    await said(on_small, FARID, "/bind Mombasa", other)
    for name in ("Nairobi", "Kisumu"):
        await said(on_small, FARID, f"/bind {name}", group)

    assert (await said(on_small, FARID, "/unbind Mombasa", group))[-1].startswith("No cohort of")
    ask = (await said(on_small, FARID, "/unbind", group))[-1]

    assert ask == "Please type the name of your cohort behind it: /unbind Nairobi"
    assert len(await cohorts.fetch_cohort_groups(on_small.store)) == 3


async def test_with_several_cohorts_the_name_is_asked_for(
    on_small: Stage, farid: Careful, group: int
) -> None:
    await leading.makes_cohort(farid, "Kisumu")
    assert (await said(on_small, FARID, "/bind", group))[-1].startswith("Please type the name")

    await said(on_small, FARID, "/bind Kisumu", group)

    (bound,) = await cohorts.fetch_cohort_groups(on_small.store)
    found = await cohorts.fetch_cohort(on_small.store, bound.cohort)
    assert found is not None
    assert found.name == "Kisumu"
    assert (await said(on_small, FARID, "/unbind", group))[-1].startswith("This group gets no")
    assert await cohorts.fetch_cohort_groups(on_small.store) == ()


async def test_in_a_private_chat_it_is_told_where_to_bind(farid: Careful) -> None:
    await farid.says("/bind Nairobi")

    assert farid.sees.startswith("Add me to the group")


async def test_a_group_that_puts_the_bot_out_is_forgotten(on_small: Stage, group: int) -> None:
    await said(on_small, FARID, "/bind", group)

    on_small.simulator.world.remove_bot(group, FARID)
    await on_small.settled()

    assert await cohorts.fetch_cohort_groups(on_small.store) == ()


async def test_a_group_that_becomes_a_supergroup_goes_on_getting_its_summary(
    on_small: Stage, group: int
) -> None:
    await said(on_small, FARID, "/bind", group)

    new = on_small.simulator.world.upgrade(group)
    await on_small.settled()
    await tick(on_small, 2026, 11, 23, 9, 0)

    assert heard(on_small, new)[-1].startswith("Your weekly summary")


async def test_a_summary_that_surely_was_not_sent_comes_with_a_later_tick(
    on_small: Stage, group: int
) -> None:
    await said(on_small, FARID, "/bind", group)
    on_small.simulator.world.faults.add("sendMessage", "retry_after", seconds=61)
    await tick(on_small, 2026, 11, 23, 9, 0)
    assert len(heard(on_small, group)) == 1
    await tick(on_small, 2026, 11, 23, 9, 1)
    assert len(heard(on_small, group)) == 1, "the chat is still closed"

    assert (SUMMARY, "queued", 1) in await on_small.store.count_deliveries()


async def test_a_group_whose_move_is_learnt_by_its_summary_gets_it_in_its_new_place(
    on_small: Stage, group: int
) -> None:
    await said(on_small, FARID, "/bind", group)
    new = on_small.simulator.world.upgrade(group)
    await on_small.settled()
    await on_small.store.write(*cohorts.migrate_group(new, group))  # as if nobody had told

    await tick(on_small, 2026, 11, 23, 9, 0)

    assert heard(on_small, new)[-1].startswith("Your weekly summary")
    assert [one.group for one in await cohorts.fetch_cohort_groups(on_small.store)] == [new]


async def test_a_group_that_ends_its_summary_while_one_waits_gets_none(
    on_small: Stage, group: int
) -> None:
    await said(on_small, FARID, "/bind", group)
    at = local_time.to_utc("Africa/Nairobi", datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001 - local
    on_small.simulator.world.clock.advance(at / 1000 - on_small.simulator.world.clock.now())
    await on_small.tutor.scheduler.jobs["summaries"]()
    await said(on_small, FARID, "/unbind", group)

    await on_small.ticks()

    assert len(heard(on_small, group)) == 2
    assert (SUMMARY, "skipped", 1) in await on_small.store.count_deliveries()


async def test_a_group_that_refuses_the_summary_since_it_put_the_bot_out_is_forgotten(
    on_small: Stage, group: int
) -> None:
    await said(on_small, FARID, "/bind", group)
    on_small.simulator.world.remove_bot(group, FARID)
    await on_small.settled()
    (cohort,) = await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)
    await on_small.store.write(cohorts.set_cohort_group(cohort.id, group, 0))

    await tick(on_small, 2026, 11, 23, 9, 0)

    assert await cohorts.fetch_cohort_groups(on_small.store) == ()


async def test_a_summary_that_may_have_arrived_does_not_come_again(
    on_small: Stage, group: int
) -> None:
    await said(on_small, FARID, "/bind", group)
    on_small.simulator.world.faults.add("sendMessage", "drop_after")

    await tick(on_small, 2026, 11, 23, 9, 0)
    await tick(on_small, 2026, 11, 23, 9, 1)

    assert len(heard(on_small, group)) == 2


async def test_who_joins_hears_of_the_group_in_no_way(on_small: Stage, farid: Careful) -> None:
    (cohort,) = await cohorts.fetch_facilitated_cohorts(on_small.store, FARID)
    amina = await joins(on_small, AMINA, await invites(farid, cohort.id))

    assert "group" not in amina.sees
