"""The base of the pydantic models of a course's files, and how a file is read as one of them."""

from difflib import get_close_matches
from typing import Any, ClassVar, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from course.problems import MAX_REPORTED, Problem
from course.reading.value_types import LONGEST_SHOWN, found_problems, report, shorten
from course.reading.yaml_nodes import YamlFile, YamlMapping, YamlScalar


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
        near = get_close_matches(key[:LONGEST_SHOWN].lower(), cls.model_fields, n=1, cutoff=0.6)
        return f"did you mean {near[0]}?" if near else f"its keys are {', '.join(cls.model_fields)}"


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
