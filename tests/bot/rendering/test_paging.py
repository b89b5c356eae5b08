"""Pages of long lists, and the buttons that turn them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Translators
from bot.messages import Button
from bot.rendering.paging import cut_page, page_buttons

ENGLISH = Translators.load().for_language("en")


@given(st.integers(0, 40), st.integers(1, 7))
def test_pages_one_after_the_other_show_each_item_once(length: int, size: int) -> None:
    pages = [cut_page(range(length), 0, size)]
    while not pages[-1].is_last:
        pages.append(cut_page(range(length), pages[-1].number + 1, size))

    assert [item for page in pages for item in page.items] == list(range(length))
    assert all(page.first == page.items[0] + 1 for page in pages if page.items)
    assert cut_page(range(length), len(pages), size) == pages[0], "beyond the end"


def test_a_page_leads_to_those_before_and_after_it() -> None:
    def turned(number: int, *, is_last: bool) -> list[tuple[str, str]]:
        buttons = page_buttons(ENGLISH, number, Button, is_last=is_last)
        return [(one.text, one.data) for one in buttons]

    assert turned(0, is_last=True) == []
    assert turned(0, is_last=False) == [("More", "1")]
    assert turned(3, is_last=False) == [("Earlier", "2"), ("More", "4")]
    assert turned(3, is_last=True) == [("Earlier", "2")]
