"""Updates from when they come until they are forgotten, on both databases."""

from dataclasses import replace

from course.model import LearnerId
from storage import inbox
from storage.inbox import ReceivedUpdate, SetAsideUpdate
from storage.store import Store
from tests.storage.conftest import NOW

AMINA = LearnerId(7_000_000_001)


def received(
    update: int, learner: LearnerId | None = AMINA, at: int | None = None
) -> ReceivedUpdate:
    payload = f'{{"update_id":{update},"text":"é \\u0000"}}'
    return ReceivedUpdate(update, learner, payload, NOW + update if at is None else at)


async def test_the_inbox_gives_back_what_is_owed_oldest_first(opened_store: Store) -> None:
    await opened_store.write(*(inbox.receive_update(received(update)) for update in (3, 1, 2, 4)))
    await opened_store.write(inbox.receive_update(received(5, learner=None)))

    await opened_store.write(inbox.mark_update_applied(1, NOW), inbox.finish_update(2, NOW))
    await opened_store.write(*(inbox.fail_update(4, "ValueError") for _ in range(3)))

    owed = await opened_store.fetch_pending_updates(tries=3)
    assert owed == (received(1), received(3), received(5, learner=None))
    assert [aside.update for aside in await opened_store.fetch_set_aside_updates(tries=3)] == [4]


async def test_what_came_first_is_owed_first_whatever_its_number(opened_store: Store) -> None:
    await opened_store.write(*(inbox.receive_update(received(n, at=NOW - n)) for n in (1, 2, 3)))

    assert [one.update for one in await opened_store.fetch_pending_updates(tries=3)] == [3, 2, 1]


async def test_an_update_that_is_there_already_stays_as_it_is(opened_store: Store) -> None:
    await opened_store.write(inbox.receive_update(received(1)))
    await opened_store.write(inbox.finish_update(1, NOW))

    await opened_store.write(inbox.receive_update(received(1)))

    assert await opened_store.fetch_pending_updates(tries=3) == ()


async def test_what_failed_too_often_says_why_and_can_be_tried_again(
    opened_store: Store,
) -> None:
    await opened_store.write(inbox.receive_update(received(4)))
    await opened_store.write(*(inbox.fail_update(4, "ValueError") for _ in range(3)))
    assert await opened_store.fetch_pending_updates(tries=3) == ()
    assert [aside.error for aside in await opened_store.fetch_set_aside_updates(tries=3)] == [
        "ValueError"
    ]

    await opened_store.write(inbox.retry_set_aside_updates())

    assert await opened_store.fetch_pending_updates(tries=3) == (received(4),)
    assert await opened_store.fetch_set_aside_updates(tries=3) == ()


async def test_what_was_done_long_ago_is_forgotten_and_the_rest_kept(opened_store: Store) -> None:
    for update in (1, 2, 3):
        await opened_store.write(inbox.receive_update(received(update)))
    await opened_store.write(inbox.finish_update(1, NOW), inbox.finish_update(2, NOW + 5))

    await opened_store.run_maintenance(before=NOW + 5, tries=3)

    assert await opened_store.fetch_recently_finished(10) == (2,)
    assert await opened_store.fetch_pending_updates(tries=3) == (received(3),)


async def test_what_was_set_aside_is_forgotten_as_long_after(opened_store: Store) -> None:
    for update in (1, 5):
        await opened_store.write(
            inbox.receive_update(received(update)), *[inbox.fail_update(update, "E")] * 3
        )

    await opened_store.run_maintenance(before=NOW + 5, tries=3)

    assert [aside.update for aside in await opened_store.fetch_set_aside_updates(tries=3)] == [5]


async def test_what_is_owed_is_kept_however_long_although_it_failed_once(
    opened_store: Store,
) -> None:
    await opened_store.write(inbox.receive_update(received(1)), inbox.fail_update(1, "E"))

    await opened_store.run_maintenance(before=NOW + 5, tries=3)

    assert [owed.update for owed in await opened_store.fetch_pending_updates(tries=3)] == [1]


async def test_what_cannot_be_kept_is_set_aside_by_its_number_alone(opened_store: Store) -> None:
    await opened_store.write(inbox.receive_update(received(1)))

    await opened_store.write(
        *(inbox.set_update_aside(n, "OddUpdateError", NOW, 3) for n in (1, 2, 2))
    )

    assert await opened_store.fetch_pending_updates(tries=3) == (received(1),)
    assert await opened_store.fetch_set_aside_updates(tries=3) == (
        SetAsideUpdate(2, NOW, 3, "OddUpdateError"),
    )


async def test_an_update_at_which_a_flood_was_cut_off_stays_one(opened_store: Store) -> None:
    flooded = replace(received(1), is_flood=True)

    await opened_store.write(*map(inbox.receive_update, (flooded, received(2))))

    assert await opened_store.fetch_pending_updates(tries=3) == (flooded, received(2))
