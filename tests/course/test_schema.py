"""The schema for editors says what the checker says, and accepts what the checker accepts."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.course_files import read_course_texts
from course.reading import course_format
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
    Node,
    YamlMapping,
    YamlScalar,
    YamlSequence,
)
from course.reading.yaml_parser import read_yaml
from tests.course.seeded import CLEAN

COURSE = Path(__file__).parents[2] / "course"
SCHEMA: dict[str, Any] = json.loads((COURSE / "schema.json").read_text("utf-8"))
SHAPES = {
    "course": course_format.COURSE,
    "coming": course_format.COMING,
    "module": course_format.MODULE,
    "objective": course_format.OBJECTIVE,
    "lesson": course_format.LESSON,
    "card": course_format.CARD,
    "question": course_format.QUESTION,
    "option": course_format.OPTION,
    "sources": course_format.SOURCES,
    "fact": course_format.FACT,
    "picture": course_format.PICTURE,
    "pointer": course_format.POINTER,
    "glossary": course_format.GLOSSARY,
    "term": course_format.TERM,
    "avoid": course_format.AVOID,
    "avoided": course_format.AVOIDED,
    "reminders": course_format.REMINDERS,
    "wordings": course_format.WORDINGS,
}


def value(node: Node) -> Any:
    """What an editor that reads YAML 1.2 makes of `node`."""
    match node:
        case YamlScalar():
            if node.is_null:
                return None
            simple = node.as_bool if node.as_bool is not None else node.as_int
            return node.text if simple is None else simple
        case YamlSequence():
            return [value(item) for item in node.items]
        case YamlMapping():
            return {key: value(each) for key, (_, each) in node.entries.items()}
        case _:
            raise AssertionError(node)


def agrees(wanted: Expected, schema: dict[str, Any]) -> None:
    match wanted:
        case ExpectedMapping():
            assert SHAPES[schema["$ref"].removeprefix("#/$defs/")] is wanted
        case ExpectedList(min_items=least, max_items=most):
            assert (schema.get("minItems", 0), schema.get("maxItems", 0)) == (least, most)
            agrees(wanted.item, schema["items"])
        case ExpectedNamedEntries():
            [(pattern, inner)] = schema["patternProperties"].items()
            assert pattern == f"^(?:{wanted.pattern})$"
            assert schema["propertyNames"] == {"maxLength": wanted.max_length}
            assert schema["additionalProperties"] is False
            agrees(wanted.item, inner)
        case ExpectedInteger():
            assert schema["type"] == "integer"
            assert (schema["minimum"], schema["maximum"]) == (wanted.minimum, wanted.maximum)
        case ExpectedBoolean():
            assert schema["type"] == "boolean"
        case ExpectedText():
            assert tuple(schema.get("enum", ())) == wanted.choices
            assert schema.get("pattern", "^(?:)$") == f"^(?:{wanted.pattern})$"
            assert schema.get("maxLength", 0) == (0 if wanted.allows_markup else wanted.max_length)


@pytest.mark.parametrize("name", SHAPES)
def test_the_schema_has_the_checker_s_keys_and_sizes_and_no_others(name: str) -> None:
    schema, shape = SCHEMA["$defs"][name], SHAPES[name]

    assert set(schema["properties"]) == set(shape.names())
    assert schema["required"] == list(shape.required)
    assert schema["additionalProperties"] is False
    for key, inner in schema["properties"].items():
        wanted = shape.expected(key)
        assert wanted is not None
        agrees(wanted, inner)


def test_the_schema_knows_no_other_things() -> None:
    assert set(SCHEMA["$defs"]) == set(SHAPES)
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_described() -> None:
    for schema in SCHEMA["$defs"].values():
        assert schema["description"].endswith(".")
        assert all(inner["description"].endswith(".") for inner in schema["properties"].values())


@pytest.mark.parametrize("folder", [COURSE, CLEAN], ids=["the real course", "a clean course"])
def test_the_schema_accepts_a_good_course(folder: Path) -> None:
    root, texts = read_course_texts(folder)
    validator = Draft202012Validator(SCHEMA)

    for name, text in texts.items():
        top = read_yaml(name, text).top
        assert top is not None
        assert [error.message for error in validator.iter_errors(value(top))] == [], name

    assert root in texts


def test_every_file_of_the_real_course_names_its_part_of_the_schema() -> None:
    root, texts = read_course_texts(COURSE)

    for name, text in texts.items():
        first, _, _ = text.partition("\n")
        address = first.removeprefix("# yaml-language-server: $schema=")
        file, _, part = address.partition("#/$defs/")
        kind = "course" if name == root else Path(name).stem if "/" not in name else "module"
        assert (COURSE / name).parent.joinpath(file).resolve() == COURSE / "schema.json"
        assert part in {"", kind}
