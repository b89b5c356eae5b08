"""Wishes, opportunities and what came of them, on both databases."""

import pytest

from course.model import LearnerId
from course.reminders.experiment import Arm
from course.reminders.preferences import Pace, Wishes
from course.reminders.rhythm import Kind
from storage import (
    inbox,
    learners,
    outbox,
    reminders,
)
from storage.inbox import Received
from storage.learners import Learner
from storage.outbox import NUDGE, State
from storage.reminders import After, NudgeFigures, Opportunity
from storage.store import Store
from tests.storage.conftest import NOW

AMINA, BOB = LearnerId(7_000_000_001), LearnerId(2)
HOUR, DAY = 3_600_000, 86_400_000
NEXT = NOW + 7 * DAY
AFTER = After(used=1, deadline_used=NOW + DAY, snoozed_until=None, next_nudge_at=NEXT)
FIRST = Opportunity("5:first", Kind.FIRST, 2, Arm.SEND, NOW)
HELD = Opportunity("5:first", Kind.FIRST, 1, Arm.HOLD, NOW)


async def of(store: Store, learner: LearnerId = AMINA) -> Learner:
    known = (await store.history(learner)).learner
    assert known is not None
    return known


async def due(store: Store, *people: LearnerId, at: int = NOW) -> None:
    for person in people:
        await store.write(learners.joins(person, NOW - DAY, "en"), learners.schedules(person, at))


async def figures(store: Store) -> NudgeFigures:
    (one,) = await store.nudge_figures()
    assert await store.nudge_figures(anew=True) == (one,)
    return one


async def sent(store: Store) -> None:
    """What lies in the outbox goes out."""
    await store.write(outbox.claims(NUDGE, "run", NOW, 9))
    for delivery in await store.claimed("run"):
        await store.write(*outbox.begins(delivery, "run", NOW))
        await store.write(*outbox.settles(delivery, "run", State.SENT))


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(),
        Wishes(
            stopped=True,
            pace=Pace.GENTLE,
            zone="America/Argentina/Buenos_Aires",
            hour=0,
            quiet_from=0,
            quiet_to=1439,
            rest_days=frozenset(range(7)),
            snoozed_until=NOW + DAY,
            paused=True,
        ),
        Wishes(pace=Pace.NONE, usual=True, hour=1439, rest_days=frozenset({4, 5})),
    ],
    ids=["none told", "everything", "as usual"],
)
async def test_wishes_come_back_as_they_were_set(opened_store: Store, wishes: Wishes) -> None:
    await opened_store.write(
        learners.joins(AMINA, NOW, "en"), learners.sets_wishes(AMINA, wishes, NOW)
    )

    assert (await of(opened_store)).wishes == wishes


async def test_a_newcomer_has_the_wishes_of_somebody_who_told_none(opened_store: Store) -> None:
    await opened_store.write(learners.joins(AMINA, NOW, None))

    assert await of(opened_store) == Learner(AMINA, NOW, None)


async def test_wishes_leave_alone_whether_somebody_can_be_reached(opened_store: Store) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(learners.is_unreachable(AMINA, NOW))

    await opened_store.write(learners.sets_wishes(AMINA, Wishes(), NOW))

    assert (await of(opened_store)).unreachable


async def test_learners_are_due_in_the_order_of_lateness(opened_store: Store) -> None:
    await due(opened_store, AMINA, at=NOW - 5)
    await due(opened_store, BOB, at=NOW - 9)
    await due(opened_store, LearnerId(3), at=NOW + 1)

    assert await opened_store.due(NOW, most=9) == ((BOB, NOW - 9), (AMINA, NOW - 5))
    assert await opened_store.due(NOW, most=1) == ((BOB, NOW - 9),)


async def test_an_opportunity_is_kept_counted_and_put_into_the_outbox(opened_store: Store) -> None:
    await due(opened_store, AMINA)

    await opened_store.write(*reminders.takes(AMINA, NOW, FIRST, AFTER))

    known, last = await of(opened_store), await opened_store.last_nudge(AMINA)
    assert (known.nudges_used, known.nudged_at, known.deadline_used, known.next_nudge_at) == (
        1, NOW, NOW + DAY, NEXT,
    )  # fmt: skip
    assert last is not None
    assert last.opportunity == FIRST
    assert await opened_store.nudge(AMINA, "5:first") == FIRST
    assert await opened_store.last_wording(AMINA, Kind.FIRST) == 2
    assert await opened_store.last_wording(AMINA, Kind.LAST) is None
    assert await opened_store.queued(NUDGE, NOW) == 1
    assert (await figures(opened_store)).made == 1


async def test_what_is_held_out_is_kept_and_not_sent(opened_store: Store) -> None:
    await due(opened_store, AMINA)

    await opened_store.write(*reminders.takes(AMINA, NOW, HELD, AFTER))

    last = await opened_store.last_nudge(AMINA)
    assert last is not None
    assert (last.opportunity.arm, last.state) == (Arm.HOLD, None)
    assert await opened_store.queued(NUDGE, NOW) == 0
    assert (await figures(opened_store)).made == 1


