"""Answering a question: by buttons or typed letters, with one option or several."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    learns,
    visit,
)
from bot.actions.lessons import item_of
from course.learning.marking import Marked, Outcome, answer
from course.learning.next_step import AnswerQuestion, SeeFeedback, past_feedback
from course.learning.progress import Reading
from course.model import Course, OptionId, Question, QuestionId
from course.statistics.counters import moment
from storage import facts
from storage.statements import Statement


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer was given; `outcome` is what the rule decided."""

    visit: Visit
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class NothingToAnswer:
    """Letters were typed while no question was open."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class NotOffered:
    """Letters were typed that are no answer to the open question."""

    visit: Visit
    question: Question


Typed: TypeAlias = Answered | NothingToAnswer | NotOffered


async def submit_answer(
    services: Services, turn: Turn, asked: QuestionId, ordinal: int, chosen: frozenset[OptionId]
) -> Answered:
    """Record the options that a learner chose, and mark them.

    A reminder may show the question after the feedback at which a learner left: answering that
    question also records the feedback as read.
    """
    here, gone_on = _past_feedback(await visit(services, turn), services.course, asked, ordinal)
    return await submit(services, here, asked, ordinal, chosen, gone_on)


async def submit_letters(services: Services, turn: Turn, letters: str) -> Typed:
    """Record an answer that was typed as letters, and mark it.

    Args:
        letters: capital letters, each once, in order.
    """
    here = await visit(services, turn)
    match here.step:
        case SeeFeedback(question, attempt) if attempt.update == turn.update:
            return Answered(here, Marked(question, attempt, here.progress))
        case AnswerQuestion(question, ordinal):
            chosen = {o.id for o in question.options if question.letter(o.id) in letters}
            if len(chosen) != len(letters) or (len(letters) > 1 and not question.several):
                return NotOffered(here, question)
            return await submit(services, here, question.id, ordinal, frozenset(chosen))
        case _:
            return NothingToAnswer(here)


async def select(
    services: Services, turn: Turn, asked: QuestionId, ordinal: int
) -> Visit | Answered:
    """Select an option of a question with several right answers; nothing is stored.

    Returns:
        The learner's state if the question is open in this asking; else the outcome of answering
        it.
    """
    here, _ = _past_feedback(await visit(services, turn), services.course, asked, ordinal)
    match here.step:
        case AnswerQuestion(question, number) if (question.id, number) == (asked, ordinal):
            return here
        case _:
            outcome = answer(
                services.course, here.progress, asked, ordinal,
                _any_option(services, asked), turn.at, turn.update,
            )  # fmt: skip
            return Answered(here, outcome)


async def submit(
    services: Services,
    here: Visit,
    asked: QuestionId,
    ordinal: int,
    chosen: frozenset[OptionId],
    gone_on: tuple[Statement, ...] = (),
) -> Answered:
    """Record and mark an answer of a learner whose state is loaded; `state.step` is from before it.

    Args:
        also_write: statements to write in the same transaction.
    """
    turn = here.turn
    outcome = answer(services.course, here.progress, asked, ordinal, chosen, turn.at, turn.update)
    if isinstance(outcome, Marked):
        if not here.is_applied:
            known = moment(here.progress, here.zone, turn.at)
            attempt = facts.add_attempt(
                turn.learner, outcome.attempt, services.course.version, known
            )
            await learns(services, here, outcome.progress, asked, *gone_on, *attempt)
        here = replace(here, progress=outcome.progress)
    return Answered(here, outcome)


def _past_feedback(
    here: Visit, course: Course, asked: QuestionId, ordinal: int
) -> tuple[Visit, tuple[Statement, ...]]:
    """The state after the feedback, if `question_id` is the question that follows it.

    Also returns the statements that record the feedback as read.
    """
    then, step = past_feedback(course, here.progress)
    match here.step, step:
        case SeeFeedback(), AnswerQuestion(question, number) if (question.id, number) == (
            asked,
            ordinal,
        ):
            turn = here.turn
            reading = Reading(item_of(here.step), turn.at, turn.update)
            return replace(here, progress=then, step=step), facts.add_reading(turn.learner, reading)
        case _:
            return here, ()


def _any_option(services: Services, asked: QuestionId) -> frozenset[OptionId]:
    question = services.course.question(asked)
    return frozenset() if question is None else frozenset({question.options[0].id})
