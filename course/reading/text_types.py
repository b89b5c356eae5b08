"""Types of texts in a course's files, with the checks of a single text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema
from pydantic_core.core_schema import (
    ValidatorFunctionWrapHandler,
    with_info_plain_validator_function,
    with_info_wrap_validator_function,
)

from course import limits, markup
from course.problems import Problem
from course.reading.value_types import Items, found_problems, report, shorten
from course.reading.yaml_nodes import YamlMapping, YamlScalar

_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,9}://|\bwww\.|\bt\.me/"
    r"|(?<![\w.@-])[\w-]+(?:\.[\w-]+){0,3}\.(?:com|edu|gov|int|net|org)\b(?!\.?\w))\S*",
    re.IGNORECASE,
)
_LONGEST_SHOWN = 30
_LONGEST_FORM = 500
_MAX_MARKUP_PROBLEMS = 20
"""Most markup problems reported for one text; a text with more was not written for this format."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, as it was written; one with markup is read with each paragraph on one line.

    Attributes:
        max_length: maximum length in visible characters; 0 for no limit.
        one_line: whether it must not have line breaks.
        allows_markup: whether `course.markup` is allowed in it.
        is_address: whether it is an address, so that it may look like a link.
        pattern: a regular expression for the whole text, described by `pattern_description`.
        choices: the allowed texts; empty for any.
        name: its name for authors where that is not the key.
    """

    max_length: int = 0
    one_line: bool = False
    allows_markup: bool = False
    is_address: bool = False
    pattern: str = ""
    pattern_description: str = ""
    choices: tuple[str, ...] = ()
    name: str = ""

    def matches(self, text: str) -> bool:
        """Whether `text` has the form of the pattern."""
        return len(text) <= _LONGEST_FORM and bool(re.fullmatch(self.pattern, text, re.ASCII))

    def __get_pydantic_core_schema__(self, _: object, __: GetCoreSchemaHandler) -> CoreSchema:
        return with_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(self, _: object, __: object) -> dict[str, Any]:
        if self.choices:
            return {"type": "string", "enum": list(self.choices)}
        takes_numbers = not self.pattern or self.matches("2026")
        schema = {"type": ["string", "number"] if takes_numbers else "string", "minLength": 1}
        if self.max_length and not self.allows_markup:
            schema["maxLength"] = self.max_length
        if self.pattern:
            schema["pattern"] = f"^(?:{self.pattern})$"
        return schema

    def _validate(self, node: object, info: ValidationInfo) -> str:
        called = self.name or str(info.field_name)
        if not isinstance(node, YamlScalar):
            do = 'write one text; put a text that starts with [ or { in quotes: "..."'
            raise report(node, info, f"{called} is not a text", do)
        if node.is_null or not node.text:
            do = "write its text, or leave out the key where it is optional"
            raise report(node, info, f"{called} is empty", do)
        if node.as_bool is not None:
            do = f'if it is a text, write "{node.text}"'
            raise report(node, info, f"{called} is {node.text}, not a text", do)
        found_problems(info).extend(self._find_problems(node, called))
        return markup.unwrap_paragraphs(node.text) if self.allows_markup else node.text

    def _find_problems(self, node: YamlScalar, called: str) -> Iterator[Problem]:
        length = len(markup.strip_markup(node.text))
        if self.max_length and length > self.max_length:
            what = f"{called} has {length} characters, and {self.max_length} fit"
            yield node.location.problem(what, f"make it shorter by {length - self.max_length}")
        if self.one_line and "\n" in node.text:
            yield node.location.problem(f"{called} has several lines", "write it in one line")
        # Matching a long text takes time, and its length is reported already.
        if not self.max_length or len(node.text) <= self.max_length:
            yield from self._find_form_problems(node, called)
        if not (self.is_address or self.pattern or self.choices):
            yield from self._find_markup_problems(node, called)
        if not self.is_address and (link := _LINK.search(node.text)) is not None:
            what = f"{called} has a link, {shorten(link.group(), _LONGEST_SHOWN)}"
            do = "take it out; addresses stand behind url in the sources"
            yield node.location_at(link.start()).problem(what, do)

    def _find_form_problems(self, node: YamlScalar, called: str) -> Iterator[Problem]:
        shown = shorten(node.text, _LONGEST_SHOWN)
        if self.pattern and not self.matches(node.text):
            do = f"write {self.pattern_description}"
            yield node.location.problem(f"{called} is {shown}", do)
        if self.choices and node.text not in self.choices:
            near = get_close_matches(shown.lower(), self.choices, n=1)
            either = f"{', '.join(self.choices[:-1])} or {self.choices[-1]}"
            do = f"did you mean {near[0]}?" if near else f"write {either}"
            yield node.location.problem(f"{called} is {shown}", do)

    def _find_markup_problems(self, node: YamlScalar, called: str) -> Iterator[Problem]:
        troubles = list(islice(markup.find_markup_problems(node.text), _MAX_MARKUP_PROBLEMS))
        for position, what, do in troubles:
            yield node.location_at(position).problem(what, do)
        if troubles:
            return
        plain = markup.strip_markup(node.text)
        if not self.allows_markup and plain != node.text:
            yield node.location.problem(f"{called} has markup", "write it plain")
        if not plain.strip():
            yield node.location.problem(f"{called} has nothing to read", "write its text")


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping of things, each called `name`, by keys that the author chooses."""

    name: str
    keys: Text

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return with_info_wrap_validator_function(self._validate, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "minProperties": 1,
            "patternProperties": {
                f"^(?:{self.keys.pattern})$": handler(schema)["additionalProperties"]
            },
            "propertyNames": {"maxLength": self.keys.max_length},
            "additionalProperties": False,
        }

    def _validate(
        self, node: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        if not isinstance(node, YamlMapping):
            do = "write its keys as `key: value`, one a line"
            raise report(node, info, f"{info.field_name} has no keys", do)
        if not node.entries and not node.is_truncated:
            raise report(
                node, info, f"{info.field_name} is empty", f"write at least one {self.name}"
            )
        for key, (name, _) in node.entries.items():
            if len(key) > self.keys.max_length or not self.keys.matches(key):
                shown = shorten(key, _LONGEST_SHOWN) or "nothing"
                limit = f"at most {self.keys.max_length} characters"
                do = f"write {self.keys.pattern_description}, {limit}"
                what = f"{shown} is not a name for a {self.name}"
                found_problems(info).append(name.location.problem(what, do))
        return handler({key: value for key, (_, value) in node.entries.items()})


def _id(longest: int) -> Text:
    return Text(
        max_length=longest,
        pattern=r"[a-z][a-z0-9-]*",
        pattern_description="small letters, digits and hyphens, a letter first",
    )


def _file(ending: str, shown: str) -> Text:
    return Text(
        one_line=True,
        is_address=True,
        pattern=rf"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\.{ending}",
        pattern_description=f"the name of a {shown} file in the course's folder or below,"
        " with / between folders",
    )


FILE = _file("ya?ml", ".yaml")
PICTURE_FILE = _file("png", ".png")
FACT_ID = Text(
    max_length=limits.MAX_ID_LENGTH,
    pattern=r"[A-Za-z][A-Za-z0-9-]*",
    pattern_description="letters, digits and hyphens, a letter first, e.g. F1",
    name="fact",
)

Id = Annotated[str, _id(limits.MAX_ID_LENGTH)]
CourseId = Annotated[str, _id(limits.MAX_COURSE_ID_LENGTH)]
Title = Annotated[str, Text(max_length=limits.MAX_TITLE_LENGTH, one_line=True)]
Line = Annotated[str, Text(one_line=True)]
Prose = Annotated[str, Text(allows_markup=True)]
File = Annotated[str, FILE]
ModuleFile = Annotated[str, replace(FILE, name="module")]
Facts = Annotated[tuple[Annotated[str, FACT_ID], ...], Items("fact")]
