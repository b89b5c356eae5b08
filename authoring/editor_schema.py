"""Generates `course/schema.json`, with which editors complete and explain the keys of a course.

`python -m authoring.editor_schema > course/schema.json` writes it anew; a test compares the two.
"""

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from course.reading import course_format, module_format
from course.reading.part_model import Part

_TITLE = "A course of Course Tutor Bot"
_DESCRIPTION = (
    "For completion and help in editors. `tutorbot check` knows every rule; this knows the keys,"
    " kinds of values and sizes."
)


class _PlainSchema(GenerateJsonSchema):
    """Leaves out what an author does not write: null, default values and titles."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, _: object) -> bool:
        return False


def editor_schema() -> dict[str, Any]:
    """The JSON schema of all files: which part holds is told by the keys of a file."""
    roots = (
        course_format.Course,
        module_format.Module,
        course_format.Sources,
        course_format.Glossary,
        course_format.Avoid,
    )
    _, schema = models_json_schema(
        [(root, "validation") for root in roots], schema_generator=_PlainSchema
    )
    parts = {part.__name__: part for part in Part.__subclasses__()}
    definitions = {
        name.lower(): _described(parts[name], part) for name, part in schema["$defs"].items()
    }
    whole = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": _TITLE,
        "description": _DESCRIPTION,
        **_by_key({"lessons": "module", "facts": "sources", "terms": "glossary"}),
        "$defs": definitions,
    }
    lowered = re.sub(r'(?<="#/\$defs/)\w+', lambda name: name[0].lower(), json.dumps(whole))
    return dict(json.loads(lowered))


def _by_key(parts: dict[str, str]) -> dict[str, Any]:
    """Choose the part of a file by a key that only such files have."""
    avoid = {"required": ["avoid"], "not": {"required": ["modules"]}}
    otherwise: dict[str, Any] = {
        "if": {"type": "object", **avoid},
        "then": {"$ref": "#/$defs/avoid"},
        "else": {"$ref": "#/$defs/course"},
    }
    for key, part in reversed(parts.items()):
        otherwise = {
            "if": {"type": "object", "required": [key]},
            "then": {"$ref": f"#/$defs/{part}"},
            "else": otherwise,
        }
    return otherwise


def _described(part: type[Part], schema: dict[str, Any]) -> dict[str, Any]:
    """Add the docstrings of the fields to the schema of a model."""
    helps = dict(_field_docstrings(part))
    properties = {
        key: {"description": helps[key], **inner} for key, inner in schema["properties"].items()
    }
    rest = {key: value for key, value in schema.items() if key not in {"title", "properties"}}
    return {**rest, "properties": properties}


def _field_docstrings(part: type[Part]) -> Iterator[tuple[str, str]]:
    [definition] = ast.parse(inspect.getsource(part)).body
    assert isinstance(definition, ast.ClassDef), "a model is a class"
    for field, text in pairwise(definition.body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            yield ast.unparse(field.target), " ".join(str(ast.literal_eval(text.value)).split())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(editor_schema(), indent=2) + "\n")
