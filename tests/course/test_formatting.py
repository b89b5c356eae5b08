"""What stays of a message's formatting when it is sent on to many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cohorts.formatting import sanitize_html
from course.cohorts.placeholders import visible_text

STAYS = {
    "bold in a quotation": "<blockquote>a <b>b</b></blockquote>",
    "a long quotation": "<blockquote expandable>a</blockquote>",
    "a spoiler": '<span class="tg-spoiler">a</span>',
    "a link": '<a href="https://example.org/?a=1&amp;b=2">a</a>',
    "code with its language": '<pre><code class="language-python">a &lt; b</code></pre>',
    "signs of HTML": "1 &lt; 2 &amp; 3",
}
CHANGED = {
    "custom emoji": ('<tg-emoji emoji-id="5">x</tg-emoji> y', "x y"),
    "a date": ('<tg-time unix="5">today</tg-time>', "today"),
    "a person": ('<a href="tg://user?id=1001">Amina</a>', "Amina"),
    "a script": ('<a href="javascript:x">a</a>', "a"),
    "quotes in an address": ('<a href="https://a.example/"x">a</a>',
                             '<a href="https://a.example/&quot;x">a</a>'),
    "an address as PTB writes it": ('<a href="https://a.example/?a=1&copy=2">a</a>',
                                    '<a href="https://a.example/?a=1&amp;copy=2">a</a>'),
    "a language without its prefix": ('<pre><code class="c++">a</code></pre>',
                                      '<pre><code class="language-c++">a</code></pre>'),
    "a tag cut in two": ("<b>a: b", "a: b"),
    "only an end": ("a</b> &amp; b", "a &amp; b"),
    "ends that cross": ("<b>a<i>b</b>c</i>", "abc"),
}  # fmt: skip


@pytest.mark.parametrize("html", STAYS.values(), ids=STAYS.keys())
def test_what_is_safe_stays(html: str) -> None:
    assert sanitize_html(html) == html


@pytest.mark.parametrize(("html", "expected"), CHANGED.values(), ids=CHANGED.keys())
def test_the_rest_becomes_plain(html: str, expected: str) -> None:
    assert sanitize_html(html) == expected


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "a", "<", "&amp;", "</a>"])))
def test_whatever_comes_in_what_comes_out_is_well_formed_and_stays_so(pieces: list[str]) -> None:
    out = sanitize_html("".join(pieces))

    assert sanitize_html(out) == out
    assert all(out.count(f"<{name}>") == out.count(f"</{name}>") for name in "bi")
    assert visible_text(out).count("a") == pieces.count("a")
