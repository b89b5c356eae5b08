"""The result of a module, and the questions that were missed in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from course.learning.progress import Progress, feedback_item
from course.model import Module, Question

# Longest time between two presses that counts as learning, in milliseconds; more is a break (our
# judgement; minutes shown to learners are rounded up, so the exact bound hardly shows).
_BREAK = 3 * 60 * 1000


@dataclass(frozen=True, slots=True)
class ModuleResult:
    """A learner's result in a module.

    Attributes:
        right_first: questions answered right the first time.
        questions: questions answered at all.
        minutes: time spent learning, without breaks; at least 1.
    """

    right_first: int
    questions: int
    minutes: int


def module_result(module: Module, progress: Progress) -> ModuleResult:
    """Compute the learner's result in `module`."""
    firsts = [
        first for q in module.questions() if (first := progress.first_attempt(q.id)) is not None
    ]
    return ModuleResult(
        right_first=sum(first.correct for first in firsts),
        questions=len(firsts),
        minutes=minutes_spent(module, progress),
    )


def minutes_spent(module: Module | None, progress: Progress) -> int:
    """Minutes spent learning in `module`, or with `None` in all; without breaks; at least 1."""
    times = activity_times(progress) if module is None else _activity_times_in(module, progress)
    spent = sum(min(later - earlier, _BREAK) for earlier, later in pairwise(sorted(times)))
    return max(1, -(-spent // 60_000))


def missed_questions(module: Module, progress: Progress) -> tuple[Question, ...]:
    """The questions not answered right the first time, in teaching order."""
    return tuple(
        question
        for question in module.questions()
        if (first := progress.first_attempt(question.id)) is not None and not first.correct
    )


def _activity_times_in(module: Module, progress: Progress) -> Iterable[int]:
    for card in module.cards():
        if card.id in progress.read:
            yield progress.read[card.id]
    for question in module.questions():
        for attempt in progress.attempts.get(question.id, ()):
            yield attempt.at
            acknowledged = progress.read.get(feedback_item(question.id, attempt.ordinal))
            if acknowledged is not None:
                yield acknowledged


def activity_times(progress: Progress) -> Iterable[int]:
    """Times of all readings and attempts, in any order."""
    yield from progress.read.values()
    for askings in progress.attempts.values():
        yield from (attempt.at for attempt in askings)
