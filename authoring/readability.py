"""Flesch reading ease of a text, for English only.

Source: Rudolf Flesch, How to Write Plain English (1979), chapter 2. Figures and abbreviations count
as one syllable there, a hyphenated word is one word, and of two pronunciations the shorter counts.
Syllables are estimated from the spelling: right for most words, off by one for some, i.e. by a few
points for a paragraph. Use it to compare texts, not to judge a sentence.
"""

import re

from course.markup import unwrap_paragraphs

_SENTENCE_END = re.compile(r"[.?!]+(?=[\"”')\]]*(?:\s|$))|\n")
_VOWELS = re.compile(r"[aeiouy]+")

_IRREGULAR = {
    "area": 3,
    "idea": 3,
    "being": 2,
    "science": 2,
    "every": 2,
    "people": 2,
    "create": 2,
    "evidence": 3,
    "business": 2,
    "medicine": 3,
    "medicines": 3,
    "someone": 2,
    "sometimes": 2,
    "something": 2,
    "everyone": 3,
    "therefore": 2,
    "guideline": 2,
    "guidelines": 2,
    "opioid": 4,
    "opioids": 4,
    "heroin": 3,
    "cocaine": 2,
}

_SILENT = (
    re.compile(r"(?<=g)ue$"),
    re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=u)e$"),
    re.compile(r"(?<![cs]h)(?<![aeiousxzcg])(?<![^aeiouy]l)es$"),
    re.compile(r"(?<=[^aeiouytd])ed$"),
    re.compile(r"(?<=[^aeiouyl])e(?=(?:ly|ful|ment|ness|less)s?$)"),
)
"""A silent e at the end of a word or of its stem."""

_APART = (
    re.compile(r"[bdmprv]ia(?!ge)"),
    re.compile(r"[bdprv]io(?!u)|[rv]ious$"),
    re.compile(r"(?<![ct])ien[ct]|iet"),
    re.compile(r"(?<![gq])ua(?=[lt])"),
    re.compile(r"[eoy]ing$"),
    re.compile(r"creat(?!u)"),
    re.compile(r"[^aeiouy]iu"),
    re.compile(r"sm$"),
)
"""Adjacent vowels in separate syllables, and a syllable without a vowel."""


def reading_ease(text: str) -> float:
    """Compute the reading ease of `text` without markup: 60 to 70 is plain English, more is easier.

    A text without words gets the highest score.
    """
    lines = unwrap_paragraphs(text)
    words = [word for word in lines.split() if any(sign.isalnum() for sign in word)]
    if not words:
        return _flesch_score(1, 1, 1)
    sentences = sum(any(map(str.isalnum, part)) for part in _SENTENCE_END.split(lines))
    return _flesch_score(len(words), sentences, sum(map(syllables, words)))


def syllables(word: str) -> int:
    """Estimate the spoken syllables of `word`; at least 1."""
    return max(1, sum(map(_of_part, re.findall(r"[a-z]+", _plain(word)))))


def _flesch_score(words: int, sentences: int, spoken: int) -> float:
    return 206.835 - 1.015 * words / sentences - 84.6 * spoken / words


def _plain(word: str) -> str:
    """Lower-case `word` without what follows an apostrophe; empty for figures and initials."""
    letters = re.sub(r"['\u2019]\w*", "", word)
    return "" if letters.isupper() and len(letters) > 1 else letters.lower()


def _of_part(part: str) -> int:
    if part in _IRREGULAR:
        return _IRREGULAR[part]
    spoken = part
    for silent in _SILENT:
        spoken = silent.sub("", spoken)
    heard = len(_VOWELS.findall(spoken)) + sum(bool(apart.search(spoken)) for apart in _APART)
    return max(1, heard)
