"""What is appended comes back, once, and folds to the same progress, on both databases."""

from collections.abc import AsyncIterator

import pytest

from course.learning.next_step import AnswerQuestion, Finished
from course.learning.progress import Attempt, Reading
from course.model import LearnerId, OptionId, QuestionId
from storage import facts, learners
from storage.store import Store
from tests.course.examples import AMINA, Walker
from tests.storage.conftest import NOW

Q = QuestionId("m1q1")
A, B = frozenset({OptionId("a")}), frozenset({OptionId("a"), OptionId("c")})


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    opened = await Store.open(store_url, NOW)
    await opened.write(learners.add_learner(AMINA, NOW, "en"))
    yield opened
    await opened.close()


async def test_another_answer_to_the_same_asking_does_not_replace_the_first(store: Store) -> None:
    first = Attempt(Q, 1, A, True, NOW, 11)
    await store.write(*facts.add_attempt(AMINA, first, "1"))

    await store.write(*facts.add_attempt(AMINA, Attempt(Q, 1, B, False, NOW + 5, 12), "1"))

    assert (await store.fetch_history(AMINA)).progress.attempts == {Q: (first,)}


async def test_a_whole_way_through_the_course_comes_back_as_it_was(store: Store) -> None:
    walker = Walker()
    while not isinstance(walker.step, Finished):
        right = not isinstance(walker.step, AnswerQuestion) or walker.step.is_retry
        walker.goes_on(right=right)
    for reading in reversed(walker.readings):
        await store.write(*facts.add_reading(AMINA, reading))
    for attempt in reversed(walker.attempts):
        await store.write(*facts.add_attempt(AMINA, attempt, "1"))

    assert (await store.fetch_history(AMINA)).progress == walker.progress


async def test_forgetting_one_leaves_the_others(store: Store) -> None:
    other = LearnerId(2)
    await store.write(learners.add_learner(other, NOW, None))
    for person in (AMINA, other):
        await store.write(*facts.add_reading(person, Reading("m1l1c1", NOW, person)))
        await store.write(*facts.add_attempt(person, Attempt(Q, 1, A, True, NOW, person), "1"))

    await store.write(learners.delete_learner(AMINA))

    assert (await store.fetch_history(AMINA)).progress.is_new
    assert (await store.fetch_history(other)).progress.has_passed(Q)
