"""What is filled into a broadcast, whatever people call themselves."""

from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.cohorts.placeholders import (
    Placeholder,
    PlaceholderInLink,
    SplitPlaceholder,
    UnknownPlaceholder,
    clean_value,
    fill_placeholders,
    find_placeholder_problems,
    find_placeholders,
    visible_length,
    visible_text,
)

INSTEAD = {
    Placeholder.NAME: "learner",
    Placeholder.NEXT_LESSON: "the course",
    Placeholder.MINUTES_LEFT: "a few",
    Placeholder.DEADLINE: "no fixed day",
}


# From right to left; the second needs a sign between its letters that joins no word.
HEBREW = "\u05d3\u05e0\u05d4"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648"


def named(html: str, name: str | None) -> str:
    return fill_placeholders(html, {Placeholder.NAME: name}, INSTEAD)


def test_each_place_is_filled_with_what_is_known() -> None:
    values = {
        Placeholder.NAME: "Amina",
        Placeholder.NEXT_LESSON: "Module 2, lesson 1",
        Placeholder.MINUTES_LEFT: "12",
        Placeholder.DEADLINE: "Friday 13 March",
    }
    text = "Hello {name}: <b>{next_lesson}</b>, { Minutes_Left } minutes, by {deadline}."

    assert fill_placeholders(text, values, INSTEAD) == (
        "Hello Amina: <b>Module 2, lesson 1</b>, 12 minutes, by Friday 13 March."
    )
    assert find_placeholders(text) == frozenset(Placeholder)


@pytest.mark.parametrize("nothing", [None, "", "  ", "\u202e\u200f", "\n"])
def test_where_nothing_is_known_words_stand_instead(nothing: str | None) -> None:
    assert named("Dear {name}, by {deadline}", nothing) == "Dear learner, by no fixed day"
    assert named("Dear {name|R&amp;D <team>}", nothing) == "Dear {name|R&amp;D <team>}"
    assert named("Dear {name|friend &amp; colleague}", nothing) == "Dear friend &amp; colleague"


@pytest.mark.parametrize("name", ["<b>", "</b>&amp;", "Ann & Bob", '"><a href="x">', "{deadline}"])
def test_a_name_is_shown_letter_by_letter(name: str) -> None:
    html = named("Hello <b>{name}</b>.", name)

    assert html.startswith("Hello <b>")
    assert html.count("<") == 2
    assert visible_text(html) == f"Hello {name}."


def test_a_name_cannot_turn_the_text_around_it() -> None:
    assert named("{name}: 12", "\u202enimA\u2066\nx") == "nimA x: 12"
    assert named("{name}: 12", HEBREW) == f"\u2068{HEBREW}\u2069: 12"
    assert named("{name}", PERSIAN) == f"\u2068{PERSIAN}\u2069"


@pytest.mark.parametrize(
    ("html", "trouble"),
    [
        ("Hello {nmae}", UnknownPlaceholder("{nmae}")),
        ("Hello {}", UnknownPlaceholder("{}")),
        ("{first &amp; last|x}", UnknownPlaceholder("{first & last|x}")),
        ("{<i>nmae</i>}", UnknownPlaceholder("{nmae}")),
        ("Hello {<b>name</b>}", SplitPlaceholder("{name}")),
        ("{name} and {na<i>me}</i>", SplitPlaceholder("{name}")),
        ('<a href="https://a.example/?q={name}">here</a>', PlaceholderInLink("{name}")),
    ],
)
def test_what_cannot_be_filled_is_found_before(html: str, trouble: object) -> None:
    assert find_placeholder_problems(html) == (trouble,)


def test_text_without_trouble_has_none() -> None:
    assert find_placeholder_problems("Hello <b>{name}</b>, a } brace { alone, and &lt;b&gt;") == ()
    assert find_placeholder_problems("") == ()


def test_length_is_what_is_seen_in_utf_16() -> None:
    assert visible_length("<b>a&amp;b</b>😀") == 5


@given(st.text(), st.text())
@example("<b>&", "{name}\u2067")
def test_any_name_in_any_text_stays_well_formed_and_on_its_line(text: str, name: str) -> None:
    html = f"{escape(text)}<i>{{name}}</i>"

    full = named(html, name)

    before, _, rest = full.rpartition("<i>")
    assert visible_text(rest.removesuffix("</i>")) == (clean_value(name) or "learner")
    assert "<" not in before
    assert len(clean_value(name).splitlines()) <= 1
    assert clean_value(clean_value(name)) == clean_value(name)
