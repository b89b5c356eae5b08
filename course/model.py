"""The course model: modules, lessons, cards, questions and options, identified by ids.

Values only. Every `Course` is valid: `course.reading.loader` creates no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NewType

from course.references import Fact, FurtherReading, Picture, Term
from course.reminders.rhythm import Rhythm

ModuleId = NewType("ModuleId", str)
LessonId = NewType("LessonId", str)
CardId = NewType("CardId", str)
QuestionId = NewType("QuestionId", str)
OptionId = NewType("OptionId", str)
ObjectiveId = NewType("ObjectiveId", str)
LearnerId = NewType("LearnerId", int)
"""Telegram's user id."""


@dataclass(frozen=True, slots=True)
class Card:
    """One idea, read in less than a minute; `text` may contain `course.markup`."""

    id: CardId
    title: str
    text: str
    sources: tuple[Fact, ...]
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a question, with the feedback to those who choose it."""

    id: OptionId
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with two to six options.

    Attributes:
        idea: the right idea, shown after every answer.
        objective: the objective that it tests; `None` when none is named.
        kind: where it is asked; one of `course.reading.module_format.KINDS`.
        role: for a case, who has to act, e.g. "police"; otherwise `None`.
    """

    id: QuestionId
    text: str
    options: tuple[Option, ...]
    idea: str
    sources: tuple[Fact, ...]
    objective: ObjectiveId | None = None
    kind: str = "teach"
    role: str | None = None

    @property
    def form(self) -> str | None:
        """Its test form, "a" before the course or "b" after it; `None` for no test."""
        return self.kind.removeprefix("form-") if self.kind.startswith("form-") else None

    @property
    def correct(self) -> frozenset[OptionId]:
        """Ids of the right options; never empty, never all."""
        return frozenset(option.id for option in self.options if option.correct)

    @property
    def has_several_answers(self) -> bool:
        """Whether more than one option is right and all of them must be chosen."""
        return len(self.correct) > 1

    def option(self, option_id: OptionId) -> Option | None:
        """The option of that id; `None` when there is none."""
        return next((option for option in self.options if option.id == option_id), None)

    def letter(self, option_id: OptionId) -> str:
        """The letter shown for an option: A for the first, F for the sixth.

        Raises:
            KeyError: the question has no option `option_id`.
        """
        for position, option in enumerate(self.options):
            if option.id == option_id:
                return "ABCDEF"[position]
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True)
class Objective:
    """A learning objective: what a learner can do after the module."""

    id: ObjectiveId
    text: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: some cards, then some questions; at least one of each."""

    id: LessonId
    title: str
    cards: tuple[Card, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Module:
    """A module: a sequence of lessons.

    Attributes:
        bank: questions reserved for tests, in no lesson.
    """

    id: ModuleId
    title: str
    objectives: tuple[Objective, ...]
    lessons: tuple[Lesson, ...]
    bank: tuple[Question, ...] = ()
    picture: Picture | None = None

    def cards(self) -> Iterator[Card]:
        """All cards, in teaching order."""
        return (card for lesson in self.lessons for card in lesson.cards)

    def questions(self) -> Iterator[Question]:
        """All questions of its lessons, in teaching order."""
        return (question for lesson in self.lessons for question in lesson.questions)


@dataclass(frozen=True, slots=True)
class ComingModule:
    """An announced module that is not written yet, with its expected minutes."""

    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Position:
    """Position of an item in the course, for lines such as "Module 1 of 7, lesson 2 of 4".

    Attributes:
        module_number: from 1.
        modules_total: announced modules included.
        lesson: `None` for a module itself, as is `lesson_number`.
        lesson_number: from 1, within the module.
        lessons_total: of the module.
        card_number: from 1, within the lesson; `None` for anything but a card.
        cards_total: of the lesson; 0 for a module.
    """

    module: Module
    module_number: int
    modules_total: int
    lesson: Lesson | None
    lesson_number: int | None
    lessons_total: int
    card_number: int | None
    cards_total: int


@dataclass(frozen=True, slots=True)
class Course:
    """A course, in teaching order. Look-ups by id take constant time.

    Attributes:
        version: the author's version, e.g. "2026.11".
        language: e.g. "en".
        about: the author's description of the course.
        outcomes: what a learner will be able to do, one line each.
        facts_as_of: month or year up to which the facts were checked, e.g. "2026-11".
        coming: announced modules.
        closing: text for those who have finished; may be empty.
        reading: further reading; may be empty.
        glossary: the terms, in the author's order; may be empty.
        synonyms: groups of words that mean the same to somebody who searches; may be empty.
        rhythm: when learners are reminded.
    """

    id: str
    title: str
    version: str
    language: str
    about: str
    outcomes: tuple[str, ...]
    facts_as_of: str
    modules: tuple[Module, ...]
    coming: tuple[ComingModule, ...] = ()
    closing: str = ""
    reading: tuple[FurtherReading, ...] = ()
    glossary: tuple[Term, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    rhythm: Rhythm = field(default_factory=Rhythm)
    _cards: dict[CardId, Card] = field(init=False, repr=False, compare=False)
    _questions: dict[QuestionId, Question] = field(init=False, repr=False, compare=False)
    _positions: dict[str, Position] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = object.__setattr__
        index(self, "_cards", {card.id: card for module in self.modules for card in module.cards()})
        index(self, "_questions", {question.id: question for question in _all_questions(self)})
        index(self, "_positions", dict(_index_positions(self)))

    def questions(self) -> Iterator[Question]:
        """All questions of lessons, in teaching order."""
        return (question for module in self.modules for question in module.questions())

    def module(self, module_id: ModuleId) -> Module | None:
        """The module of that id; `None` when there is none."""
        place = self._positions.get(module_id)
        return place.module if place and place.module.id == module_id else None

    def lesson(self, lesson_id: LessonId) -> Lesson | None:
        """The lesson of that id; `None` when there is none."""
        place = self._positions.get(lesson_id)
        return place.lesson if place and place.lesson and place.lesson.id == lesson_id else None

    def card(self, card_id: CardId) -> Card | None:
        """The card of that id; `None` when there is none."""
        return self._cards.get(card_id)

    def question(self, question_id: QuestionId) -> Question | None:
        """The question of that id; `None` when there is none."""
        return self._questions.get(question_id)

    def position_of(self, item_id: str) -> Position | None:
        """Position of the module, lesson, card or question of that id; `None` for any other."""
        return self._positions.get(item_id)


def _all_questions(course: Course) -> Iterator[Question]:
    yield from course.questions()
    yield from (question for module in course.modules for question in module.bank)


def _index_positions(course: Course) -> Iterator[tuple[str, Position]]:
    total = len(course.modules) + len(course.coming)
    for module_number, module in enumerate(course.modules, 1):
        lessons = len(module.lessons)
        whole = Position(module, module_number, total, None, None, lessons, None, 0)
        yield module.id, whole
        yield from ((question.id, whole) for question in module.bank)
        for number, lesson in enumerate(module.lessons, 1):
            cards = len(lesson.cards)
            here = Position(module, module_number, total, lesson, number, lessons, None, cards)
            yield lesson.id, here
            yield from ((question.id, here) for question in lesson.questions)
            for card_number, card in enumerate(lesson.cards, 1):
                yield card.id, replace(here, card_number=card_number)
