"""The first minutes of a newcomer."""

from tests.support.people import Learner


async def test_after_start_come_the_picture_alone_and_then_the_first_card(learner: Learner) -> None:
    await learner.says("/start")
    assert learner.sees.startswith("Welcome. This is a short course")

    await learner.taps("Start")

    assert learner.newest.kind == "photo"
    assert learner.labels == ["Next"]

    await learner.taps("Next")

    assert learner.sees.startswith("Module 1 of 7 · Lesson 1 of 4\nCard 1 of 3\n")
