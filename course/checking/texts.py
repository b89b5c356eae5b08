"""Rules on single texts: length, form and markup."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice

from course import markup
from course.problems import Problem
from course.reading.author_files import Draft
from course.reading.expected import Named, Text
from course.reading.yaml_nodes import Keyed, Scalar

_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.|\bt\.me/"
    r"|(?<![\w.@-])[\w-]+(?:\.[\w-]+){0,3}\.(?:com|edu|gov|int|net|org)\b(?!\.?\w))\S*",
    re.IGNORECASE,
)
_LONGEST_SHOWN = 30
_MOST_TROUBLES = 20
"""Most markup problems reported for one text; a text with more was not written for this format."""


def texts(draft: Draft) -> Iterator[tuple[Text, Scalar, str]]:
    """Every non-empty text, with what is expected and its name."""
    for wanted, node, called in draft.visited:
        if not isinstance(wanted, Text) or not isinstance(node, Scalar) or not node.text:
            continue
        if not node.is_null and node.truth is None:
            yield wanted, node, called


def texts_are_short_enough(draft: Draft) -> Iterator[Problem]:
    """No text is longer than the maximum of its key."""
    for wanted, node, called in texts(draft):
        length = len(markup.visible(node.text))
        if wanted.longest and length > wanted.longest:
            what = f"{called} has {length} characters, and {wanted.longest} fit"
            yield node.spot.problem(what, f"make it shorter by {length - wanted.longest}")


def lines_are_lines(draft: Draft) -> Iterator[Problem]:
    """Texts that are shown on one line have no line breaks."""
    for wanted, node, called in texts(draft):
        if wanted.one_line and "\n" in node.text:
            yield node.spot.problem(f"{called} has several lines", "write it in one line")


def texts_have_their_form(draft: Draft) -> Iterator[Problem]:
    """Ids, file names, addresses and choices have the expected form."""
    for wanted, node, called in texts(draft):
        if wanted.longest and len(node.text) > wanted.longest:
            continue  # reported already, and matching a long text takes time
        if wanted.pattern and not _matches(wanted.pattern, node.text):
            what = f"{called} is {_shown(node.text)}"
            yield node.spot.problem(what, f"write {wanted.meaning}")
        if wanted.choices and node.text not in wanted.choices:
            near = get_close_matches(_shown(node.text).lower(), wanted.choices, n=1)
            do = f"did you mean {near[0]}?" if near else f"write {_either(wanted.choices)}"
            yield node.spot.problem(f"{called} is {_shown(node.text)}", do)


def names_have_their_form(draft: Draft) -> Iterator[Problem]:
    """Names of facts have the expected form."""
    for wanted, node, _ in draft.visited:
        if isinstance(wanted, Named) and isinstance(node, Keyed):
            for key, (name, _) in node.entries.items():
                if len(key) > wanted.longest or not _matches(wanted.pattern, key):
                    what = f"{_shown(key) or 'nothing'} is not a name for a {wanted.called}"
                    do = f"write {wanted.meaning}, at most {wanted.longest} characters"
                    yield name.spot.problem(what, do)


def markup_is_markup(draft: Draft) -> Iterator[Problem]:
    """Markup is `<b>` and `<i>`, properly nested, and only where it is allowed."""
    for wanted, node, called in texts(draft):
        if wanted.address or wanted.pattern or wanted.choices:
            continue
        troubles = list(islice(markup.troubles(node.text), _MOST_TROUBLES))
        for position, what, do in troubles:
            yield node.spot_at(position).problem(what, do)
        if not wanted.marked and not troubles and markup.visible(node.text) != node.text:
            yield node.spot.problem(f"{called} has markup", "write it plain")
        if not troubles and not markup.visible(node.text).strip():
            yield node.spot.problem(f"{called} has nothing to read", "write its text")


def texts_have_no_links(draft: Draft) -> Iterator[Problem]:
    """No text contains a link."""
    for wanted, node, called in texts(draft):
        if not wanted.address and (link := _LINK.search(node.text)) is not None:
            what = f"{called} has a link, {_shown(link.group())}"
            do = "take it out; addresses stand behind url in the sources"
            yield node.spot_at(link.start()).problem(what, do)


def _matches(pattern: str, text: str) -> bool:
    return len(text) <= _LONGEST_FORM and re.fullmatch(pattern, text, re.ASCII) is not None


_LONGEST_FORM = 500


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."


def _either(choices: tuple[str, ...]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}"
