"""Parses typed text: letters of an answer, a word for a button or command, or free text. Pure."""

import re
from dataclasses import dataclass
from typing import TypeAlias

# Longest text that can be an answer: six letters with commas and "and" between them are 26.
_MAX_ANSWER_LENGTH = 40

_LETTERS = re.compile(
    r"[\s(]*[a-f1-6](?:(?:[\s,;.&+/)(]|\band\b)*[a-f1-6])*[\s.,;)!]*", re.IGNORECASE
)
_DIGITS = str.maketrans("123456", "ABCDEF")

# Digits of a page, a count or the place of an answer: more than any of them needs, and so few that
# every database can reckon with them.
_MOST_DIGITS = 9

# What people type instead of pressing; "stop" and its like must always work.
_WORDS = {
    "next": "next", "n": "next", "go": "next", "go on": "next", "ok": "next", "okay": "next",
    "yes": "next", "forward": "next",
    "continue": "continue", "resume": "continue", "start": "start", "begin": "start",
    "hello": "start", "hi": "start",
    "back": "back", "previous": "back",
    "help": "help", "progress": "progress", "modules": "modules", "menu": "help",
    "stop": "stop", "unsubscribe": "stop", "settings": "settings", "pause": "pause",
    "reminders": "reminders", "reminder": "reminders", "why": "why",
    "later": "later", "snooze": "later", "not now": "later", "remind me later": "later",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerLetters:
    """An answer: capital letters, each once, sorted."""

    letters: str


@dataclass(frozen=True, slots=True)
class CommandWord:
    """A word that stands for a button or a command."""

    word: str


@dataclass(frozen=True, slots=True)
class FreeText:
    """Anything else."""


TypedText: TypeAlias = AnswerLetters | CommandWord | FreeText


def parse_whole_number(text: str) -> int | None:
    """The number that is all of `text`, of nine digits at most; `None` for anything else.

    That is also a number with a sign before it.
    """
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else None


def parse_typed_text(text: str) -> TypedText:
    """Parse `text` as an answer, a command word, or free text."""
    text = text.strip()
    if len(text) > _MAX_ANSWER_LENGTH:
        return FreeText()
    word = _WORDS.get(text.strip(" .!").casefold())
    if word is not None:
        return CommandWord(word)
    if _LETTERS.fullmatch(text):
        found = re.sub(r"(?i)\band\b|[^a-f1-6]", "", text).upper().translate(_DIGITS)
        return AnswerLetters("".join(sorted(set(found))))
    return FreeText()
