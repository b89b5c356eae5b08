"""Estimates the time to read and answer items, and what is left of it to a learner.

For people who read in a second language; no learner's pace is measured.
"""

from functools import lru_cache
from math import ceil
from typing import TypeAlias, assert_never

from course.learning.progress import Progress
from course.limits import count_words
from course.markup import strip_markup
from course.model import Card, Course, Lesson, Module, Question

WORDS_A_MINUTE = 140
"""The middle of the 120-160 of careful reading in a second language."""

SECONDS_TO_THINK = 20
"""Time for a question besides reading it: thinking, choosing, and reading the feedback."""

Timed: TypeAlias = Card | Question | Lesson | Module


def reading_seconds(item: Timed) -> int:
    """Seconds for `item`: reading, options included, and thinking about each question."""
    return ceil(_reading(item) * 60 / WORDS_A_MINUTE) + SECONDS_TO_THINK * _questions(item)


def module_minutes(module: Module) -> int:
    """Minutes for a whole module, rounded to the nearest; at least 1.

    Not rounded up, since that would add several minutes over seven modules.
    """
    return max(1, (reading_seconds(module) + 30) // 60)


def minutes_left(course: Course, progress: Progress) -> int:
    """Minutes to the end of the course, rounded up; 0 when nothing is left."""
    return -(-seconds_left(course, progress) // 60)


def seconds_left(course: Course, progress: Progress) -> int:
    """Seconds to the end of the course."""
    return sum(_seconds_left(module, progress) for module in course.modules)


def minutes_left_in(module: Module, progress: Progress) -> int:
    """Minutes to the end of `module`, to the nearest; at least 1 until it is closed, then 0."""
    if progress.has_closed(module):
        return 0
    return max(1, (_seconds_left(module, progress) + 30) // 60)


def _seconds_left(module: Module, progress: Progress) -> int:
    if progress.has_closed(module):
        return 0
    cards = sum(reading_seconds(card) for card in module.cards() if card.id not in progress.read)
    questions = sum(reading_seconds(q) for q in module.questions() if not progress.has_passed(q.id))
    return cards + questions


def _reading(item: Timed) -> int:
    """How many words are read."""
    match item:
        case Card():
            return _words(item.title, item.text)
        case Question():
            return _words(item.text, *(option.text for option in item.options))
        case Lesson():
            return sum(map(_reading, item.cards)) + sum(map(_reading, item.questions))
        case Module():
            return sum(map(_reading, item.lessons))
        case _:
            assert_never(item)


def _questions(item: Timed) -> int:
    match item:
        case Card():
            return 0
        case Question():
            return 1
        case Lesson():
            return len(item.questions)
        case Module():
            return sum(map(_questions, item.lessons))
        case _:
            assert_never(item)


# Courses have some hundred items; each reminder and each end of a module needs many of them.
@lru_cache(maxsize=8192)
def _words(*texts: str) -> int:
    return sum(count_words(strip_markup(text)) for text in texts)
