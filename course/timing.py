"""How long things take to read and answer, so that learners can plan.

An estimate for people who read in a second language; nobody's pace is measured.
"""

from functools import lru_cache
from math import ceil
from typing import TypeAlias, assert_never

from course.limits import words
from course.markup import visible
from course.model import Card, Lesson, Module, Question

WORDS_A_MINUTE = 140
"""The middle of the 120-160 of careful reading in a second language."""

SECONDS_TO_THINK = 20
"""Spent on a question besides reading it: thinking, choosing, and looking through the feedback."""

Timed: TypeAlias = Card | Question | Lesson | Module


def seconds(item: Timed) -> int:
    """The time for `item` in seconds: reading, and thinking over each question.

    A question is read with all its options.
    """
    return ceil(_reading(item) * 60 / WORDS_A_MINUTE) + SECONDS_TO_THINK * _questions(item)


def minutes(module: Module) -> int:
    """The time for a whole module in minutes, to the nearest; at least 1.

    Not rounded up: over seven modules that would add minutes nobody needs.
    """
    return max(1, (seconds(module) + 30) // 60)


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


# Courses have some hundred items; each reminder and each end of a module asks for many of them.
@lru_cache(maxsize=8192)
def _words(*texts: str) -> int:
    return sum(words(visible(text)) for text in texts)
