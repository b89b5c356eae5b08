"""Going through the course: continuing, advancing, paging back."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.actions.learner_state import (
    Services,
    Turn,
    Visit,
    reads,
    visit,
)
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    ReadCard,
    SeeFeedback,
    Step,
)
from course.learning.progress import WELCOME, feedback_item
from course.learning.review import missed
from course.model import Card, CardId, Question, QuestionId

# Presses of the same Next within this time (milliseconds) are duplicates, not a wish to see the
# place again.
_DOUBLE_TAP = 10_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """The learner is at `learner_state.step`, to be shown.

    Attributes:
        is_new: this interaction brought them there.
    """

    visit: Visit
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class GoneOnBefore:
    """An old Next was pressed: the learner has advanced from there already."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class DoubleTap:
    """The same Next was pressed twice; what follows is shown already."""

    visit: Visit


@dataclass(frozen=True, slots=True)
class NotOpen:
    """The item is not open to this learner yet, or not part of the course."""

    visit: Visit


Moved: TypeAlias = Arrived | GoneOnBefore | DoubleTap | NotOpen


@dataclass(frozen=True, slots=True)
class Opened:
    """A card is shown again, in place."""

    visit: Visit
    card: Card


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A missed question is shown with its right answer.

    Attributes:
        missed: all missed questions of its module, in teaching order.
    """

    visit: Visit
    question: Question
    missed: tuple[Question, ...]


async def proceed(services: Services, turn: Turn) -> Arrived:
    """Show what comes next; feedback or a module's end that was shown counts as read."""
    here = await visit(services, turn)
    if here.is_applied:
        return Arrived(here, is_new=True)
    if here.progress.is_new:
        return Arrived(await reads(services, here, WELCOME), is_new=True)
    if isinstance(here.step, SeeFeedback | CloseModule):
        return Arrived(await reads(services, here, item_of(here.step)), is_new=True)
    return Arrived(here)


async def advance(services: Services, turn: Turn) -> Arrived:
    """Advance from the current item; a question stays until it is answered."""
    here = await visit(services, turn)
    if here.is_applied or isinstance(here.step, AnswerQuestion | Finished):
        return Arrived(here, is_new=here.is_applied)
    if here.progress.is_new:  # at most the welcome was shown, not the first card
        return Arrived(await reads(services, here, WELCOME), is_new=True)
    return Arrived(await reads(services, here, item_of(here.step)), is_new=True)


async def go_on(services: Services, turn: Turn, item: str) -> Moved:
    """Advance from `item`, whose Next was pressed."""
    here = await visit(services, turn)
    if here.is_applied:
        return Arrived(here, is_new=True)
    if not isinstance(here.step, AnswerQuestion | Finished) and item_of(here.step) == item:
        return Arrived(await reads(services, here, item), is_new=True)
    if item not in here.progress.read:
        return NotOpen(here)
    just_now = 0 <= turn.at - here.progress.read[item] < _DOUBLE_TAP
    newest = here.progress.newest_attempt()
    if just_now and (newest is None or newest.at <= here.progress.read[item]):
        return DoubleTap(here)
    return GoneOnBefore(here)


async def open_card(services: Services, turn: Turn, wanted: CardId) -> Opened | NotOpen:
    """Open a card that was read, or the current one."""
    here = await visit(services, turn)
    card = services.course.card(wanted)
    at_it = isinstance(here.step, ReadCard) and here.step.card.id == wanted
    if card is None or not (at_it or wanted in here.progress.read):
        return NotOpen(here)
    return Opened(here, card)


async def page_back(services: Services, turn: Turn) -> Opened | Arrived:
    """Open the card before the current one, within its lesson."""
    here = await visit(services, turn)
    if isinstance(here.step, ReadCard):
        place = services.course.place_of(here.step.card.id)
        if place is not None and place.lesson is not None and (place.card_number or 1) > 1:
            return Opened(here, place.lesson.cards[(place.card_number or 1) - 2])
    return Arrived(here)


async def review(services: Services, turn: Turn, wanted: QuestionId) -> Reviewed | NotOpen:
    """Open a missed question, once it has been answered right."""
    here = await visit(services, turn)
    place = services.course.place_of(wanted)
    question = services.course.question(wanted)
    if place is None or question is None or not here.progress.passed(wanted):
        return NotOpen(here)
    return Reviewed(here, question, missed(place.module, here.progress))


def item_of(step: Step) -> str:
    """The id of a step's item, as its `Reading` stores it; "" for the end of the course."""
    match step:
        case ReadCard(card):
            return card.id
        case SeeFeedback(question, attempt):
            return feedback_item(question.id, attempt.ordinal)
        case CloseModule(module):
            return module.id
        case AnswerQuestion(question):
            return question.id
        case Finished():
            return ""
