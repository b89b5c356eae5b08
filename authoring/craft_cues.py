"""Craft rules on cues that give the right answer away to test-wise learners."""

import re
from collections import Counter
from collections.abc import Iterator

from authoring.question_items import Choice, Item, readable_items
from course.problems import Problem
from course.reading.author_files import CourseDraft

_ABSOLUTE = re.compile(
    r"\b(?:always|never|only|all|every|none|no one|nobody|must|impossible|completely"
    r"|automatically|guaranteed|entirely)\b",
    re.IGNORECASE,
)
_SOFTENED = re.compile(
    r"\b(?:not|above|after|nearly|almost|at|first of)\s+all\b|\ball\s+(?:but|the\s+same)\b"
    r"|\bnot\s+(?:only|every|always|completely|automatically|entirely)\b"
    r"|\b(?:almost|nearly|hardly)\s+(?:always|never|every|none|impossible)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(r"\b(?:may(?!\s+\d)|can|usually|often|sometimes|generally)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(an?)[\s.:\u2026_-]*$", re.IGNORECASE)
_LONG, _LESS_LONG = 6, 5
"""Fewest letters of a word that counts as an echo, and of one that distracts from it."""

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    (
        *("should", "because", "before", "without", "another", "people", "person", "during"),
        *("between", "against", "though", "through", "within", "however", "whether", "either"),
        *("always", "really", "little", "already", "instead", "outside", "inside", "around"),
        *("everyone", "someone", "nobody", "nothing", "something", "anything", "likely"),
        *("himself", "herself", "themselves", "itself", "which", "where", "there", "their"),
        *("these", "those", "would", "could", "about", "after", "while", "other", "first", "since"),
    )
)
"""Longer words that say nothing about a topic."""

_RARE_SHARE = 12
"""A word is rare if at most two questions have it, or one in this many."""


def absolute_words_are_not_only_in_distractors(draft: CourseDraft) -> Iterator[Problem]:
    """Words such as always, never, only or must are not in wrong answers alone."""
    for item in readable_items(draft):
        if any(_absolute(choice) for choice in item.correct_choices):
            continue
        for choice in item.distractors:
            if (word := _absolute(choice)) is not None:
                what = f"{word} stands in a wrong answer, and the right one has no such word"
                yield choice.spot.problem(what, "take it out, or give the right answer one too")


def hedges_are_not_only_in_the_key(draft: CourseDraft) -> Iterator[Problem]:
    """Words such as may, can, usually or often are not in the right answers alone."""
    for item in readable_items(draft):
        if any(_HEDGE.search(choice.text) for choice in item.distractors):
            continue
        hedged = [choice for choice in item.correct_choices if _HEDGE.search(choice.text)]
        if hedged and len(hedged) == len(item.correct_choices):
            for choice in hedged:
                [word, *_] = _HEDGE.findall(choice.text)
                what = f"{word} stands in a right answer only"
                yield choice.spot.problem(what, "take it out, or give another answer one too")


def articles_fit_all_options(draft: CourseDraft) -> Iterator[Problem]:
    """A question that ends with a or an fits the first letters of all its options, or of none."""
    for item in readable_items(draft):
        article = _ARTICLE.search(item.text)
        if article is None:
            continue
        vowels = [
            choice.text.lstrip("\"'\u201c\u2018 ")[:1].lower() in "aeiou" for choice in item.choices
        ]
        if len(set(vowels)) > 1:
            what = f"this question ends with {article[1]}, which does not fit all of its options"
            yield item.stem.start.problem(what, "move a or an into the options")


def the_key_does_not_echo_the_stem(draft: CourseDraft) -> Iterator[Problem]:
    """No rare word of the question is repeated in the right answer only."""
    every = list(readable_items(draft))
    spread = Counter(word for item in every for word in _words_of(item))
    most = max(2, len(every) // _RARE_SHARE)
    for item in every:
        echoed = _long_words(item.text).intersection(
            *(_long_words(choice.text) for choice in item.correct_choices)
        )
        for choice in item.distractors:
            echoed -= _long_words(choice.text)
        rare = [word for word in echoed if spread[word] <= most]
        if rare and item.correct_choices and not _distractors_echo(item):
            what = f"{min(rare)} stands in the question and in the right answer only"
            do = "say it in another way, or let a wrong answer have a word of the question as well"
            yield item.correct_choices[0].spot.problem(what, do)


def _distractors_echo(item: Item) -> bool:
    """Whether a wrong answer repeats a word of the question that no right one has."""
    asked = _long_words(item.text, _LESS_LONG)
    right = _long_words(" ".join(choice.text for choice in item.correct_choices), _LESS_LONG)
    wrong = _long_words(" ".join(choice.text for choice in item.distractors), _LESS_LONG)
    return bool(asked & wrong - right)


def _absolute(choice: Choice) -> str | None:
    found = _ABSOLUTE.search(_SOFTENED.sub(" ", choice.text))
    return found.group().lower() if found else None


def _words_of(item: Item) -> frozenset[str]:
    return _long_words(" ".join((item.text, *(choice.text for choice in item.choices))))


def _long_words(text: str, least: int = _LONG) -> frozenset[str]:
    """Words of at least `least` letters, plurals reduced to the singular."""
    words = {word.group().casefold() for word in _WORD.finditer(text)}
    return frozenset(
        word.removesuffix("s") for word in words if len(word) >= least and word not in _COMMON
    )
