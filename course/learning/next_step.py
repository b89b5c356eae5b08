"""The learner's next step, from the course and their progress alone."""

from dataclasses import dataclass
from typing import TypeAlias

from course.learning.progress import (
    Attempt,
    Progress,
    Reading,
    feedback_item,
    opening_item,
)
from course.model import Card, Course, Module, Question


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Read `card`.

    Attributes:
        opened: the module that the card begins, while its picture is still to be seen before.
    """

    card: Card
    opened: Module | None = None


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Answer `question`.

    Attributes:
        ordinal: 1 for the first time it is asked; part of the answer.
        is_retry: whether it was missed before and is asked again at the end of its module.
    """

    question: Question
    ordinal: int
    is_retry: bool


@dataclass(frozen=True, slots=True)
class SeeFeedback:
    """Read the feedback to `attempt`, the latest one, and continue."""

    question: Question
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class CloseModule:
    """See the result of `module`, in which everything is done, and continue."""

    module: Module


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing is left."""


Step: TypeAlias = ReadCard | AnswerQuestion | SeeFeedback | CloseModule | Finished


def next_step(course: Course, progress: Progress) -> Step:
    """The learner's next step.

    In teaching order: cards, then the questions of the same lesson; a lesson that was left for
    later comes after the others of its module. Missed questions are asked again after the
    module's lessons, the one answered longest ago first. A closed module is never
    reopened, whatever an author adds to it.
    """
    newest = progress.newest_attempt()
    if newest is not None and not progress.has_acknowledged(newest):
        question = course.question(newest.question)
        if question is not None and all(map(question.option, newest.chosen)):
            return SeeFeedback(question, newest)
    for module in course.modules:
        if not progress.has_closed(module):
            return _step_within(module, progress)
    return Finished()


def has_finished_course(course: Course, progress: Progress) -> bool:
    """Whether all cards are read and all questions passed, except in closed modules.

    The feedback to the last answer, or the result of the last module, may still be unread; it is
    not needed to finish.
    """
    return all(
        progress.has_closed(module) or isinstance(_step_within(module, progress), CloseModule)
        for module in reversed(course.modules)
    )


def step_after_feedback(course: Course, progress: Progress) -> tuple[Progress, Step]:
    """The next step if the feedback that is on the screen, if any, counts as read.

    Returns:
        The progress with that reading, with time and update of the attempt, and the step.
    """
    step = next_step(course, progress)
    if not isinstance(step, SeeFeedback):
        return progress, step
    seen = feedback_item(step.question.id, step.attempt.ordinal)
    then = progress.after_reading(Reading(seen, step.attempt.at, step.attempt.update))
    return then, next_step(course, then)


def _step_within(module: Module, progress: Progress) -> Step:
    for lesson in sorted(module.lessons, key=progress.has_left):
        for card in lesson.cards:
            if card.id not in progress.read:
                return ReadCard(card, _opened_by(module, card, progress))
        for question in lesson.questions:
            if not progress.times_answered(question.id):
                return AnswerQuestion(question, 1, is_retry=False)
    missed = [q for q in module.questions() if not progress.has_passed(q.id)]
    if missed:
        longest_ago = min(missed, key=lambda q: _last_answered(progress, q))
        return AnswerQuestion(
            longest_ago, progress.times_answered(longest_ago.id) + 1, is_retry=True
        )
    return CloseModule(module)


def _opened_by(module: Module, card: Card, progress: Progress) -> Module | None:
    is_first = next(module.cards()).id == card.id
    seen = opening_item(module.id) in progress.read
    return module if is_first and module.picture is not None and not seen else None


def _last_answered(progress: Progress, question: Question) -> tuple[int, int]:
    last = progress.last_attempt(question.id)
    assert last is not None, "only answered questions can be missed"
    return (last.at, last.update)
