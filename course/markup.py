"""The markup that authors may use, `<b>` and `<i>`; everything else is shown as written."""

import re
from collections.abc import Iterator
from html import escape

_TAG = re.compile(r"</?[bi]>")
_TAGLIKE = re.compile(r"</?[A-Za-z][^<>\s]*>?|<!--")
_ENTITY = re.compile(r"&(?:[A-Za-z]\w{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BLANK_LINES = re.compile(r"\n\s*\n")


def to_html(text: str) -> str:
    """Convert `text` to Telegram's HTML: matched `<b>` and `<i>` stay, all else is escaped.

    Always well-formed: an unmatched tag is shown as text.
    """
    kept = _matched_tags(text)
    pieces: list[str] = []
    end = 0
    for start in sorted(kept):
        pieces += (escape(text[end:start], quote=False), kept[start])
        end = start + len(kept[start])
    pieces.append(escape(text[end:], quote=False))
    return "".join(pieces)


def strip_markup(text: str) -> str:
    """Return `text` without the tags that `to_html` keeps, as a learner reads it."""
    kept = _matched_tags(text)
    return _TAG.sub(lambda tag: "" if tag.start() in kept else tag.group(), text)


def source_position(text: str, position: int) -> int:
    """Convert a position in `strip_markup(text)` to the position in `text`."""
    for start, tag in sorted(_matched_tags(text).items()):
        if start > position:
            break
        position += len(tag)
    return position


def unwrap_paragraphs(text: str) -> str:
    """Join the lines of each paragraph and list item, since phones wrap lines themselves.

    A blank line separates paragraphs, and a line that starts with "- " starts a list item.
    """
    return "\n\n".join(_one_paragraph(part) for part in _BLANK_LINES.split(text.strip()))


def find_markup_problems(text: str) -> Iterator[tuple[int, str, str]]:
    """Find markup that would be shown as text: position, problem and fix."""
    kept = _matched_tags(text)
    for tag in _TAGLIKE.finditer(text):
        shown = tag.group()
        if _TAG.fullmatch(shown) is None:
            yield tag.start(), f"{shown} is not markup of this course", "use <b> and <i>, or none"
        elif tag.start() not in kept:
            do = "close every <b> with </b> and every <i> with </i>, the inner one first"
            yield tag.start(), f"{shown} has no partner", do
    for entity in _ENTITY.finditer(text):
        what = f"{entity.group()} would be shown letter by letter"
        yield entity.start(), what, "write the character itself"


def _matched_tags(text: str) -> dict[int, str]:
    """The properly matched tags, by position."""
    kept: dict[int, str] = {}
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        if not tag.group().startswith("</"):
            opened.append(tag)
        elif opened and opened[-1].group()[1] == tag.group()[2]:
            partner = opened.pop()
            kept[partner.start()] = partner.group()
            kept[tag.start()] = tag.group()
    return kept


def _one_paragraph(text: str) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        stripped = " ".join(line.split())
        if lines and not stripped.startswith("- "):
            lines[-1] = f"{lines[-1]} {stripped}".strip()
        else:
            lines.append(stripped)
    return "\n".join(lines)
