"""Renders a chart spec to a PNG file."""

from typing import assert_never

from charts import bars, card, dots, grid, lines, pairs
from charts.specs import Bars, Card, Chart, Dots, Grid, Lines, Pairs
from drawing.painting import encode_png, paint
from drawing.sheet import Sheet


def draw_chart(chart: Chart) -> Sheet:
    """Draw a chart on a sheet."""
    match chart:
        case Bars():
            return bars.draw(chart)
        case Lines():
            return lines.draw(chart)
        case Grid():
            return grid.draw(chart)
        case Dots():
            return dots.draw(chart)
        case Pairs():
            return pairs.draw(chart)
        case Card():
            return card.draw(chart)
        case _ as never:
            assert_never(never)


def render_png(chart: Chart) -> bytes:
    """Render a chart as a PNG file, 1080 pixels wide."""
    return encode_png(paint(draw_chart(chart)).image)