async def test_the_same_opportunity_is_taken_once_whoever_takes_it(
    opened_store: Store, store_url: str
) -> None:
    await due(opened_store, AMINA)
    other = await Store.open(store_url, NOW)

    for store in (opened_store, other, opened_store):
        await store.write(*reminders.takes(AMINA, NOW, FIRST, AFTER))
    await other.close()

    assert (await figures(opened_store)).made == 1
    assert await opened_store.queued(NUDGE, NOW) == 1


async def test_nothing_is_taken_of_somebody_who_came_meanwhile(opened_store: Store) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(learners.schedules(AMINA, NOW + 3 * DAY))

    await opened_store.write(*reminders.takes(AMINA, NOW, FIRST, AFTER))

    assert (await of(opened_store)).next_nudge_at == NOW + 3 * DAY
    assert await opened_store.last_nudge(AMINA) is None
    assert await opened_store.nudge_figures() == ()


async def test_a_later_opportunity_takes_back_the_message_of_an_earlier_one(
    opened_store: Store,
) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(*reminders.takes(AMINA, NOW, FIRST, AFTER))
    second = Opportunity("5:second", Kind.SECOND, 0, Arm.SEND, NEXT)

    await opened_store.write(*reminders.takes(AMINA, NEXT, second, AFTER))

    counted = await opened_store.delivery_counts()
    assert counted == ((NUDGE, "cancelled", 1), (NUDGE, "queued", 1))


@pytest.mark.parametrize(
    ("later", "in_day", "in_three"),
    [(0, 1, 1), (24 * HOUR, 1, 1), (24 * HOUR + 1, 0, 1), (72 * HOUR, 0, 1), (72 * HOUR + 1, 0, 0)],
)
async def test_who_goes_on_in_time_is_counted_once(
    opened_store: Store, later: int, in_day: int, in_three: int
) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(*reminders.takes(AMINA, NOW, FIRST, AFTER))

    for _ in range(2):
        await opened_store.write(*reminders.returns(AMINA, NOW + later))

    one = await figures(opened_store)
    assert (one.back_in_day, one.back_in_three) == (in_day, in_three)


async def test_what_is_done_against_reminders_is_counted_once_and_in_time(
    opened_store: Store,
) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(*reminders.takes(AMINA, NOW, FIRST, AFTER))
    await sent(opened_store)

    for _ in range(2):
        await opened_store.write(*reminders.costs(AMINA, NOW + HOUR, stopped=True, snoozed=True))
        await opened_store.write(*reminders.costs(AMINA, NOW + 2 * HOUR, blocked=True))
    await opened_store.write(*reminders.costs(AMINA, NOW + 73 * HOUR, snoozed=True))

    one = await figures(opened_store)
    assert (one.stopped, one.blocked, one.snoozed) == (1, 1, 1)


async def test_what_is_done_against_one_that_never_left_is_not_its_price(
    opened_store: Store,
) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(*reminders.takes(AMINA, NOW, FIRST, AFTER))
    await opened_store.write(outbox.cancels(AMINA, "wishes"))

    await opened_store.write(*reminders.costs(AMINA, NOW + HOUR, stopped=True))

    one = await figures(opened_store)
    assert (one.made, one.sent, one.stopped) == (1, 0, 0)


async def test_figures_outlive_the_learner_and_say_nothing_of_them(opened_store: Store) -> None:
    await due(opened_store, AMINA, BOB)
    for person in (AMINA, BOB):
        await opened_store.write(*reminders.takes(person, NOW, FIRST, AFTER))

    await opened_store.write(learners.forgets(AMINA))

    assert [one.made for one in await opened_store.nudge_figures()] == [2]
    assert [one.made for one in await opened_store.nudge_figures(anew=True)] == [1]
    assert await opened_store.last_nudge(AMINA) is None


async def test_looking_counts_when_nothing_else_is_kept_of_it(opened_store: Store) -> None:
    await due(opened_store, AMINA, at=NOW + 5 * DAY)
    for update in (1, 2):
        await opened_store.write(inbox.receives(Received(update, AMINA, "{}", NOW)))
    await opened_store.write(inbox.applies(2, NOW))

    await opened_store.write(learners.looks(AMINA, 1, NOW + 5, look_at=NOW + DAY))
    await opened_store.write(learners.looks(AMINA, 2, NOW + 9, look_at=NOW + 2 * DAY))

    known = await of(opened_store)
    assert (known.active_at, known.next_nudge_at) == (NOW + 5, NOW + DAY)


async def test_who_looks_and_had_nothing_to_come_is_looked_at_at_once(
    opened_store: Store,
) -> None:
    await opened_store.write(learners.joins(AMINA, NOW, "en"))
    await opened_store.write(inbox.receives(Received(1, AMINA, "{}", NOW)))

    await opened_store.write(learners.looks(AMINA, 1, NOW + 5, look_at=NOW + DAY))

    assert (await of(opened_store)).next_nudge_at == NOW + 5


async def test_looking_leaves_a_time_to_look_that_is_set(opened_store: Store) -> None:
    await due(opened_store, AMINA)
    await opened_store.write(inbox.receives(Received(1, AMINA, "{}", NOW)))

    await opened_store.write(learners.looks(AMINA, 1, NOW + 5, look_at=NOW + DAY))

    assert (await of(opened_store)).next_nudge_at == NOW
