"""Marks answers, or tells why an answer does not count."""

from collections.abc import Set
from dataclasses import dataclass
from typing import TypeAlias

from course.learning.next_step import (
    AnswerQuestion,
    SeeFeedback,
    Step,
    next_step,
)
from course.learning.progress import Attempt, Progress
from course.model import Course, OptionId, Question, QuestionId


@dataclass(frozen=True, slots=True)
class Marked:
    """The answer was marked.

    Attributes:
        progress: the learner's progress after it.
    """

    question: Question
    attempt: Attempt
    progress: Progress


@dataclass(frozen=True, slots=True)
class JustAnswered:
    """The question was just answered, and its feedback is still on the screen."""

    question: Question
    attempt: Attempt
    progress: Progress


@dataclass(frozen=True, slots=True)
class AnsweredBefore:
    """An old button: the question was answered before; the learner is at `step`."""

    step: Step


@dataclass(frozen=True, slots=True)
class NotOpenYet:
    """The question is not open yet; the learner is at `step`."""

    step: Step


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The course no longer has this question or option; the learner is at `step`."""

    step: Step


AnswerOutcome: TypeAlias = Marked | JustAnswered | AnsweredBefore | NotOpenYet | Withdrawn


def is_correct(question: Question, chosen: Set[OptionId]) -> bool:
    """Whether `chosen` are exactly the right options."""
    return frozenset(chosen) == question.correct


def mark_answer(
    course: Course,
    progress: Progress,
    asked: QuestionId,
    ordinal: int,
    chosen: frozenset[OptionId],
    at: int,
    update: int,
) -> AnswerOutcome:
    """Decide what choosing `chosen` means for this learner.

    Args:
        progress: the learner's progress before it.
        asked: the question of the button, not necessarily the open one.
        ordinal: which asking of the question the button belongs to, from 1.
        chosen: ids of the options chosen; empty when the learner does not know.
        at: in UTC milliseconds.
        update: id of the update; a redelivered one gives the same outcome again.
    """
    step = next_step(course, progress)
    question = course.question(asked)
    if question is None or not all(map(question.option, chosen)):
        return Withdrawn(step)
    match step:
        case SeeFeedback(shown, attempt) if shown.id == asked and attempt.ordinal == ordinal:
            if attempt.update == update:
                return Marked(question, attempt, progress)
            return JustAnswered(question, attempt, progress)
        case AnswerQuestion(wanted, number) if wanted.id == asked and number == ordinal:
            right = is_correct(question, chosen)
            attempt = Attempt(question.id, ordinal, chosen, right, at, update)
            return Marked(question, attempt, progress.after_attempt(attempt))
        case _ if ordinal <= progress.times_answered(asked):
            return AnsweredBefore(step)
        case _:
            return NotOpenYet(step)
