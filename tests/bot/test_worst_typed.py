"""What people type is read quickly, whatever it is: nobody else is served meanwhile."""

import pytest
from babel.core import Locale

from bot.parsing.cohort_form import ParseContext, parse_answer
from tests.support.worst_typed import READERS, Reader, longest, yardstick

# Readers take at most half of the yardstick's 20 ms; what grows with the square of a message's
# length takes ten times of it and more.
_PLENTY = 3


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_the_longest_message_is_read_at_once(reader: Reader) -> None:
    plenty = _PLENTY * yardstick()

    took, text = longest(reader)

    assert took < plenty, text[:40]


def test_a_number_of_places_is_read_to_its_last_digit() -> None:
    asked = ParseContext(0, Locale("en"))

    assert parse_answer("capacity", "000000020", asked) == 20
    assert parse_answer("capacity", "0000000199999999999999", asked) is None
