"""Rules on single texts: length, form and markup."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice

from course import markup
from course.problems import Problem
from course.reading.author_files import CourseDraft
from course.reading.expected import ExpectedNamedEntries, ExpectedText
from course.reading.yaml_nodes import YamlMapping, YamlScalar

_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.|\bt\.me/"
    r"|(?<![\w.@-])[\w-]+(?:\.[\w-]+){0,3}\.(?:com|edu|gov|int|net|org)\b(?!\.?\w))\S*",
    re.IGNORECASE,
)
_LONGEST_SHOWN = 30
_MAX_MARKUP_PROBLEMS = 20
"""Most markup problems reported for one text; a text with more was not written for this format."""


def text_nodes(draft: CourseDraft) -> Iterator[tuple[ExpectedText, YamlScalar, str]]:
    """Every non-empty text, with what is expected and its name."""
    for wanted, node, called in draft.expected_nodes:
        if (
            not isinstance(wanted, ExpectedText)
            or not isinstance(node, YamlScalar)
            or not node.text
        ):
            continue
        if not node.is_null and node.as_bool is None:
            yield wanted, node, called


def texts_are_short_enough(draft: CourseDraft) -> Iterator[Problem]:
    """No text is longer than the maximum of its key."""
    for wanted, node, called in text_nodes(draft):
        length = len(markup.strip_markup(node.text))
        if wanted.max_length and length > wanted.max_length:
            what = f"{called} has {length} characters, and {wanted.max_length} fit"
            yield node.location.problem(what, f"make it shorter by {length - wanted.max_length}")


def lines_are_lines(draft: CourseDraft) -> Iterator[Problem]:
    """Texts that are shown on one line have no line breaks."""
    for wanted, node, called in text_nodes(draft):
        if wanted.one_line and "\n" in node.text:
            yield node.location.problem(f"{called} has several lines", "write it in one line")


def texts_have_their_form(draft: CourseDraft) -> Iterator[Problem]:
    """Ids, file names, addresses and choices have the expected form."""
    for wanted, node, called in text_nodes(draft):
        if wanted.max_length and len(node.text) > wanted.max_length:
            continue  # reported already, and matching a long text takes time
        if wanted.pattern and not _matches(wanted.pattern, node.text):
            what = f"{called} is {_shown(node.text)}"
            yield node.location.problem(what, f"write {wanted.pattern_description}")
        if wanted.choices and node.text not in wanted.choices:
            near = get_close_matches(_shown(node.text).lower(), wanted.choices, n=1)
            do = f"did you mean {near[0]}?" if near else f"write {_either(wanted.choices)}"
            yield node.location.problem(f"{called} is {_shown(node.text)}", do)


def names_have_their_form(draft: CourseDraft) -> Iterator[Problem]:
    """Names of facts have the expected form."""
    for wanted, node, _ in draft.expected_nodes:
        if isinstance(wanted, ExpectedNamedEntries) and isinstance(node, YamlMapping):
            for key, (name, _) in node.entries.items():
                if len(key) > wanted.max_length or not _matches(wanted.pattern, key):
                    what = f"{_shown(key) or 'nothing'} is not a name for a {wanted.name}"
                    limit = f"at most {wanted.max_length} characters"
                    do = f"write {wanted.pattern_description}, {limit}"
                    yield name.location.problem(what, do)


def markup_is_markup(draft: CourseDraft) -> Iterator[Problem]:
    """Markup is `<b>` and `<i>`, properly nested, and only where it is allowed."""
    for wanted, node, called in text_nodes(draft):
        if wanted.is_address or wanted.pattern or wanted.choices:
            continue
        troubles = list(islice(markup.find_markup_problems(node.text), _MAX_MARKUP_PROBLEMS))
        for position, what, do in troubles:
            yield node.location_at(position).problem(what, do)
        if (
            not wanted.allows_markup
            and not troubles
            and markup.strip_markup(node.text) != node.text
        ):
            yield node.location.problem(f"{called} has markup", "write it plain")
        if not troubles and not markup.strip_markup(node.text).strip():
            yield node.location.problem(f"{called} has nothing to read", "write its text")


def texts_have_no_links(draft: CourseDraft) -> Iterator[Problem]:
    """No text contains a link."""
    for wanted, node, called in text_nodes(draft):
        if not wanted.is_address and (link := _LINK.search(node.text)) is not None:
            what = f"{called} has a link, {_shown(link.group())}"
            do = "take it out; addresses stand behind url in the sources"
            yield node.location_at(link.start()).problem(what, do)


def _matches(pattern: str, text: str) -> bool:
    return len(text) <= _LONGEST_FORM and re.fullmatch(pattern, text, re.ASCII) is not None


_LONGEST_FORM = 500


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."


def _either(choices: tuple[str, ...]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}"
