"""What the store promises, on both databases."""

import asyncio
import sqlite3

import asyncpg
import pytest

from course.learning.progress import Attempt, Reading
from course.model import LearnerId, OptionId, QuestionId
from course.reminders.preferences import Preferences
from storage import dialogues, facts, inbox, learners
from storage.errors import UnavailableError
from storage.inbox import ReceivedUpdate
from storage.statements import Statement, statement
from storage.store import Store
from tests.conftest import Copy, migrate
from tests.storage.conftest import NOW, joined
from tests.support.tables import rows, run

AMINA, BOB = LearnerId(7_000_000_001), LearnerId(2)
RIVER = QuestionId("river")
A, B = OptionId("a"), OptionId("b")


def answered(update: int, ordinal: int = 1, chosen: OptionId = A) -> Attempt:
    return Attempt(RIVER, ordinal, frozenset([chosen]), chosen == A, NOW + update, update)


def received(update: int, learner: LearnerId | None = AMINA) -> ReceivedUpdate:
    return ReceivedUpdate(
        update, learner, f'{{"update_id":{update},"text":"é \\u0000"}}', NOW + update
    )


async def test_somebody_never_seen_has_no_history(opened_store: Store) -> None:
    history = await opened_store.fetch_history(AMINA)

    assert history.learner is None
    assert not history.progress.updates


async def test_what_a_learner_set_and_did_is_read_back_in_one_history(opened_store: Store) -> None:
    await joined(opened_store, AMINA, BOB)
    both = Attempt(RIVER, 2, frozenset([A, B]), False, NOW + 2, 12)

    await opened_store.write(
        learners.set_plain(AMINA, plain=True),
        learners.set_stopped(AMINA, NOW),
        learners.set_language(AMINA, None),
        learners.set_unreachable(AMINA, NOW),
        *facts.add_attempt(AMINA, answered(11), "v1"),
        *facts.add_attempt(AMINA, both, "v1"),
        *facts.add_reading(AMINA, Reading("card", NOW + 3, 13)),
    )

    history = await opened_store.fetch_history(AMINA)
    assert history.learner == learners.Learner(
        AMINA, NOW, None, plain=True, preferences=Preferences(stopped=True, unreachable=True)
    )
    assert history.progress.attempts[RIVER] == (answered(11), both)
    assert history.progress.updates == {11, 12, 13}
    assert (await opened_store.fetch_history(BOB)).progress.updates == frozenset()


async def test_facts_may_stand_before_their_learner_in_a_transaction(opened_store: Store) -> None:
    await opened_store.write(
        *facts.add_reading(AMINA, Reading("card", NOW, 1)), learners.add_learner(AMINA, NOW, None)
    )

    assert (await opened_store.fetch_history(AMINA)).progress.updates == {1}


async def test_what_is_written_a_second_time_changes_nothing(opened_store: Store) -> None:
    everything = (
        learners.add_learner(AMINA, NOW, "en"),
        *facts.add_attempt(AMINA, answered(1), "v1"),
        *facts.add_reading(AMINA, Reading("card", NOW, 2)),
        inbox.receive_update(received(1)),
        inbox.mark_update_applied(1, NOW),
        inbox.finish_update(1, NOW),
        learners.set_plain(AMINA, plain=True),
    )
    await opened_store.write(*everything)
    before = (await opened_store.fetch_history(AMINA), await opened_store.fetch_fact_counts())

    await opened_store.write(*everything)

    assert (
        await opened_store.fetch_history(AMINA),
        await opened_store.fetch_fact_counts(),
    ) == before
    assert await opened_store.fetch_fact_counts() == await opened_store.fetch_fact_counts(
        recount=True
    )
    assert await opened_store.fetch_recently_finished(10) == (1,)


async def test_deleting_a_learner_takes_their_facts_and_leaves_the_counts(
    opened_store: Store,
) -> None:
    await joined(opened_store, AMINA, BOB)
    await opened_store.write(*facts.add_attempt(AMINA, answered(1), "v1"))

    await opened_store.write(learners.delete_learner(AMINA))
    await opened_store.truncate_wal_after_delete()

    assert (await opened_store.fetch_history(AMINA)).learner is None
    assert not (await opened_store.fetch_history(AMINA)).progress.updates
    assert await opened_store.count_learners() == 1
    assert (await opened_store.fetch_fact_counts()).answers == (("river", "a", 1, 1),)


