"""Authors' markup: what Telegram gets, what learners read, and what is reported."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.markup import find_markup_problems, strip_markup, to_html, unwrap_paragraphs

PIECES = ["<b>", "</b>", "<i>", "</i>", "<", ">", "&", "&amp;", "a", " ", "\n", "- ", "<u>", "b>"]
written = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


class Reader(HTMLParser):
    """Reads HTML as strictly as Telegram: every tag closed, the inner one first."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.opened: list[str] = []
        self.feed(html)
        self.close()
        assert not self.opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i"}
        assert not attrs
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(written)
def test_html_is_balanced_and_shows_the_visible_text(text: str) -> None:
    assert Reader(to_html(text)).text == strip_markup(text)


@given(written)
def test_what_has_no_trouble_has_no_tags_left_to_see(text: str) -> None:
    if not list(find_markup_problems(text)):
        assert not any(tag in strip_markup(text) for tag in ("<b>", "</b>", "<i>", "</i>"))


@given(written)
def test_paragraphs_stay_as_they_are_the_second_time(text: str) -> None:
    assert unwrap_paragraphs(unwrap_paragraphs(text)) == unwrap_paragraphs(text)


@given(written)
def test_paragraphs_lose_no_word(text: str) -> None:
    assert unwrap_paragraphs(text).split() == text.split()


def test_all_but_bold_and_italic_is_escaped() -> None:
    assert to_html('<b>a</b> < "b" & <u>c</u>') == '<b>a</b> &lt; "b" &amp; &lt;u&gt;c&lt;/u&gt;'
    assert strip_markup("<b>a <i>b</i></b> < 5") == "a b < 5"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("<b>a", "&lt;b&gt;a", id="never closed"),
        pytest.param("a</i>", "a&lt;/i&gt;", id="never opened"),
        pytest.param("<b><i>a</b></i>", "&lt;b&gt;<i>a&lt;/b&gt;</i>", id="crossed"),
    ],
)
def test_a_tag_without_its_partner_is_shown(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize("text", ["p < 0.05", "R&D", "a <b>b</b>", "1 > 0", "Tom & Ann", "x<5"])
def test_signs_that_are_no_markup_are_no_trouble(text: str) -> None:
    assert list(find_markup_problems(text)) == []


def test_trouble_is_named_where_it_starts() -> None:
    assert [
        start for start, _, _ in find_markup_problems('a <a href="x">b</a> &nbsp; </b> <!-- c')
    ] == [
        2,
        15,
        27,
        32,
        20,
    ]


def test_lines_an_editor_broke_become_one_and_lists_stay_lists() -> None:
    written_so = "One\nidea.\n\n\nA list:\n- first\n  of two\n- second\n"

    assert unwrap_paragraphs(written_so) == "One idea.\n\nA list:\n- first of two\n- second"
