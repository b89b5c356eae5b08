"""What a reader of a picture would trip over is found before it is drawn into the course."""

from collections.abc import Callable

import pytest

from drawing import boxes
from drawing.boxes import Look
from drawing.checking import find_problems
from drawing.lettering import LABEL, SENTENCE, Paragraph, Style
from drawing.painting import paint
from drawing.palette import GREEN, OUTLINE, PALE_GREEN, WHITE, Colour
from drawing.sheet import WIDTH, Area, Frame, Sheet, Stroke


def found(spoil: Callable[[Sheet], object], *, end: float = 700) -> list[str]:
    """The problems of a sheet that is fine but for what `spoil` does to it."""
    sheet = Sheet()
    sheet.write_title("A kettle")
    boxes.box(sheet, [Paragraph("Two cups of water")], (60, 200, 500), Look(PALE_GREEN))
    spoil(sheet)
    sheet.close(end, ("Water boils.",), "a kitchen, 2026")
    return find_problems(sheet, paint(sheet))


def test_a_picture_without_faults_has_no_problems() -> None:
    assert found(lambda _sheet: None) == []


def test_text_beyond_the_edge_is_found() -> None:
    cut = found(lambda sheet: sheet.write([Paragraph("Four cups of water")], 900, 400, 900))

    assert cut == ["outside the picture, or too near its edge: Four cups of water"]


def test_text_on_other_text_is_found() -> None:
    def twice(sheet: Sheet) -> None:
        sheet.write([Paragraph("Tea")], 60, 400, 300)
        sheet.write([Paragraph("Milk")], 80, 410, 300)

    assert found(twice) == ["on top of each other: Tea / Milk"]


def test_a_label_too_long_for_its_box_is_found() -> None:
    def long_word(sheet: Sheet) -> None:
        boxes.box(sheet, [Paragraph("Teakettleholders")], (60, 400, 200), Look(WHITE, OUTLINE))

    assert found(long_word) == ["crossed by an edge or a line: Teakettleholders"]


def test_text_that_a_line_crosses_is_found() -> None:
    def struck(sheet: Sheet) -> None:
        sheet.write([Paragraph("Tea")], 60, 400, 300)
        sheet.add(Stroke(((0, 425), (WIDTH, 425))))

    assert found(struck) == ["crossed by an edge or a line: Tea"]


def test_text_that_something_covers_is_found() -> None:
    def covered(sheet: Sheet) -> None:
        sheet.write([Paragraph("Tea")], 60, 400, 300)
        sheet.add(Area(Frame(30, 350, 600, 200), WHITE))

    assert found(covered) == ["crossed by an edge or a line: Tea"]


@pytest.mark.parametrize(
    ("ink", "fill"),
    [
        pytest.param(Colour("#9AA5A9"), WHITE, id="grey on white"),
        pytest.param(GREEN, OUTLINE, id="green on grey"),
    ],
)
def test_pale_text_is_found(ink: Colour, fill: Colour) -> None:
    def pale(sheet: Sheet) -> None:
        boxes.box(sheet, [Paragraph("Tea", LABEL, ink)], (60, 400, 300), Look(fill))

    (problem,) = found(pale)

    assert problem.startswith("a contrast of only ")


def test_small_text_is_found() -> None:
    small = found(lambda sheet: sheet.write([Paragraph("Tea", Style(29))], 60, 400, 300))

    assert small == ["smaller than 30 pixels: Tea"]


def test_a_label_of_eight_words_is_found() -> None:
    text = "Water that boils for tea or for coffee"

    long = found(lambda sheet: sheet.write([Paragraph(text)], 60, 400, 900))

    assert long == [f"8 words, and 7 fit a label: {text}"]


def test_a_sentence_may_be_longer_than_a_label() -> None:
    text = "Water that boils for tea or for coffee is hot"

    assert found(lambda sheet: sheet.write([Paragraph(text, SENTENCE)], 60, 400, 900)) == []


def test_a_picture_that_is_too_high_is_found() -> None:
    high = found(lambda _sheet: None, end=1590)

    assert [problem.split(" ", 1)[1] for problem in high] == ["pixels high, and 1600 fit"]
