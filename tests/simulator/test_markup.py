"""Telegram's HTML: what it means, and the words of its refusals as tdlib has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.entities import read, tidy
from simulator.errors import ApiError
from simulator.rendering import safe_html
from simulator.units import checked_url, cut, utf16_length

AHEAD = "\N{STADIUM} \N{STADIUM}&lt;"  # 13 bytes of UTF-8


@pytest.mark.parametrize(
    ("source", "refusal"),
    [
        ("<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        ("<think>", 'Unsupported start tag "think" at byte offset 13'),
        ("a < b", 'Unsupported start tag "" at byte offset 15'),
        ("<", "Unclosed start tag at byte offset 13"),
        ("<b", "Unclosed start tag at byte offset 13"),
        ("<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        ("<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("</", "Unexpected end tag at byte offset 13"),
        ("<b></b></", "Unexpected end tag at byte offset 20"),
        ("<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (
            "<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 13'),
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_markup_that_telegram_refuses_is_refused_in_its_words(source: str, refusal: str) -> None:
    with pytest.raises(ApiError) as refused:
        read(AHEAD + source, "HTML")

    assert refused.value.description == f"Bad Request: can't parse entities: {refusal}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<strong>a</strong>", "a", [("bold", 0, 1)]),
        ("<I>a</>", "a", [("italic", 0, 1)]),
        ("<em>a</em>", "a", [("italic", 0, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 2)]),
        ("<s>a</s> <del>b</del>", "a b", [("strikethrough", 0, 1), ("strikethrough", 2, 1)]),
        ("<strike>a</strike>", "a", [("strikethrough", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ("<code>a</code>", "a", [("code", 0, 1)]),
        ("<pre>a</pre>", "a", [("pre", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>a", "a", []),
        ("a & b &amp; &lt;&gt;&quot; &ge; &#65;&#x42;", 'a & b & <>" &ge; AB', []),
        ("\N{STADIUM}<b>\N{STADIUM}</b>", "\N{STADIUM}\N{STADIUM}", [("bold", 2, 2)]),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2)]),
        ("<b><code>a</code></b>", "a", [("code", 0, 1)]),
        (
            "<b>a<code>b</code>c</b>",
            "abc",
            [("bold", 0, 1), ("code", 1, 1), ("bold", 2, 1)],
        ),
        (
            "<blockquote>a<code>b</code></blockquote>",
            "ab",
            [("blockquote", 0, 2), ("code", 1, 1)],
        ),
        ("<b>a<b>b</b></b>c", "abc", [("bold", 0, 2)]),
        ("<i><b>a</b><b>b</b></i>", "ab", [("bold", 0, 2), ("italic", 0, 2)]),
    ],
)
def test_markup_becomes_text_and_entities(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    formatted = read(source, "html")

    assert formatted.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in formatted.entities] == entities


def test_a_link_keeps_its_address() -> None:
    formatted = read('<a href="https://example.org/?a=1&amp;b=2">here</a>', "HTML")

    (link,) = formatted.entities
    assert link["type"] == "text_link"
    assert link["url"] == "https://example.org/?a=1&b=2"


def test_a_link_to_nowhere_is_plain_text() -> None:
    assert read('<a href="not a link">here</a>', "HTML").entities == ()


def test_the_language_of_code_is_kept_in_either_order() -> None:
    inner = read('<pre><code class="language-python">x</code></pre>', "HTML")
    outer = read('<code class="language-python"><pre>x</pre></code>', "HTML")

    expected = ({"type": "pre", "offset": 0, "length": 1, "language": "python"},)
    assert inner.entities == outer.entities == expected


def test_white_space_at_the_ends_is_cut_and_entities_with_it() -> None:
    formatted = read("  \n<b>bold \n</b>  ", "HTML")

    assert formatted.text == "bold"
    assert formatted.entities == ({"type": "bold", "offset": 0, "length": 4},)


def test_other_modes_are_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        read("a", "BBCode")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("please /help@course_tutor_bot", [("bot_command", "/help@course_tutor_bot")]),
        ("and/or", []),
        ("see https://example.org/a, then", [("url", "https://example.org/a")]),
        ("see example.org.", [("url", "example.org")]),
        ("write to a.b@example.org", [("email", "a.b@example.org")]),
        ("ask @somebody about #peru", [("mention", "@somebody"), ("hashtag", "#peru")]),
        ("\N{STADIUM} /start", [("bot_command", "/start")]),
        ("in 1.5 hours. Then go", []),
    ],
)
def test_telegram_marks_what_it_finds_itself(text: str, found: list[tuple[str, str]]) -> None:
    formatted = tidy(text, [])

    marked = [(e["type"], cut(text, e["offset"], e["length"])) for e in formatted.entities]
    assert marked == found


def test_nothing_is_found_inside_of_code() -> None:
    assert [e["type"] for e in read("<code>/start</code>", "HTML").entities] == ["code"]


@given(st.text(max_size=60))
def test_any_text_that_is_escaped_comes_through_unharmed(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert read(escaped, "HTML").text == tidy(text, []).text


@given(st.text(alphabet="ab<>/&;\"'= \N{STADIUM}bicode", max_size=40))
def test_any_markup_is_read_or_refused_and_entities_stay_inside(source: str) -> None:
    try:
        formatted = read(source, "HTML")
    except ApiError:
        return

    for entity in formatted.entities:
        assert entity["length"] > 0
        assert entity["offset"] >= 0
        assert entity["offset"] + entity["length"] <= utf16_length(formatted.text)


def test_a_page_gets_safe_html() -> None:
    formatted = read(
        "<b>&lt;script&gt; <i>x</i></b>\n<blockquote expandable>\N{STADIUM} q</blockquote>"
        '<a href="https://example.org/&quot;">l</a> <tg-spoiler>s</tg-spoiler>',
        "HTML",
    )

    shown = safe_html(formatted.text, formatted.entities)

    assert "<b>&lt;script&gt; <i>x</i></b>\n" in shown
    assert '<blockquote class="expandable">\N{STADIUM} q</blockquote>' in shown
    assert 'href="https://example.org/&quot;"' in shown
    assert '<span class="spoiler">s</span>' in shown


def test_a_page_gets_no_dangerous_link() -> None:
    entity = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}

    assert safe_html("x", [entity]) == "x"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("example.org", "http://example.org/"),
        ("tg://user?id=5", "tg://user?id=5"),
        ("javascript:alert(1)", None),
        ("ftp://example.org", None),
        ("nothing", None),
    ],
)
def test_links_are_kept_or_refused(url: str, kept: str | None) -> None:
    assert checked_url(url) == kept
