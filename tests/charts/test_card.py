"""The card of a link: its QR code is read by a reader that knows only the standard."""

import io

import pytest
from PIL import Image

from bot.rendering.invitations import qr_squares
from charts.renderer import draw_chart, render_png
from charts.specs import Card
from drawing import checking
from drawing.painting import paint
from tests.support.qr import read

ADDRESS = "https://t.me/course_tutor_bot?start=c_" + "Aa-_0" * 4 + "zZ"


def card(name: str) -> Card:
    return Card(name, "Treatment and care", qr_squares(ADDRESS), ("Join on Telegram", ADDRESS))


@pytest.mark.parametrize("name", ["Nairobi, March", "A very long name of a cohort, 40 letters"])
def test_a_card_carries_the_name_and_a_code_that_says_the_link(name: str) -> None:
    made = draw_chart(card(name))

    assert name in [paragraph.text for paragraph in made.paragraphs]
    assert ADDRESS in [paragraph.text for paragraph in made.paragraphs]
    assert [one for one in checking.find_problems(made, paint(made)) if "crossed" in one] == []
    assert read(_code(render_png(card(name)))) == ADDRESS


def _code(picture: bytes) -> bytes:
    """The code alone, with the quiet zone that the standard asks for around it."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    dark = image.point(lambda shade: 255 if shade == 0 else 0)
    left, top, right, bottom = dark.getbbox() or (0, 0, 0, 0)
    assert right - left == bottom - top, "nothing else is black"
    size = (right - left) // len(qr_squares(ADDRESS))
    cut = image.crop((left - 4 * size, top - 4 * size, right + 4 * size, bottom + 4 * size))
    alone = io.BytesIO()
    cut.save(alone, "png")
    return alone.getvalue()
