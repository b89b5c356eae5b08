"""Item analysis of questions, from first answers."""

from collections.abc import Sequence

from bot.actions.statistics import QuestionView, StatisticsView
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.statistics import (
    back_button,
    chart_button,
    heading,
    people_text,
    statistics_button,
)
from course.model import Course, Question
from course.statistics.item_analysis import MIN_ANSWERS, WEAK_DISCRIMINATION
from course.statistics.item_findings import ItemFigures, ItemFinding, ItemVerdict, OptionFigures

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
    page = page if page * PAGE_SIZE < len(worst) else 0
    begin = page * PAGE_SIZE
    shown = worst[begin : begin + PAGE_SIZE]
    text = parts.join_paragraphs(
        heading(_, view.over_all_days, _("Questions to look at first")),
        "\n\n".join(_listed(_, course, one, begin + at) for at, one in enumerate(shown, 1)) or None,
        _summary(_, everything, len(worst)),
        _("Only first answers count. Any other question: /question and its id, such as {id}",
          id=_example(everything)),
    )  # fmt: skip
    chosen = tuple(
        statistics_button(_, _.number(begin + at), "question", view, one.question)
        for at, one in enumerate(shown, 1)
    )
    drawn = (
        chart_button(_, view, "questions")
        if any(one.facility is not None for one in everything)
        else ()
    )
    rows = (chosen, (*_page_buttons(_, view, page, len(worst)), *drawn, back_button(_, view)))
    return Reply(text, tuple(row for row in rows if row))


def question_page(
    _: Translator, course: Course, view: StatisticsView, looked: QuestionView
) -> Reply:
    """One question: difficulty, discrimination, who chooses which option, and what to do."""
    asked, found = looked.question, looked.figures
    text = parts.join_paragraphs(
        parts.bold(_("Question {id}", id=parts.plain_text(asked.id)))
        + "\n"
        + " · ".join(
            word for word in (question_position(_, course, asked), _whose(_, view)) if word
        ),
        parts.quotation(parts.plain_text(_shorten(asked.text, _MAX_STEM))),
        "\n".join(verdict_text(_, asked, one) for one in found.verdicts),
        _figures(_, asked, found),
        "\n".join(_option(_, asked, one) for one in found.options) or None,
        _thirds(_) if any(one.upper is not None for one in found.options) else None,
    )
    return Reply(text, ((back_button(_, view, "questions"),),))


def question_not_found(_: Translator, view: StatisticsView, course: Course, wanted: str) -> Reply:
    """Tells that there is no question with the typed id, or that none was typed."""
    example = next(course.questions()).id
    text = parts.join_paragraphs(
        _("There is no question {id}.", id=parts.plain_text(_shorten(wanted, _MAX_OPTION)))
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


def question_position(_: Translator, course: Course, asked: Question) -> str | None:
    """A question's position: "module 2, lesson 3"."""
    found = course.position_of(asked.id)
    if found is None:
        return _("kept for tests")
    module = _.number(found.module_number)
    if found.lesson_number is None:
        return _("module {module}, kept for tests", module=module)
    lesson = _.number(found.lesson_number)
    return _("module {module}, lesson {lesson}", module=module, lesson=lesson)


def verdict_text(_: Translator, asked: Question, one: ItemVerdict) -> str:
    """One finding about a question, as a sentence."""
    letter = "" if one.option is None else _letter(asked, one)
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


def _listed(_: Translator, course: Course, one: ItemFigures, number: int) -> str:
    asked = course.question(one.question)
    assert asked is not None, "the figures are of this course"
    said = verdict_text(_, asked, one.verdicts[0])
    where = question_position(_, course, asked)
    return f"{_.number(number)}. {parts.bold(parts.plain_text(one.question))} · {where}\n{said}"


def _summary(_: Translator, everything: Sequence[ItemFigures], listed: int) -> str:
    silent = sum(one.verdicts[0].finding is ItemFinding.TOO_FEW for one in everything)
    fine = sum(one.verdicts[0].finding is ItemFinding.FINE for one in everything)
    flagged = len(everything) - silent - fine - listed
    said = [
        _.ngettext("Nothing to mend: {number} question.", "Nothing to mend: {number} questions.",
                   fine),
        _.ngettext("Nothing to say yet: {number} question.",
                   "Nothing to say yet: {number} questions.", silent),
    ]  # fmt: skip
    if flagged > 0:
        said.insert(
            0,
            _.ngettext(
                "{number} more has something smaller.",
                "{number} more have something smaller.",
                flagged,
            ),
        )
    return "\n".join(said)


def _figures(_: Translator, asked: Question, found: ItemFigures) -> str | None:
    if found.facility is None:
        return _("First answers: {people}", people=people_text(_, found.answered))
    lines = [
        _("First answers: {people}", people=people_text(_, found.answered)),
        _("Right: {number} percent", number=_.number(found.facility)),
        _discrimination_text(_, found.discrimination),
    ]
    if found.seconds is not None:
        lines.append(
            _.ngettext(
                "Time to answer: half take at most {number} second.",
                "Time to answer: half take at most {number} seconds.",
                found.seconds,
            )
        )
    if asked.form == "a":
        lines.append(_("Asked before the course, so nothing of it has been taught yet."))
    return "\n".join(lines)


def _discrimination_text(_: Translator, discrimination: float | None) -> str:
    """The discrimination of a question: the figure, and in words."""
    if discrimination is None:
        return _("How well it tells strong from weak learners: too little is known yet.")
    words = (
        _("it points the wrong way")
        if discrimination < 0
        else _("hardly")
        if discrimination < WEAK_DISCRIMINATION
        else _("well enough")
        if discrimination < _GOOD_DISCRIMINATION
        else _("very well")
    )
    return _(
        "How well it tells strong from weak learners: {number} on a scale from -1 to 1 ({words}).",
        number=_.decimal(discrimination),
        words=words,
    )


def _option(_: Translator, asked: Question, one: OptionFigures) -> str:
    option = asked.option(one.option)
    assert option is not None, "the figures are of this question"
    values = {
        "letter": asked.letter(one.option),
        "text": parts.plain_text(_shorten(option.text, _MAX_OPTION)),
        "share": _.number(one.share),
    }
    key = _("right")
    right = f" ({key})" if one.is_right else ""
    line = _("{letter}. {text}", **values) + right + "\n"
    if one.upper is None or one.lower is None:
        return line + _("chosen by {share} percent", **values)
    return line + _(
        "chosen by {share} percent; of the upper third {upper}, of the lower third {lower}",
        upper=_.number(one.upper),
        lower=_.number(one.lower),
        **values,
    )


def _thirds(_: Translator) -> str:
    return _(
        "Upper and lower third: of those who answered, the third that had done best before this"
        " question, and the third that had done worst."
    )


def _whose(_: Translator, view: StatisticsView) -> str:
    return _("everybody") if view.cohort is None else parts.safe_name(view.cohort.name)


def _letter(asked: Question, one: ItemVerdict) -> str:
    assert one.option is not None, "asked for only then"
    return asked.letter(one.option)


def _page_buttons(_: Translator, view: StatisticsView, page: int, total: int) -> tuple[Button, ...]:
    back_to = (
        (statistics_button(_, _("Earlier"), "questions", view, str(page - 1)),) if page else ()
    )
    more = (page + 1) * PAGE_SIZE < total
    forth = (statistics_button(_, _("More"), "questions", view, str(page + 1)),) if more else ()
    return (*back_to, *forth)


def _example(everything: Sequence[ItemFigures]) -> str:
    return everything[0].question if everything else "m1q1"


def _shorten(text: str, limit: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
