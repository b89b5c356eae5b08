"""Long lists, one page at a time, with the buttons Earlier and More."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.i18n import Translator
from bot.messages import Button

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list.

    Attributes:
        number: from 0.
        first: the place of its first item in the whole list, from 1.
    """

    number: int
    first: int
    items: Sequence[T]
    is_last: bool


def cut_page(found: Sequence[T], number: int, size: int) -> Page[T]:
    """Page `number` of `found`, from 0; a page beyond the end gives the first."""
    number = number if number * size < len(found) else 0
    begin = number * size
    return Page(number, begin + 1, found[begin : begin + size], begin + size >= len(found))


def page_buttons(
    _: Translator, number: int, open_page: Callable[[str, str], Button], *, is_last: bool
) -> tuple[Button, ...]:
    """Buttons to the pages before and after page `number`, where there are such.

    Args:
        open_page: makes a button of a label and the number of a page.
    """
    earlier = (open_page(_("Earlier"), str(number - 1)),) if number else ()
    return earlier if is_last else (*earlier, open_page(_("More"), str(number + 1)))
