"""The rules as a whole, on the course that is taught and at the limits themselves."""

from itertools import product
from pathlib import Path

import pytest

from bot.course_files import load_course
from course import limits
from course.reading.course_format import Course, Fact
from course.reading.loader import CourseFormatError, parse_course
from course.reading.module_format import Card, Lesson, Module, Option, Question
from tests.course.seeded import CUPS, LEAVES, ROOT, WATER, clean_texts

REAL = Path(__file__).parents[2] / "course"


def whats(texts: dict[str, str]) -> list[str]:
    """What is wrong, in order; empty for a good course."""
    try:
        parse_course(ROOT, texts)
    except CourseFormatError as error:
        return [problem.what for problem in error.problems]
    return []


def changed(file: str, old: str, new: str) -> dict[str, str]:
    texts = clean_texts()
    assert texts[file].count(old) == 1
    texts[file] = texts[file].replace(old, new)
    return texts


def test_the_real_course_has_no_problem() -> None:
    course = load_course(REAL / "modules.yaml")

    assert course.modules


def test_the_longest_ids_fit_the_longest_button() -> None:
    options = ("o" * limits.MAX_OPTION_ID_LENGTH,) * limits.MAX_OPTIONS
    button = limits.longest_answer_button("q" * limits.MAX_ID_LENGTH, options)

    assert limits.utf8_bytes(button) == 60 <= limits.MAX_BUTTON_BYTES


def test_ids_that_letters_of_other_scripts_make_too_long_for_a_button_are_reported() -> None:
    found = whats(changed(WATER, "id: m2l1q1", f"id: {'ж' * 24}"))

    assert any("a button of this question needs" in what for what in found)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(CUPS, "Four minutes are enough.", "word " * 119, id="words of a card"),
        pytest.param(CUPS, "title: Four minutes", f"title: {'x' * 60}", id="a title"),
        pytest.param(WATER, "text: A bath", f"text: <b>{'x' * 300}</b>", id="an option"),
        pytest.param(WATER, "id: m2l1q2", f"id: {'q' * 24}", id="an id"),
        pytest.param(CUPS, "text: How long?", f"text: {'x' * 1200}", id="a question"),
        pytest.param(ROOT, "minutes: 8", "minutes: 120", id="minutes"),
    ],
)
def test_what_is_just_short_enough_is_no_problem(file: str, old: str, new: str) -> None:
    assert whats(changed(file, old, new)) == []


@pytest.mark.parametrize(("length", "fits"), [(3696, True), (3697, False)])
def test_a_text_of_the_course_and_what_frames_it_have_4096_characters(
    length: int, fits: bool
) -> None:
    about = (
        "A small course to test with. It is about tea.\n\nIt teaches nothing that you do not know."
    )
    more = "x" * (length - len(about))

    found = whats(changed(ROOT, "It teaches nothing", f"{more}It teaches nothing"))

    assert (found == []) == fits


def test_letters_outside_the_first_plane_count_twice_as_telegram_counts_them() -> None:
    assert limits.utf16_units("a🍵") == 3
    assert limits.utf8_bytes("a🍵") == 5

    assert whats(changed(CUPS, "idea: Four minutes.", f"idea: {'🍵' * 1700}")) == []
    found = whats(changed(CUPS, "idea: Four minutes.", f"idea: {'🍵' * 1850}"))
    assert len(found) == 1
    assert "4096 fit" in found[0]


def test_a_text_whose_escaping_outgrows_a_message_is_found() -> None:
    found = whats(changed(ROOT, "It teaches nothing", "&" * 3600 + " It teaches nothing"))

    assert found == []
    found = whats(changed(ROOT, "It teaches nothing", "&" * 4000 + " It teaches nothing"))
    assert len(found) == 1


def test_for_a_question_of_several_answers_all_feedback_counts_together() -> None:
    long = "This is the feedback. " * 60

    several = changed(LEAVES, "feedback: Green tea does.", f"feedback: {long} One.")
    several[LEAVES] = several[LEAVES].replace("White tea does.", f"{long} Two.")
    several[LEAVES] = several[LEAVES].replace("Mint is another plant.", f"{long} Three.")
    single = {**several, LEAVES: several[LEAVES].replace("White tea, correct: true", "White tea")}

    assert len(whats(several)) == 1
    assert whats(single) == []


@pytest.mark.parametrize(
    "text",
    [
        *("see http://a.b", "see www.a.b", "t.me/x", "Ask unodc.org for it", "a.int", "HTTPS://X"),
        *("ftp://x", "data.who.int/x", "(unodc.org)"),
    ],
)
def test_an_address_in_a_text_is_a_problem(text: str) -> None:
    found = whats(changed(CUPS, "feedback: It would be cold.", f'feedback: "{text}"'))

    assert len(found) == 1
    assert "link" in found[0]


@pytest.mark.parametrize(
    "text", ["e.g. tea", "a.m. and p.m.", "and/or", "1.5 litres", "The end.Internet", "10:30"]
)
def test_what_only_looks_a_little_like_an_address_is_none(text: str) -> None:
    assert whats(changed(CUPS, "feedback: It would be cold.", f'feedback: "{text}"')) == []


def test_every_key_of_the_format_can_be_missed_and_is_then_asked_for() -> None:
    parts = (Course, Module, Lesson, Card, Question, Option, Fact)
    fields = [(part, key, field) for part in parts for key, field in part.model_fields.items()]

    for part, key in [(part, key) for part, key, field in fields if field.is_required()]:
        texts = {name: text.replace(f"{key}:", "other:") for name, text in clean_texts().items()}
        assert any(f"this {part.called} has no {key}" in what for what in whats(texts)), key


@pytest.mark.parametrize(
    ("written", "wanted"),
    list(product(["yes", "on", "True", "'true'"], ["true"]))
    + list(product(["no", "off", "FALSE", "0"], ["false"]))
    + [("maybe", "true or false")],
)
def test_a_truth_value_is_written_in_one_way(written: str, wanted: str) -> None:
    texts = changed(CUPS, "correct: true", f"correct: {written}")

    with pytest.raises(CourseFormatError) as caught:
        parse_course(ROOT, texts)

    assert [problem.fix for problem in caught.value.problems] == [f"write {wanted}, without quotes"]
