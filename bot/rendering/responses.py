"""Responses to what a learner did: new messages, edits and toasts."""

from typing import assert_never

from bot.actions.answers import (
    Answered,
    NothingToAnswer,
    NotOffered,
    Typed,
)
from bot.actions.learner_state import Visit
from bot.actions.lessons import (
    Arrived,
    DoubleTap,
    GoneOnBefore,
    Moved,
    NotOpen,
    Opened,
    Reviewed,
)
from bot.i18n import Voice
from bot.messages import Reply, Response
from bot.rendering import (
    lessons,
    next_step,
    notices,
    parts,
    pictures,
)
from course.learning.marking import (
    AnsweredBefore,
    JustAnswered,
    Marked,
    NotYet,
    Withdrawn,
)
from course.learning.next_step import SeeFeedback
from course.learning.progress import Attempt
from course.model import Course, Question


def current(_: Voice, course: Course, here: Visit) -> Reply:
    """The screen of the learner's current step."""
    return next_step.step(_, course, here.step, here.progress, has_facilitator=here.has_facilitator)


def where_you_are(_: Voice, course: Course, here: Visit, toast: str) -> Response:
    """The current screen, with a toast that says what was not possible; never an error."""
    return Response((current(_, course, here),), toast=toast)


def moved(_: Voice, course: Course, happened: Moved) -> Response:
    """After Next, Continue or Start."""
    match happened:
        case Arrived(here, is_new):
            picture = pictures.before(_, course, here.step) if is_new else None
            screen = current(_, course, here)
            return Response((picture, screen) if picture else (screen,), closes=True)
        case GoneOnBefore(here):
            return where_you_are(_, course, here, notices.gone_on_before(_))
        case DoubleTap():
            return Response(toast=notices.below(_))
        case NotOpen(here):
            return where_you_are(_, course, here, notices.not_yet(_))
        case _ as never:
            assert_never(never)


def answered(_: Voice, course: Course, happened: Answered) -> Response:
    """After an answer: the feedback takes the question's place."""
    here = happened.visit
    match happened.outcome:
        case Marked(question, attempt):
            return Response(edit=_feedback(_, here, question, attempt))
        case JustAnswered(question, attempt):
            feedback = _feedback(_, here, question, attempt)
            return Response(edit=feedback, toast=notices.answered_just_now(_))
        case AnsweredBefore():
            return where_you_are(_, course, here, notices.answered_before(_))
        case NotYet():
            return where_you_are(_, course, here, notices.not_yet(_))
        case Withdrawn():
            return where_you_are(_, course, here, notices.withdrawn(_))
        case _ as never:
            assert_never(never)


def typed(_: Voice, course: Course, happened: Typed) -> Response:
    """After letters were typed."""
    match happened:
        case Answered():
            return answered(_, course, happened)
        case NothingToAnswer(here):
            hint = (
                notices.feedback_first(_)
                if isinstance(here.step, SeeFeedback)
                else notices.card_first(_)
            )
            return Response((hint,))
        case NotOffered(_here, question):
            return Response((notices.letters_wanted(_, question),))
        case _ as never:
            assert_never(never)


def opened(_: Voice, course: Course, happened: Opened | NotOpen) -> Response:
    """After opening a card."""
    match happened:
        case Opened(here, card):
            again = next_step.card_again(
                _, course, card, here.step, here.progress, has_facilitator=here.has_facilitator
            )
            return Response(edit=again)
        case NotOpen(here):
            return where_you_are(_, course, here, notices.not_yet(_))
        case _ as never:
            assert_never(never)


def reviewed(_: Voice, course: Course, happened: Reviewed | NotOpen) -> Response:
    """After opening a missed question."""
    match happened:
        case Reviewed(here, question, missed):
            before, after = _neighbours(missed, question)
            forward, first = parts.continue_button(_), here.progress.first(question.id)
            return Response(
                edit=lessons.right_answer(_, question, before, after, forward=forward, first=first)
            )
        case NotOpen(here):
            return where_you_are(_, course, here, notices.not_yet(_))
        case _ as never:
            assert_never(never)


def _feedback(_: Voice, here: Visit, asked: Question, attempt: Attempt) -> Reply:
    return lessons.feedback(_, asked, attempt, has_facilitator=here.has_facilitator)


def _neighbours(
    missed: tuple[Question, ...], shown: Question
) -> tuple[Question | None, Question | None]:
    if shown not in missed:
        return None, None
    at = missed.index(shown)
    return (missed[at - 1] if at else None), (missed[at + 1] if at + 1 < len(missed) else None)
