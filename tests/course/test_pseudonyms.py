"""Names for learners who chose none."""

from itertools import islice

from course.cohorts.pseudonyms import generate_pseudonyms

KEY, OTHER = b"k" * 32, b"o" * 32
MOST_LETTERS = 24


def first(key: bytes, cohort: int, learner: int) -> str:
    return next(generate_pseudonyms(key, cohort, learner))


def test_a_learner_always_has_the_same_name() -> None:
    assert first(KEY, 5, 1001) == "Soft Lotus 51"
    assert first(KEY, 5, 1001) == first(KEY, 5, 1001)


def test_another_key_cohort_or_learner_gives_another_name() -> None:
    names = {first(KEY, 5, 1001), first(OTHER, 5, 1001), first(KEY, 6, 1001), first(KEY, 5, 1002)}

    assert len(names) == 4


def test_names_of_a_cohort_seldom_meet_and_the_next_one_is_free() -> None:
    people = range(1000, 2000)

    names = [first(KEY, 5, learner) for learner in people]

    assert len(set(names)) > 990
    for learner in people:
        assert len(set(islice(generate_pseudonyms(KEY, 5, learner), 3))) == 3


def test_names_are_short_and_plain() -> None:
    for learner in range(500):
        name = first(KEY, 5, learner)
        assert name.replace(" ", "").isalnum()
        assert len(name) <= MOST_LETTERS
