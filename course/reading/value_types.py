"""Types of values in a course's files: texts, numbers, truth values, lists and mappings.

They annotate the fields of the models in `course_format` and `module_format`. Each validates a
node of `yaml_nodes`, and adds what is wrong with it to the list of problems that is the context of
the validation: so authors are told everything at once, at its line and column, in plain words.
Pydantic's own errors are never shown.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import (
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    ValidatorFunctionWrapHandler,
    with_info_plain_validator_function,
    with_info_wrap_validator_function,
)

from course.problems import Problem
from course.reading.yaml_nodes import (
    InvalidNode,
    YamlMapping,
    YamlScalar,
    YamlSequence,
)

_YES = {"yes", "y", "on", "true", "1"}
_NO = {"no", "n", "off", "false", "0"}
LONGEST_SHOWN = 40

REPORTED = PydanticCustomError("reported", "the list of problems has what is wrong")
"""Ends the validation of a value that has none of the expected type."""


def found_problems(info: ValidationInfo) -> list[Problem]:
    """The problems found so far in the file; those of a value are added to them."""
    found = info.context
    assert isinstance(found, list), "`read_part` validates with a list as the context"
    return found


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between `minimum` and `maximum`, both included."""

    minimum: int
    maximum: int
    name: str = ""

    def __get_pydantic_core_schema__(self, _: object, __: GetCoreSchemaHandler) -> CoreSchema:
        return with_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(self, _: object, __: object) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def _validate(self, node: object, info: ValidationInfo) -> int:
        called = self.name or info.field_name
        number = node.as_int if isinstance(node, YamlScalar) else None
        between = f"write a whole number from {self.minimum} to {self.maximum}, without quotes"
        if number is None:
            raise report(node, info, f"{called} is not a whole number", between)
        if not self.minimum <= number <= self.maximum:
            raise report(node, info, f"{called} is {number}", between)
        return number


@dataclass(frozen=True, slots=True)
class TrueOrFalse:
    """`true` or `false`."""

    def __get_pydantic_core_schema__(self, _: object, __: GetCoreSchemaHandler) -> CoreSchema:
        return with_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(self, _: object, __: object) -> dict[str, Any]:
        return {"type": "boolean"}

    def _validate(self, node: object, info: ValidationInfo) -> bool:
        if not isinstance(node, YamlScalar):
            what = f"{info.field_name} is neither true nor false"
            raise report(node, info, what, "write true or false")
        if node.as_bool is not None:
            return node.as_bool
        said = node.text.lower()
        meant = "true" if said in _YES else "false" if said in _NO else "true or false"
        what = f"{info.field_name} is {shorten(node.text)}, neither true nor false"
        raise report(node, info, what, f"write {meant}, without quotes")


@dataclass(frozen=True, slots=True)
class Items:
    """A list with `minimum` to `maximum` items, each called `name`; a `maximum` of 0 is no limit.

    A list that needs no items may also be left empty.
    """

    name: str
    minimum: int = 1
    maximum: int = 0

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return with_info_wrap_validator_function(self._validate, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        limits = {"minItems": self.minimum, "maxItems": self.maximum}
        kind = "array" if self.minimum else ["array", "null"]
        return {**handler(schema), "type": kind, **{key: n for key, n in limits.items() if n}}

    def _validate(
        self, node: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        if isinstance(node, YamlSequence):
            self._check_length(node, info)
            return handler(node.items)
        text = node.text if isinstance(node, YamlScalar) and not node.is_null else ""
        if text:
            what = f"{info.field_name} is one text, not a list"
            raise report(node, info, what, f"write [{shorten(text)}]")
        if isinstance(node, YamlScalar) and node.is_null and self.minimum == 0:
            return handler(())
        do = f"write each {self.name} in its own line, after - "
        raise report(node, info, f"{info.field_name} is not a list", do)

    def _check_length(self, node: YamlSequence, info: ValidationInfo) -> None:
        count, items = len(node.items), "1 item" if len(node.items) == 1 else None
        has = f"{info.field_name} has {items or f'{count} items'}"
        if count < self.minimum and not node.is_truncated:
            what = f"{has}, and needs at least {self.minimum}"
            found_problems(info).append(node.location.problem(what, f"add one more {self.name}"))
        if self.maximum and count > self.maximum:
            what = f"{has}, and at most {self.maximum} fit"
            first = node.items[self.maximum].location
            found_problems(info).append(first.problem(what, f"take out {count - self.maximum}"))


def report(node: object, info: ValidationInfo, what: str, fix: str) -> PydanticCustomError:
    """Report a value that has none of the expected type, unless that was reported already."""
    if isinstance(node, YamlScalar | YamlSequence | YamlMapping):
        found_problems(info).append(node.location.problem(what, fix))
    else:
        assert isinstance(node, InvalidNode), "every value is a node"
    return REPORTED


def shorten(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Shorten `text` to be shown within a sentence."""
    return text if len(text) <= longest else text[:longest] + "..."
