"""Finds a term of the glossary by what somebody typed."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from course.model import Course, Term

# How alike two names are (0 to 1, difflib) when one may be a slip of the other; and how many are
# suggested.
_ALIKE, _MOST = 0.6, 3

_BETWEEN = re.compile(r"[\W_]+")


def term(course: Course, said: str) -> Term | None:
    """The term that `said` names, in whatever spelling; `None` when there is none."""
    return dict(_names(course)).get(_plain(said))


def near(course: Course, said: str) -> tuple[Term, ...]:
    """Up to three terms that may have been meant, the nearest first; empty when none is near."""
    names, wanted = dict(_names(course)), _plain(said)
    within = [name for name in names if wanted and (wanted in name or name in wanted)]
    alike = get_close_matches(wanted, list(names), n=_MOST, cutoff=_ALIKE)
    found = (names[name] for name in (*within, *alike))
    return tuple({each.term: each for each in found}.values())[:_MOST]


def _names(course: Course) -> Iterator[tuple[str, Term]]:
    for each in course.glossary:
        yield from ((_plain(name), each) for name in (each.term, *each.also))


def _plain(name: str) -> str:
    """`name` in small letters, with single blanks for whatever stands between its words."""
    return _BETWEEN.sub(" ", name.casefold()).strip()