async def test_a_thousand_concurrent_writers_are_all_kept_and_counted(opened_store: Store) -> None:
    people = [LearnerId(1000 + number) for number in range(1000)]

    await asyncio.gather(
        *(
            opened_store.write(
                learners.add_learner(person, NOW, None),
                *facts.add_attempt(person, answered(person), "v1"),
                *facts.add_reading(person, Reading("card", NOW, person)),
            )
            for person in people
        )
    )

    assert await opened_store.count_learners() == 1000
    assert (await opened_store.fetch_fact_counts()).readings == (("card", 1000),)
    assert await opened_store.fetch_fact_counts() == await opened_store.fetch_fact_counts(
        recount=True
    )
    assert (await opened_store.fetch_history(people[-1])).progress.updates == {people[-1]}


BAD: dict[str, Statement] = {
    "a fact of nobody": facts.add_reading(LearnerId(404), Reading("river#1", NOW, 1))[0],
    "a value that must be there": statement(
        "add_learner", learner=404, joined_at=None, language=None
    ),
    "a number too large for a column": statement("set_plain", learner=1 << 70, plain=0),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
async def test_a_bad_writer_does_not_fail_its_neighbours(
    opened_store: Store, bad: Statement
) -> None:
    good = [
        opened_store.write(learners.add_learner(LearnerId(one), NOW, None)) for one in range(20)
    ]

    *kept, failed = await asyncio.gather(*good, opened_store.write(bad), return_exceptions=True)

    assert kept == [None] * 20
    assert isinstance(failed, Exception)
    assert await opened_store.count_learners() == 20
    assert not (await opened_store.fetch_history(LearnerId(404))).progress.updates


BAD_READS: dict[str, Statement] = {
    "a number too large for a column": statement("fetch_facts", learner=int("9" * 40)),
    "half a character": statement("fetch_key", name="\ud800"),
}


@pytest.mark.parametrize("bad", BAD_READS.values(), ids=BAD_READS)
async def test_a_bad_reader_does_not_fail_its_neighbours(
    opened_store: Store, bad: Statement
) -> None:
    await joined(opened_store, AMINA)
    before, after = ([opened_store.fetch_history(AMINA) for _ in range(8)] for _ in range(2))

    found = await asyncio.gather(
        *before, opened_store.fetch_rows(bad), *after, return_exceptions=True
    )

    failed = found.pop(8)
    assert isinstance(failed, Exception)
    assert not isinstance(failed, UnavailableError), "it is not the database's fault"
    assert found == [await opened_store.fetch_history(AMINA)] * 16


async def test_a_writer_is_wholly_kept_or_not_at_all(opened_store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await opened_store.write(
            learners.add_learner(AMINA, NOW, None),
            *facts.add_reading(LearnerId(404), Reading("card", NOW, 1)),
        )

    assert await opened_store.count_learners() == 0
    assert (await opened_store.fetch_fact_counts()).readings == ()


async def test_a_reading_is_counted_whoever_else_writes_in_the_same_commit(
    opened_store: Store,
) -> None:
    await joined(opened_store, AMINA, BOB)

    await asyncio.gather(
        opened_store.write(*facts.add_reading(AMINA, Reading("river#1", NOW, 1))),
        opened_store.write(*facts.add_reading(BOB, Reading("card", NOW, 2))),
    )

    assert (await opened_store.fetch_fact_counts()).readings == (("card", 1),)


async def test_what_is_written_is_there_for_another_process_at_once(
    opened_store: Store, store_url: str
) -> None:
    await joined(opened_store, AMINA)

    assert await rows(store_url, "select learner from learners") == [(AMINA,)]


async def test_everything_is_there_after_closing_and_opening_again(store_url: str) -> None:
    first = await Store.open(store_url, NOW)
    await first.write(learners.add_learner(AMINA, NOW, "en"), inbox.receive_update(received(1)))
    await first.close()

    second = await Store.open(store_url, NOW)

    assert await second.count_learners() == 1
    assert await second.fetch_pending_updates(tries=3) == (received(1),)
    await second.close()


async def test_a_statement_that_is_wrong_is_no_trouble_that_passes(store_copy: Copy) -> None:
    url = await store_copy(migrate)  # its own: a table that is gone does not come back
    store = await Store.open(url, NOW)
    await run(url, "drop table drafts")

    for wrong in (
        store.write(dialogues.close_dialogue(AMINA, 5)),
        dialogues.fetch_open_dialogue(store, AMINA, NOW),
    ):
        with pytest.raises((sqlite3.OperationalError, asyncpg.UndefinedTableError), match="drafts"):
            await wrong
    await store.close()


async def test_the_place_shows_where_the_data_is(opened_store: Store, store_url: str) -> None:
    assert opened_store.location in store_url or opened_store.location.startswith(
        "postgresql://tutor@/"
    )
