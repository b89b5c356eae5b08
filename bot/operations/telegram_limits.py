"""Checks that every screen of a course, as rendered, is within Telegram's limits."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import combinations

from bot.callback_data import LONGEST, Continue
from bot.i18n import Voice
from bot.messages import Reply
from bot.rendering import (
    glossary,
    lessons,
    modules,
    pages,
    parts,
    pictures,
    reminders,
)
from course.learning.marking import mark
from course.learning.next_step import ReadCard
from course.learning.progress import Attempt
from course.limits import CAPTION_UNITS, MESSAGE_BYTES, MESSAGE_UNITS, size, units
from course.model import Course, Question

_TAG = re.compile(r"<[^<>]*>")


def misfits(_: Voice, course: Course) -> Iterator[tuple[str, str]]:
    """Screens that Telegram would refuse: the id of the item shown, and the reason."""
    for item, reply in _screens(_, course):
        fits = MESSAGE_UNITS if reply.picture is None else CAPTION_UNITS
        if (shown := units(unescape(_TAG.sub("", reply.text)))) > fits:
            yield item, f"its screen has {shown} characters, and {fits} fit"
        elif (raw := size(reply.text)) > MESSAGE_BYTES:
            yield item, f"its screen has {raw} bytes, and {MESSAGE_BYTES} fit"
        elif any(size(button.data) > LONGEST for row in reply.rows for button in row):
            yield item, f"a button of it carries more than {LONGEST} bytes"


def _screens(_: Voice, course: Course) -> Iterator[tuple[str, Reply]]:
    yield course.id, pages.welcome(_, course)
    yield course.id, pages.about(_, course)
    yield course.id, pages.outcomes(_, course)
    yield course.id, glossary.glossary(_, course)
    yield course.id, glossary.reading(_, course)
    yield course.id, modules.finished(_, course)
    yield from ((course.id, glossary.term(_, term)) for term in course.glossary)
    forward = parts.button("", Continue())
    for module in course.modules:
        for card in module.cards():
            if (picture := pictures.before(_, course, ReadCard(card))) is not None:
                yield card.id, picture
            yield card.id, lessons.card(_, course, card, forward=forward)
        for question in module.questions():
            for reply in _of_question(_, course, question):
                yield question.id, reply


def _of_question(_: Voice, course: Course, asked: Question) -> Iterator[Reply]:
    every = frozenset(option.id for option in asked.options)
    selected = every if asked.several else frozenset()
    yield lessons.question(_, course, asked, 999, again=True, selected=selected)
    yield lessons.question(_, course, asked, 1, again=False, selected=selected)
    yield lessons.right_answer(_, asked, None, None, forward=parts.button("", Continue()))
    yield lessons.question(
        _,
        course,
        asked,
        999,
        again=False,
        selected=selected,
        head=reminders.longest_head(_, course),
    )
    most = len(every) if asked.several else 1
    for chosen in combinations(sorted(every), most):
        right = mark(asked, frozenset(chosen))
        attempt = Attempt(asked.id, 999, frozenset(chosen), right, 0, 0)
        yield lessons.feedback(_, asked, attempt)
