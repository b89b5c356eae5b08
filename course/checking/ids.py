"""Rules on ids: they are stored in buttons and learners' records, so each must be unique."""

from collections.abc import Iterable, Iterator

from course import limits
from course.problems import Problem
from course.reading.author_files import Draft
from course.reading.yaml_nodes import Keyed, Scalar


def ids_are_used_once(draft: Draft) -> Iterator[Problem]:
    """No two items of a course have the same id, whatever their kind."""
    return _twice(_ids(draft), "in the course")


def option_ids_are_used_once(draft: Draft) -> Iterator[Problem]:
    """No two options of a question have the same id."""
    for question in draft.questions():
        yield from _twice(_own(question.keyed("options")), "in this question")


def answers_fit_their_buttons(draft: Draft) -> Iterator[Problem]:
    """The longest button data of every question is within Telegram's limit."""
    for question in draft.questions():
        options = tuple(option.text("id") for option in question.keyed("options"))
        if len(question.text("id")) > limits.ID_LENGTH or len(options) > limits.OPTIONS_MOST:
            continue  # reported already, by the rules on lengths
        if any(len(option) > limits.OPTION_ID_LENGTH for option in options):
            continue
        used = limits.size(limits.answer_button(question.text("id"), options))
        if used > limits.BUTTON_BYTES:
            what = f"a button of this question needs {used} bytes, and {limits.BUTTON_BYTES} fit"
            do = "write ids in plain small letters, digits and hyphens, and shorter"
            yield question.spot_of("id").problem(what, do)


def _ids(draft: Draft) -> Iterator[Scalar]:
    for top in draft.tops():
        yield from _own((top, *top.keyed("objectives")))
        for lesson in top.keyed("lessons"):
            yield from _own((lesson, *lesson.keyed("cards"), *lesson.keyed("questions")))
        yield from _own(top.keyed("questions"))


def _own(things: Iterable[Keyed]) -> Iterator[Scalar]:
    return (found for thing in things if (found := thing.scalar("id")) is not None)


def _twice(ids: Iterable[Scalar], within: str) -> Iterator[Problem]:
    first: dict[str, Scalar] = {}
    for each in ids:
        earlier = first.setdefault(each.text, each)
        if earlier is not each:
            shown = each.text[: limits.ID_LENGTH]
            at = f"{earlier.spot.file}, line {earlier.spot.line}"
            what = f"the id {shown} is used a second time {within}"
            yield each.spot.problem(what, f"choose another one (the first is in {at})")
