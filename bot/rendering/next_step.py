"""The screen of a learner's next step."""

from bot.callback_data import Continue, ShowCard
from bot.i18n import Translator
from bot.messages import Button, Reply
from bot.rendering import endings, feedback, lessons, parts, pictures, positions
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    Finished,
    ReadCard,
    SeeFeedback,
    Step,
)
from course.learning.progress import Progress
from course.model import Card, Course


def step_screen(
    _: Translator,
    course: Course,
    step: Step,
    progress: Progress,
    *,
    has_facilitator: bool = False,
) -> Reply:
    """The picture, card, question, feedback or module's end that a learner is at.

    Args:
        has_facilitator: whether there is somebody to ask about what is missed often.
    """
    match step:
        case ReadCard(_card, opened) if opened is not None:
            return pictures.opening(_, course, opened)
        case ReadCard(card):
            return lessons.card(_, course, card, forward=parts.next_button(_, card.id))
        case AnswerQuestion(question, ordinal, again):
            return lessons.question(_, course, question, ordinal, again=again)
        case SeeFeedback(question, attempt):
            return feedback.feedback(_, question, attempt, has_facilitator=has_facilitator)
        case CloseModule(module):
            return endings.module_end(_, course, module, progress)
        case Finished():
            return endings.finished(_, course)


def reopened_card(
    _: Translator,
    course: Course,
    card: Card,
    step: Step,
    progress: Progress,
    *,
    has_facilitator: bool = False,
) -> Reply:
    """A card that was read before, or the current one; Next opens the following card in place.

    A facilitator can be asked about a card that is read again: /askfacilitator is about the
    learner's current place.
    """
    forward = _forward_button(_, course, card, step, progress)
    can_ask = has_facilitator and not _is_open(card, step)
    return lessons.card(_, course, card, forward=forward, can_ask=can_ask)


def _forward_button(
    _: Translator, course: Course, card: Card, step: Step, progress: Progress
) -> Button:
    if _is_open(card, step):
        return parts.next_button(_, card.id)
    lesson = positions.position_of(course, card.id).lesson
    assert lesson is not None, "a card stands in a lesson"
    following = lesson.cards[lesson.cards.index(card) + 1 :][:1]
    if following and (_is_open(following[0], step) or following[0].id in progress.read):
        return parts.button(_("Next"), ShowCard(following[0].id))
    return parts.button(_("Continue"), Continue())


def _is_open(card: Card, step: Step) -> bool:
    return isinstance(step, ReadCard) and step.card.id == card.id
