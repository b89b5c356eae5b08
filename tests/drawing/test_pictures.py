"""Each picture of the course can be drawn and read, and says what its module says in words."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from course import limits
from drawing import checking, painting, seeing
from drawing.lettering import SMALLEST
from drawing.painting import Painting, paint
from drawing.palette import GREEN, LEAST_CONTRAST, contrast
from drawing.pictures import PICTURES
from drawing.sheet import Sheet, Stroke, Words

COURSE = Path(__file__).parents[2] / "course"

each_picture = pytest.mark.parametrize("name", PICTURES)

NAMES_OF_ROWS_AND_COLUMNS = {"limit", "stage", "typical", "measures", "decides"}
"""What the words for a picture say by their order."""

FORM = {
    "a",
    "by",
    "in",
    "is",
    "it",
    "of",
    "our",
    "the",
    "this",
    "to",
    "was",
    "which",
    "who",
    "with",
}


@cache
def drawn(name: str) -> tuple[Sheet, Painting]:
    sheet = PICTURES[name]()
    return sheet, paint(sheet)


def file_of(name: str) -> Path:
    return COURSE / "pictures" / f"{name}.png"


def named_in(node: object) -> Iterator[dict[str, Any]]:
    """Every `picture` below `node`."""
    below = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node if isinstance(node, list) else ())
    )
    for key, value in below:
        if key == "picture":
            yield value
        else:
            yield from named_in(value)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


SHOWN = {
    Path(picture["file"]).stem: picture
    for module in sorted((COURSE / "modules").glob("*.yaml"))
    for picture in named_in(read(module))
}
each_shown = pytest.mark.parametrize("name", SHOWN)


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text.lower()))


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,./]*\d|\d", text))


def said(name: str) -> list[str]:
    """What the picture says, without the order of steps and without its source."""
    texts = [paragraph.text for paragraph in drawn(name)[0].paragraphs]
    assert texts[-1].startswith("Source: ")
    return [re.sub(r"^\d ", "", text) for text in texts[:-1]]


def test_every_picture_that_a_module_shows_can_be_drawn() -> None:
    assert set(SHOWN) <= set(PICTURES)
    assert {"m2", "m3", "m4", "m5", "m6", "m7", "m7b"} <= set(SHOWN)


@each_picture
def test_its_text_is_whole_apart_from_other_text_large_dark_and_short(name: str) -> None:
    assert checking.find_problems(*drawn(name)) == []


@each_picture
def test_no_letter_is_smaller_than_a_phone_can_show(name: str) -> None:
    assert min(line.paragraph.style.size for line in drawn(name)[0].words) >= SMALLEST


@each_picture
def test_the_file_of_the_course_is_as_large_as_what_is_drawn(name: str) -> None:
    sheet, _ = drawn(name)

    with Image.open(file_of(name)) as image:
        assert image.format == "PNG"
        assert image.size == (limits.PICTURE_WIDTH, sheet.height)


@each_picture
def test_the_file_of_the_course_looks_like_what_is_drawn(name: str) -> None:
    """Edges of letters may differ from one version of the libraries to the next."""
    with Image.open(file_of(name)) as image:
        committed = seeing.scale_to_phone(image).convert("L")
    now = seeing.scale_to_phone(drawn(name)[1].image).convert("L")

    pairs = zip(committed.tobytes(), now.tobytes(), strict=True)
    assert sum(abs(one - other) > 64 for one, other in pairs) < 0.002 * now.width * now.height


@each_picture
def test_it_comes_over_a_slow_connection(name: str) -> None:
    assert file_of(name).stat().st_size <= limits.MAX_PICTURE_BYTES
    assert len(painting.encode_png(drawn(name)[1].image)) <= limits.MAX_PICTURE_BYTES


def test_drawn_again_it_is_the_same_file_to_the_byte() -> None:
    first = painting.encode_png(drawn("m1")[1].image)

    again = painting.encode_png(paint(PICTURES["m1"]()).image)

    assert again == first


def test_the_file_holds_no_text_such_as_a_time_or_the_name_of_a_program() -> None:
    with Image.open(file_of("m1")) as image:
        assert image.info == {}


@each_picture
@pytest.mark.parametrize("kind", seeing.VISION_MATRICES)
def test_its_text_can_be_read_by_people_who_see_colours_differently(name: str, kind: str) -> None:
    by = seeing.VISION_MATRICES[kind]

    for line, ground in {
        (line.paragraph.colour, ground)
        for line, ground in checking.text_with_backgrounds(*drawn(name))
    }:
        ratio = contrast(
            seeing.simulate_vision_of_colour(line, by), seeing.simulate_vision_of_colour(ground, by)
        )
        assert ratio >= LEAST_CONTRAST, (line, ground)


@each_shown
def test_every_figure_in_it_stands_in_the_facts_it_names(name: str) -> None:
    facts = read(COURSE / "sources.yaml")["facts"]
    kept = ("says", "publication", "year", "data")
    texts = [str(facts[fact].get(key, "")) for fact in SHOWN[name]["facts"] for key in kept]

    in_picture = figures(" ".join([*said(name), drawn(name)[0].paragraphs[-1].text]))

    assert in_picture <= figures(" ".join(texts))


@each_shown
def test_its_words_are_also_in_the_text_for_people_who_do_not_see_it(name: str) -> None:
    spoken = words(SHOWN[name]["alt"]) | FORM | NAMES_OF_ROWS_AND_COLUMNS
    title, *texts = said(name)

    missing = {text: words(text) - spoken for text in texts if words(text) - spoken}

    assert missing == {}, title


def test_the_arrow_to_start_along_ends_before_recovery_management() -> None:
    marks = drawn("m3")[0].marks
    lines = {mark.text: mark.baseline for mark in marks if isinstance(mark, Words)}

    [start] = [mark for mark in marks if isinstance(mark, Stroke) and mark.colour == GREEN]

    assert lines["Long residential stay"] < start.points[-1][1] < lines["Recovery management"]
