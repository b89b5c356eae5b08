"""Formatted text as HTML that a page can show without fear: a few tags, everything else escaped."""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from simulator.units import utf16_length
from simulator.wire import Json

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
}
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tg"})


def safe_html(text: str, entities: Iterable[Json]) -> str:
    """`text` with its formatting; line breaks stay line breaks."""
    listed = list(entities)
    if not listed:
        return escape(text)
    units = text.encode("utf-16-le")
    end = utf16_length(text)
    return _between(units, 0, end, sorted(listed, key=lambda e: (e["offset"], -e["length"])))


def _between(units: bytes, start: int, end: int, entities: list[Json]) -> str:
    """The part from `start` to `end`; `entities` lie in it, outermost first."""
    pieces: list[str] = []
    while entities:
        entity, *entities = entities
        offset, stop = entity["offset"], min(entity["offset"] + entity["length"], end)
        if offset < start:
            continue
        inner = [e for e in entities if e["offset"] < stop]
        entities = entities[len(inner) :]
        opening, closing = _tags(entity, _cut(units, offset, stop))
        pieces += (escape(_cut(units, start, offset)), opening)
        pieces += (_between(units, offset, stop, inner), closing)
        start = stop
    pieces.append(escape(_cut(units, start, end)))
    return "".join(pieces)


def _cut(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", errors="replace")


def _tags(entity: Json, text: str) -> tuple[str, str]:
    """The tags of one entity; none for those that a page shows as plain text."""
    match entity["type"]:
        case "text_link":
            address = entity["url"]
        case "url":
            address = text if "://" in text else f"http://{text}"
        case "email":
            address = f"mailto:{text}"
        case kind:
            return _TAGS.get(kind, ("", ""))
    if urlsplit(address).scheme.lower() not in _SAFE_SCHEMES:
        return "", ""
    return f'<a href="{escape(address)}" rel="noopener noreferrer" target="_blank">', "</a>"
