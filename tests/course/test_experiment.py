"""Which due reminders are held out, and which wording is used."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from course.model import LearnerId
from course.reminders.experiment import (
    ExperimentArm,
    assign_arm,
    choose_wording,
    jitter_milliseconds,
)
from course.reminders.rhythm import ReminderKind

learners = st.builds(LearnerId, st.integers(1, 2**52))
PEOPLE = [LearnerId(each) for each in range(1, 10_001)]


def test_the_same_learner_and_due_reminder_are_drawn_the_same_on_every_machine() -> None:
    drawn = [
        assign_arm(learner, "1790000000000:first", ReminderKind.FIRST, 10)
        for learner in PEOPLE[:40]
    ]

    assert [at for at, each in enumerate(drawn) if each is ExperimentArm.HOLD] == [26, 32, 39]
    words = [
        choose_wording(learner, "9:first", ReminderKind.FIRST, None, 3) for learner in PEOPLE[:8]
    ]
    assert words == [1, 0, 2, 1, 0, 1, 1, 0]
    assert [jitter_milliseconds(learner, 10) for learner in PEOPLE[:3]] == [
        568_000,
        567_000,
        374_000,
    ]


def test_about_one_in_ten_is_held_out_and_none_or_all_where_that_is_wanted() -> None:
    def held(percent: int) -> int:
        return sum(
            assign_arm(each, "7", ReminderKind.FIRST, percent) is ExperimentArm.HOLD
            for each in PEOPLE
        )

    assert 900 < held(10) < 1100
    assert held(0) == 0
    assert held(100) == len(PEOPLE)


def test_being_held_out_once_says_nothing_about_the_next_time() -> None:
    first = {
        each
        for each in PEOPLE
        if assign_arm(each, "1", ReminderKind.FIRST, 10) is ExperimentArm.HOLD
    }

    again = sum(
        assign_arm(each, "2", ReminderKind.SECOND, 10) is ExperimentArm.HOLD for each in first
    )

    assert 0.05 < again / len(first) < 0.15


@given(learners, st.text(), st.integers(0, 100))
def test_what_a_learner_asked_for_is_never_held_out(
    learner: LearnerId, reminder: str, percent: int
) -> None:
    assert assign_arm(learner, reminder, ReminderKind.SNOOZED, percent) is ExperimentArm.SEND


@given(learners, st.integers(2, 12), st.lists(st.text(), max_size=30))
def test_no_wording_comes_twice_running(
    learner: LearnerId, number: int, reminders: list[str]
) -> None:
    used: list[int | None] = [None]
    for each in reminders:
        used.append(choose_wording(learner, each, ReminderKind.FIRST, used[-1], number))

    assert all(0 <= each < number for each in used[1:] if each is not None)
    assert all(before != after for before, after in pairwise(used))


def test_a_single_wording_is_used_and_one_that_was_taken_out_does_no_harm() -> None:
    assert choose_wording(PEOPLE[0], "1", ReminderKind.FIRST, 0, 1) == 0
    assert choose_wording(PEOPLE[0], "1", ReminderKind.FIRST, 7, 3) in range(3)


def test_the_others_share_the_place_of_the_last_wording() -> None:
    counts = Counter(choose_wording(each, "5", ReminderKind.LAST, 1, 4) for each in PEOPLE)

    assert set(counts) == {0, 2, 3}
    assert all(3000 < count < 3700 for count in counts.values())


def test_the_jitter_spreads_people_over_all_of_its_minutes() -> None:
    counts = Counter(jitter_milliseconds(each, 10) // 60_000 for each in PEOPLE)

    assert set(counts) == set(range(10))
    assert all(850 < count < 1150 for count in counts.values())
    assert jitter_milliseconds(PEOPLE[0], 0) == 0
