"""Full-text search over the course, in memory; finds what is written there and makes no answers.

SQLite FTS5 with its Porter stemmer, whatever database learners are stored in. The index is built
from the course and never changes, so a new edition of a course needs a new `CourseSearch`.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import aiosql

from course.markup import strip_markup
from course.model import Card, Course, Question
from course.references import Term
from course.synonyms import Synonyms

_QUERIES = aiosql.from_path(Path(__file__).with_suffix(".sql"), "sqlite3")

_MOST = 3

# Most different words of a text that are searched for, and most that are mended.
_MOST_WORDS, _MOST_MENDED = 100, 10

# Share of the score of a card's two best questions that is added to its own.
_QUESTIONS_WEIGHT = 0.4

# The lowest score of the best that counts when the course lacks a word of the question.
# Chosen by tests/storage/test_course_search.py, which says what it keeps and what it leaves out.
_LOWEST = 8.0

# Similarity (0 to 1, difflib) from which a word may be a misspelling of another.
_ALIKE = 0.8

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?m).+?(?:[.!?](?=\s|$)|$)")

# English words that tell nothing about the subject.
_SMALL_WORDS = frozenset(
    """
    a about actually again all already also am an and any anybody anyone anything are as at be
    because become been being below big but by came can come comes could d did didn do does
    doesn doing don down drug drugs during each even ever every everybody everyone few for from
    further gave get gets give given gives go goes going got had has have having he her here
    hers herself him himself his how i if in into is isn it its itself just least let lets like
    ll m made make makes man many may me might more most much must my myself need needs never no
    nor not nothing now of off on once one only or other our out over own people person please
    re really s said same say says she should so some somebody someone something still such t
    take taken takes tell than that the their theirs them themselves then there these they thing
    things think this those through to too took two under until up us use used using ve very
    want wants was wasn way we went were what when where which while who whom whose why will
    with would yes you your
    """.split()  # noqa: SIM905 - a hundred and eighty quotes would hide the words
)

Target: TypeAlias = Card | Term


@dataclass(frozen=True, slots=True)
class Found:
    """A card or term of the course that fits a question.

    Attributes:
        sentence: the first sentence of its text.
    """

    item: Target
    title: str
    sentence: str


class _Page(NamedTuple):
    target: str
    part: str
    title: str
    body: str


class CourseSearch:
    """Finds the cards and terms of one course that fit a question in a learner's own words."""

    def __init__(self, course: Course) -> None:
        self._synonyms = Synonyms(course.synonyms)
        cards = (card for module in course.modules for card in module.cards())
        self._items: dict[str, Target] = {
            **{card.id: card for card in cards},
            **{term.term: term for term in course.glossary},
        }
        plain = cache(self._plain)  # a question stands beside several cards
        pages = [
            page._replace(title=plain(page.title), body=plain(page.body)) for page in _pages(course)
        ]
        self._known = frozenset(_WORD.findall(" ".join(f"{p.title} {p.body}" for p in pages)))
        self._database = sqlite3.connect(":memory:")
        _QUERIES.create_course_pages(self._database)
        _QUERIES.add_course_pages(self._database, [page._asdict() for page in pages])

    def find(self, text: str) -> tuple[Found, ...]:
        """Find up to three cards or terms that fit `text`, best first; empty when none fits.

        `text` is words alone, never a query's syntax. A word that the course does not have stands
        for the most similar one that it has; if there is none, the best has to fit better.
        """
        words = [*dict.fromkeys(self._plain(text).split())][:_MOST_WORDS]
        if not words:
            return ()
        missing = [word for word in words if word not in self._known]
        mended = [self._mend(word) for word in missing[:_MOST_MENDED]]
        scores = self._score({*words, *mended} - {""})
        best = sorted(scores, key=lambda target: (-scores[target], target))[:_MOST]
        if best and "" in mended and scores[best[0]] < _LOWEST:
            return ()
        return tuple(_found(self._items[target]) for target in best)

    def _plain(self, text: str) -> str:
        """The words of `text` that tell something, synonyms by one name, with blanks between."""
        words = _WORD.findall(self._synonyms.unite(strip_markup(text).casefold()))
        return " ".join(word for word in words if word not in _SMALL_WORDS)

    def _mend(self, word: str) -> str:
        """The word of the course that is most similar to `word`; empty when none is."""
        alike = sorted(known for known in self._known if known[0] == word[0])
        return next(iter(get_close_matches(word, alike, n=1, cutoff=_ALIKE)), "")

    def _score(self, words: Set[str]) -> dict[str, float]:
        """How well each card and term fits, by its id or name; higher is better."""
        own: dict[str, float] = defaultdict(float)
        questions: dict[str, list[float]] = defaultdict(list)
        asked = " OR ".join(f'"{word}"' for word in sorted(words))
        for target, part, score in _QUERIES.match_course_pages(self._database, words=asked):
            if part == "question":
                questions[target].append(score)
            else:
                own[target] = score
        for target, found in questions.items():
            own[target] += _QUESTIONS_WEIGHT * sum(sorted(found)[-2:])
        return own


def _pages(course: Course) -> Iterator[_Page]:
    """What is searched: each card and term, and with a card the questions that share a source."""
    for term in course.glossary:
        yield _Page(term.term, "term", " ".join((term.term, *term.also)), term.text)
    for module in course.modules:
        for lesson in module.lessons:
            for card in lesson.cards:
                yield _Page(card.id, "card", f"{card.title} {lesson.title}", card.text)
        for question in (*module.questions(), *module.bank):
            words, sources = _all_words(question), {fact.id for fact in question.sources}
            for card in module.cards():
                if not sources.isdisjoint(fact.id for fact in card.sources):
                    yield _Page(card.id, "question", "", words)


def _all_words(question: Question) -> str:
    options = " ".join(f"{option.text} {option.feedback}" for option in question.options)
    return f"{question.text} {options} {question.idea}"


def _found(item: Target) -> Found:
    sentence = _SENTENCE.match(strip_markup(item.text).strip())
    assert sentence is not None, "no text of a course is empty"
    return Found(item, item.title if isinstance(item, Card) else item.term, sentence.group())
