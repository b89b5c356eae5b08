"""Looks up terms of the glossary by typed text."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from zlib import crc32

from course.model import Course
from course.references import Term

# Similarity (0 to 1, difflib) from which a name may be a misspelling; and most suggestions.
_ALIKE, _MOST = 0.6, 3

# Similarity from which a name surely is one.
_MISSPELT = 0.85

_BETWEEN = re.compile(r"[\W_]+")


def find_term(course: Course, typed: str) -> Term | None:
    """Find the term named by `typed`, ignoring case and punctuation; `None` when there is none."""
    return dict(_names(course)).get(_normalise(typed))


def find_misspelt_term(course: Course, typed: str) -> Term | None:
    """Find the term named by `typed`, if need be the one that it surely misspells."""
    names, wanted = dict(_names(course)), _normalise(typed)
    alike = get_close_matches(wanted, list(names), n=1, cutoff=_MISSPELT)
    return names.get(wanted) or (names[alike[0]] if alike else None)


def term_key(term: Term) -> str:
    """A short key of a term for a button; a card's id has no "#"."""
    return f"#{crc32(term.term.encode()):x}"


def term_by_key(course: Course, key: str) -> Term | None:
    """The term of that key; `None` when there is none."""
    return next((term for term in course.glossary if term_key(term) == key), None)


def suggest_terms(course: Course, typed: str) -> tuple[Term, ...]:
    """Suggest up to three terms similar to `typed`, most similar first."""
    names, wanted = dict(_names(course)), _normalise(typed)
    within = [name for name in names if wanted and (wanted in name or name in wanted)]
    alike = get_close_matches(wanted, list(names), n=_MOST, cutoff=_ALIKE)
    found = (names[name] for name in (*within, *alike))
    return tuple({each.term: each for each in found}.values())[:_MOST]


def _names(course: Course) -> Iterator[tuple[str, Term]]:
    for each in course.glossary:
        yield from ((_normalise(name), each) for name in (each.term, *each.also))


def _normalise(name: str) -> str:
    """Lower-case `name`, and replace everything between its words by single blanks."""
    return _BETWEEN.sub(" ", name.casefold()).strip()
