"""Rules on keys, types of values and lengths of lists."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from course.problems import MOST, Problem
from course.reading.author_files import Draft
from course.reading.expected import (
    Keys,
    ListOf,
    Named,
    Text,
    Truth,
    Wanted,
    Whole,
)
from course.reading.yaml_nodes import (
    Broken,
    Keyed,
    Listing,
    Node,
    Scalar,
)

_YES = {"yes", "y", "on", "true", "1"}
_NO = {"no", "n", "off", "false", "0"}


def keys_are_known(draft: Draft) -> Iterator[Problem]:
    """There is no key but those of the format."""
    told: Counter[str] = Counter()  # by file; to look for what was meant takes time
    for wanted, node, called in draft.visited:
        if isinstance(wanted, Keys) and isinstance(node, Keyed):
            for key, (name, value) in node.entries.items():
                if wanted.wanted(key) is None:
                    what = f"{_shown(key) or 'nothing'} is no key of this {wanted.called}"
                    told[name.spot.file] += 1
                    is_told = told[name.spot.file] <= MOST
                    do = _instead(key, value, node, wanted) if is_told else "take it out"
                    yield name.spot.problem(what, do)
        elif (
            isinstance(wanted, Named) and isinstance(node, Keyed) and not (node.entries or node.cut)
        ):
            yield node.spot.problem(f"{called} is empty", f"write at least one {wanted.called}")


def keys_are_there(draft: Draft) -> Iterator[Problem]:
    """Every required key is present."""
    for wanted, node, _ in draft.visited:
        if isinstance(wanted, Keys) and isinstance(node, Keyed) and not node.cut:
            for key in wanted.needed:
                if key not in node.entries:
                    what = f"this {wanted.called} has no {key}"
                    yield node.spot.problem(what, f"add the key {key}")


def lists_have_the_right_length(draft: Draft) -> Iterator[Problem]:
    """Every list has neither too few nor too many items."""
    for wanted, node, called in draft.visited:
        if not isinstance(wanted, ListOf) or not isinstance(node, Listing):
            continue
        count = len(node.items)
        if count < wanted.least and not node.cut:
            what = f"{called} has {_items(count)}, and needs at least {wanted.least}"
            yield node.spot.problem(what, f"add one more {wanted.called}")
        if wanted.most and count > wanted.most:
            what = f"{called} has {_items(count)}, and at most {wanted.most} fit"
            do = f"take out {count - wanted.most}"
            yield node.items[wanted.most].spot.problem(what, do)


def values_are_of_their_kind(draft: Draft) -> Iterator[Problem]:
    """Every value has the expected type: text, number, truth value, list or mapping."""
    for wanted, node, called in draft.visited:
        if not isinstance(node, Broken) and (said := _mistaken(wanted, node, called)) is not None:
            yield node.spot.problem(*said)


def _mistaken(wanted: Wanted, node: Node, called: str) -> tuple[str, str] | None:
    """Problem and fix if `node` is not of the expected type; otherwise `None`."""
    match wanted:
        case Text():
            return _not_text(node, called)
        case Whole():
            return _not_whole(node, called, wanted)
        case Truth():
            return _not_truth(node, called)
        case ListOf():
            return _not_list(node, called, wanted)
        case Keys() | Named():
            return _not_keys(node, called)


def _not_text(node: Node, called: str) -> tuple[str, str] | None:
    if not isinstance(node, Scalar):
        do = 'write one text; put a text that starts with [ or { in quotes: "..."'
        return f"{called} is not a text", do
    if node.is_null or not node.text:
        return f"{called} is empty", "write its text, or leave out the key where it is optional"
    if node.truth is not None:
        return f"{called} is {node.text}, not a text", f'if it is a text, write "{node.text}"'
    return None


def _not_whole(node: Node, called: str, wanted: Whole) -> tuple[str, str] | None:
    number = node.whole if isinstance(node, Scalar) else None
    between = f"write a whole number from {wanted.least} to {wanted.most}, without quotes"
    if number is None:
        return f"{called} is not a whole number", between
    if not wanted.least <= number <= wanted.most:
        return f"{called} is {number}", between
    return None


def _not_truth(node: Node, called: str) -> tuple[str, str] | None:
    if not isinstance(node, Scalar):
        return f"{called} is neither true nor false", "write true or false"
    if node.truth is not None:
        return None
    said = node.text.lower()
    do = "write true" if said in _YES else "write false" if said in _NO else "write true or false"
    return f"{called} is {_shown(node.text)}, neither true nor false", f"{do}, without quotes"


def _not_list(node: Node, called: str, wanted: ListOf) -> tuple[str, str] | None:
    if isinstance(node, Listing) or (
        wanted.least == 0 and isinstance(node, Scalar) and node.is_null
    ):
        return None
    if isinstance(node, Scalar) and node.text and not node.is_null:
        return f"{called} is one text, not a list", f"write [{_shown(node.text)}]"
    return f"{called} is not a list", f"write each {wanted.called} in its own line, after - "


def _not_keys(node: Node, called: str) -> tuple[str, str] | None:
    if isinstance(node, Keyed):
        return None
    return f"{called} has no keys", "write its keys as `key: value`, one a line"


def _instead(key: str, value: Node, node: Keyed, wanted: Keys) -> str:
    if key == "<<":
        return "write the keys out: a course has no merging"
    if not key:
        return "write a key before the colon"
    if node.flow and isinstance(value, Scalar) and value.is_null:
        return 'put a text with a comma in quotes: "..."'
    near = get_close_matches(key[:_LONGEST_KEY].lower(), wanted.names(), n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    return f"its keys are {', '.join(wanted.names())}"


_LONGEST_KEY = 40


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_KEY else text[:_LONGEST_KEY] + "..."
