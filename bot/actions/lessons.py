"""Going through the course: continuing, advancing, paging back."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.actions.learner_changes import record_reading
from bot.actions.learner_state import Interaction, LearnerState, Services, load_learner
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    ReadCard,
    SeeFeedback,
    Step,
    next_step,
)
from course.learning.progress import WELCOME, Reading, feedback_item, later_item, opening_item
from course.learning.review import missed_questions
from course.model import Card, CardId, Lesson, Question, QuestionId

# Presses of the same Next within this time (milliseconds) are duplicates, not a wish to see the
# place again.
_DUPLICATE_WITHIN = 10_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """The learner is at `learner_state.step`, to be shown.

    Attributes:
        is_new: this interaction brought them there.
    """

    learner_state: LearnerState
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class AlreadyAdvanced:
    """An old Next was pressed: the learner has advanced from there already."""

    learner_state: LearnerState


@dataclass(frozen=True, slots=True)
class DuplicatePress:
    """The same Next was pressed twice; what follows is shown already."""

    learner_state: LearnerState


@dataclass(frozen=True, slots=True)
class NotAvailable:
    """The item is not open to this learner yet, or not part of the course."""

    learner_state: LearnerState


MoveOutcome: TypeAlias = Arrived | AlreadyAdvanced | DuplicatePress | NotAvailable


@dataclass(frozen=True, slots=True)
class CardOpened:
    """A card is shown again, in place."""

    learner_state: LearnerState
    card: Card


@dataclass(frozen=True, slots=True)
class QuestionReviewed:
    """A missed question is shown with its right answer.

    Attributes:
        missed: all missed questions of its module, in teaching order.
    """

    learner_state: LearnerState
    question: Question
    missed: tuple[Question, ...]


async def continue_course(services: Services, interaction: Interaction) -> Arrived:
    """Show what comes next; feedback or a module's end that was shown counts as read."""
    state = await load_learner(services, interaction)
    if state.is_redelivered:
        return Arrived(state, is_new=True)
    if state.progress.is_new:
        return Arrived(await record_reading(services, state, WELCOME), is_new=True)
    if isinstance(state.step, SeeFeedback | CloseModule):
        return Arrived(await record_reading(services, state, item_of(state.step)), is_new=True)
    return Arrived(state)


async def advance(services: Services, interaction: Interaction) -> Arrived:
    """Advance from the current item; a question stays until it is answered."""
    state = await load_learner(services, interaction)
    if state.is_redelivered or isinstance(state.step, AnswerQuestion | Finished):
        return Arrived(state, is_new=state.is_redelivered)
    if state.progress.is_new:  # at most the welcome was shown, not the first card
        return Arrived(await record_reading(services, state, WELCOME), is_new=True)
    return Arrived(await record_reading(services, state, item_of(state.step)), is_new=True)


async def advance_from(services: Services, interaction: Interaction, item: str) -> MoveOutcome:
    """Advance from `item`, whose Next was pressed."""
    state = await load_learner(services, interaction)
    if state.is_redelivered:
        return Arrived(state, is_new=True)
    if _can_advance_from(state.step, item):
        return Arrived(await record_reading(services, state, item), is_new=True)
    if item not in state.progress.read:
        return NotAvailable(state)
    just_now = 0 <= interaction.at - state.progress.read[item] < _DUPLICATE_WITHIN
    newest = state.progress.newest_attempt()
    if just_now and (newest is None or newest.at <= state.progress.read[item]):
        return DuplicatePress(state)
    return AlreadyAdvanced(state)


async def leave_lesson(services: Services, interaction: Interaction) -> Arrived:
    """Leave the current lesson for later: it stays open, and comes after the others of its module.

    The only lesson that is left in a module, and missed questions, stay: nothing would be new.
    """
    state = await load_learner(services, interaction)
    lesson = _lesson_of(services, state.step)
    if state.is_redelivered or lesson is None or state.progress.has_left(lesson):
        return Arrived(state, is_new=state.is_redelivered)
    reading = Reading(later_item(lesson.id), interaction.at, interaction.update_id)
    then = next_step(services.course, state.progress.after_reading(reading))
    if _lesson_of(services, then) in (lesson, None):
        return Arrived(state)
    return Arrived(await record_reading(services, state, reading.item), is_new=True)


def _lesson_of(services: Services, step: Step) -> Lesson | None:
    """The lesson of a card, or of a question that is asked the first time."""
    match step:
        case ReadCard(card):
            place = services.course.position_of(card.id)
        case AnswerQuestion(question, _ordinal, False):
            place = services.course.position_of(question.id)
        case _:
            return None
    return None if place is None else place.lesson


async def open_card(
    services: Services, interaction: Interaction, card_id: CardId
) -> CardOpened | NotAvailable:
    """Open a card that was read, or the current one."""
    state = await load_learner(services, interaction)
    card = services.course.card(card_id)
    at_it = isinstance(state.step, ReadCard) and state.step.card.id == card_id
    if card is None or not (at_it or card_id in state.progress.read):
        return NotAvailable(state)
    return CardOpened(state, card)


async def page_back(services: Services, interaction: Interaction) -> CardOpened | Arrived:
    """Open the card before the current one, within its lesson."""
    state = await load_learner(services, interaction)
    if isinstance(state.step, ReadCard):
        place = services.course.position_of(state.step.card.id)
        if place is not None and place.lesson is not None and (place.card_number or 1) > 1:
            return CardOpened(state, place.lesson.cards[(place.card_number or 1) - 2])
    return Arrived(state)


async def review_question(
    services: Services, interaction: Interaction, question_id: QuestionId
) -> QuestionReviewed | NotAvailable:
    """Open a missed question, once it has been answered right."""
    state = await load_learner(services, interaction)
    place = services.course.position_of(question_id)
    question = services.course.question(question_id)
    if place is None or question is None or not state.progress.has_passed(question_id):
        return NotAvailable(state)
    return QuestionReviewed(state, question, missed_questions(place.module, state.progress))


def _can_advance_from(step: Step, item: str) -> bool:
    """Whether `item` is what the step shows, or the card whose module's picture was passed over."""
    if isinstance(step, AnswerQuestion | Finished):
        return False
    return item == item_of(step) or (isinstance(step, ReadCard) and item == step.card.id)


def item_of(step: Step) -> str:
    """The id of a step's item, as its `Reading` stores it; "" for the end of the course."""
    match step:
        case ReadCard(card, opened):
            return card.id if opened is None else opening_item(opened.id)
        case SeeFeedback(question, attempt):
            return feedback_item(question.id, attempt.ordinal)
        case CloseModule(module):
            return module.id
        case AnswerQuestion(question):
            return question.id
        case Finished():
            return ""
