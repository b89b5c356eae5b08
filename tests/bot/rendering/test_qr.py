"""The QR picture of a link, read by a reader that knows only the standard."""

import io

import pytest
import segno
from PIL import Image

from bot.rendering.invitations import qr_image
from tests.support.qr import read


# Usernames of bots have 5 to 32 characters; a longer text makes the larger pictures.
@pytest.mark.parametrize("length", [*range(5, 33), 64, 90, 130])
def test_a_picture_of_a_link_says_the_link(length: int) -> None:
    address = f"https://t.me/{'b' * length}?start=c_{'Aa-_0' * 4}zZ"

    assert read(qr_image(address)) == address


def test_squares_are_large_enough_for_a_camera_and_have_a_quiet_zone() -> None:
    image = Image.open(io.BytesIO(qr_image("https://t.me/course_tutor_bot?start=c_" + "x" * 22)))

    assert 250 <= image.size[0] <= 500
    edge = image.convert("L").crop((0, 0, image.size[0], 4 * 8))
    assert edge.getextrema() == (255, 255), "four squares of white around (section 6.3.8)"


def test_a_picture_with_one_square_turned_is_not_read() -> None:
    image = Image.open(io.BytesIO(qr_image("https://t.me/course_tutor_bot?start=c_" + "x" * 22)))
    image = image.convert("L")
    size = image.size[0] - 5 * 8
    other = 0 if image.getpixel((size + 4, size + 4)) else 255
    image.paste(other, (size, size, size + 8, size + 8))
    turned = io.BytesIO()
    image.save(turned, "png")

    with pytest.raises(AssertionError, match="errors"):
        read(turned.getvalue())


@pytest.mark.parametrize("mask", range(8))
def test_every_mask_is_read(mask: int) -> None:
    drawn = io.BytesIO()
    segno.make_qr("https://t.me/a?start=c_b", error="m", mask=mask, boost_error=False).save(
        drawn, kind="png", scale=3
    )

    assert read(drawn.getvalue()) == "https://t.me/a?start=c_b"
