"""What is said of questions, in words."""

import pytest

from bot.actions.statistics import QuestionView, StatisticsView
from bot.i18n import Translators
from bot.rendering import item_analysis, item_verdicts
from course.model import OptionId, QuestionId
from course.statistics.item_analysis import AnswerGroup, item_figures, worst_items
from course.statistics.item_findings import ItemFigures, ItemFinding, ItemVerdict
from course.statistics.overview import Period
from tests.course.examples import course, lesson, module, question
from tests.statistics.world import WIDE
from tests.support.running import real_course

_ = Translators.load().for_language("en")
SEEN = StatisticsView((), True, None, Period.ALL, 20_773)
ASKED = question("m1q1", "a", "abc")
COURSE = course(module("m1", lesson("m1l1", 1, (ASKED,))))


def cells(*counts: tuple[str, int, int]) -> tuple[AnswerGroup, ...]:
    """Options, standing and how many."""
    return tuple(AnswerGroup(frozenset({OptionId(o)}), standing, n) for o, standing, n in counts)


MISLED = item_figures(
    ASKED, cells(("b", 9, 30), ("a", 9, 5), ("c", 9, 2), ("a", 2, 30), ("c", 2, 8)), 21
)


def test_a_key_that_may_be_wrong_is_told_with_the_letter_that_good_learners_choose() -> None:
    said = item_analysis.question_page(_, COURSE, SEEN, QuestionView(ASKED, MISLED)).text

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
    few = item_figures(ASKED, cells(("a", 5, 29)), 3)

    said = item_analysis.question_page(_, COURSE, SEEN, QuestionView(ASKED, few)).text

    assert "Fewer than 30 first answers" in said
    assert "First answers: 25" in said
    assert "percent" not in said
    assert "seconds" not in said


def test_fewer_than_five_are_not_told_of() -> None:
    said = item_analysis.question_page(
        _, COURSE, SEEN, QuestionView(ASKED, item_figures(ASKED, (), None))
    ).text

    assert "First answers: fewer than 5" in said


@pytest.mark.parametrize("finding", ItemFinding)
def test_every_finding_has_words_of_its_own(finding: ItemFinding) -> None:
    said = item_verdicts.verdict_text(_, ASKED, ItemVerdict(finding, OptionId("c")))

    others = {
        item_verdicts.verdict_text(_, ASKED, ItemVerdict(one, OptionId("c"))) for one in ItemFinding
    }
    assert said.endswith("." if not said.endswith("?") else "?")
    assert len(others) == len(ItemFinding)


def test_the_ten_worst_come_first_five_on_a_page() -> None:
    everything = tuple(_misled(asked.id) for asked in WIDE.questions())
    first = worst_items(everything, 10)

    one = item_analysis.question_list(_, WIDE, SEEN, everything, first, 0)
    two = item_analysis.question_list(_, WIDE, SEEN, everything, first, 1)
    beyond = item_analysis.question_list(_, WIDE, SEEN, everything, first, 2)

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
        AnswerGroup(frozenset({wrong}), 9, 40),
        AnswerGroup(asked.correct, 2, 40),
    )
    return item_figures(asked, found, 10)


def test_it_says_how_many_questions_are_asked_and_how_many_are_kept_for_tests() -> None:
    course = real_course()

    said = item_analysis.question_list(_, course, SEEN, (), (), 0).text

    asked = sum(1 for _one in course.questions())
    kept = sum(len(module.bank) for module in course.modules)
    assert f"Lessons ask {asked} of them. {kept} are for the tests to come" in said
