"""Item analysis of questions, from first answers."""

from collections import Counter
from collections.abc import Sequence

from bot.actions.statistics import QuestionView, StatisticsView
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import parts
from bot.rendering.figure_texts import people_text
from bot.rendering.item_verdicts import question_position, verdict_text
from bot.rendering.paging import cut_page, page_buttons
from bot.rendering.statistics import (
    back_button,
    chart_button,
    heading,
    page_button,
    statistics_button,
)
from course.model import Course, Question
from course.statistics.item_analysis import WEAK_DISCRIMINATION
from course.statistics.item_findings import ItemFigures, ItemFinding, OptionFigures

PAGE_SIZE = 5
"""Questions on one page."""

_GOOD_DISCRIMINATION = 0.40  # Ebel and Frisbie; docs/statistics.md
_MAX_STEM = 300  # characters of a question
_MAX_OPTION = 80  # characters of an option


def question_list(
    _: Translator,
    course: Course,
    view: StatisticsView,
    everything: Sequence[ItemFigures],
    worst: Sequence[ItemFigures],
    page: int,
) -> Reply:
    """A page of the questions to look at first, from 0; a page beyond the end gives the first."""
    shown = cut_page(worst, page, PAGE_SIZE)
    listed = [(_.number(at), one) for at, one in enumerate(shown.items, shown.first)]
    text = parts.join_paragraphs(
        heading(_, view.over_all_days, _("Questions to look at first")),
        *(_listed(_, course, one, number) for number, one in listed),
        _summary(_, everything, len(worst)),
        _where_asked(_, course),
        _how_to_find(_, everything[0].question if everything else "m1q1"),
    )
    chosen = (statistics_button(_, at, "question", view, one.question) for at, one in listed)
    is_drawn = any(one.facility is not None for one in everything)
    drawn = chart_button(_, view, "questions") if is_drawn else ()
    opened = page_button(_, "questions", view)
    turning = page_buttons(_, shown.number, opened, is_last=shown.is_last)
    return Reply(text, parts.filled(tuple(chosen), (*turning, *drawn, back_button(_, view))))


def _where_asked(_: Translator, course: Course) -> str | None:
    """How many questions lessons ask, and how many are kept; `None` where none are kept."""
    kept = sum(len(module.bank) for module in course.modules)
    if not kept:
        return None
    taught = _.number(sum(1 for _one in course.questions()))
    return _.ngettext(
        "Lessons ask {taught} of them. {number} is for the tests to come and is not asked yet.",
        "Lessons ask {taught} of them. {number} are for the tests to come and are not asked yet.",
        kept,
        taught=taught,
    )


def _how_to_find(_: Translator, example: str) -> str:
    return _(
        "Only first answers count. Any other question: /question and its id, such as {id}",
        id=example,
    )


def question_page(
    _: Translator, course: Course, view: StatisticsView, looked: QuestionView
) -> Reply:
    """One question: difficulty, discrimination, who chooses which option, and what to do."""
    asked, found = looked.question, looked.figures
    whose = _("everybody") if view.cohort is None else parts.safe_name(view.cohort.name)
    head = parts.bold(_("Question {id}", id=parts.plain_text(asked.id)))
    text = parts.join_paragraphs(
        f"{head}\n{question_position(_, course, asked)} · {whose}",
        parts.quotation(parts.plain_text(parts.shorten(asked.text, _MAX_STEM))),
        "\n".join(verdict_text(_, asked, one) for one in found.verdicts),
        _figures(_, asked, found),
        "\n".join(_option(_, asked, one) for one in found.options),
        _thirds(_) if any(one.upper is not None for one in found.options) else None,
    )
    return Reply(text, ((back_button(_, view, "questions"),),))


