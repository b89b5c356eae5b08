"""What a course holds is counted, and so is what stands on which fact."""

import pytest

from authoring.citations import collect_citations
from authoring.survey import Survey, survey_course
from bot.operations.course_tables import format_columns, format_sources, format_tables
from course.checking.checker import read_draft
from course.learning.reading_time import reading_seconds
from course.reading.loader import parse_course
from tests.authoring.craft_seeds import (
    GLOSSARY,
    ROOT,
    WATER,
    crafted_texts,
)


def crafted() -> Survey:
    return survey_course(parse_course(ROOT, crafted_texts()))


def test_reading_is_counted_for_lessons_modules_and_the_course() -> None:
    course = parse_course(ROOT, crafted_texts())
    found = survey_course(course)

    water, leaves = found.modules
    [(name, title, lesson)] = leaves.lessons
    assert (name, title, lesson) == ("m2l1", "Three enemies", leaves.reading)
    assert water.reading.minutes == pytest.approx(reading_seconds(course.modules[0]) / 60, abs=0.05)
    assert found.reading.minutes == water.reading.minutes + leaves.reading.minutes
    assert found.reading.words == water.reading.words + leaves.reading.words
    assert (water.reading.questions, found.reading.questions) == (3, 5)
    assert 60 < found.reading.ease < 110


def test_words_of_cards_are_counted_with_their_titles_and_without_questions() -> None:
    [_, _, lesson] = crafted().modules[1].lessons[0]

    titles = "Light, air and moisture What matters more"
    texts = (
        "Leaves lose their taste in light, in air and in moist rooms. Rule 3.4 of the guild asks"
        " for closed tins. By our own summary, a closed tin matters more than a cold room."
    )
    assert lesson.words == len(f"{titles} {texts}".split())


def test_questions_are_counted_by_kind_role_objective_and_key() -> None:
    found = crafted()
    water, leaves = (module.asked for module in found.modules)

    assert water.kinds == {"teach": 3, "bank": 2, "form-a": 2, "form-b": 2}
    assert (water.roles, leaves.roles) == ({"judge": 1}, {"policymaker": 1})
    assert water.covered == {"teach": 2, "bank": 2, "form-a": 2, "form-b": 2}
    assert (water.objectives, found.asked.objectives) == (2, 3)
    assert water.keys == {"A": 3, "B": 3, "C": 2}
    assert (water.singles, sum(water.kinds.values())) == (8, 9)
    assert found.asked.keys == {"A": 4, "B": 5, "C": 4}


def test_the_longest_key_is_longer_than_each_other_option() -> None:
    texts = crafted_texts()
    before = crafted().modules[0].asked.longest
    texts[WATER] = texts[WATER].replace("With four cups of water", "With four <b>full</b> cups")
    same = survey_course(parse_course(ROOT, texts)).modules[0].asked.longest
    texts[WATER] = texts[WATER].replace(
        "With four <b>full</b> cups", "With four cups of cold water"
    )
    more = survey_course(parse_course(ROOT, texts)).modules[0].asked.longest

    assert (same, more) == (before, before + 1)


def test_each_fact_is_counted_once_by_how_well_it_was_checked() -> None:
    found = crafted()

    assert found.modules[1].facts == {"verified": 1, "derived": 1}
    assert found.facts == {"verified": 2, "recalled": 1, "verified-2nd": 1, "derived": 1}


def test_a_fact_knows_all_its_places_once_and_in_the_course_s_order() -> None:
    found = {each.fact: each for each in collect_citations(read_draft(ROOT, crafted_texts()))}

    assert found["F1"].places[:3] == ("picture of m1", "m1l1c1", "m1l1c2")
    assert found["F1"].places[-2:] == ("term kettle", "reading 1")
    assert found["F5"].places == ("m2l1c2", "m2l1q1")
    assert found["F5"].publication == "Storing Leaves, Guild of Tea, 2015"
    assert found["F6"].places == ()


def test_what_nobody_looked_up_comes_first_and_what_nobody_uses_last() -> None:
    lines = list(format_sources(collect_citations(read_draft(ROOT, crafted_texts()))))

    said = [line for line in lines if line and not line.startswith("    ")]
    assert said == [
        "An expert must read these facts before the course is published:",
        "  F2 (recalled) Cups of the World, Tea Society, 2020",
        "  F5 (derived) Storing Leaves, Guild of Tea, 2015",
        "These facts were found in a source:",
        "  F1 (verified) Kettles Report, Water Board, 2022",
        "  F4 (verified) Storing Leaves, Guild of Tea, 2015",
        "  F3 (verified-2nd) Heat and Taste (study of 2018), Tea Society, 2019",
        "Not used: F6",
    ]
    assert "    A cup holds about 250 millilitres." in lines
    assert "    in m2l1c2, m2l1q1" in lines


def test_a_course_that_is_broken_still_has_its_places() -> None:
    texts = crafted_texts()
    texts[WATER] = texts[WATER].replace("- {id: m1o2", "- {id: m1o2, id: x")
    texts.pop(GLOSSARY)

    found = {each.fact: each for each in collect_citations(read_draft(ROOT, texts))}

    assert found["F4"].places == ("m2l1c1", "m2l1q1", "m2l1q2", "m2b1", "m2o1a", "m2o1b")


def test_the_tables_have_a_line_for_each_lesson_module_and_the_course() -> None:
    lines = list(format_tables(crafted()))

    firsts = [line.split()[0] for line in lines if line]
    assert firsts == [
        *("Lesson", "m1l1", "m1l2", "m1", "m2l1", "m2", "course"),
        *("Questions", "m1", "m2", "course"),
        *("Objectives", "m1", "m2", "course"),
        *("Cases", "m1", "m2", "course"),
        *("Facts", "m1", "m2", "course"),
    ]


def test_columns_stand_below_each_other() -> None:
    assert list(format_columns([("name", "a", "long"), ("x", "10", "2")])) == [
        "name   a  long",
        "x     10     2",
    ]
