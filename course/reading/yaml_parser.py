"""Parses YAML text into the tree of `course.reading.yaml_nodes`, by PyYAML's events."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any

import yaml

from course.problems import Problem, SourceLocation
from course.reading.yaml_errors import explain_error
from course.reading.yaml_nodes import (
    InvalidNode,
    Node,
    YamlFile,
    YamlMapping,
    YamlScalar,
    YamlSequence,
)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MAX_DEPTH = 12
"""Deepest nesting of containers: a course needs 7; a bomb of brackets has thousands."""

_UNWANTED = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def read_yaml(file: str, text: str) -> YamlFile:
    """Parse one file as far as possible, and collect every problem.

    Args:
        file: its name, for the problems.
        text: its contents, with any line ends, and with or without a byte order mark.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = list(_unwanted_characters(file, text))
    tree = _TreeBuilder(file, _UNWANTED.sub("\ufffd", text))
    top: Node | None = tree.build()
    found += tree.problems
    if tree.error is not None and not _is_caused_by_tab(tree.error, text):
        found.append(tree.error)
    if not isinstance(top, YamlMapping):
        found += _problems_without_keys(SourceLocation(file, 1, 1), top, found)
        top = None
    return YamlFile(file, top, tree.is_truncated, tuple(found))


def _unwanted_characters(file: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if (column := line.find("\t")) >= 0:
            spot = SourceLocation(file, number, column + 1)
            yield spot.problem("a tab stands here", "write spaces, two for each step inwards")
        if (odd := _UNWANTED.search(line)) is not None:
            what = f"the character U+{ord(odd.group()):04X} cannot be seen or shown"
            yield SourceLocation(file, number, odd.start() + 1).problem(what, "take it out")


def _is_caused_by_tab(error: Problem, text: str) -> bool:
    """Whether a tab, which is reported already, is the likeliest cause of an error."""
    lines = text.split("\n")[: error.line]
    return "\t" in lines[-1] or any(line[: -len(line.lstrip())].count("\t") for line in lines)


def _problems_without_keys(
    start: SourceLocation, top: Node | None, found: list[Problem]
) -> list[Problem]:
    if top is None:
        return [] if found else [start.problem("the file is empty", "write its keys, or remove it")]
    if isinstance(top, InvalidNode):
        return []
    return [
        top.location.problem("the file does not start with keys", "write it as `key: value` lines")
    ]


class _TreeBuilder:
    """Builds a tree from the parser's events, as far as there are any."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._events = self._read_events()
        self._depth = 0
        self._suspect: Any = None
        self.is_truncated = False
        self.error: Problem | None = None
        self.problems: list[Problem] = []

    def build(self) -> Node | None:
        """Parse to the end, or to the first error."""
        top: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                top = self._node(event)
            elif isinstance(event, yaml.DocumentStartEvent) and top is not None:
                self._stop(event, "a second document starts here", "remove the line with ---")
                if isinstance(top, YamlMapping):
                    top = replace(top, is_truncated=True)
        return top

    def _read_events(self) -> Generator[Any]:
        """The parser's events; each container's end once what follows it is known to be no error.

        A value of several lines right before an error is suspect: probably an unclosed quote.
        """
        held: list[Any] = []
        try:
            for event in yaml.parse(self._text, Loader=_LOADER):
                if not isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                    yield from held
                    held = []
                held.append(event)
        except yaml.YAMLError as error:
            last = held[-1] if held else None
            self.error = explain_error(self._file, self._text, error, last)
            self.is_truncated = True
            if isinstance(last, yaml.ScalarEvent) and last.style not in ("|", ">"):
                self._suspect = last if _line_count(last) > 1 else None
        yield from held

    def _node(self, event: Any) -> Node:
        spot = self._location(event)
        if isinstance(event, yaml.AliasEvent):
            self._no_alias(event, "*")
            return InvalidNode(spot)
        is_plain = self._plain_node(event)
        if isinstance(event, yaml.ScalarEvent):
            is_suspect = event is self._suspect and self._depth > 0
            return self._scalar(event, spot) if is_plain and not is_suspect else InvalidNode(spot)
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._stop(event, "this is nested too deep", "write what the guide for authors shows")
        nodes = tuple(self._children())
        self._depth -= 1
        if isinstance(event, yaml.SequenceStartEvent):
            return YamlSequence(spot, nodes, self.is_truncated)
        return YamlMapping(spot, self._entries(nodes), bool(event.flow_style), self.is_truncated)

    def _children(self) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                return
            yield self._node(event)

    def _scalar(self, event: Any, spot: SourceLocation) -> YamlScalar:
        start, end = event.start_mark, event.end_mark
        raw = self._text[start.index : end.index] if start.index < end.index else ""
        return YamlScalar(spot, event.value.strip(), event.style not in ("'", '"', "|", ">"), raw)

    def _entries(self, nodes: Sequence[Node]) -> dict[str, tuple[YamlScalar, Node]]:
        """The entries of a mapping, from its keys and values in turn; the first of each key."""
        entries: dict[str, tuple[YamlScalar, Node]] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=False):
            if isinstance(key, YamlSequence | YamlMapping):
                what = "a list or keys stand where a key is wanted"
                self.problems.append(key.location.problem(what, "write a word and a colon"))
            elif isinstance(key, YamlScalar):
                first = entries.setdefault(key.text, (key, value))[0]
                if first is not key:
                    what = f"the key {key.text} stands here a second time"
                    do = f"keep one of the two (the first is in line {first.location.line})"
                    self.problems.append(key.location.problem(what, do))
        return entries

    def _stop(self, event: Any, what: str, do: str) -> None:
        """Report a problem, and parse no further."""
        self.problems.append(self._location(event).problem(what, do))
        self.error = None
        self.is_truncated = True
        self._events.close()

    def _location(self, event: Any) -> SourceLocation:
        mark = event.start_mark
        return SourceLocation(self._file, mark.line + 1, mark.column + 1)

    def _no_alias(self, event: Any, sign: str) -> None:
        what = (
            f"{sign}{event.anchor} would be a link to another place, which a course does not have"
        )
        do = f'write the value itself, or put a text that starts with {sign} in quotes: "..."'
        self.problems.append(self._location(event).problem(what, do))

    def _plain_node(self, event: Any) -> bool:
        """Report an anchor or a tag; return whether there was none."""
        if event.anchor is not None:
            self._no_alias(event, "&")
        elif event.tag is not None:
            what = "a word that starts with ! is a YAML type, which a course does not have"
            do = 'put a text that starts with ! in quotes: "..."'
            self.problems.append(self._location(event).problem(what, do))
        return event.anchor is None and event.tag is None


def _line_count(event: Any) -> int:
    return int(event.end_mark.line - event.start_mark.line) + 1
