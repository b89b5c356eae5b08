"""Understands typed text: an answer, a command in words, a term, a question for the course. Pure.

No model and no guess: what fits no rule is `Unclear`. The words are in `bot/parsing/phrases`.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.parsing.option_words import find_letters, find_option, is_option
from bot.parsing.phrases import Phrases, load_phrases
from course.danger_phrases import mentions_danger
from course.glossary import find_misspelt_term
from course.model import Course, Question
from course.references import Term

# Longest text that can be an answer: six letters with commas and "and" between them are 26.
_MAX_ANSWER_LENGTH = 40

_LETTERS = re.compile(
    r"[\s(]*[a-f1-6](?:(?:[\s,;.&+/)(]|\band\b)*[a-f1-6])*[\s.,;)!]*", re.IGNORECASE
)
_DIGITS = str.maketrans("123456", "ABCDEF")

# Digits of a page, a count or the place of an answer: more than any of them needs, and so few that
# every database can reckon with them.
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class AnswerLetters:
    """An answer: capital letters, each once, sorted."""

    letters: str


@dataclass(frozen=True, slots=True)
class CommandWord:
    """A word that stands for a button or a command."""

    word: str


def parse_whole_number(text: str) -> int | None:
    """The number that is all of `text`, of nine digits at most; `None` for anything else.

    That is also a number with a sign before it.
    """
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None


@dataclass(frozen=True, slots=True)
class LookUp:
    """A wish to know what a term of the glossary means."""

    term: Term


@dataclass(frozen=True, slots=True)
class AskCourse:
    """A question that the course may answer."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Text that fits no rule."""


@dataclass(frozen=True, slots=True)
class Danger:
    """Words of self-harm or an overdose: help comes first.

    Attributes:
        beside: what to show beside the help, where the text asks something too.
    """

    beside: LookUp | AskCourse | None


Intent: TypeAlias = Danger | AnswerLetters | CommandWord | LookUp | AskCourse | Unclear


# What only a question that is open makes a command, and what a question for the course goes before.
_NEEDS_QUESTION = "dont_know"
_POLITE = frozenset({"thanks", "hello"})

# Signs of a text that are read, but for words of danger, which are looked for in all of it.
_LONGEST_READ = 500

# A question mark asks something only after so many words.
_FEWEST_ASKING = 4


def understand(text: str, course: Course, question: Question | None = None) -> Intent:
    """Find out what a learner wants who typed `text`.

    Args:
        question: the open question, whose options may be typed; `None` when none is open.
    """
    intent = _understand(text, course, question)
    if mentions_danger(text) and not (question and is_option(question, text)):
        return Danger(intent if isinstance(intent, LookUp | AskCourse) else None)
    return intent


def _understand(text: str, course: Course, question: Question | None) -> Intent:
    phrases = load_phrases()
    plain = phrases.plain(text[:_LONGEST_READ])
    asks = phrases.asks.search(plain) is not None
    if (letters := _typed_letters(phrases, text, plain, question)) is not None:
        return letters
    command = phrases.find_command(plain, without=() if question else (_NEEDS_QUESTION,))
    if command and command not in _POLITE:
        return CommandWord(command)
    if (term := _asked_term(phrases, plain, course)) is not None:
        return LookUp(term)
    if (
        question
        and not asks
        and "?" not in text
        and (option := find_option(phrases, plain, question))
    ):
        return AnswerLetters(option)
    alone = "" if asks else phrases.without_small_words(plain)
    if (term := find_misspelt_term(course, alone)) is not None:
        return LookUp(term)
    if asks or ("?" in text and len(plain.split()) >= _FEWEST_ASKING):
        return AskCourse()
    return CommandWord(command) if command else Unclear()


def _typed_letters(
    phrases: Phrases, text: str, plain: str, question: Question | None
) -> AnswerLetters | None:
    """The answer in `text`, if it is letters or names one; with a question mark it is none."""
    alone = _letters_alone(text.strip())
    typed = alone if plain not in phrases.spelled else None
    if question is None or (typed and typed.letters[-1] <= "ABCDEF"[len(question.options) - 1]):
        return typed
    if is_option(question, text):
        letters = find_option(phrases, text, question)
    else:
        letters = None if "?" in text else find_letters(phrases, plain, question)
    return AnswerLetters(letters) if letters else typed


def _letters_alone(text: str) -> AnswerLetters | None:
    if len(text) > _MAX_ANSWER_LENGTH or not _LETTERS.fullmatch(text):
        return None
    found = re.sub(r"(?i)\band\b|[^a-f1-6]", "", text).upper().translate(_DIGITS)
    return AnswerLetters("".join(sorted(set(found))))


def _asked_term(phrases: Phrases, plain: str, course: Course) -> Term | None:
    named = (phrases.without_small_words(name) for name in phrases.asked_terms(plain))
    found = (find_misspelt_term(course, name) for name in named if name)
    return next((term for term in found if term is not None), None)
