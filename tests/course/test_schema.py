"""The schema for editors is generated from the models, and accepts what the checker accepts."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from authoring.editor_schema import editor_schema
from bot.course_files import read_course_texts
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


def test_the_schema_is_that_of_the_models() -> None:
    assert editor_schema() == SCHEMA, "python -m authoring.editor_schema > course/schema.json"
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_is_described() -> None:
    assert len(SCHEMA["$defs"]) == 18
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
