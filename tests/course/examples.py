"""Small courses made of values, and somebody who walks through them without a bot."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from course.learning.marking import AnswerOutcome, Marked, mark_answer
from course.learning.next_step import (
    AnswerQuestion,
    CloseModule,
    ReadCard,
    SeeFeedback,
    Step,
    next_step,
)
from course.learning.progress import (
    Attempt,
    Progress,
    Reading,
    feedback_item,
    opening_item,
)
from course.model import (
    Card,
    CardId,
    Course,
    LearnerId,
    Lesson,
    LessonId,
    Module,
    ModuleId,
    Option,
    OptionId,
    Question,
    QuestionId,
)
from course.references import Fact, FactId

AMINA = LearnerId(1001)
MINUTE = 60_000

SOURCE = Fact(
    FactId("F1"), "Water is wet.", "Wet", "Society", 2024, "p. 1", "https://a.example", None, "seed"
)


def question(name: str, right: str = "a", offered: str = "abc") -> Question:
    """A question whose options are the letters `offered`, of which `right` are right."""
    options = tuple(
        Option(OptionId(letter), f"Option {letter}", letter in right, f"Because of {letter}.")
        for letter in offered
    )
    return Question(QuestionId(name), f"What of {name}?", options, f"Idea of {name}.", (SOURCE,))


def lesson(name: str, cards: int = 1, questions: Iterable[Question] = ()) -> Lesson:
    """A lesson with `cards` cards and its questions; one question when none are given."""
    return Lesson(
        LessonId(name),
        f"Lesson {name}",
        tuple(
            Card(CardId(f"{name}c{number}"), f"Card {number}", f"Text of {name}.", (SOURCE,))
            for number in range(1, cards + 1)
        ),
        tuple(questions) or (question(f"{name}q1"),),
    )


def module(name: str, *lessons: Lesson) -> Module:
    """A module of these lessons."""
    return Module(ModuleId(name), f"Module {name}", (), lessons)


def course(*modules: Module) -> Course:
    """A course of these modules."""
    return Course("c", "Small", "1", "en", "About.", ("Know.",), "2026-11", modules)


FIRST = module(
    "m1",
    lesson("m1l1", 2, (question("m1q1", "a"), question("m1q2", "ac", "abcd"))),
    lesson("m1l2", 1, (question("m1q3", "b"),)),
)
SECOND = module("m2", lesson("m2l1", 1, (question("m2q1", "c"),)))
SMALL = course(FIRST, SECOND)


@dataclass(slots=True)
class Walker:
    """Somebody who learns: each thing they do is one update, a minute after the one before."""

    course: Course = field(default_factory=lambda: SMALL)
    progress: Progress = field(default_factory=lambda: Progress(AMINA))
    update: int = 0
    at: int = 0
    pause: int = MINUTE
    readings: list[Reading] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def step(self) -> Step:
        return next_step(self.course, self.progress)

    def reads(self) -> None:
        """Go on from the card, feedback or end of a module."""
        match self.step:
            case ReadCard(_card, opened) if opened is not None:
                self._read(opening_item(opened.id))
            case ReadCard(card):
                self._read(card.id)
            case SeeFeedback(shown, attempt):
                self._read(feedback_item(shown.id, attempt.ordinal))
            case CloseModule(closed):
                self._read(closed.id)
            case other:
                problem = f"nothing to read at {other}"
                raise AssertionError(problem)

    def answers(self, letters: str = "", *, right: bool = True) -> AnswerOutcome:
        """Answer the open question; without `letters`, right or wrong as told."""
        step = self.step
        assert isinstance(step, AnswerQuestion), step
        wrong = next(o.id for o in step.question.options if not o.correct)
        chosen = step.question.correct if right else frozenset({wrong})
        if letters:
            chosen = frozenset(map(OptionId, letters))
        return self.chooses(step.question.id, step.ordinal, chosen)

    def chooses(self, asked: str, ordinal: int, chosen: Iterable[str]) -> AnswerOutcome:
        """Press the button of any asking of any question."""
        self._moves()
        options = frozenset(map(OptionId, chosen))
        outcome = mark_answer(
            self.course, self.progress, QuestionId(asked), ordinal, options, self.at, self.update
        )
        if isinstance(outcome, Marked):
            self.attempts.append(outcome.attempt)
            self.progress = outcome.progress
        return outcome

    def goes_on(self, *, right: bool = True) -> None:
        """Do whatever is next."""
        if isinstance(self.step, AnswerQuestion):
            self.answers(right=right)
        else:
            self.reads()

    def goes_to(self, *kinds: type[Step]) -> Step:
        """Do what is next, all right, until one of `kinds` is."""
        while not isinstance(self.step, kinds):
            self.goes_on()
        return self.step

    def _read(self, item: str) -> None:
        self._moves()
        reading = Reading(item, self.at, self.update)
        self.readings.append(reading)
        self.progress = self.progress.after_reading(reading)

    def _moves(self) -> None:
        self.update += 1
        self.at += self.pause
