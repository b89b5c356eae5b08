"""The first minutes of a newcomer."""

from tests.support.people import Learner


async def test_two_taps_after_start_the_first_card_is_on_the_screen(learner: Learner) -> None:
    await learner.says("/start")
    assert learner.sees.startswith("Welcome. This is a short course")

    await learner.taps("Start")

    assert learner.sees.startswith("Module 1 of 7 · Lesson 1 of 4\nCard 1 of 3\n")
