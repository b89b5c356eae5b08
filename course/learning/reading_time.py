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
    """Seconds for `item`: reading, options included, and thinking about each question.

    A lesson or module takes as long as its parts, so that what is left adds up.
    """
    match item:
        case Card():
            return _seconds(item.title, item.text)
        case Question():
            words = (item.text, *(option.text for option in item.options))
            return _seconds(*words) + SECONDS_TO_THINK
        case Lesson():
            return sum(map(reading_seconds, item.cards)) + sum(map(reading_seconds, item.questions))
        case Module():
            return sum(map(reading_seconds, item.lessons))
        case _:
            assert_never(item)


def module_minutes(module: Module) -> int:
    """Minutes for a whole module, rounded to the nearest; at least 1.

    Not rounded up, since that would add several minutes over seven modules.
    """
    return max(1, _nearest_minutes(reading_seconds(module)))


def minutes_left(course: Course, progress: Progress) -> int:
    """Minutes to the end of the course: the sum over its modules, as shown; 0 for nothing left."""
    return sum(
        minutes_left_in(module, progress)
        for module in course.modules
        if _seconds_left(module, progress)
    )


def seconds_left(course: Course, progress: Progress) -> int:
    """Seconds to the end of the course."""
    return sum(_seconds_left(module, progress) for module in course.modules)


def minutes_left_in(module: Module, progress: Progress) -> int:
    """Minutes to the end of `module`, to the nearest; at least 1 until it is closed, then 0."""
    if progress.has_closed(module):
        return 0
    return max(1, _nearest_minutes(_seconds_left(module, progress)))


def _nearest_minutes(seconds: int) -> int:
    return (seconds + 30) // 60


def _seconds_left(module: Module, progress: Progress) -> int:
    if progress.has_closed(module):
        return 0
    cards = sum(reading_seconds(card) for card in module.cards() if card.id not in progress.read)
    questions = sum(reading_seconds(q) for q in module.questions() if not progress.has_passed(q.id))
    return cards + questions


# Courses have some hundred items; each reminder and each end of a module needs many of them.
@lru_cache(maxsize=8192)
def _seconds(*texts: str) -> int:
    """Seconds to read `texts`, rounded up."""
    return ceil(sum(count_words(strip_markup(text)) for text in texts) * 60 / WORDS_A_MINUTE)
