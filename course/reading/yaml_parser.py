"""Parses YAML text into the tree of `course.reading.yaml_nodes`, by PyYAML's events."""

import re
from dataclasses import dataclass, field, replace
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
    tree.build()
    found += tree.problems
    if tree.error is not None and not _is_caused_by_tab(tree.error, text):
        found.append(tree.error)
    top = tree.top
    if not isinstance(top, YamlMapping):
        found += _problems_without_keys(SourceLocation(file, 1, 1), top, found)
        top = None
    return YamlFile(file, top, tree.is_truncated, tuple(found))


def _unwanted_characters(file: str, text: str) -> "list[Problem]":
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if (column := line.find("\t")) >= 0:
            found.append(
                Problem(
                    file,
                    number,
                    column + 1,
                    "a tab stands here",
                    "write spaces, two for each step inwards",
                )
            )
        if (odd := _UNWANTED.search(line)) is not None:
            found.append(
                Problem(
                    file,
                    number,
                    odd.start() + 1,
                    f"the character U+{ord(odd.group()):04X} cannot be seen or shown",
                    "take it out",
                )
            )
    return found


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


@dataclass(slots=True)
class _OpenContainer:
    """A sequence or mapping being parsed; `key` is the key whose value comes next."""

    event: Any
    spot: SourceLocation
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[YamlScalar, Node]] = field(default_factory=dict)
    key: Node | None = None


class _TreeBuilder:
    """Builds a tree from the parser's events, without recursion, so that depth is no problem."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._open: list[_OpenContainer] = []
        self._ends = 0
        self._documents = 0
        self._last: Any = None
        self.top: Node | None = None
        self.is_truncated = False
        self.error: Problem | None = None
        self.problems: list[Problem] = []

    def build(self) -> None:
        """Parse to the end, or to the first error."""
        try:
            for event in yaml.parse(self._text, Loader=_LOADER):
                if not self._handle_event(event):
                    self.is_truncated = True
                    break
                self._last = event
        except yaml.YAMLError as error:
            self.error = explain_error(self._file, self._text, error, self._last)
            self.is_truncated = True
            self._discard_suspect_value()
        while self._open:
            self._close()

    def _handle_event(self, event: Any) -> bool:
        """Handle one event of the parser; return whether to continue.

        A container is closed only at the next event: before an error it may not be complete.
        """
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._ends += 1
            return True
        while self._ends:
            self._ends -= 1
            self._close()
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                return self._documents == 1 or self._refuse_second_document(event)
            case yaml.AliasEvent():
                self._no_alias(event, "*")
                self._add_node(InvalidNode(self._location(event)))
            case yaml.ScalarEvent():
                self._add_node(self._scalar(event))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._plain_node(event)
                self._open.append(_OpenContainer(event, self._location(event)))
                return len(self._open) <= _MAX_DEPTH or self._refuse(
                    event, "this is nested too deep", "write what the guide for authors shows"
                )
            case _:
                pass  # the stream's own start and end, and a document's end
        return True

    def _refuse(self, event: Any, what: str, do: str) -> bool:
        self.problems.append(self._location(event).problem(what, do))
        return False

    def _refuse_second_document(self, event: Any) -> bool:
        if isinstance(self.top, YamlMapping):
            self.top = replace(self.top, is_truncated=True)
        return self._refuse(event, "a second document starts here", "remove the line with ---")

    def _discard_suspect_value(self) -> None:
        """Discard a value of several lines right before an error: probably an unclosed quote."""
        last = self._last
        if not isinstance(last, yaml.ScalarEvent) or last.style in ("|", ">") or not self._open:
            return
        start = self._location(last)
        end: Any = last.end_mark
        if start.line >= end.line + 1:
            return
        inner = self._open[-1]
        if inner.items:
            inner.items[-1] = InvalidNode(start)
        elif inner.key is not None:
            inner.key = None
        elif inner.entries:
            key = next(reversed(inner.entries))
            inner.entries[key] = (inner.entries[key][0], InvalidNode(start))

    def _location(self, event: Any) -> SourceLocation:
        mark = event.start_mark
        return SourceLocation(self._file, mark.line + 1, mark.column + 1)

    def _no_alias(self, event: Any, sign: str) -> None:
        self._refuse(
            event,
            f"{sign}{event.anchor} would be a link to another place, which a course does not have",
            f'write the value itself, or put a text that starts with {sign} in quotes: "..."',
        )

    def _plain_node(self, event: Any) -> bool:
        """Report an anchor or a tag; return whether there was none."""
        if event.anchor is not None:
            self._no_alias(event, "&")
        elif event.tag is not None:
            what = "a word that starts with ! is a YAML type, which a course does not have"
            self._refuse(event, what, 'put a text that starts with ! in quotes: "..."')
        return event.anchor is None and event.tag is None

    def _scalar(self, event: Any) -> Node:
        spot = self._location(event)
        if not self._plain_node(event):
            return InvalidNode(spot)
        start, end = event.start_mark, event.end_mark
        raw = self._text[start.index : end.index] if start.index < end.index else ""
        return YamlScalar(spot, event.value.strip(), event.style not in ("'", '"', "|", ">"), raw)

    def _add_node(self, node: Node) -> None:
        if not self._open:
            self.top = node
            return
        inner = self._open[-1]
        if isinstance(inner.event, yaml.SequenceStartEvent):
            inner.items.append(node)
        elif inner.key is None:
            inner.key = node
        else:
            self._add_entry(inner, inner.key, node)
            inner.key = None

    def _add_entry(self, inner: _OpenContainer, key: Node, value: Node) -> None:
        if isinstance(key, YamlSequence | YamlMapping):
            what = "a list or keys stand where a key is wanted"
            self.problems.append(key.location.problem(what, "write a word and a colon"))
        elif isinstance(key, YamlScalar):
            first = inner.entries.setdefault(key.text, (key, value))[0]
            if first is not key:
                what = f"the key {key.text} stands here a second time"
                line = first.location.line
                do = f"keep one of the two (the first is in line {line})"
                self.problems.append(key.location.problem(what, do))

    def _close(self) -> None:
        done = self._open.pop()
        if isinstance(done.event, yaml.SequenceStartEvent):
            self._add_node(YamlSequence(done.spot, tuple(done.items), self.is_truncated))
        else:
            flow = bool(done.event.flow_style)
            self._add_node(YamlMapping(done.spot, done.entries, flow, self.is_truncated))
