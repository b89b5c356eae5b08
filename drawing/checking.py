"""Finds text that is cut, covered, too small, too pale or too long."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from course import limits
from drawing.lettering import SMALLEST
from drawing.painting import Painting
from drawing.palette import LEAST_CONTRAST, Colour, contrast
from drawing.sheet import WIDTH, Area, Disc, Frame, Mark, Sheet, Stroke, Words, background_at

EDGE = 30
"""Room between text and the edge of the picture, in pixels."""


def find_problems(sheet: Sheet, painting: Painting) -> list[str]:
    """Find the problems of the text of `sheet`, one line each; empty if there are none."""
    placed = list(zip(sheet.words, painting.places, strict=True))
    found = [
        *_high(sheet),
        *_cut(sheet, placed),
        *_overlapping(placed),
        *_crossed(sheet, placed),
        *_small(sheet),
        *_pale(sheet, painting),
        *_long(sheet),
    ]
    return list(dict.fromkeys(found))


def _high(sheet: Sheet) -> Iterator[str]:
    if sheet.height > limits.MAX_PICTURE_HEIGHT:
        yield f"{sheet.height} pixels high, and {limits.MAX_PICTURE_HEIGHT} fit"


def _cut(sheet: Sheet, placed: list[tuple[Words, Frame]]) -> Iterator[str]:
    paper = Frame(EDGE, EDGE, WIDTH - 2 * EDGE, sheet.height - 2 * EDGE)
    for words, place in placed:
        if not paper.contains(place):
            yield f"outside the picture, or too near its edge: {words.text}"


def _overlapping(placed: list[tuple[Words, Frame]]) -> Iterator[str]:
    for (one, here), (other, there) in combinations(placed, 2):
        if here.overlaps(there):
            yield f"on top of each other: {one.text} / {other.text}"


def _crossed(sheet: Sheet, placed: list[tuple[Words, Frame]]) -> Iterator[str]:
    """Text that is crossed by an edge or a line, or covered by something painted later."""
    order = {id(mark): at for at, mark in enumerate(sheet.marks)}
    for words, place in placed:
        for at, mark in enumerate(sheet.marks):
            later = at > order[id(words)]
            if any(place.overlaps(ink) for ink in _ink(mark)) or (later and _hides(mark, place)):
                yield f"crossed by an edge or a line: {words.text}"


def _ink(mark: Mark) -> Iterator[Frame]:
    """The narrow strips in which `mark` would cross text: its lines and edges."""
    match mark:
        case Stroke():
            for (x, y), (u, v) in pairwise(mark.points):
                half = mark.thickness * (2.8 if mark.head else 0.5)
                yield _strip(min(x, u), min(y, v), max(x, u), max(y, v), half)
        case Area(frame=frame):
            left, top, right, bottom = frame.left, frame.top, frame.right, frame.bottom
            half = mark.thickness / 2
            yield _strip(left, top, right, top, half)
            yield _strip(left, bottom, right, bottom, half)
            yield _strip(left, top, left, bottom, half)
            yield _strip(right, top, right, bottom, half)
        case Disc():
            (x, y), radius = mark.centre, mark.radius
            yield _strip(x, y, x, y, radius)
        case Words():
            return


def _strip(left: float, top: float, right: float, bottom: float, half: float) -> Frame:
    return Frame(left - half, top - half, right - left + 2 * half, bottom - top + 2 * half)


def _hides(mark: Mark, place: Frame) -> bool:
    return isinstance(mark, Area) and mark.frame.overlaps(place)


def _small(sheet: Sheet) -> Iterator[str]:
    for words in sheet.words:
        if words.paragraph.style.size < SMALLEST:
            yield f"smaller than {SMALLEST} pixels: {words.text}"


def text_with_backgrounds(sheet: Sheet, painting: Painting) -> Iterator[tuple[Words, Colour]]:
    """Each line of text, with the colour behind it."""
    for words, place in zip(sheet.words, painting.places, strict=True):
        yield words, background_at(sheet.marks[: sheet.marks.index(words)], place)


def _pale(sheet: Sheet, painting: Painting) -> Iterator[str]:
    for words, colour in text_with_backgrounds(sheet, painting):
        ratio = contrast(words.paragraph.colour, colour)
        if ratio < LEAST_CONTRAST:
            yield f"a contrast of only {ratio:.1f}: {words.text}"


def _long(sheet: Sheet) -> Iterator[str]:
    for paragraph in sheet.paragraphs:
        most, has = paragraph.style.words, limits.count_words(paragraph.text)
        if most is not None and has > most:
            yield f"{has} words, and {most} fit a label: {paragraph.text}"
