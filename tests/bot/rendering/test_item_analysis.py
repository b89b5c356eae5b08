"""What is said of questions, in words."""

import pytest

from bot.actions.statistics import Looked, View
from bot.i18n import Voices
from bot.rendering import item_analysis
from course.model import OptionId, QuestionId
from course.statistics.item_analysis import Cell, figures, worst
from course.statistics.overview import (
    Finding,
    ItemFigures,
    Period,
    Verdict,
)
from tests.course.examples import course, lesson, module, question
from tests.statistics.world import WIDE

_ = Voices.load().of("en")
SEEN = View((), True, None, Period.ALL, 20_773)
ASKED = question("m1q1", "a", "abc")
COURSE = course(module("m1", lesson("m1l1", 1, (ASKED,))))


def cells(*counts: tuple[str, int, int]) -> tuple[Cell, ...]:
    """Options, standing and how many."""
    return tuple(Cell(frozenset({OptionId(o)}), standing, n) for o, standing, n in counts)


MISLED = figures(
    ASKED, cells(("b", 9, 30), ("a", 9, 5), ("c", 9, 2), ("a", 2, 30), ("c", 2, 8)), 21
)


def test_a_key_that_may_be_wrong_is_told_with_the_letter_that_good_learners_choose() -> None:
    said = item_analysis.question(_, COURSE, SEEN, Looked(ASKED, MISLED)).text

    assert said.startswith("<b>Question m1q1</b>\nmodule 1, lesson 1 · everybody\n")
    assert "those who do well choose B." in said
    assert "First answers: 75\nRight: 47 percent\n" in said
    assert "How well it tells strong from weak learners: -0.66 on a scale from -1 to 1" in said
    assert "(it points the wrong way)" in said
    assert "half take at most 21 seconds" in said
    assert (
        "A. Option a (right)\nchosen by 47 percent; of the upper third 14, of the lower third 79"
        in said
    )


def test_below_thirty_answers_nothing_is_said_but_that() -> None:
    few = figures(ASKED, cells(("a", 5, 29)), 3)

    said = item_analysis.question(_, COURSE, SEEN, Looked(ASKED, few)).text

    assert "Fewer than 30 first answers" in said
    assert "First answers: 25" in said
    assert "percent" not in said
    assert "seconds" not in said


def test_fewer_than_five_are_not_told_of() -> None:
    said = item_analysis.question(_, COURSE, SEEN, Looked(ASKED, figures(ASKED, (), None))).text

    assert "First answers: fewer than 5" in said


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_has_words_of_its_own(finding: Finding) -> None:
    said = item_analysis.verdict(_, ASKED, Verdict(finding, OptionId("c")))

    others = {item_analysis.verdict(_, ASKED, Verdict(one, OptionId("c"))) for one in Finding}
    assert said.endswith("." if not said.endswith("?") else "?")
    assert len(others) == len(Finding)


def test_the_ten_worst_come_first_five_on_a_page() -> None:
    everything = tuple(_misled(asked.id) for asked in WIDE.questions())
    first = worst(everything, 10)

    one = item_analysis.questions(_, WIDE, SEEN, everything, first, 0)
    two = item_analysis.questions(_, WIDE, SEEN, everything, first, 1)
    beyond = item_analysis.questions(_, WIDE, SEEN, everything, first, 2)

    assert [button.text for button in one.rows[0]] == ["1", "2", "3", "4", "5"]
    assert [button.text for button in two.rows[0]] == ["6", "7", "8", "9", "10"]
    assert [button.text for button in one.rows[1]] == ["More", "As a picture", "Back"]
    assert [button.text for button in two.rows[1]] == ["Earlier", "As a picture", "Back"]
    assert beyond == one
    assert "2 more have something smaller." in one.text


def _misled(name: QuestionId) -> ItemFigures:
    asked = WIDE.question(name)
    assert asked is not None
    wrong = next(option.id for option in asked.options if not option.correct)
    found = (
        Cell(frozenset({wrong}), 9, 40),
        Cell(asked.correct, 2, 40),
    )
    return figures(asked, found, 10)
