"""An author changes the course while learners are in the middle of it."""

from dataclasses import replace

import pytest

from course.model import CardId, Course, LearnerId, Question
from simulator.clock import Clock
from simulator.server import Simulator
from tests.conversations.audit import audit
from tests.conversations.people import Careful
from tests.course.examples import FIRST, SECOND, SMALL, course, lesson, module, question
from tests.support.running import NOON, connected

AMINA = LearnerId(1001)

ONE, TWO = FIRST.lessons
Q1, Q2 = ONE.questions


def with_first(*questions: Question, cards: int = 2) -> Course:
    """The course with another first lesson."""
    return course(module("m1", lesson("m1l1", cards, questions), TWO), SECOND)


NEW_CARD = replace(ONE.cards[0], id=CardId("m1l1new"), title="New", text="A new card.")
EDITS = {
    "unchanged": SMALL,
    "a card added before": course(
        module("m1", replace(ONE, cards=(NEW_CARD, *ONE.cards)), TWO), SECOND
    ),
    "a card added after": with_first(Q1, Q2, cards=3),
    "a card removed": with_first(Q1, Q2, cards=1),
    "the first question removed": with_first(Q2),
    "the second question removed": with_first(Q1),
    "a question added": with_first(question("new"), Q1, Q2),
    "an option removed": with_first(question("m1q1", "a", "ab"), Q2),
    "the chosen option removed": with_first(question("m1q1", "c", "ac"), Q2),
    "an option added": with_first(question("m1q1", "a", "abcde"), Q2),
    "another answer is right": with_first(question("m1q1", "c", "abc"), Q2),
    "two answers are right": with_first(question("m1q1", "ab", "abc"), Q2),
    "only one answer is right": with_first(Q1, question("m1q2", "a", "abcd")),
    "the first lesson removed": course(module("m1", TWO), SECOND),
    "the second lesson removed": course(module("m1", ONE), SECOND),
    "lessons in another order": course(module("m1", TWO, ONE), SECOND),
    "modules in another order": course(SECOND, FIRST),
    "the module removed": course(SECOND),
    "a module added before": course(module("m0", lesson("m0l1")), FIRST, SECOND),
    "a module split in two": course(module("m1", ONE), module("m1b", TWO), SECOND),
    "everything replaced": course(module("x", lesson("xl1"))),
}


@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS.keys())
@pytest.mark.parametrize("taps", [3, 5, 9])
async def test_the_course_changes_under_a_learner_in_the_middle(
    store_url: str, taps: int, edited: Course
) -> None:
    async with Simulator(clock=Clock(NOON)) as simulator:
        async with connected(simulator, store_url, SMALL) as before:
            learner = Careful(before)
            await learner.says("/start")
            for tap in range(taps):
                await learner.goes_on(right=tap % 2 == 0)
            passed = (await before.store.fetch_history(AMINA)).progress
            old = learner.buttons()
        async with connected(simulator, store_url, edited) as after:
            learner.stage = after
            for button in old:
                await learner.presses(*button)
            for command in ("/progress", "/modules", "/start", "/continue"):
                await learner.says(command)
            for _ in range(60):
                if learner.sees.startswith("You have done everything"):
                    break
                await learner.goes_on()
            now = (await after.store.fetch_history(AMINA)).progress
        audit(simulator.world)

    assert learner.sees.startswith("You have done everything")
    for asked in SMALL.questions():
        assert now.has_passed(asked.id) >= passed.has_passed(asked.id)
        assert passed.first_attempt(asked.id) in (None, now.first_attempt(asked.id))
