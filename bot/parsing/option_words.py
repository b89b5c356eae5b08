"""Finds the options of a question that a learner names: by letters, or in words. Pure."""

import re
from collections.abc import Collection, Mapping
from difflib import SequenceMatcher
from itertools import dropwhile, pairwise

from bot.parsing.phrases import Phrases
from course.markup import strip_markup
from course.model import Option, Question

_WORD = re.compile(r"\w+")

# Share of the typed words that the option has, share of the option's words that were typed, and how
# far the next option has to be behind. Source: tests/bot/parsing/typed_texts.yaml.
_TYPED, _SAID, _AHEAD = 0.6, 0.6, 0.2

# The same for a text that goes on after nearly all of an option.
_TYPED_OF_MORE, _ALL, _FAR_AHEAD = 0.45, 0.85, 0.5

# Similarity (0 to 1, difflib) of a word to its misspelling.
_ALIKE = 0.8

# Letters of a word that tells which option is meant.
_LONG = 4


# A list with commas is one part: "a, c and d".
_LISTED = re.compile(r"\b([a-f1-6]) [,;+&/]+ (?=(?:\w+ )?[a-f1-6]\b)")

# Later parts name an option by its letter: "the third one" may be a third anything there.
_LETTER = re.compile(r"\b[a-f]\b")

_OF_ALL = frozenset({"all", "except"})


def find_letters(phrases: Phrases, plain: str, question: Question) -> str | None:
    """The letters, sorted, that a part of `plain` names; the last part that does counts.

    `None` when there is none: a part that says anything else is no answer, unless it begins with
    a letter and goes on with the words of the same option.
    """
    parts = phrases.breaks.split(_LISTED.sub(r"\1 and ", plain))
    found = (
        _letters(phrases, part, question)
        for number, part in enumerate(parts)
        if number == 0 or _LETTER.search(part)
    )
    named = [letters for letters in found if letters]
    return named[-1] if named else _letter_with_words(phrases, plain, question)


def _letters(phrases: Phrases, part: str, question: Question) -> str | None:
    words = _WORD.findall(part)
    names = [_choice(phrases, words, place) for place in range(len(words))]
    if not all(
        name or word in phrases.answer_words for name, word in zip(names, words, strict=True)
    ):
        return None
    if any(_counts_something(phrases, *pair) for pair in pairwise(words)):
        return None
    offered = "abcdef"[: len(question.options)]
    middle = offered[len(offered) // 2] if len(offered) % 2 else "none"
    places = {"last": offered[-1], "middle": middle}
    chosen = {places.get(name, name) for name in names if name}
    if "all" in chosen:
        chosen = set(offered) - (chosen if "except" in chosen else set())
    return "".join(sorted(chosen)).upper() if chosen <= set(offered) else None


def _counts_something(phrases: Phrases, word: str, following: str) -> bool:
    """Whether two words are no letters together: "the last two", "one second"."""
    names = (phrases.choices.get(word), phrases.choices.get(following))
    return (
        all(names)
        and len(word + following) > len("ab")
        and names[0] not in _OF_ALL
        and following not in phrases.only_alone
    )


def _choice(phrases: Phrases, words: list[str], place: int) -> str | None:
    """What the word at `place` chooses: a letter, all, except, last or middle."""
    word, before, after = words[place], words[:place], words[place + 1 :][:1]
    if (
        word == "a"
        and after
        and after[0] not in phrases.after_a
        and after[0] not in phrases.choices
    ):
        return None
    if word in phrases.only_numbered and phrases.numbered.isdisjoint(before):
        return None
    if phrases.choices.get(word) == "all" and not phrases.not_all.isdisjoint(after):
        return None
    if word in phrases.only_alone and len(words) > 1 and phrases.numbered.isdisjoint(before[-1:]):
        return None
    return phrases.choices.get(word)


def _letter_with_words(phrases: Phrases, plain: str, question: Question) -> str | None:
    words = plain.split()
    first, *rest = [*words[not phrases.numbered.isdisjoint(words[:1]) :], ""]
    letter = phrases.choices.get(first, "").upper()
    return letter if letter and find_option(phrases, " ".join(rest), question) == letter else None


def find_option(phrases: Phrases, typed: str, question: Question) -> str | None:
    """The letter of the only option that `typed` can be: its beginning, or most of its words.

    `None` when there is none, or more than one may be meant.
    """
    words = _WORD.findall(typed.casefold())
    if len(words) == 1 and len(words[0]) < _LONG:
        return None
    options = {question.letter(option.id): _words(option) for option in question.options}
    begun = [letter for letter, option in options.items() if _begins(option, words)]
    letter = begun[0] if len(begun) == 1 else _most_alike(words, options)
    denied = phrases.negations.intersection(words).difference(options.get(letter or "", ()))
    return None if denied else letter


def _words(option: Option) -> list[str]:
    return _WORD.findall(strip_markup(option.text).casefold())


def is_option(question: Question, typed: str) -> bool:
    """Whether `typed` is the whole text of an option."""
    words = _WORD.findall(typed.casefold())
    return any(words == _words(option) for option in question.options)


def _begins(option: list[str], words: list[str]) -> bool:
    """Whether `option` begins with `words`: "as a severe disorder" does with "severe", too."""
    bare = list(dropwhile(lambda word: len(word) < _LONG, option))
    return bool(words) and words in (option[: len(words)], bare[: len(words)])


def _most_alike(words: list[str], options: Mapping[str, list[str]]) -> str | None:
    fits = sorted(
        ((*_overlap(words, option), letter) for letter, option in options.items()), reverse=True
    )
    (best, typed_share, said_share, letter), (second, *_) = fits[0], fits[1]
    if best - second < _AHEAD:
        return None
    is_part = typed_share == 1 and len(words) > 1
    is_most = typed_share >= _TYPED and said_share >= _SAID
    has_more = best - second >= _FAR_AHEAD and typed_share >= _TYPED_OF_MORE and said_share >= _ALL
    return letter if is_part or is_most or has_more else None


def _overlap(typed: list[str], option: list[str]) -> tuple[float, float, float]:
    typed_share = _share(typed, option)
    said_share = _share(option, typed)
    return typed_share + said_share, typed_share, said_share


def _share(words: list[str], among: Collection[str]) -> float:
    return sum(_is_among(word, among) for word in words) / max(len(words), 1)


def _is_among(word: str, among: Collection[str]) -> bool:
    return word in among or any(
        word[0] == each[0] and SequenceMatcher(None, word, each).ratio() >= _ALIKE for each in among
    )
