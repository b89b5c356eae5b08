"""docs/writing-a-course.md: every example in it is checked, every key and rule is in it."""

import re
from dataclasses import replace
from pathlib import Path
from textwrap import indent

import pytest

from authoring.craft import CRAFT, find_faults
from course.checking.checker import (
    RULES,
    Rule,
    find_problems,
    read_draft,
)
from course.model import QuestionId
from course.reading.loader import parse_course
from course.reading.part_model import Part
from course.reminders.rhythm import ReminderKind, Rhythm

GUIDE = (Path(__file__).parents[2] / "docs" / "writing-a-course.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml ([^\n]+)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
MODULE = "modules/1-water.yaml"
MORE = ("glossary.yaml", "avoid.yaml")
FRAGMENTS = (
    *("card", "question", "wrong question", "end of modules.yaml"),
    *("questions of the module", "picture", "reminders"),
)


def files() -> dict[str, str]:
    """The course of ten minutes."""
    return {name: text for name, text in EXAMPLES if name not in (*FRAGMENTS, *MORE)}


def of(kind: str) -> list[str]:
    return [text for name, text in EXAMPLES if name == kind]


def with_question(text: str) -> dict[str, str]:
    texts = files()
    return texts | {MODULE: texts[MODULE] + indent(text, " " * 6)}


def with_card(module: str, text: str) -> str:
    return module.replace("    questions:\n", indent(text, " " * 6) + "    questions:\n")


def sentences(rule: Rule) -> list[str]:
    """What the rule says: the lines of its list, or its first line."""
    said = [line.strip() for line in (rule.__doc__ or "").splitlines()]
    return [line.removeprefix("- ") for line in said if line.startswith("- ")] or said[:1]


def test_every_yaml_example_says_what_it_is() -> None:
    assert GUIDE.count("```yaml") == len(EXAMPLES)
    assert set(files()) == {"modules.yaml", "sources.yaml", MODULE}
    assert all(of(kind) for kind in FRAGMENTS)


def test_the_course_of_ten_minutes_has_no_problem() -> None:
    course = parse_course("modules.yaml", files())

    assert course.title == "A good cup of tea"


@pytest.mark.parametrize("text", of("question"))
def test_every_question_fits_into_that_course(text: str) -> None:
    course = parse_course("modules.yaml", with_question(text))

    assert len(course.modules[0].lessons[0].questions) == 2


@pytest.mark.parametrize("text", of("card"))
def test_every_card_fits_into_that_course(text: str) -> None:
    texts = files()
    texts[MODULE] = with_card(texts[MODULE], text)

    course = parse_course("modules.yaml", texts)

    assert len(course.modules[0].lessons[0].cards) == 3


def test_what_is_coming_can_be_added_at_the_end_of_the_root() -> None:
    texts = files()
    texts["modules.yaml"] += of("end of modules.yaml")[0]

    assert parse_course("modules.yaml", texts).coming[0].minutes == 8


def test_reminders_can_be_added_at_the_end_of_the_root_and_are_the_usual_ones() -> None:
    texts = files()
    texts["modules.yaml"] += of("reminders")[0]

    rhythm = parse_course("modules.yaml", texts).rhythm
    assert replace(rhythm, wordings={}) == Rhythm()
    assert len(rhythm.wordings[ReminderKind.LAST]) == 3


def test_questions_and_a_picture_can_be_added_at_the_end_of_the_module() -> None:
    texts = files()
    texts[MODULE] += of("questions of the module")[0] + of("picture")[0]

    [module] = parse_course("modules.yaml", texts).modules
    assert [question.id for question in module.bank] == ["m1b1"]
    assert module.picture is not None


def test_a_glossary_and_words_to_avoid_can_be_named() -> None:
    texts = files() | {name: of(name)[0] for name in MORE}
    texts["modules.yaml"] += "glossary: glossary.yaml\navoid: avoid.yaml\n"

    [term] = parse_course("modules.yaml", texts).glossary
    assert term.also == ("teakettle",)


def test_the_answers_that_yaml_would_change_are_those_of_the_guide() -> None:
    [text] = [text for text in of("question") if "012" in text]
    question = parse_course("modules.yaml", with_question(text)).question(QuestionId("m1l1q3"))

    assert question is not None
    assert [option.text for option in question.options[:3]] == ["no", "1:30", "012"]


def test_the_problems_shown_are_the_problems_found() -> None:
    [shown] = re.findall(r"^```text\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)

    written = read_draft("modules.yaml", with_question(of("wrong question")[0]))

    found = sorted({*find_problems(written), *find_faults(written)})
    assert [str(problem) for problem in found] == shown.splitlines()


def test_every_example_is_of_good_craft() -> None:
    whole = files() | {name: of(name)[0] for name in MORE}
    whole["modules.yaml"] += "glossary: glossary.yaml\navoid: avoid.yaml\n"
    whole[MODULE] += of("questions of the module")[0] + of("picture")[0]
    for card in of("card"):
        whole[MODULE] = with_card(whole[MODULE], card)

    assert list(find_faults(read_draft("modules.yaml", whole))) == []
    for question in of("question"):
        assert list(find_faults(read_draft("modules.yaml", with_question(question)))) == []


def test_every_key_is_explained() -> None:
    for part in Part.__subclasses__():
        for key in part.model_fields:
            assert f"`{key}`" in GUIDE or f"{key}:" in GUIDE, key


@pytest.mark.parametrize(
    ("table", "rules"), [(1, RULES), (2, CRAFT)], ids=["of the bot", "of craft"]
)
def test_every_rule_is_there_in_its_own_words_and_no_other(
    table: int, rules: tuple[Rule, ...]
) -> None:
    told = GUIDE.split("| rule | why |")[table]
    rows = [row.split("|") for row in told.splitlines()[2:] if row.startswith("|")]

    assert [row[1].strip() for row in rows] == [said for rule in rules for said in sentences(rule)]
    assert all(row[2].strip().endswith((".", '."')) for row in rows)
