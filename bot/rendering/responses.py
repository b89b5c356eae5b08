"""Responses to what a learner did: new messages, edits and toasts."""

from bot.actions.answers import (
    Answered,
    LettersOutcome,
    NothingToAnswer,
    NotOffered,
)
from bot.actions.learner_state import LearnerState
from bot.actions.lessons import (
    AlreadyAdvanced,
    Arrived,
    CardOpened,
    DuplicatePress,
    MoveOutcome,
    NotAvailable,
    QuestionReviewed,
)
from bot.i18n import Translator
from bot.messages import Reply, Response
from bot.rendering import feedback, next_step, notices, parts, pictures
from course.learning.marking import (
    AnsweredBefore,
    JustAnswered,
    Marked,
    NotOpenYet,
    Withdrawn,
)
from course.learning.next_step import SeeFeedback
from course.learning.progress import Attempt
from course.model import Course, Question


def current_screen(_: Translator, course: Course, state: LearnerState) -> Reply:
    """The screen of the learner's current step."""
    return next_step.step_screen(
        _, course, state.step, state.progress, has_facilitator=state.has_facilitator
    )


def current_with_toast(_: Translator, course: Course, state: LearnerState, toast: str) -> Response:
    """The current screen, with a toast that says what was not possible; never an error."""
    return Response((current_screen(_, course, state),), toast=toast)


def moved(_: Translator, course: Course, happened: MoveOutcome) -> Response:
    """After Next, Continue or Start."""
    match happened:
        case Arrived(state, is_new):
            picture = pictures.picture_above(_, course, state.step) if is_new else None
            screen = current_screen(_, course, state)
            return Response((picture, screen) if picture else (screen,), removes_buttons=True)
        case AlreadyAdvanced(state):
            return current_with_toast(_, course, state, notices.already_advanced(_))
        case DuplicatePress():
            return Response(toast=notices.shown_below(_))
        case NotAvailable(state):
            return current_with_toast(_, course, state, notices.not_open_yet(_))


def answered(_: Translator, course: Course, happened: Answered) -> Response:
    """After an answer: the feedback takes the question's place."""
    state = happened.learner_state
    match happened.outcome:
        case Marked(question, attempt):
            shown = _feedback(_, state, question, attempt)
            return Response(edit=shown, closes_question=True)
        case JustAnswered(question, attempt):
            shown = _feedback(_, state, question, attempt)
            toast = notices.answered_just_now(_)
            return Response(edit=shown, toast=toast, closes_question=True)
        case AnsweredBefore():
            return current_with_toast(_, course, state, notices.answered_before(_))
        case NotOpenYet():
            return current_with_toast(_, course, state, notices.not_open_yet(_))
        case Withdrawn():
            return current_with_toast(_, course, state, notices.withdrawn(_))


def letters_typed(_: Translator, course: Course, happened: LettersOutcome) -> Response:
    """After letters were typed."""
    match happened:
        case Answered():
            return answered(_, course, happened)
        case NothingToAnswer(state):
            hint = (
                notices.answer_already_in(_)
                if isinstance(state.step, SeeFeedback)
                else notices.no_open_question(_)
            )
            return Response((hint,))
        case NotOffered(_state, question):
            return Response((notices.type_letters(_, question),))


def card_opened(_: Translator, course: Course, happened: CardOpened | NotAvailable) -> Response:
    """After opening a card."""
    match happened:
        case CardOpened(state, card):
            again = next_step.reopened_card(
                _, course, card, state.step, state.progress, has_facilitator=state.has_facilitator
            )
            return Response(edit=again)
        case NotAvailable(state):
            return current_with_toast(_, course, state, notices.not_open_yet(_))


def question_reviewed(
    _: Translator, course: Course, happened: QuestionReviewed | NotAvailable
) -> Response:
    """After opening a missed question."""
    match happened:
        case QuestionReviewed(state, question, missed):
            before, after = _neighbours(missed, question)
            forward, first = parts.continue_button(_), state.progress.first_attempt(question.id)
            return Response(
                edit=feedback.right_answer(_, question, before, after, forward=forward, first=first)
            )
        case NotAvailable(state):
            return current_with_toast(_, course, state, notices.not_open_yet(_))


def _feedback(_: Translator, state: LearnerState, asked: Question, attempt: Attempt) -> Reply:
    return feedback.feedback(_, asked, attempt, has_facilitator=state.has_facilitator)


def _neighbours(
    missed: tuple[Question, ...], shown: Question
) -> tuple[Question | None, Question | None]:
    if shown not in missed:
        return None, None
    at = missed.index(shown)
    return (missed[at - 1] if at else None), (missed[at + 1] if at + 1 < len(missed) else None)
