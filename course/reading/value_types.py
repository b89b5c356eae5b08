"""Types of values in a course's files: texts, numbers, truth values, lists and mappings.

They annotate the fields of the pydantic models in `course_format` and `module_format`. Each
validates a node of `yaml_nodes`, and adds what is wrong with it to the list of problems that is the
context of the validation: so authors are told everything at once, at its line and column, in plain
words. Pydantic's own errors are never shown.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, ClassVar, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    ValidatorFunctionWrapHandler,
    with_info_plain_validator_function,
    with_info_wrap_validator_function,
)

from course.problems import MAX_REPORTED, Problem
from course.reading.yaml_nodes import (
    InvalidNode,
    YamlFile,
    YamlMapping,
    YamlScalar,
    YamlSequence,
)

_YES = {"yes", "y", "on", "true", "1"}
_NO = {"no", "n", "off", "false", "0"}
_LONGEST_SHOWN = 40

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


class Part(BaseModel):
    """A mapping with the keys of its fields; the docstring is the help that editors show.

    Attributes:
        called: name of the thing for authors; that of the class, in small letters, by default.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    called: ClassVar[str]

    def __init_subclass__(cls, called: str = "", **kwargs: Any) -> None:
        """Set the name for authors."""
        super().__init_subclass__(**kwargs)
        cls.called = called or cls.__name__.lower()

    @model_validator(mode="wrap")
    @classmethod
    def _validate_keys(
        cls, node: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        if not isinstance(node, YamlMapping):
            do = "write its keys as `key: value`, one a line"
            raise report(node, info, f"this {cls.called} has no keys", do)
        found = found_problems(info)
        for key in (each for each in node.entries if each not in cls.model_fields):
            found.append(cls._unknown(key, node, len(found) < MAX_REPORTED))
        for key, expected in cls.model_fields.items():
            if expected.is_required() and not (node.is_truncated or key in node.entries):
                what = f"this {cls.called} has no {key}"
                found.append(node.location.problem(what, f"add the key {key}"))
        known = {key: each for key, (_, each) in node.entries.items() if key in cls.model_fields}
        return handler(known)

    @classmethod
    def _unknown(cls, key: str, node: YamlMapping, suggests: bool) -> Problem:
        what = f"{shorten(key) or 'nothing'} is no key of this {cls.called}"
        # To look for what was meant takes time.
        do = cls._suggest(key, node) if suggests else "take it out"
        return node.location_of(key).problem(what, do)

    @classmethod
    def _suggest(cls, key: str, node: YamlMapping) -> str:
        value = node.value(key)
        if key == "<<":
            return "write the keys out: a course has no merging"
        if not key:
            return "write a key before the colon"
        if node.flow and isinstance(value, YamlScalar) and value.is_null:
            return 'put a text with a comma in quotes: "..."'
        near = get_close_matches(key[:_LONGEST_SHOWN].lower(), cls.model_fields, n=1, cutoff=0.6)
        return f"did you mean {near[0]}?" if near else f"its keys are {', '.join(cls.model_fields)}"


def report(node: object, info: ValidationInfo, what: str, fix: str) -> PydanticCustomError:
    """Report a value that has none of the expected type, unless that was reported already."""
    if isinstance(node, YamlScalar | YamlSequence | YamlMapping):
        found_problems(info).append(node.location.problem(what, fix))
    else:
        assert isinstance(node, InvalidNode), "every value is a node"
    return REPORTED


def shorten(text: str, longest: int = _LONGEST_SHOWN) -> str:
    """Shorten `text` to be shown within a sentence."""
    return text if len(text) <= longest else text[:longest] + "..."


PartT = TypeVar("PartT", bound=Part)


def read_part(part: type[PartT], page: YamlFile) -> tuple[PartT | None, list[Problem]]:
    """Read a file as one of the models, or find everything that is wrong with it."""
    if page.top is None:
        return None, []  # reported by the parser
    found: list[Problem] = []
    try:
        return part.model_validate(page.top, context=found), found
    except ValidationError:
        if not (found or page.problems):
            raise  # pydantic knows of a problem of which the author would not be told
        return None, found
