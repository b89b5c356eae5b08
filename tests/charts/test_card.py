"""The card of a link: its QR code is read by a reader that knows only the standard."""

import pytest

from bot.rendering.invitations import qr_squares
from charts.renderer import draw_chart, render_png
from charts.specs import Card
from drawing import checking
from drawing.lettering import SENTENCE, text_width
from drawing.painting import paint
from drawing.sheet import INSIDE
from tests.support.qr import read_card

ADDRESS = "https://t.me/course_tutor_bot?start=c_" + "Aa-_0" * 4 + "zZ"


def card(name: str) -> Card:
    return Card(name, "Treatment and care", qr_squares(ADDRESS), ("Join on Telegram", ADDRESS))


@pytest.mark.parametrize("name", ["Nairobi, March", "A very long name of a cohort, 40 letters"])
def test_a_card_carries_the_name_and_a_code_that_says_the_link(name: str) -> None:
    made = draw_chart(card(name))

    assert name in [paragraph.text for paragraph in made.paragraphs]
    assert ADDRESS in [paragraph.text for paragraph in made.paragraphs]
    assert [one for one in checking.find_problems(made, paint(made)) if "crossed" in one] == []
    assert read_card(render_png(card(name))) == ADDRESS


def test_a_long_address_stays_on_the_card() -> None:
    address = ADDRESS.replace("course_tutor_bot", "a_bot_with_a_name_of_32_letters_")

    made = draw_chart(Card("Nairobi", "Course", qr_squares(address), (address,)))

    assert "".join(words.text for words in made.words[-2:]) == address
    assert all(text_width(words.text, SENTENCE) <= INSIDE for words in made.words[-2:])
