"""The words people type for commands, answers and questions; one YAML file a language."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent
_SIGN = re.compile(r"\w+%?|[,;:.!()]+|[^\w\s'\"“”?]+")
# Words of a message in which one keyword is enough.
_SHORT = 9

_GAP = r"(?:\S+ ){0,6}"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a language, ready for use; the file says how they are written."""

    abbreviations: dict[str, str]
    small_words: frozenset[str]
    whole: dict[str, str]
    commands: tuple[tuple[str, re.Pattern[str]], ...]
    keywords: tuple[tuple[str, frozenset[str]], ...]
    look_ups: tuple[re.Pattern[str], ...]
    asks: re.Pattern[str]
    answer_words: frozenset[str]
    choices: dict[str, str]
    numbered: frozenset[str]
    after_a: frozenset[str]
    only_numbered: frozenset[str]
    only_alone: frozenset[str]
    not_all: frozenset[str]
    spelled: frozenset[str]
    negations: frozenset[str]
    breaks: re.Pattern[str]

    def plain(self, text: str) -> str:
        """`text` in small letters, signs apart, abbreviations written out.

        Apostrophes, quotation marks and question marks are left out.
        """
        small = re.sub(r"['\u2019\ufe0f\u20e3]", "", text.casefold()).replace("-", " ")
        words = _SIGN.findall(small)
        is_whole = len(words) == 1 and words[0] in self.whole
        return " ".join(words if is_whole else map(self._full, words))

    def find_command(self, plain: str, without: Collection[str] = ()) -> str | None:
        """The first command in `plain`, but for those of the names `without`."""
        found = (name for name, phrase in self.commands if phrase.search(plain))
        bare = self.whole.get(self.without_small_words(plain))
        words = plain.split() if plain.count(" ") < _SHORT else []
        single = [name for name, keywords in self.keywords if not keywords.isdisjoint(words)]
        # "stop for today" is more than "stop".
        every = (self.whole.get(plain), *found, bare, *single)
        names = (name for name in every if name and name not in without)
        return next(names, None)

    def asked_terms(self, plain: str) -> Iterator[str]:
        """What `plain` asks the meaning of, the likeliest first."""
        for look_up in self.look_ups:
            yield from (found["term"] for found in look_up.finditer(plain))

    def without_small_words(self, plain: str) -> str:
        """`plain` without signs and words that do not change what it means."""
        words = [word for word in plain.split() if word.isalnum()]
        kept = [word for word in words if word not in self.small_words]
        return " ".join(kept or words) or "".join(plain.split())

    def _full(self, word: str) -> str:
        shorter = re.sub(r"(.)\1+$", r"\1", word)
        known = shorter in self.whole or shorter in self.abbreviations
        word = shorter if known and word not in self.whole else word
        return self.abbreviations.get(word, word)


_LISTS = (
    "numbered", "after_a", "only_numbered", "only_alone", "not_all", "spelled", "negations",
)  # fmt: skip


@cache
def load_phrases(language: str = "en") -> Phrases:
    """Load the phrases of `language`."""
    written: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text("utf-8"))
    commands: dict[str, list[str]] = written["commands"]
    after = _any_of(written["after_term"])
    return Phrases(
        abbreviations=written["abbreviations"],
        small_words=frozenset(written["small_words"].split()),
        whole={
            each.lstrip("=+"): name
            for name, each in reversed(_pairs(commands))
            if not _is_anywhere(each)
        },
        commands=tuple(
            (name, _anywhere(filter(_is_anywhere, phrases)))
            for name, phrases in commands.items()
            if any(map(_is_anywhere, phrases))
        ),
        keywords=tuple(
            (name, frozenset(each[1:] for each in phrases if each.startswith("+")))
            for name, phrases in commands.items()
        ),
        look_ups=tuple(_look_up(each, after) for each in written["look_up"]),
        asks=re.compile(
            rf"(?:^|[,;:.!] |\b(?:and|but|or) ){_any_of(written['asks'])}\b"
            rf"|\b{_any_of(each for each in written['asks'] if ' ' in each)}\b"
        ),
        answer_words=frozenset(written["answer_words"].split()),
        choices={each: name for name, each in _pairs(written["choices"])},
        **{name: frozenset(written[name]) for name in _LISTS},
        breaks=re.compile(rf"[,;:.!()]+|\b{_any_of(written['breaks'])}\b"),
    )


def _pairs(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, each) for name, phrases in table.items() for each in phrases]


def _is_anywhere(phrase: str) -> bool:
    return " " in phrase and not phrase.startswith("=")


def _any_of(phrases: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, phrases), key=len, reverse=True))})"


def _anywhere(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(_words, phrases))})(?!\S)")


def _words(phrase: str) -> str:
    written = re.escape(phrase).replace(r"\ ", " ").replace(r"\*", r"\w*")
    return written.replace(r" \.\. ", f" {_GAP}").replace(r" \.\.", "")


def _look_up(template: str, after: str) -> re.Pattern[str]:
    before, behind = template.split("TERM")
    end = rf"(?= {after}\b| [^\w ]|$)" if not behind else r"(?!\S)"
    behind = re.sub("^ ", "(?: [,;:.])? ", behind)
    return re.compile(rf"(?<!\S){before}(?P<term>\w+(?: \w+){{0,4}}?){behind}{end}")
