"""Counts the contents of a course: time, words, reading ease, questions, keys and facts.

Counts only; the craft rules judge them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from authoring.readability import reading_ease
from course.learning.reading_time import reading_seconds
from course.limits import count_words
from course.markup import strip_markup
from course.model import Card, Course, Lesson, Module, Question
from course.references import Fact, FactId


@dataclass(frozen=True, slots=True)
class ReadingEffort:
    """Amount of reading, and the time it takes.

    Attributes:
        minutes: for cards and questions, by `course.learning.reading_time`.
        words: of the cards, titles included.
        ease: Flesch reading ease of the cards' texts.
        questions: number of questions in lessons.
    """

    minutes: float
    words: int
    ease: float
    questions: int


@dataclass(frozen=True, slots=True)
class QuestionMix:
    """Counts of the questions of a module or of the course.

    Attributes:
        kinds: questions by kind.
        roles: cases by role.
        objectives: number of objectives.
        covered: objectives tested, by kind of question.
        keys: how often each letter is right, in questions with one right answer.
        longest: how often the right answer of these is longer than all others.
        singles: questions with one right answer.
    """

    kinds: Mapping[str, int]
    roles: Mapping[str, int]
    objectives: int
    covered: Mapping[str, int]
    keys: Mapping[str, int]
    longest: int
    singles: int


@dataclass(frozen=True, slots=True)
class ModuleSurvey:
    """Counts of one module.

    Attributes:
        lessons: id, title and reading of each lesson.
        facts: cited facts by confidence.
    """

    id: str
    title: str
    lessons: tuple[tuple[str, str, ReadingEffort], ...]
    reading: ReadingEffort
    asked: QuestionMix
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Survey:
    """Counts of all modules, and of the whole course."""

    modules: tuple[ModuleSurvey, ...]
    reading: ReadingEffort
    asked: QuestionMix
    facts: Mapping[str, int]


def survey_course(course: Course) -> Survey:
    """Count the contents of `course`."""
    lessons = [lesson for module in course.modules for lesson in module.lessons]
    terms = [fact for term in course.glossary for fact in term.sources]
    pointers = [fact for pointer in course.reading for fact in pointer.sources]
    cited = [fact for module in course.modules for fact in _cited(module)]
    return Survey(
        tuple(map(_module, course.modules)),
        _reading(lessons),
        _asked(course.modules),
        _confidence([*cited, *terms, *pointers]),
    )


def _module(module: Module) -> ModuleSurvey:
    lessons = tuple((each.id, each.title, _reading([each])) for each in module.lessons)
    facts = _confidence(_cited(module))
    whole, asked = _reading(module.lessons), _asked([module])
    return ModuleSurvey(module.id, module.title, lessons, whole, asked, facts)


def _reading(lessons: Iterable[Lesson]) -> ReadingEffort:
    every = tuple(lessons)
    cards = [card for lesson in every for card in lesson.cards]
    texts = "\n\n".join(strip_markup(card.text) for card in cards)
    return ReadingEffort(
        sum(map(reading_seconds, every)) / 60,
        sum(count_words(strip_markup(f"{card.title} {card.text}")) for card in cards),
        reading_ease(texts),
        sum(len(lesson.questions) for lesson in every),
    )


def _asked(modules: Iterable[Module]) -> QuestionMix:
    every = tuple(modules)
    questions = [question for module in every for question in _questions(module)]
    singles = [question for question in questions if not question.has_several_answers]
    objectives = {(question.kind, question.objective) for question in questions}
    return QuestionMix(
        kinds=Counter(question.kind for question in questions),
        roles=Counter(question.role for question in questions if question.role),
        objectives=sum(len(module.objectives) for module in every),
        covered=Counter(kind for kind, objective in objectives if objective is not None),
        keys=Counter(question.letter(key) for question in singles for key in question.correct),
        longest=sum(map(_key_is_longest, singles)),
        singles=len(singles),
    )


def _key_is_longest(question: Question) -> bool:
    lengths = {
        option.id: len(" ".join(strip_markup(option.text).split())) for option in question.options
    }
    [key] = question.correct
    longest = lengths.pop(key)
    return all(longest > other for other in lengths.values())


def _questions(module: Module) -> Iterator[Question]:
    yield from module.questions()
    yield from module.bank


def _cited(module: Module) -> Iterator[Fact]:
    things: list[Card | Question] = [*module.cards(), *_questions(module)]
    pictures = [module.picture, *(card.picture for card in module.cards())]
    for thing in (*things, *(picture for picture in pictures if picture is not None)):
        yield from thing.sources


def _confidence(facts: Iterable[Fact]) -> Mapping[str, int]:
    each: dict[FactId, str] = {fact.id: fact.confidence for fact in facts}
    return Counter(each.values())
