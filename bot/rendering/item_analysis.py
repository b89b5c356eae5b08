"""Item analysis of questions, from first answers."""

from collections.abc import Sequence

from bot.actions.statistics import Looked, View
from bot.i18n import Voice
from bot.messages import Button, Reply
from bot.rendering import parts
from bot.rendering.statistics import back, button, head, people, picture
from course.model import Course, Question
from course.statistics.item_analysis import ENOUGH, WEAK
from course.statistics.overview import (
    Finding,
    ItemFigures,
    OptionFigures,
    Verdict,
)

AT_A_TIME = 5
"""Questions on one page."""

_GOOD = 0.40  # Ebel and Frisbie; docs/statistics.md
_STEM = 300  # characters of a question
_OPTION = 80  # characters of an option


def questions(
    _: Voice,
    course: Course,
    seen: View,
    everything: Sequence[ItemFigures],
    worst: Sequence[ItemFigures],
    page: int,
) -> Reply:
    """A page of the questions to look at first, from 0; a page beyond the end gives the first."""
    page = page if page * AT_A_TIME < len(worst) else 0
    begin = page * AT_A_TIME
    shown = worst[begin : begin + AT_A_TIME]
    text = parts.lines(
        head(_, seen.of_all_days, _("Questions to look at first")),
        "\n\n".join(_listed(_, course, one, begin + at) for at, one in enumerate(shown, 1)) or None,
        _summary(_, everything, len(worst)),
        _("Only first answers count. Any other question: /question and its id, such as {id}",
          id=_example(everything)),
    )  # fmt: skip
    chosen = tuple(
        button(_, _.number(begin + at), "question", seen, one.question)
        for at, one in enumerate(shown, 1)
    )
    drawn = (
        picture(_, seen, "questions") if any(one.facility is not None for one in everything) else ()
    )
    rows = (chosen, (*_turning(_, seen, page, len(worst)), *drawn, back(_, seen)))
    return Reply(text, tuple(row for row in rows if row))


def question(_: Voice, course: Course, seen: View, looked: Looked) -> Reply:
    """One question: difficulty, discrimination, who chooses which option, and what to do."""
    asked, found = looked.question, looked.figures
    text = parts.lines(
        parts.bold(_("Question {id}", id=parts.plain_text(asked.id)))
        + "\n"
        + " · ".join(word for word in (place(_, course, asked), _whose(_, seen)) if word),
        parts.quotation(parts.plain_text(_short(asked.text, _STEM))),
        "\n".join(verdict(_, asked, one) for one in found.verdicts),
        _figures(_, asked, found),
        "\n".join(_option(_, asked, one) for one in found.options) or None,
        _thirds(_) if any(one.upper is not None for one in found.options) else None,
    )
    return Reply(text, ((back(_, seen, "questions"),),))


def unknown(_: Voice, seen: View, course: Course, wanted: str) -> Reply:
    """Tells that there is no question with the typed id, or that none was typed."""
    example = next(course.questions()).id
    text = parts.lines(
        _("There is no question {id}.", id=parts.plain_text(_short(wanted, _OPTION)))
        if wanted
        else None,
        _(
            "Please type the id of a question behind the command, such as: /question {id}",
            id=example,
        ),
    )
    return Reply(text, ((button(_, _("Questions to look at first"), "questions", seen),),))


def place(_: Voice, course: Course, asked: Question) -> str | None:
    """A question's position: "module 2, lesson 3"."""
    found = course.place_of(asked.id)
    if found is None:
        return _("kept for tests")
    module = _.number(found.module_number)
    if found.lesson_number is None:
        return _("module {module}, kept for tests", module=module)
    lesson = _.number(found.lesson_number)
    return _("module {module}, lesson {lesson}", module=module, lesson=lesson)


def verdict(_: Voice, asked: Question, one: Verdict) -> str:
    """One finding about a question, as a sentence."""
    letter = "" if one.option is None else _letter(asked, one)
    return {
        Finding.TOO_FEW: _(
            "Fewer than {number} first answers, or too few to tell of nobody: nothing to say yet.",
            number=_.number(ENOUGH),
        ),
        Finding.KEY_DOUBTFUL: _(
            "The key may be wrong, or the question misleads: those who do well choose {letter}.",
            letter=letter,
        ),
        Finding.MISLEADING: _(
            "It misleads: those who do well are right less often than those who do not."
        ),
        Finding.WEAK: _("It hardly tells those who do well from those who do not."),
        Finding.HARD: _("It is very hard. Is it taught, and is it worded clearly?"),
        Finding.EASY: _("It is very easy for a question asked before the course."),
        Finding.DEAD_OPTION: _(
            "Hardly anybody chooses {letter}: something more tempting would tell more.",
            letter=letter,
        ),
        Finding.FINE: _("Nothing to mend."),
    }[one.finding]


def _listed(_: Voice, course: Course, one: ItemFigures, number: int) -> str:
    asked = course.question(one.question)
    assert asked is not None, "the figures are of this course"
    said = verdict(_, asked, one.verdicts[0])
    where = place(_, course, asked)
    return f"{_.number(number)}. {parts.bold(parts.plain_text(one.question))} · {where}\n{said}"


def _summary(_: Voice, everything: Sequence[ItemFigures], listed: int) -> str:
    silent = sum(one.verdicts[0].finding is Finding.TOO_FEW for one in everything)
    fine = sum(one.verdicts[0].finding is Finding.FINE for one in everything)
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


def _figures(_: Voice, asked: Question, found: ItemFigures) -> str | None:
    if found.facility is None:
        return _("First answers: {people}", people=people(_, found.answered))
    lines = [
        _("First answers: {people}", people=people(_, found.answered)),
        _("Right: {number} percent", number=_.number(found.facility)),
        _tells(_, found.discrimination),
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


def _tells(_: Voice, discrimination: float | None) -> str:
    """The discrimination of a question: the figure, and in words."""
    if discrimination is None:
        return _("How well it tells strong from weak learners: too little is known yet.")
    words = (
        _("it points the wrong way")
        if discrimination < 0
        else _("hardly")
        if discrimination < WEAK
        else _("well enough")
        if discrimination < _GOOD
        else _("very well")
    )
    return _(
        "How well it tells strong from weak learners: {number} on a scale from -1 to 1 ({words}).",
        number=_.decimal(discrimination),
        words=words,
    )


def _option(_: Voice, asked: Question, one: OptionFigures) -> str:
    option = asked.option(one.option)
    assert option is not None, "the figures are of this question"
    values = {
        "letter": asked.letter(one.option),
        "text": parts.plain_text(_short(option.text, _OPTION)),
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


def _thirds(_: Voice) -> str:
    return _(
        "Upper and lower third: of those who answered, the third that had done best before this"
        " question, and the third that had done worst."
    )


def _whose(_: Voice, seen: View) -> str:
    return _("everybody") if seen.chosen is None else parts.name(seen.chosen.name)


def _letter(asked: Question, one: Verdict) -> str:
    assert one.option is not None, "asked for only then"
    return asked.letter(one.option)


def _turning(_: Voice, seen: View, page: int, total: int) -> tuple[Button, ...]:
    back_to = (button(_, _("Earlier"), "questions", seen, str(page - 1)),) if page else ()
    more = (page + 1) * AT_A_TIME < total
    forth = (button(_, _("More"), "questions", seen, str(page + 1)),) if more else ()
    return (*back_to, *forth)


def _example(everything: Sequence[ItemFigures]) -> str:
    return everything[0].question if everything else "m1q1"


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
