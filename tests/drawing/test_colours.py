"""Contrast as WCAG 2.2 counts it, and colours as other people see them."""

import pytest
from PIL import Image

from drawing import palette
from drawing.palette import INK, WHITE, Colour, contrast
from drawing.seeing import (
    PHONE,
    VISION_MATRICES,
    scale_to_phone,
    simulate_vision,
    simulate_vision_of_colour,
)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#767676", "#FFFFFF", 4.54), ("#FF0000", "#FFFFFF", 4.0)],
)
def test_contrast_is_as_known_tools_give_it(one: str, other: str, ratio: float) -> None:
    assert contrast(Colour(one), Colour(other)) == pytest.approx(ratio, abs=0.005)
    assert contrast(Colour(other), Colour(one)) == contrast(Colour(one), Colour(other))


def test_no_colour_is_the_blue_of_the_united_nations() -> None:
    for colour in palette.ALL:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert blue - max(red, green) < 16, colour


@pytest.mark.parametrize("kind", VISION_MATRICES)
def test_white_stays_white_and_grey_stays_grey_whoever_looks(kind: str) -> None:
    for colour in (WHITE, Colour("#808080"), Colour("#000000")):
        assert simulate_vision_of_colour(colour, VISION_MATRICES[kind]) == colour


def test_red_and_green_are_hard_to_tell_apart_for_some() -> None:
    red, green = Colour("#B00000"), Colour("#5B6B00")
    by = VISION_MATRICES["deuteranopia"]

    assert contrast(simulate_vision_of_colour(red, by), simulate_vision_of_colour(green, by)) < 1.5


def test_in_print_without_colour_ink_is_as_dark_as_it_was() -> None:
    printed = simulate_vision_of_colour(INK, VISION_MATRICES["grey"])

    assert printed[1:3] == printed[3:5] == printed[5:7]
    assert contrast(printed, INK) == pytest.approx(1, abs=0.05)


def test_a_view_keeps_the_size_and_the_view_on_a_phone_is_small() -> None:
    image = Image.new("RGB", (1080, 1500), WHITE)

    assert simulate_vision(image, VISION_MATRICES["grey"]).size == (1080, 1500)
    assert scale_to_phone(image).size == (PHONE, 500)
