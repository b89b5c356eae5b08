"""Replaces words that mean the same by one of them, for search."""

import re
from collections.abc import Iterable

_BLANKS = re.compile(r"\W+")


class Synonyms:
    """Groups of synonyms; `*` at the end of a word stands for any ending.

    A word in two groups belongs to the first. The name of a group is its first word, with the
    blanks left out.
    """

    def __init__(self, groups: Iterable[tuple[str, ...]]) -> None:
        names: dict[str, str] = {}
        for group in groups:
            for word in group:
                names.setdefault(word.casefold(), _BLANKS.sub("", group[0].casefold()))
        self._names = {word: names[word] for word in sorted(names, key=len, reverse=True)}
        # Without groups in it: re then skips an alternative by its first letter.
        alternatives = "|".join(map(_pattern, self._names)) or "(?!)"
        self._pattern = re.compile(rf"\b(?:{alternatives})\b")

    def unite(self, text: str) -> str:
        """Replace each synonym in the lower-case `text` by the name of its group."""
        return self._pattern.sub(lambda found: self._name(" ".join(found.group().split())), text)

    def _name(self, word: str) -> str:
        begun = (each for each in self._names if each[-1] == "*" and word.startswith(each[:-1]))
        return self._names[word if word in self._names else next(begun)]


def _pattern(word: str) -> str:
    written = re.escape(word.removesuffix("*")).replace(r"\ ", r"\s+")
    return rf"{written}\w*" if word.endswith("*") else written
