"""Rules on keys, types of values and lengths of lists."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from course.problems import MAX_REPORTED, Problem
from course.reading.author_files import CourseDraft
from course.reading.expected import (
    Expected,
    ExpectedBoolean,
    ExpectedInteger,
    ExpectedList,
    ExpectedMapping,
    ExpectedNamedEntries,
    ExpectedText,
)
from course.reading.yaml_nodes import (
    InvalidNode,
    Node,
    YamlMapping,
    YamlScalar,
    YamlSequence,
)

_YES = {"yes", "y", "on", "true", "1"}
_NO = {"no", "n", "off", "false", "0"}


def keys_are_known(draft: CourseDraft) -> Iterator[Problem]:
    """Every key is one of the format."""
    told: Counter[str] = Counter()  # by file; to look for what was meant takes time
    for wanted, node, called in draft.expected_nodes:
        if isinstance(wanted, ExpectedMapping) and isinstance(node, YamlMapping):
            for key, (name, value) in node.entries.items():
                if wanted.expected(key) is None:
                    what = f"{_shown(key) or 'nothing'} is no key of this {wanted.name}"
                    told[name.location.file] += 1
                    is_told = told[name.location.file] <= MAX_REPORTED
                    do = _suggest_key(key, value, node, wanted) if is_told else "take it out"
                    yield name.location.problem(what, do)
        elif (
            isinstance(wanted, ExpectedNamedEntries)
            and isinstance(node, YamlMapping)
            and not (node.entries or node.is_truncated)
        ):
            yield node.location.problem(f"{called} is empty", f"write at least one {wanted.name}")


def keys_are_there(draft: CourseDraft) -> Iterator[Problem]:
    """Every required key is present."""
    for wanted, node, _ in draft.expected_nodes:
        if (
            isinstance(wanted, ExpectedMapping)
            and isinstance(node, YamlMapping)
            and not node.is_truncated
        ):
            for key in wanted.required:
                if key not in node.entries:
                    what = f"this {wanted.name} has no {key}"
                    yield node.location.problem(what, f"add the key {key}")


def lists_have_the_right_length(draft: CourseDraft) -> Iterator[Problem]:
    """Every list has neither too few nor too many items."""
    for wanted, node, called in draft.expected_nodes:
        if not isinstance(wanted, ExpectedList) or not isinstance(node, YamlSequence):
            continue
        count = len(node.items)
        if count < wanted.min_items and not node.is_truncated:
            what = f"{called} has {_items(count)}, and needs at least {wanted.min_items}"
            yield node.location.problem(what, f"add one more {wanted.name}")
        if wanted.max_items and count > wanted.max_items:
            what = f"{called} has {_items(count)}, and at most {wanted.max_items} fit"
            do = f"take out {count - wanted.max_items}"
            yield node.items[wanted.max_items].location.problem(what, do)


def values_are_of_their_kind(draft: CourseDraft) -> Iterator[Problem]:
    """Every value has the expected type: text, number, truth value, list or mapping."""
    for wanted, node, called in draft.expected_nodes:
        if (
            not isinstance(node, InvalidNode)
            and (said := _kind_problem(wanted, node, called)) is not None
        ):
            yield node.location.problem(*said)


def _kind_problem(wanted: Expected, node: Node, called: str) -> tuple[str, str] | None:
    """Problem and fix if `node` is not of the expected type; otherwise `None`."""
    match wanted:
        case ExpectedText():
            return _not_text(node, called)
        case ExpectedInteger():
            return _not_integer(node, called, wanted)
        case ExpectedBoolean():
            return _not_boolean(node, called)
        case ExpectedList():
            return _not_list(node, called, wanted)
        case ExpectedMapping() | ExpectedNamedEntries():
            return _not_keys(node, called)


def _not_text(node: Node, called: str) -> tuple[str, str] | None:
    if not isinstance(node, YamlScalar):
        do = 'write one text; put a text that starts with [ or { in quotes: "..."'
        return f"{called} is not a text", do
    if node.is_null or not node.text:
        return f"{called} is empty", "write its text, or leave out the key where it is optional"
    if node.as_bool is not None:
        return f"{called} is {node.text}, not a text", f'if it is a text, write "{node.text}"'
    return None


def _not_integer(node: Node, called: str, wanted: ExpectedInteger) -> tuple[str, str] | None:
    number = node.as_int if isinstance(node, YamlScalar) else None
    between = f"write a whole number from {wanted.minimum} to {wanted.maximum}, without quotes"
    if number is None:
        return f"{called} is not a whole number", between
    if not wanted.minimum <= number <= wanted.maximum:
        return f"{called} is {number}", between
    return None


def _not_boolean(node: Node, called: str) -> tuple[str, str] | None:
    if not isinstance(node, YamlScalar):
        return f"{called} is neither true nor false", "write true or false"
    if node.as_bool is not None:
        return None
    said = node.text.lower()
    do = "write true" if said in _YES else "write false" if said in _NO else "write true or false"
    return f"{called} is {_shown(node.text)}, neither true nor false", f"{do}, without quotes"


def _not_list(node: Node, called: str, wanted: ExpectedList) -> tuple[str, str] | None:
    if isinstance(node, YamlSequence) or (
        wanted.min_items == 0 and isinstance(node, YamlScalar) and node.is_null
    ):
        return None
    if isinstance(node, YamlScalar) and node.text and not node.is_null:
        return f"{called} is one text, not a list", f"write [{_shown(node.text)}]"
    return f"{called} is not a list", f"write each {wanted.name} in its own line, after - "


def _not_keys(node: Node, called: str) -> tuple[str, str] | None:
    if isinstance(node, YamlMapping):
        return None
    return f"{called} has no keys", "write its keys as `key: value`, one a line"


def _suggest_key(key: str, value: Node, node: YamlMapping, wanted: ExpectedMapping) -> str:
    if key == "<<":
        return "write the keys out: a course has no merging"
    if not key:
        return "write a key before the colon"
    if node.flow and isinstance(value, YamlScalar) and value.is_null:
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
