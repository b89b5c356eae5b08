"""Item analysis against the standard library and counting by hand."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from statistics import correlation as pearson
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.model import OptionId, Question
from course.statistics.item_analysis import (
    MIN_ANSWERS,
    AnswerGroup,
    correlation,
    item_figures,
    lower_and_upper_thirds,
    worst_items,
)
from course.statistics.item_findings import ItemFigures, ItemFinding, ItemVerdict
from storage.statistics import median
from tests.course.examples import question

ASKED = question("q", "a", "abcd")

Pairs = list[tuple[int, bool]]


def pairs(seed: int, number: int) -> Pairs:
    """How people stood and whether they were right, more often the better they stood."""
    chance = Random(seed)  # noqa: S311 - seeded
    standings = [chance.randrange(11) for _ in range(number)]
    return [(s, chance.random() < 0.2 + s * chance.uniform(0, 0.08)) for s in standings]


@pytest.mark.parametrize(("seed", "number"), [(1, 30), (2, 47), (3, 100), (4, 999), (5, 5_000)])
def test_discrimination_is_the_standard_librarys_correlation(seed: int, number: int) -> None:
    found = pairs(seed, number)
    right = {True: ASKED.correct, False: frozenset({OptionId("b")})}

    said = item_figures(ASKED, [AnswerGroup(right[r], s, 1) for s, r in found], 20)

    by_library = pearson([s for s, _ in found], [float(r) for _, r in found])
    assert said.discrimination == pytest.approx(by_library, abs=0.0051)
    assert correlation((s, r, 1) for s, r in found) == said.discrimination
    assert correlation([(8, True, 10), (8, False, 10), (4, True, 5), (4, False, 15)]) == 0.26


@pytest.mark.parametrize(
    "found",
    [
        pytest.param([(5, True, 29)], id="one too few"),
        pytest.param([(5, True, 20), (5, False, 20)], id="all stand alike"),
        pytest.param([(5, True, 20), (9, True, 20)], id="all are right"),
        pytest.param([(None, True, 20), (None, False, 20)], id="nobody had answered enough before"),
    ],
)
def test_where_there_is_no_discrimination_none_is_said(
    found: Sequence[tuple[int | None, bool, int]],
) -> None:
    assert correlation(found) is None


@given(st.lists(st.integers(0, 90), min_size=1))
def test_the_median_is_the_standard_librarys_lower_one(values: list[int]) -> None:
    rows = [(value, values.count(value)) for value in sorted(set(values))]

    assert median(rows) == median_low(values)


def test_of_nobody_there_is_no_median() -> None:
    assert median([]) is None
    assert median([(4, 1), (4, -1)]) is None


def cells(*found: tuple[str, int | None, int]) -> list[AnswerGroup]:
    return [AnswerGroup(frozenset(map(OptionId, chosen)), s, count) for chosen, s, count in found]


@pytest.mark.parametrize(
    ("right", "wrong", "facility"),
    [(30, 0, 100), (20, 10, 67), (15, 15, 50), (1, 29, 3), (0, 40, 0)],
)
def test_facility_is_the_percent_of_first_answers_that_were_right(
    right: int, wrong: int, facility: int
) -> None:
    found = item_figures(ASKED, cells(("a", None, right), ("b", None, wrong)), 20)

    assert found.facility == facility


def test_of_several_right_options_all_are_needed() -> None:
    several = question("q", "ac", "abcd")
    given = cells(("ac", None, 20), ("a", None, 10), ("abc", None, 10))

    found = item_figures(several, given, 20)

    assert found.facility == 50
    assert [one.share for one in found.options] == [100, 25, 75, 0]


def test_thirds_keep_together_who_stands_alike() -> None:
    given = cells(("a", 2, 5), ("b", 3, 10), ("a", 5, 8), ("a", 8, 4), ("c", 9, 6), ("a", None, 50))

    assert lower_and_upper_thirds(given) == (
        range(4),
        range(5, 11),
    )  # of 33: 15 stand at 3 or lower, 18 at 5 or higher
    assert lower_and_upper_thirds(cells(("a", 5, 33))) is None
    assert lower_and_upper_thirds(cells(("a", 2, 14), ("a", 9, 15))) is None


LURED = cells(
    ("a", 2, 12), ("b", 2, 4), ("c", 2, 8), ("a", 9, 5), ("b", 9, 14), ("c", 9, 6), ("d", 5, 5)
)


@pytest.mark.parametrize(
    ("given", "verdicts"),
    [
        pytest.param(cells(("a", 5, 29)), [(ItemFinding.TOO_FEW, None)], id="29 answers"),
        pytest.param(LURED, [(ItemFinding.KEY_DOUBTFUL, "b")], id="the good choose b"),
        pytest.param(
            cells(
                ("a", 2, 2),
                ("b", 2, 9),
                ("c", 2, 4),
                ("d", 2, 3),
                ("a", 9, 6),
                ("b", 9, 7),
                ("c", 9, 3),
                ("d", 9, 2),
            ),
            [(ItemFinding.HARD, None)],
            id="the good choose b, but less often than the weak",
        ),
        pytest.param(
            cells(
                ("a", 2, 1),
                ("b", 2, 5),
                ("c", 2, 6),
                ("d", 2, 6),
                ("a", 9, 7),
                ("b", 9, 8),
                ("c", 9, 2),
                ("d", 9, 1),
            ),
            [(ItemFinding.HARD, None)],
            id="the good choose b, and are right more often than the weak",
        ),
        pytest.param(
            cells(
                ("a", 2, 14),
                ("b", 2, 2),
                ("c", 2, 2),
                ("d", 2, 2),
                ("a", 9, 10),
                ("b", 9, 4),
                ("c", 9, 3),
                ("d", 9, 3),
            ),
            [(ItemFinding.MISLEADING, None)],
            id="the good are right less often",
        ),
        pytest.param(
            cells(("a", None, 8), ("b", None, 9), ("c", None, 9), ("d", None, 9)),
            [(ItemFinding.HARD, None)],
            id="hard",
        ),
        pytest.param(
            cells(*((each, s, 5) for s in (2, 9) for each in "abcd"), ("a", 2, 10), ("a", 9, 11)),
            [(ItemFinding.WEAK, None)],
            id="it tells nobody apart",
        ),
        pytest.param(
            cells(("a", 9, 30), ("b", 2, 20), ("c", 2, 20)),
            [(ItemFinding.DEAD_OPTION, "d")],
            id="nobody chooses d",
        ),
        pytest.param(
            cells(("a", None, 100)), [(ItemFinding.FINE, None)], id="easy once it was taught"
        ),
        pytest.param(
            cells(("a", 9, 20), ("b", 2, 5), ("c", 2, 5), ("d", 2, 5)),
            [(ItemFinding.FINE, None)],
            id="fine",
        ),
    ],
)
def test_verdicts_say_what_to_look_at(
    given: list[AnswerGroup], verdicts: list[tuple[ItemFinding, str | None]]
) -> None:
    found = item_figures(ASKED, given, 20)

    assert [(one.finding, one.option) for one in found.verdicts] == verdicts


def hard(chance: Random, number: int, right: Sequence[float]) -> list[AnswerGroup]:
    """Answers to a question with a tempting wrong option; how often each third is right."""
    given = []
    for third, standing in enumerate((3, 6, 9)):
        for _ in range(number // 3):
            wrong = chance.choices("bcd", weights=(2, 1, 1))[0]
            given.append(("a" if chance.random() < right[third] else wrong, standing, 1))
    return cells(*given)


@pytest.mark.parametrize(("answers", "most"), [(30, 0.02), (60, 0.01), (99, 0.01)])
def test_a_hard_question_seldom_puts_a_right_key_in_doubt(answers: int, most: float) -> None:
    chance, often = Random(3), 1_000  # noqa: S311 - seeded

    doubted = [
        ItemFinding.KEY_DOUBTFUL in {v.finding for v in item_figures(ASKED, given, 20).verdicts}
        for given in (hard(chance, answers, (0.2, 0.35, 0.5)) for _ in range(often))
    ]

    assert sum(doubted) < most * often


@pytest.mark.parametrize(
    ("knowing", "least"),
    [
        pytest.param((0.3, 0.5, 0.7), 0.9, id="as hard as many"),
        pytest.param((0.4, 0.6, 0.8), 0.98, id="easier"),
    ],
)
def test_a_wrong_key_is_found_at_a_hundred_answers(knowing: Sequence[float], least: float) -> None:
    chance, often = Random(3), 500  # noqa: S311 - seeded
    swapped = question("q", "b", "abcd")  # what is right is a, as `hard` makes it

    doubted = [
        ItemVerdict(ItemFinding.KEY_DOUBTFUL, OptionId("a"))
        in item_figures(swapped, hard(chance, 99, knowing), 20).verdicts
        for _ in range(often)
    ]

    assert sum(doubted) > least * often


def test_of_several_right_options_the_key_is_doubted_by_who_chose_a_lure_instead() -> None:
    several = question("q", "ab", "abcd")
    weak = (("ab", 2, 6), ("ac", 2, 2), ("bd", 2, 6))
    lured = cells(*weak, ("ac", 9, 12), ("ab", 9, 3), ("abc", 9, 5))

    found = item_figures(several, lured, 20)

    assert ItemVerdict(ItemFinding.KEY_DOUBTFUL, OptionId("c")) in found.verdicts
    fewer = cells(*weak, ("ac", 9, 8), ("ab", 9, 7), ("abc", 9, 5))
    assert ItemFinding.KEY_DOUBTFUL not in {
        one.finding for one in item_figures(several, fewer, 20).verdicts
    }


def test_a_question_of_the_test_before_the_course_is_judged_as_one_nobody_was_taught() -> None:
    before = replace(ASKED, kind="form-a")
    given = cells(("a", None, 95), ("b", None, 5))

    found = item_figures(before, given, 20)

    assert ItemVerdict(ItemFinding.EASY) in found.verdicts
    dead = [one.option for one in found.verdicts if one.finding is ItemFinding.DEAD_OPTION]
    assert dead == ["c", "d"]  # of all 100 answers; of a taught question only the wrong ones count
    assert item_figures(ASKED, given, 20).verdicts == (ItemVerdict(ItemFinding.FINE),)


def judged(name: str, *verdicts: ItemFinding, discrimination: float | None = None) -> ItemFigures:
    asked: Question = question(name)
    found = item_figures(asked, cells(("a", None, MIN_ANSWERS)), 20)
    return replace(found, verdicts=tuple(map(ItemVerdict, verdicts)), discrimination=discrimination)


def test_the_worst_come_first_and_what_is_fine_is_left_out() -> None:
    every = [
        judged("fine", ItemFinding.FINE),
        judged("dead", ItemFinding.DEAD_OPTION),
        judged("few", ItemFinding.TOO_FEW),
        judged("weak", ItemFinding.WEAK, discrimination=0.15),
        judged("weaker", ItemFinding.WEAK, discrimination=0.05),
        judged("key", ItemFinding.KEY_DOUBTFUL),
        judged("hard and dead", ItemFinding.HARD, ItemFinding.DEAD_OPTION),
        judged("misleading", ItemFinding.MISLEADING),
    ]

    found = [one.question for one in worst_items(every, limit=10)]

    assert found == ["key", "misleading", "hard and dead", "weaker", "weak", "dead"]
    assert [one.question for one in worst_items(every, limit=2)] == ["key", "misleading"]