def question_not_found(_: Translator, view: StatisticsView, course: Course, wanted: str) -> Reply:
    """Tells that there is no question with the typed id, or that none was typed."""
    example = next(course.questions()).id
    text = parts.join_paragraphs(
        _("There is no question {id}.", id=parts.plain_text(parts.shorten(wanted, _MAX_OPTION)))
        if wanted
        else None,
        _(
            "Please type the id of a question behind the command, such as: /question {id}",
            id=example,
        ),
    )
    return Reply(
        text, ((statistics_button(_, _("Questions to look at first"), "questions", view),),)
    )


def _listed(_: Translator, course: Course, one: ItemFigures, number: str) -> str:
    asked = course.question(one.question)
    assert asked is not None, "the figures are of this course"
    said = verdict_text(_, asked, one.verdicts[0])
    where = question_position(_, course, asked)
    return f"{number}. {parts.bold(parts.plain_text(one.question))} · {where}\n{said}"


def _summary(_: Translator, everything: Sequence[ItemFigures], listed: int) -> str:
    counts = Counter(one.verdicts[0].finding for one in everything)
    silent, fine = counts[ItemFinding.TOO_FEW], counts[ItemFinding.FINE]
    smaller = len(everything) - silent - fine - listed
    more = _.ngettext(
        "{number} more has something smaller.", "{number} more have something smaller.", smaller
    )
    nothing = _.ngettext(
        "Nothing to mend: {number} question.", "Nothing to mend: {number} questions.", fine
    )
    unknown = _.ngettext(
        "Nothing to say yet: {number} question.", "Nothing to say yet: {number} questions.", silent
    )
    return "\n".join((more, nothing, unknown) if smaller > 0 else (nothing, unknown))


def _figures(_: Translator, asked: Question, found: ItemFigures) -> str:
    answered = _("First answers: {people}", people=people_text(_, found.answered))
    if found.facility is None:
        return answered
    lines = (
        answered,
        _("Right: {number} percent", number=_.number(found.facility)),
        _discrimination_text(_, found.discrimination),
        None if found.seconds is None else _seconds_text(_, found.seconds),
        _("Asked before the course, so nothing of it has been taught yet.")
        if asked.form == "a"
        else None,
    )
    return "\n".join(line for line in lines if line)


def _seconds_text(_: Translator, seconds: int) -> str:
    return _.ngettext(
        "Time to answer: half take at most {number} second.",
        "Time to answer: half take at most {number} seconds.",
        seconds,
    )


def _discrimination_text(_: Translator, discrimination: float | None) -> str:
    """The discrimination of a question: the figure, and in words."""
    if discrimination is None:
        return _("How well it tells strong from weak learners: too little is known yet.")
    words = (
        (discrimination < 0, _("it points the wrong way")),
        (discrimination < WEAK_DISCRIMINATION, _("hardly")),
        (discrimination < _GOOD_DISCRIMINATION, _("well enough")),
        (True, _("very well")),
    )
    return _(
        "How well it tells strong from weak learners: {number} on a scale from -1 to 1 ({words}).",
        number=_.decimal(discrimination),
        words=next(said for is_so, said in words if is_so),
    )


def _option(_: Translator, asked: Question, one: OptionFigures) -> str:
    option = asked.option(one.option)
    assert option is not None, "the figures are of this question"
    text = parts.plain_text(parts.shorten(option.text, _MAX_OPTION))
    line = _("{letter}. {text}", letter=asked.letter(one.option), text=text)
    right = _("right")
    head = f"{line} ({right})" if one.is_right else line
    return f"{head}\n{_chosen_by(_, one)}"


def _chosen_by(_: Translator, one: OptionFigures) -> str:
    share = _.number(one.share)
    if one.upper is None or one.lower is None:
        return _("chosen by {share} percent", share=share)
    return _(
        "chosen by {share} percent; of the upper third {upper}, of the lower third {lower}",
        upper=_.number(one.upper),
        lower=_.number(one.lower),
        share=share,
    )


def _thirds(_: Translator) -> str:
    return _(
        "Upper and lower third: of those who answered, the third that had done best before this"
        " question, and the third that had done worst."
    )
