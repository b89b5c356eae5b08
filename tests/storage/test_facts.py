"""What is appended comes back, once, and folds to the same progress."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from course.model import LearnerId, OptionId, QuestionId
from course.progress import Attempt, Progress, Reading
from course.steps import AnswerQuestion, Finished
from course.wishes import Wishes
from storage import facts, learners
from storage.store import Store
from tests.course.examples import AMINA, Walker

NOW = 1_794_830_400_000
Q = QuestionId("m1q1")
A, B = frozenset({OptionId("a")}), frozenset({OptionId("a"), OptionId("c")})


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite:///{tmp_path / 'tutor.db'}", NOW)
    await opened.write(learners.joins(AMINA, NOW, "en"))
    yield opened
    await opened.close()


async def test_somebody_never_seen_has_nothing(store: Store) -> None:
    history = await store.history(LearnerId(5))

    assert history.learner is None
    assert history.progress == Progress(LearnerId(5))


async def test_what_was_appended_comes_back(store: Store) -> None:
    reading = Reading("m1l1c1", NOW, 10)
    attempt = Attempt(Q, 1, B, False, NOW + 1, 11)

    await store.write(
        *facts.add_reading(AMINA, reading), *facts.add_attempt(AMINA, attempt, "2026.11")
    )

    progress = (await store.history(AMINA)).progress
    assert progress == Progress.of(AMINA, [reading], [attempt])


async def test_the_same_update_twice_adds_nothing(store: Store) -> None:
    attempt = Attempt(Q, 1, A, True, NOW, 11)
    for _ in range(3):
        await store.write(*facts.add_attempt(AMINA, attempt, "1"))
        await store.write(*facts.add_reading(AMINA, Reading("m1l1c1", NOW, 10)))

    progress = (await store.history(AMINA)).progress
    assert progress.attempts == {Q: (attempt,)}
    counts = await store.counts()
    assert counts == await store.counts(anew=True)
    assert counts.answers == (("m1q1", "a", 1, 1),)


async def test_another_answer_to_the_same_asking_does_not_replace_the_first(store: Store) -> None:
    first = Attempt(Q, 1, A, True, NOW, 11)
    await store.write(*facts.add_attempt(AMINA, first, "1"))

    await store.write(*facts.add_attempt(AMINA, Attempt(Q, 1, B, False, NOW + 5, 12), "1"))

    assert (await store.history(AMINA)).progress.attempts == {Q: (first,)}


async def test_a_whole_way_through_the_course_comes_back_as_it_was(store: Store) -> None:
    walker = Walker()
    while not isinstance(walker.step, Finished):
        right = not isinstance(walker.step, AnswerQuestion) or walker.step.again
        walker.goes_on(right=right)
    for reading in reversed(walker.readings):
        await store.write(*facts.add_reading(AMINA, reading))
    for attempt in reversed(walker.attempts):
        await store.write(*facts.add_attempt(AMINA, attempt, "1"))

    assert (await store.history(AMINA)).progress == walker.progress


async def test_settings_come_back_with_the_facts(store: Store) -> None:
    await store.write(
        learners.sets_plain(AMINA, plain=True),
        learners.stops(AMINA, NOW),
        learners.speaks(AMINA, "sw"),
        learners.is_unreachable(AMINA, NOW),
    )

    learner = (await store.history(AMINA)).learner

    assert learner == learners.Learner(
        AMINA, NOW, "sw", plain=True, wishes=Wishes(stopped=True, unreachable=True)
    )


async def test_forgetting_one_leaves_the_others(store: Store) -> None:
    other = LearnerId(2)
    await store.write(learners.joins(other, NOW, None))
    for person in (AMINA, other):
        await store.write(*facts.add_reading(person, Reading("m1l1c1", NOW, person)))
        await store.write(*facts.add_attempt(person, Attempt(Q, 1, A, True, NOW, person), "1"))

    await store.write(learners.forgets(AMINA))

    assert (await store.history(AMINA)).progress.is_new
    assert (await store.history(other)).progress.passed(Q)
