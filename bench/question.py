"""The press that everybody answers in a benchmark, from the real course."""

from dataclasses import dataclass
from typing import Any

from bot.callback_data import SubmitAnswer, pack
from bot.course_files import load_course
from bot.i18n import Translators
from bot.messages import Reply, Rows
from bot.rendering import feedback, lessons
from bot.settings import DEFAULT_COURSE
from course.learning.progress import Attempt
from course.model import Course, OptionId, Question

# Any time will do for what Telegram tells: 2026-11-24, noon, in seconds since 1970 UTC.
_NOON = 1_795_521_600

_BOT = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """The first question of a course, as shown to a learner who has read its cards.

    Attributes:
        read: ids of the cards that come before it.
        data: of the buttons, the pressed one first.
        screen: the message it stands in.
        feedback: what the press is answered with.
    """

    course: Course
    question: Question
    read: tuple[str, ...]
    screen: Reply
    feedback: Reply

    def press(self, update: int, learner: int) -> dict[str, Any]:
        """The update of `learner` pressing the first option, as Telegram sends it."""
        message = _message(learner, update, self.screen)
        return {
            "update_id": update,
            "callback_query": {
                "id": str(update),
                "from": _person(learner),
                "message": message,
                "chat_instance": "-1234567890123456789",
                "data": self.screen.rows[0][0].data,
            },
        }

    def edited(self) -> dict[str, Any]:
        """Telegram's response to the edit that shows the feedback."""
        return {**_message(1, 1, self.feedback), "edit_date": _NOON}


def first_question() -> FirstQuestion:
    """The first question of the real course."""
    course = load_course(DEFAULT_COURSE)
    lesson = next(lesson for module in course.modules for lesson in module.lessons)
    question = lesson.questions[0]
    voice = Translators.load().for_language("en")
    chosen: OptionId = question.options[0].id
    attempt = Attempt(question.id, 1, frozenset({chosen}), chosen in question.correct, 0, 0)
    screen = lessons.question(voice, course, question, 1, again=False)
    assert screen.rows[0][0].data == pack(SubmitAnswer(question.id, 1, frozenset({chosen})))
    read = tuple(card.id for card in lesson.cards)
    after = feedback.feedback(voice, question, attempt)
    return FirstQuestion(course, question, read, screen, after)


def keyboard(rows: Rows) -> dict[str, Any]:
    """Rows of buttons as the Bot API writes them."""
    return {
        "inline_keyboard": [
            [{"text": b.text, "callback_data": b.data} for b in row] for row in rows
        ]
    }


def _message(learner: int, message: int, shown: Reply) -> dict[str, Any]:
    return {
        "message_id": message,
        "from": _BOT,
        "chat": {"id": learner, "first_name": "Learner", "type": "private"},
        "date": _NOON,
        "text": shown.text,
        "reply_markup": keyboard(shown.rows),
    }


def _person(learner: int) -> dict[str, Any]:
    return {"id": learner, "is_bot": False, "first_name": "Learner", "language_code": "en"}
