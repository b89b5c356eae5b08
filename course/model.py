"""A course as it is taught: modules, lessons, cards, questions and options, known by their ids.

Values only. A course that exists is a good one: `course.loading` makes no other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NewType

from course.rhythm import Rhythm

ModuleId = NewType("ModuleId", str)
LessonId = NewType("LessonId", str)
CardId = NewType("CardId", str)
QuestionId = NewType("QuestionId", str)
OptionId = NewType("OptionId", str)
ObjectiveId = NewType("ObjectiveId", str)
FactId = NewType("FactId", str)
LearnerId = NewType("LearnerId", int)
"""Telegram's number for a person."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the course says, with the publication that says it.

    Attributes:
        says: the fact in one sentence of our own; for authors, not shown to learners.
        year: when it was published.
        locator: where in the publication.
        url: an https address.
        data: the year or years the figures are for; `None` when there are no figures.
        confidence: how well it was checked: seed, verified, verified-2nd, recalled or derived.
    """

    id: FactId
    says: str
    publication: str
    publisher: str
    year: int
    locator: str
    url: str
    data: str | None
    confidence: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the course's own.

    Attributes:
        file: its name, seen from the course's folder, with / between folders.
        alt: all that it says, for people who do not see it.
    """

    file: str
    alt: str
    sources: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One idea, to be read in less than a minute; `text` may hold `course.markup`."""

    id: CardId
    title: str
    text: str
    sources: tuple[Fact, ...]
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a question offers, and what to say to whoever chooses it."""

    id: OptionId
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with two to six options.

    Attributes:
        idea: the right idea, shown after every answer.
        objective: what of the module's objectives it asks for; `None` when none is named.
        kind: teach, bank, form-a or form-b.
        role: who has to act when it is a case, e.g. "police"; `None` for anything but a case.
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
        """The test it belongs to, "a" before the course or "b" after it; `None` for no test."""
        return self.kind.removeprefix("form-") if self.kind.startswith("form-") else None

    @property
    def correct(self) -> frozenset[OptionId]:
        """The options that are right; never empty, never all."""
        return frozenset(option.id for option in self.options if option.correct)

    @property
    def several(self) -> bool:
        """Whether more than one option is right, so that the learner chooses all of these."""
        return len(self.correct) > 1

    def option(self, option_id: OptionId) -> Option | None:
        """The option of that id; `None` when the question does not offer it."""
        return next((option for option in self.options if option.id == option_id), None)

    def letter(self, option_id: OptionId) -> str:
        """What the option is called before the learner: A for the first, F for the sixth.

        Raises:
            KeyError: the question does not offer `option_id`.
        """
        for position, option in enumerate(self.options):
            if option.id == option_id:
                return "ABCDEF"[position]
        raise KeyError(option_id)


@dataclass(frozen=True, slots=True)
class Objective:
    """What a learner can do after the module."""

    id: ObjectiveId
    text: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A few cards, then the questions on them; never without either."""

    id: LessonId
    title: str
    cards: tuple[Card, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Module:
    """Lessons that belong together.

    Attributes:
        bank: the questions that are kept for tests; no lesson asks them.
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
        """All questions that its lessons ask, in teaching order."""
        return (question for lesson in self.lessons for question in lesson.questions)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field, explained.

    Attributes:
        also: other names and spellings of it.
    """

    term: str
    text: str
    sources: tuple[Fact, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something to read or do after the course, with where it is found."""

    text: str
    sources: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A module that is being written: announced with its expected minutes, never taught."""

    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the course something stands, for lines such as "Module 1 of 7, lesson 2 of 4".

    Attributes:
        module_number: from 1.
        modules_total: with those that are coming.
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
    """All that is taught, in teaching order. Every look-up by id takes one step.

    Attributes:
        version: the author's own, e.g. "2026.11".
        language: e.g. "en".
        about: what the course is and is not, in the author's words.
        outcomes: what a learner will be able to do, one line each.
        facts_as_of: the month or year up to which the facts were checked, e.g. "2026-11".
        coming: modules that are not written yet.
        closing: what to say when somebody has finished; may be empty.
        reading: where to go on; may be empty.
        glossary: the terms, in the author's order; may be empty.
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
    coming: tuple[Coming, ...] = ()
    closing: str = ""
    reading: tuple[Pointer, ...] = ()
    glossary: tuple[Term, ...] = ()
    rhythm: Rhythm = field(default_factory=Rhythm)
    _cards: dict[CardId, Card] = field(init=False, repr=False, compare=False)
    _questions: dict[QuestionId, Question] = field(init=False, repr=False, compare=False)
    _places: dict[str, Place] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = object.__setattr__
        index(self, "_cards", {card.id: card for module in self.modules for card in module.cards()})
        index(self, "_questions", {question.id: question for question in _every(self)})
        index(self, "_places", dict(_places(self)))

    def questions(self) -> Iterator[Question]:
        """All questions that lessons ask, in teaching order."""
        return (question for module in self.modules for question in module.questions())

    def module(self, module_id: ModuleId) -> Module | None:
        """The module of that id; `None` when there is none."""
        place = self._places.get(module_id)
        return place.module if place and place.module.id == module_id else None

    def lesson(self, lesson_id: LessonId) -> Lesson | None:
        """The lesson of that id; `None` when there is none."""
        place = self._places.get(lesson_id)
        return place.lesson if place and place.lesson and place.lesson.id == lesson_id else None

    def card(self, card_id: CardId) -> Card | None:
        """The card of that id; `None` when there is none."""
        return self._cards.get(card_id)

    def question(self, question_id: QuestionId) -> Question | None:
        """The question of that id; `None` when there is none."""
        return self._questions.get(question_id)

    def place_of(self, item_id: str) -> Place | None:
        """Where the module, lesson, card or question of that id stands; `None` for any other."""
        return self._places.get(item_id)


def _every(course: Course) -> Iterator[Question]:
    yield from course.questions()
    yield from (question for module in course.modules for question in module.bank)


def _places(course: Course) -> Iterator[tuple[str, Place]]:
    total = len(course.modules) + len(course.coming)
    for module_number, module in enumerate(course.modules, 1):
        lessons = len(module.lessons)
        whole = Place(module, module_number, total, None, None, lessons, None, 0)
        yield module.id, whole
        yield from ((question.id, whole) for question in module.bank)
        for number, lesson in enumerate(module.lessons, 1):
            cards = len(lesson.cards)
            here = Place(module, module_number, total, lesson, number, lessons, None, cards)
            yield lesson.id, here
            yield from ((question.id, here) for question in lesson.questions)
            for card_number, card in enumerate(lesson.cards, 1):
                yield card.id, replace(here, card_number=card_number)
