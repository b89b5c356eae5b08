"""The funnel by lesson, from the number of people who reached each milestone."""

from collections.abc import Mapping

from course.model import Course, LessonId
from course.statistics.counters import FINISHED, JOINED, STARTED
from course.statistics.overview import Funnel, FunnelStep, Scope
from course.statistics.suppression import People


def build_funnel(course: Course, scope: Scope, reached: Mapping[str, int]) -> Funnel:
    """Build the funnel of those who joined in the scope.

    Args:
        reached: how many of them reached each milestone; 0 for missing ones.
    """
    started = People.rounded(reached.get(STARTED, 0))
    steps: list[FunnelStep] = []
    before = started
    for module in course.modules:
        for lesson in module.lessons:
            done = People.rounded(reached.get(lesson.id, 0))
            percent, lost = done.percent_of(started), before.minus(done)
            steps.append(FunnelStep(lesson.id, module.id, done, percent, lost))
            before = done
    return Funnel(
        scope,
        People.rounded(reached.get(JOINED, 0)),
        started,
        tuple(steps),
        People.rounded(reached.get(FINISHED, 0)),
        _largest_loss(steps),
    )


def _largest_loss(steps: list[FunnelStep]) -> LessonId | None:
    most = max(steps, key=lambda step: step.lost.at_least, default=None)
    return None if most is None or most.lost.are_few else most.lesson
