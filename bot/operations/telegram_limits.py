"""Checks that every screen of a course, as rendered, is within Telegram's limits."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import combinations

from bot.callback_data import MAX_BYTES, Continue
from bot.i18n import Translator
from bot.messages import Reply
from bot.rendering import (
    endings,
    feedback,
    glossary,
    lessons,
    pages,
    parts,
    pictures,
    reminders,
)
from course.learning.marking import is_correct
from course.learning.next_step import ReadCard
from course.learning.progress import Attempt
from course.limits import (
    MAX_CAPTION_UNITS,
    MAX_MESSAGE_BYTES,
    MAX_MESSAGE_UNITS,
    utf8_bytes,
    utf16_units,
)
from course.model import Course, Question

_TAG = re.compile(r"<[^<>]*>")


def find_oversized(_: Translator, course: Course) -> Iterator[tuple[str, str]]:
    """Screens that Telegram would refuse: the id of the item shown, and the reason."""
    for item, reply in _screens(_, course):
        fits = MAX_MESSAGE_UNITS if reply.picture_path is None else MAX_CAPTION_UNITS
        if (shown := utf16_units(unescape(_TAG.sub("", reply.text)))) > fits:
            yield item, f"its screen has {shown} characters, and {fits} fit"
        elif (raw := utf8_bytes(reply.text)) > MAX_MESSAGE_BYTES:
            yield item, f"its screen has {raw} bytes, and {MAX_MESSAGE_BYTES} fit"
        elif any(utf8_bytes(button.data) > MAX_BYTES for row in reply.rows for button in row):
            yield item, f"a button of it carries more than {MAX_BYTES} bytes"


def _screens(_: Translator, course: Course) -> Iterator[tuple[str, Reply]]:
    yield course.id, pages.welcome(_, course)
    yield course.id, pages.about(_, course)
    yield course.id, pages.course_outcomes(_, course)
    yield course.id, glossary.glossary(_, course)
    yield course.id, glossary.further_reading(_, course)
    yield course.id, endings.finished(_, course)
    yield from ((course.id, glossary.term(_, term)) for term in course.glossary)
    forward = parts.button("", Continue())
    for module in course.modules:
        if module.picture is not None:
            yield module.id, pictures.opening(_, course, module)
        for card in module.cards():
            if (picture := pictures.picture_above(_, course, ReadCard(card))) is not None:
                yield card.id, picture
            yield card.id, lessons.card(_, course, card, forward=forward)
        for question in module.questions():
            for reply in _of_question(_, course, question):
                yield question.id, reply


def _of_question(_: Translator, course: Course, asked: Question) -> Iterator[Reply]:
    every = frozenset(option.id for option in asked.options)
    selected = every if asked.has_several_answers else frozenset()
    yield lessons.question(_, course, asked, 999, again=True, selected=selected)
    yield lessons.question(_, course, asked, 1, again=False, selected=selected)
    yield feedback.right_answer(_, asked, None, None, forward=parts.button("", Continue()))
    yield lessons.question(
        _,
        course,
        asked,
        999,
        again=False,
        selected=selected,
        head=reminders.longest_opening(_, course),
    )
    most = len(every) if asked.has_several_answers else 1
    for chosen in combinations(sorted(every), most):
        right = is_correct(asked, frozenset(chosen))
        attempt = Attempt(asked.id, 999, frozenset(chosen), right, 0, 0)
        yield feedback.feedback(_, asked, attempt)
