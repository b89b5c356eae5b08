"""The findings about a question, and where in the course it stands."""

from bot.i18n import Translator
from bot.rendering import positions
from course.model import Course, Question
from course.statistics.item_analysis import MIN_ANSWERS
from course.statistics.item_findings import ItemFinding, ItemVerdict


def question_position(_: Translator, course: Course, asked: Question) -> str:
    """A question's position: "module 2, lesson 3"."""
    found = course.position_of(asked.id)
    if found is None:
        return _("kept for tests")
    if found.lesson_number is None:
        return _("module {module}, kept for tests", module=_.number(found.module_number))
    return positions.short_position(_, found)


def verdict_text(_: Translator, asked: Question, one: ItemVerdict) -> str:
    """One finding about a question, as a sentence."""
    letter = "" if one.option is None else asked.letter(one.option)
    return {
        ItemFinding.TOO_FEW: _(
            "Fewer than {number} first answers, or too few to tell of nobody: nothing to say yet.",
            number=_.number(MIN_ANSWERS),
        ),
        ItemFinding.KEY_DOUBTFUL: _(
            "The key may be wrong, or the question misleads: those who do well choose {letter}.",
            letter=letter,
        ),
        ItemFinding.MISLEADING: _(
            "It misleads: those who do well are right less often than those who do not."
        ),
        ItemFinding.WEAK: _("It hardly tells those who do well from those who do not."),
        ItemFinding.HARD: _("It is very hard. Is it taught, and is it worded clearly?"),
        ItemFinding.EASY: _("It is very easy for a question asked before the course."),
        ItemFinding.DEAD_OPTION: _(
            "Hardly anybody chooses {letter}: something more tempting would tell more.",
            letter=letter,
        ),
        ItemFinding.FINE: _("Nothing to mend."),
    }[one.finding]
