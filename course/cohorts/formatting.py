"""Sanitizes the HTML of a message that is sent on to many learners. Pure.

Works on the HTML that python-telegram-bot generates from a formatted message.
"""

import re
from html import escape, unescape

from course.cohorts.placeholders import visible_text

_TAG = re.compile(r"<(/?)([a-z-]++)([^<>]*+)>")  # "++": without a second look at what has no end
_ALLOWED_TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "span", "a"})
"""Allowed tags (Bot API, HTML style). Custom emoji and dates are reduced to their text."""

_HREF = re.compile(r' href="(.*)"', re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_LANGUAGE = re.compile(r' class="language-[\w+#.-]{1,40}"')
_CODE_LANGUAGE = re.compile(r' class="([\w+#.-]{1,40})"')


def sanitize_html(html: str) -> str:
    """Return `html` with safe tags only; always well-formed, even if `html` is not.

    Links to web pages, mail addresses and phone numbers stay; links to Telegram users become plain
    text, since they would expose the person to everybody.
    """
    pieces: list[str] = []
    opened: list[tuple[str, bool]] = []
    end = 0
    for tag in _TAG.finditer(html):
        pieces.append(_escape_text(html[end : tag.start()]))
        end = tag.end()
        closes, name, more = tag.groups()
        if not closes:
            written = _opening_tag(name, more)
            opened.append((name, written is not None))
            pieces.append(written or "")
        elif opened and opened[-1][0] == name:
            _name, stays = opened.pop()
            pieces.append(f"</{name}>" if stays else "")
        else:
            return escape(visible_text(html), quote=False)
    if opened:
        return escape(visible_text(html), quote=False)
    return "".join((*pieces, _escape_text(html[end:])))


def _opening_tag(name: str, more: str) -> str | None:
    """The opening tag to write; `None` when it is removed."""
    if name not in _ALLOWED_TAGS:
        return None
    if name == "a":
        return _link(more)
    if name == "span":
        return '<span class="tg-spoiler">' if more == ' class="tg-spoiler"' else None
    if name == "blockquote":
        return "<blockquote expandable>" if more.strip() == "expandable" else "<blockquote>"
    if name == "code" and more:
        language = _CODE_LANGUAGE.fullmatch(more)
        if _LANGUAGE.fullmatch(more):
            return f"<code{more}>"
        return f'<code class="language-{language[1]}">' if language else "<code>"
    return f"<{name}>"


def _link(more: str) -> str | None:
    found = _HREF.fullmatch(more)
    address = _unescape_address(found[1]) if found else ""
    return f'<a href="{escape(address)}">' if _ADDRESS.match(address) else None


def _unescape_address(address: str) -> str:
    """Undo HTML escapes of an address; python-telegram-bot writes addresses without any."""
    for escaped, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        address = address.replace(escaped, sign)
    return address


def _escape_text(html: str) -> str:
    return escape(unescape(html), quote=False)
