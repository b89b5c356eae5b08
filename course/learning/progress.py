"""A learner's progress, folded from their readings and attempts; never stored itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from course.model import (
    Course,
    LearnerId,
    Lesson,
    LessonId,
    Module,
    ModuleId,
    OptionId,
    QuestionId,
)

WELCOME = "#welcome"
"""Item of the `Reading` of the welcome; ids in a course have no "#"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The learner finished reading a card, the feedback to an attempt, or the end of a module.

    Attributes:
        item: a card's id, a module's id, `feedback_item(...)`, `later_item(...)`,
            `opening_item(...)` or `WELCOME`.
        at: in UTC milliseconds.
        update: id of the Telegram update that caused it.
    """

    item: str
    at: int
    update: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer to one asking of a question.

    Attributes:
        ordinal: 1 for the first time the question was asked, 2 for the next.
        chosen: ids of the options chosen; empty for "I do not know".
        correct: whether they were right by the key of that time.
        at: in UTC milliseconds.
        update: id of the Telegram update that caused it.
        has_local_hour: whether its local hour is stored.
    """

    question: QuestionId
    ordinal: int
    chosen: frozenset[OptionId]
    correct: bool
    at: int
    update: int
    has_local_hour: bool = False


def feedback_item(question: QuestionId, ordinal: int) -> str:
    """Item of the `Reading` of the feedback to an attempt."""
    return f"{question}#{ordinal}"


def later_item(lesson: LessonId) -> str:
    """Item of the `Reading` by which a learner leaves a lesson for later."""
    return f"{lesson}#later"


def opening_item(module: ModuleId) -> str:
    """Item of the `Reading` of the picture that opens a module."""
    return f"{module}#picture"


def is_feedback(item: str) -> bool:
    """Whether `item` is feedback, a picture, the welcome or a lesson left: no id of the course."""
    return "#" in item


@dataclass(frozen=True, slots=True)
class Progress:
    """What a learner has read and answered.

    Does not depend on the order of the facts, or on duplicates.

    Attributes:
        read: time of each reading, in UTC milliseconds, by item.
        attempts: by question, in the order of ordinals.
        updates: ids of the updates that caused the facts.
    """

    learner: LearnerId
    read: Mapping[str, int] = field(default_factory=dict)
    attempts: Mapping[QuestionId, tuple[Attempt, ...]] = field(default_factory=dict)
    updates: frozenset[int] = frozenset()

    @classmethod
    def from_facts(
        cls, learner: LearnerId, readings: Iterable[Reading], attempts: Iterable[Attempt]
    ) -> "Progress":
        """Fold the facts, in any order.

        Of two conflicting facts (readings of the same item, or attempts at the same asking), the
        earlier counts, as in the database.
        """
        read: dict[str, Reading] = {}
        for reading in readings:
            known = read.get(reading.item)
            if known is None or (reading.at, reading.update) < (known.at, known.update):
                read[reading.item] = reading
        answered: dict[QuestionId, dict[int, Attempt]] = {}
        for attempt in attempts:
            askings = answered.setdefault(attempt.question, {})
            before = askings.get(attempt.ordinal)
            if before is None or _chronological(attempt) < _chronological(before):
                askings[attempt.ordinal] = attempt
        counted = {
            question: tuple(askings[ordinal] for ordinal in sorted(askings))
            for question, askings in answered.items()
        }
        updates = {reading.update for reading in read.values()}
        updates.update(attempt.update for askings in counted.values() for attempt in askings)
        return cls(
            learner,
            {item: reading.at for item, reading in read.items()},
            counted,
            frozenset(updates),
        )

    def with_current_key(self, course: Course) -> "Progress":
        """Return progress in which answers that are right by the current key count as right.

        An author may change the key. Right answers stay right, and a missed question is passed if
        one of its answers is right by the current key.
        """
        better = {
            question: tuple(_with_current_key(attempt, course) for attempt in askings)
            for question, askings in self.attempts.items()
            if not self.has_passed(question)
        }
        if not any(attempt.correct for askings in better.values() for attempt in askings):
            return self
        return replace(self, attempts={**self.attempts, **better})

    def after_reading(self, reading: Reading) -> "Progress":
        """Return progress with one more reading."""
        if reading.item in self.read:
            return self
        return replace(
            self,
            read={**self.read, reading.item: reading.at},
            updates=self.updates | {reading.update},
        )

    def after_attempt(self, attempt: Attempt) -> "Progress":
        """Return progress with one more attempt."""
        askings = (*self.attempts.get(attempt.question, ()), attempt)
        return replace(
            self,
            attempts={**self.attempts, attempt.question: askings},
            updates=self.updates | {attempt.update},
        )

    @property
    def is_new(self) -> bool:
        """Whether nothing has been read or answered yet."""
        return not self.read and not self.attempts

    def times_answered(self, question: QuestionId) -> int:
        """Number of attempts at `question`."""
        return len(self.attempts.get(question, ()))

    def first_attempt(self, question: QuestionId) -> Attempt | None:
        """The first attempt at `question`, which counts for statistics; `None` for none."""
        askings = self.attempts.get(question)
        return askings[0] if askings else None

    def last_attempt(self, question: QuestionId) -> Attempt | None:
        """The latest attempt at `question`; `None` for none."""
        askings = self.attempts.get(question)
        return askings[-1] if askings else None

    def has_passed(self, question: QuestionId) -> bool:
        """Whether `question` was ever answered right."""
        return any(attempt.correct for attempt in self.attempts.get(question, ()))

    def newest_attempt(self) -> Attempt | None:
        """The latest attempt at any question; `None` for none."""
        newest = (askings[-1] for askings in self.attempts.values())
        return max(newest, key=_chronological, default=None)

    def last_fact_at(self) -> int | None:
        """When the learner last read or answered something; `None` when they never did."""
        answered = (askings[-1].at for askings in self.attempts.values())
        return max(chain(self.read.values(), answered), default=None)

    def has_acknowledged(self, attempt: Attempt) -> bool:
        """Whether the learner has continued after the feedback to `attempt`."""
        return feedback_item(attempt.question, attempt.ordinal) in self.read

    def has_closed(self, module: Module) -> bool:
        """Whether the learner has continued after the end of `module`; it stays done for good."""
        return module.id in self.read

    def has_left(self, lesson: Lesson) -> bool:
        """Whether `lesson` was left for later, so that it comes after the others of its module."""
        return later_item(lesson.id) in self.read

    def has_done(self, lesson: Lesson, course: Course) -> bool:
        """Whether all cards of `lesson` are read and all its questions answered."""
        place = course.position_of(lesson.id)
        if place is not None and self.has_closed(place.module):
            return True
        return all(card.id in self.read for card in lesson.cards) and all(
            self.times_answered(question.id) for question in lesson.questions
        )

    def count_lessons_done(self, course: Course) -> int:
        """Count the lessons that are done."""
        return sum(
            self.has_done(lesson, course) for module in course.modules for lesson in module.lessons
        )


def _with_current_key(attempt: Attempt, course: Course) -> Attempt:
    question = course.question(attempt.question)
    right = question is not None and attempt.chosen == question.correct
    return replace(attempt, correct=True) if right else attempt


def _chronological(attempt: Attempt) -> tuple[int, int, int]:
    return (attempt.at, attempt.update, attempt.ordinal)
