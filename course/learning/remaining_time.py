"""Remaining learning time of a learner."""

from course.learning.progress import Progress
from course.learning.reading_time import reading_seconds
from course.model import Course, Module


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
