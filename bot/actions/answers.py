"""Answering a question: by buttons or typed letters, with one option or several."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.actions.learner_changes import record_facts
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from bot.actions.lessons import item_of
from course.learning.marking import AnswerOutcome, Marked, mark_answer
from course.learning.next_step import AnswerQuestion, SeeFeedback, step_after_feedback
from course.learning.progress import Reading
from course.model import Course, OptionId, Question, QuestionId
from course.statistics.counters import answer_details
from storage import facts
from storage.statements import Statement


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer was given; `outcome` is what the rule decided."""

    learner_state: LearnerState
    outcome: AnswerOutcome


@dataclass(frozen=True, slots=True)
class NothingToAnswer:
    """An answer was typed while no question was open."""

    learner_state: LearnerState


@dataclass(frozen=True, slots=True)
class NotOffered:
    """Letters were typed that are no answer to the open question."""

    learner_state: LearnerState
    question: Question


LettersOutcome: TypeAlias = Answered | NothingToAnswer | NotOffered


async def submit_answer(
    services: Services,
    interaction: Interaction,
    question_id: QuestionId,
    ordinal: int,
    chosen: frozenset[OptionId],
) -> Answered:
    """Record the options that a learner chose, and mark them.

    A reminder may show the question after the feedback at which a learner left: answering that
    question also records the feedback as read.
    """
    state, gone_on = _move_past_feedback(
        await load_learner(services, interaction), services.course, question_id, ordinal
    )
    return await record_answer(services, state, question_id, ordinal, chosen, gone_on)


async def submit_letters(
    services: Services, interaction: Interaction, letters: str
) -> LettersOutcome:
    """Record an answer that was typed as letters, and mark it.

    Args:
        letters: capital letters, each once, in order.
    """
    state = await load_learner(services, interaction)
    match state.step:
        case SeeFeedback(question, attempt) if attempt.update == interaction.update_id:
            return Answered(state, Marked(question, attempt, state.progress))
        case AnswerQuestion(question, ordinal):
            chosen = {o.id for o in question.options if question.letter(o.id) in letters}
            is_offered = len(chosen) == len(letters)
            if not is_offered or (len(letters) > 1 and not question.has_several_answers):
                return NotOffered(state, question)
            return await record_answer(services, state, question.id, ordinal, frozenset(chosen))
        case _:
            return NothingToAnswer(state)


async def submit_dont_know(services: Services, state: LearnerState) -> Answered | NothingToAnswer:
    """Record that a learner does not know: an attempt with no option, so that none is counted.

    The question comes back as a missed one does.
    """
    match state.step:
        case SeeFeedback(question, attempt) if attempt.update == state.interaction.update_id:
            return Answered(state, Marked(question, attempt, state.progress))
        case AnswerQuestion(question, ordinal):
            return await record_answer(services, state, question.id, ordinal, frozenset())
        case _:
            return NothingToAnswer(state)


async def select_option(
    services: Services, interaction: Interaction, question_id: QuestionId, ordinal: int
) -> LearnerState | Answered:
    """Select an option of a question with several right answers; nothing is stored.

    Returns:
        The learner's state if the question is open in this asking; else the outcome of answering
        it.
    """
    state, _ = _move_past_feedback(
        await load_learner(services, interaction), services.course, question_id, ordinal
    )
    match state.step:
        case AnswerQuestion(question, number) if (question.id, number) == (question_id, ordinal):
            return state
        case _:
            option = _any_option(services, question_id)
            return Answered(state, _mark(services, state, question_id, ordinal, option))


async def record_answer(
    services: Services,
    state: LearnerState,
    question_id: QuestionId,
    ordinal: int,
    chosen: frozenset[OptionId],
    also_write: tuple[Statement, ...] = (),
) -> Answered:
    """Record and mark an answer of a learner whose state is loaded; `state.step` is from before it.

    Args:
        also_write: statements to write in the same transaction.
    """
    outcome = _mark(services, state, question_id, ordinal, chosen)
    if not isinstance(outcome, Marked):
        return Answered(state, outcome)
    if not state.is_redelivered:
        learner, at = state.interaction.learner, state.interaction.at
        known = answer_details(state.progress, state.zone, at)
        attempt = facts.add_attempt(learner, outcome.attempt, services.course.version, known)
        await record_facts(services, state, outcome.progress, question_id, *also_write, *attempt)
    return Answered(replace(state, progress=outcome.progress), outcome)


def _mark(
    services: Services,
    state: LearnerState,
    question_id: QuestionId,
    ordinal: int,
    chosen: frozenset[OptionId],
) -> AnswerOutcome:
    at, update = state.interaction.at, state.interaction.update_id
    return mark_answer(services.course, state.progress, question_id, ordinal, chosen, at, update)


def _move_past_feedback(
    state: LearnerState, course: Course, question_id: QuestionId, ordinal: int
) -> tuple[LearnerState, tuple[Statement, ...]]:
    """The state after the feedback, if `question_id` is the question that follows it.

    Also returns the statements that record the feedback as read.
    """
    then, step = step_after_feedback(course, state.progress)
    match state.step, step:
        case SeeFeedback(), AnswerQuestion(question, number) if (question.id, number) == (
            question_id,
            ordinal,
        ):
            interaction = state.interaction
            reading = Reading(item_of(state.step), interaction.at, interaction.update_id)
            return replace(state, progress=then, step=step), facts.add_reading(
                interaction.learner, reading
            )
        case _:
            return state, ()


def _any_option(services: Services, question_id: QuestionId) -> frozenset[OptionId]:
    question = services.course.question(question_id)
    return frozenset() if question is None else frozenset({question.options[0].id})
