"""Module 7: four measures, how sure one can be of them, what was found and what limits it."""

from collections.abc import Sequence

from drawing import lettering
from drawing.lettering import HEADING, SENTENCE, STRONG, Paragraph
from drawing.palette import GREEN, MIST, ORANGE, SOFT, WHITE
from drawing.sheet import INSIDE, MARGIN, Area, Frame, Sheet, Stroke

_PAD = 20
_AGAINST = 0

_MEASURES = (
    (
        "Medicines for opioid dependence",
        (3, "Good"),
        (
            "In treatment, about half the mortality (review 2021)",
            (
                "75 percent lower mortality in the first four weeks after release "
                "(England, 2010 to 2014; few deaths)"
            ),
        ),
        "Limit: observational studies; a link, not proof",
    ),
    (
        "Drug courts for adults",
        (2, "Fairly good"),
        ("Reoffending as if from 50 to about 38 percent (review 2012)",),
        "Limit: mostly USA; few randomised",
    ),
    (
        "Police diversion",
        (1, "Promising, few studies"),
        (
            "Seattle: 58 percent lower odds of arrest (2011 to 2014)",
            "Diversion in a UK review (2015; mostly US studies): uncertain on offending",
        ),
        "Limit: odds, not arrests; not randomised",
    ),
    (
        "Compulsory treatment",
        (_AGAINST, "Evidence against"),
        ("No better outcomes overall, some harms (review 2016)",),
        "Limit: 9 usable studies; 2 found some benefit",
    ),
)


def draw() -> Sheet:
    """Four cards; each has a mark for certainty, which is a shape and a word."""
    sheet = Sheet()
    top = sheet.write_title("Evidence by measure", "How sure can we be? (our summary)")
    for name, certainty, found, limit in _MEASURES:
        said = [*(Paragraph(text, SENTENCE, before=4) for text in found)]
        said.append(Paragraph(limit, SENTENCE, SOFT, before=4))
        top = _card(sheet, top, name, certainty, said) + 20
    sheet.close(
        top + 8,
        ("Studied for different outcomes: do not rank them.",),
        "Santo et al. 2021; Marsden et al. 2017; Mitchell et al. 2012; Collins et al. 2017; "
        "Hayhurst et al. 2015; Werb et al. 2016; certainty: this course's own summary",
    )
    return sheet


def _card(
    sheet: Sheet, top: float, name: str, certainty: tuple[int, str], said: Sequence[Paragraph]
) -> float:
    """Draw one measure; return the card's lower edge."""
    head = (Paragraph(name, HEADING),)
    width = INSIDE - 2 * _PAD
    first = lettering.lay_out_column(head, width).height
    body = lettering.lay_out_column(tuple(said), width).height
    frame = Frame(MARGIN, top, INSIDE, first + 52 + body + 2 * _PAD)
    sheet.add(Area(frame, MIST))
    sheet.write(head, MARGIN + _PAD, top + _PAD, width)
    _mark(sheet, MARGIN + _PAD, top + _PAD + first, *certainty)
    sheet.write(said, MARGIN + _PAD, top + _PAD + first + 52, width)
    return frame.bottom


def _mark(sheet: Sheet, left: float, top: float, filled: int, word: str) -> None:
    """Draw three fields, `filled` of them filled; one long crossed field for `_AGAINST`."""
    colour = ORANGE if filled == _AGAINST else GREEN
    if filled == _AGAINST:
        sheet.add(
            Area(Frame(left, top + 8, 118, 32), WHITE, colour, thickness=5, radius=4),
            Stroke(((left - 1, top + 44), (left + 119, top + 4)), colour, thickness=8),
        )
    else:
        for at in range(3):
            field = Frame(left + at * 42, top + 8, 34, 32)
            sheet.add(Area(field, colour if at < filled else WHITE, colour, radius=4))
    sheet.write([Paragraph(word, STRONG, colour)], left + 140, top + 4, 500)
