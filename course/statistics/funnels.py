"""The funnel by lesson, from the number of people who reached each milestone."""

from collections.abc import Mapping

from course.model import Course, LessonId
from course.statistics.counters import FINISHED, JOINED, STARTED
from course.statistics.overview import Funnel, Scope, Step
from course.statistics.suppression import People


def funnel(course: Course, scope: Scope, reached: Mapping[str, int]) -> Funnel:
    """Build the funnel of those who joined in the scope.

    Args:
        reached: how many of them reached each milestone; 0 for missing ones.
    """
    started = People.of(reached.get(STARTED, 0))
    steps: list[Step] = []
    before = started
    for module in course.modules:
        for lesson in module.lessons:
            done = People.of(reached.get(lesson.id, 0))
            percent, lost = done.percent_of(started), before.without(done)
            steps.append(Step(lesson.id, module.id, done, percent, lost))
            before = done
    return Funnel(
        scope,
        People.of(reached.get(JOINED, 0)),
        started,
        tuple(steps),
        People.of(reached.get(FINISHED, 0)),
        _worst(steps),
    )


def _worst(steps: list[Step]) -> LessonId | None:
    most = max(steps, key=lambda step: step.lost.at_least, default=None)
    return None if most is None or most.lost.are_few else most.lesson
