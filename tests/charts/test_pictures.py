"""Pictures of a lively world, of nobody, of one learner, and of two hundred cohorts."""

import io
import re
from functools import cache
from html import unescape
from itertools import pairwise

import pytest
from PIL import Image

from bot.actions.statistics import MAX_CHART_LINES
from bot.i18n import Translators
from bot.rendering import charts
from bot.rendering.charts import CaptionedChart, chart_message
from charts.layout import replace_missing_glyphs, scale_steps
from charts.lines import _label_tops
from charts.renderer import draw_chart, render_png
from charts.specs import Dots, Lines
from course.limits import MAX_CAPTION_UNITS, utf16_units
from drawing import checking
from drawing.painting import paint
from drawing.sheet import Frame, Stroke
from tests.charts.worlds import LIVELY_REMINDERS, pictures, six_cohorts, view
from tests.support.running import real_course

HIGHEST = 1_800
"""Pixels: taller than that, a phone shows a picture as a narrow strip."""

ENGLISH = Translators.load().for_language("en")
NAMES = (
    *("funnel-lively", "funnel-empty", "funnel-one", "funnel-many"),
    *("funnel-long", "finishing-equal", "finishing-low", "time-even"),
    *("finishing-lively", "finishing-one", "finishing-many", "time-lively", "time-one"),
    *("questions-lively", "questions-many", "reminders-lively", "reminders-one"),
)
NOT_DRAWN = ("finishing-empty", "time-empty", "questions-empty", "questions-one", "reminders-empty")


@cache
def known() -> dict[str, CaptionedChart | None]:
    return dict(pictures(real_course()))


def drawn(name: str) -> CaptionedChart:
    found = known()[name]
    assert found is not None
    return found


def test_each_picture_of_each_world_is_here() -> None:
    assert {name for name, found in known().items() if found is not None} == set(NAMES)


@pytest.mark.parametrize("name", NOT_DRAWN)
def test_nothing_is_drawn_of_what_is_not_shown(name: str) -> None:
    assert known()[name] is None


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_can_be_read_on_a_phone(name: str) -> None:
    chart = drawn(name).chart
    made = draw_chart(chart)

    found = checking.find_problems(made, paint(made))

    # Lines and numbers lie over a ground that is meant to be behind them, and sentences may be
    # long; text that is cut, small, pale or under other text never is right.
    excused = ("crossed by", *(() if made.height > HIGHEST else (f"{made.height} pixels high",)))
    wordy = re.compile(r"\d+ words, and \d+ fit a label")
    assert [one for one in found if not one.startswith(excused) and not wordy.match(one)] == []
    if not isinstance(chart, Dots | Lines):
        assert not [one for one in found if one.startswith("crossed by")]


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_as_wide_as_a_phone_shows_and_small_enough(name: str) -> None:
    written = render_png(drawn(name).chart)

    with Image.open(io.BytesIO(written)) as image:
        assert image.width == 1080
        assert image.height <= HIGHEST
    assert len(written) < 150_000


@pytest.mark.parametrize("name", NAMES)
def test_its_words_fit_below_it_and_tell_what_stands_out(name: str) -> None:
    _, found = ENGLISH, drawn(name)

    reply = chart_message(_, found, b"picture")

    assert utf16_units(visible(reply.text)) <= MAX_CAPTION_UNITS
    assert reply.text.count("<b>") == reply.text.count("</b>")
    assert visible(reply.text).splitlines()[0] == found.chart.title
    words = visible(found.caption)
    match found.chart:
        case Lines(lines=lines):
            assert all(line.label in words for line in lines)
        case Dots(dots=dots):
            assert all(dot.label in words for dot in dots)
        case chart if hasattr(chart, "bars"):
            assert chart.highlight_label in words
            assert all(f"{bar.label}: {bar.value_text}" in words for bar in chart.bars)
        case chart if hasattr(chart, "pairs"):
            assert all(pair.difference in words for pair in chart.pairs)
        case chart:
            assert chart.notes[0] in words


