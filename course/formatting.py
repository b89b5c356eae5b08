"""What stays of a message's formatting when it is sent on to many: what is safe. Pure.

Works on Telegram's HTML as python-telegram-bot makes it of a formatted message.
"""

import re
from html import escape, unescape

from course.placeholders import visible

_TAG = re.compile(r"<(/?)([a-z-]+)([^<>]*)>")
_STAYS = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote", "span", "a"})
"""Bot API, HTML style. Custom emoji and dates are left as the words they stand for."""

_HREF = re.compile(r' href="(.*)"', re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_LANGUAGE = re.compile(r' class="language-[\w+#.-]{1,40}"')
_CODE_LANGUAGE = re.compile(r' class="([\w+#.-]{1,40})"')


def kept(html: str) -> str:
    """`html` with what is safe to send on; always well formed, whatever `html` is.

    Links stay when they lead to a page, a mail address or a number; one that leads to a person at
    Telegram becomes plain, since it would show that person to everybody.
    """
    pieces: list[str] = []
    opened: list[tuple[str, bool]] = []
    end = 0
    for tag in _TAG.finditer(html):
        pieces.append(_text(html[end : tag.start()]))
        end = tag.end()
        closes, name, more = tag.groups()
        if not closes:
            written = _opening(name, more)
            opened.append((name, written is not None))
            pieces.append(written or "")
        elif opened and opened[-1][0] == name:
            _name, stays = opened.pop()
            pieces.append(f"</{name}>" if stays else "")
        else:
            return escape(visible(html), quote=False)
    if opened:
        return escape(visible(html), quote=False)
    return "".join((*pieces, _text(html[end:])))


def _opening(name: str, more: str) -> str | None:
    """The tag as it is written; `None` when it does not stay."""
    if name not in _STAYS:
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
    address = _written(found[1]) if found else ""
    return f'<a href="{escape(address)}">' if _ADDRESS.match(address) else None


def _written(address: str) -> str:
    """An address without the escapes of `escape`; python-telegram-bot writes them without any."""
    for escaped, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        address = address.replace(escaped, sign)
    return address


def _text(html: str) -> str:
    return escape(unescape(html), quote=False)
