"""What counts as a double tap."""

import pytest

from bot.actions.learner_state import Interaction
from bot.inbox.duplicate_presses import DuplicatePresses
from course.model import LearnerId

SECOND = 1_000


def turn(update: int, at: int, learner: int = 1) -> Interaction:
    return Interaction(LearnerId(learner), None, update, at)


def test_the_same_button_within_two_seconds_is_one() -> None:
    taps = DuplicatePresses()
    assert not taps.record_press(turn(1, 60 * SECOND), 5, "n:m1")
    assert taps.record_press(turn(2, 61 * SECOND), 5, "n:m1")


@pytest.mark.parametrize("at", [62, 600, 59, 1], ids=["later", "long after", "back", "far back"])
def test_later_or_on_a_clock_that_was_set_back_it_is_none(at: int) -> None:
    taps = DuplicatePresses()
    assert not taps.record_press(turn(1, 60 * SECOND), 5, "n:m1")
    assert not taps.record_press(turn(2, at * SECOND), 5, "n:m1")


def test_the_same_update_again_another_button_message_or_person_is_none() -> None:
    taps = DuplicatePresses()
    assert not taps.record_press(turn(1, SECOND), 5, "n:m1")
    assert not taps.record_press(turn(1, SECOND), 5, "n:m1")
    assert not taps.record_press(turn(2, SECOND), 5, "n:m2")
    assert not taps.record_press(turn(3, SECOND), 6, "n:m2")
    assert not taps.record_press(turn(4, SECOND, learner=2), 6, "n:m2")