def test_the_drop_off_is_marked_and_named() -> None:
    chart = drawn("funnel-lively").chart

    assert [bar.label for bar in chart.bars if bar.is_highlighted] == ["3.2"]  # type: ignore[union-attr]
    assert chart.highlight_label.startswith("Most people stop before module 3, lesson 2: 135 fewer")  # type: ignore[union-attr]


def test_in_a_long_course_the_module_of_the_drop_off_is_marked_and_the_lesson_named() -> None:
    chart = drawn("funnel-long").chart

    assert [bar.label for bar in chart.bars if bar.is_highlighted] == ["5"]  # type: ignore[union-attr]
    assert chart.highlight_label.startswith("Most people stop before module 5, lesson 2: ")  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["finishing-equal", "finishing-low", "finishing-many"])
def test_no_line_lies_on_another(name: str) -> None:
    chart = drawn(name).chart
    assert isinstance(chart, Lines)

    marks = draw_chart(chart).marks

    lines = [one.points for one in marks if isinstance(one, Stroke) and one.thickness == 6]
    assert len(set(lines)) == len(chart.lines)


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (6, None),
        (7, "Drawn are the cohorts where most have finished; 1 more is not drawn."),
        (200, "Drawn are the cohorts where most have finished; 194 more are not drawn."),
        (350, "344 more are not drawn. Only 300 were compared, those that are over last."),
    ],
)
def test_cohorts_that_are_not_drawn_are_told_of(total: int, said: str | None) -> None:
    made = charts.completion_curves(ENGLISH, view(), six_cohorts(), total)
    assert made is not None
    assert isinstance(made.chart, Lines)

    caption = chart_message(ENGLISH, made, b"picture").text

    assert len(made.chart.lines) == MAX_CHART_LINES
    assert ("not drawn" in caption) is (said is not None)
    if said is not None:
        assert said in caption
        assert said in made.chart.notes[0]


def test_names_lie_apart_and_above_the_days() -> None:
    frame = Frame(0, 100, 500, 600)

    tops = _label_tops([680.0] * 6, frame)

    assert all(below - above >= 42 for above, below in pairwise(tops))
    assert tops[-1] + 42 <= frame.bottom + 20


def test_of_a_name_without_letters_nothing_but_an_ellipsis_is_drawn() -> None:
    assert replace_missing_glyphs("वकील दिल्ली · All days") == "… · All days"
    assert replace_missing_glyphs("東京 🎓") == "…"
    assert replace_missing_glyphs("Bogotá · Last 7 days") == "Bogotá · Last 7 days"


def test_a_question_that_misleads_is_numbered_first() -> None:
    chart = drawn("questions-lively").chart

    assert isinstance(chart, Dots)
    assert [dot.y < 0 for dot in chart.dots[:3]] == [True, True, False]
    assert all(dot.label for dot in chart.dots[:10])
    assert not any(dot.label for dot in chart.dots[10:])


def test_a_reminder_that_was_asked_for_is_not_compared() -> None:
    chart = drawn("reminders-lively").chart

    assert len(chart.pairs) == len(LIVELY_REMINDERS) - 1  # type: ignore[union-attr]


def test_in_words_no_share_is_taken_for_the_part_that_was_sent() -> None:
    lines = drawn("reminders-lively").caption.splitlines()

    assert "Back where it was sent: 35 %" in lines
    assert "Back where it was held out: 20 %" in lines
    assert not any(line.startswith(("Sent:", "Held out:")) for line in lines)


def test_bounds_in_brackets_are_explained_where_there_are_any() -> None:
    explained = "In brackets: between which bounds the true difference lies"

    assert explained in drawn("reminders-lively").caption
    assert explained in drawn("reminders-lively").chart.notes[-1]  # type: ignore[union-attr]
    assert explained not in drawn("reminders-one").caption


@pytest.mark.parametrize("most", [0, 1, 5, 21, 99, 130, 1_001, 61_000, 999_999])
def test_a_scale_has_round_steps_and_reaches_the_most(most: int) -> None:
    found = scale_steps(most)

    assert found[0] == 0
    assert max(most, 20) <= found[-1] < 2 * max(most, 20)
    assert 3 <= len(found) - 1 <= 5
    assert str(found[1]).rstrip("0") in ("1", "2", "5")


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))
