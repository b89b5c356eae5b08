"""Text with its formatting as Telegram keeps it: cleaned, trimmed, links and commands found."""

import re
from dataclasses import dataclass

from simulator.errors import refuse
from simulator.markup import parse
from simulator.units import utf16_length
from simulator.wire import Json

# tdlib/telegram-bot-api, Client.cpp: refused before it is parsed.
LONGEST_SOURCE_BYTES = 1 << 15
_ORDER = {
    kind: rank
    for rank, kind in enumerate(
        (
            "blockquote",
            "expandable_blockquote",
            "pre",
            "code",
            "text_link",
            "text_mention",
            "custom_emoji",
            "mention",
            "hashtag",
            "bot_command",
            "url",
            "email",
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "spoiler",
        )
    )
}
_SOLID = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})
_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_CONTROL = {code: " " for code in range(32) if code != ord("\n")} | {ord("\r"): None}
_TOP_LEVEL = "com|org|net|int|info|edu|gov|io|me|eu|uk|de|fr|ch|at|dev|app"
_FOUND = re.compile(
    r"(?P<email>\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b)"
    rf"|(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)]|\b(?:[\w-]+\.)+(?:{_TOP_LEVEL})\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/<>]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#])#(?=\w*[^\W\d])\w{1,256}\b)"
)
_WORTH_SEARCHING = re.compile(r"[/@#.]")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, offsets in UTF-16 units, outermost first."""

    text: str
    entities: tuple[Json, ...] = ()

    def fields(self, prefix: str = "") -> Json:
        """The fields of Bot API's Message, named `text` and `entities` or with `prefix` before."""
        name = prefix or "text"
        listed = f"{prefix}_entities" if prefix else "entities"
        body: Json = {name: self.text} if self.text else {}
        if self.entities:
            body[listed] = list(self.entities)
        return body


def read(source: str, parse_mode: str = "", given: list[Json] | None = None) -> Formatted:
    """Read what the bot sent.

    Args:
        source: with markup if `parse_mode` is "HTML", in any case; plain without a mode.
        given: entities sent along instead of a mode.

    Raises:
        ApiError: too long, or not the markup that Telegram accepts.
    """
    if len(source.encode()) > LONGEST_SOURCE_BYTES:
        refuse("text is too long")
    match parse_mode.lower():
        case "html":
            text, entities = parse(source)
        case "" | "none":
            text, entities = source, [dict(entity) for entity in given or ()]
        case "markdown" | "markdownv2":
            refuse("unsupported parse_mode: this simulator reads HTML only")
        case _:
            refuse("unsupported parse_mode")
    return tidy(text, entities)


def tidy(text: str, entities: list[Json]) -> Formatted:
    """Clean and trim `text`, settle `entities`, and add those that Telegram finds by itself."""
    text = text.translate(_CONTROL) if not text.isprintable() else text
    entities = _settle(entities)
    text, entities = _trim(text, entities)
    if text and _WORTH_SEARCHING.search(text):
        entities = _sorted([*entities, *_found(text, entities)])
    return Formatted(text, tuple(entities))


def _sorted(entities: list[Json]) -> list[Json]:
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _ORDER.get(e["type"], 99)))


def _settle(entities: list[Json]) -> list[Json]:
    """Join styles of one kind that touch, and keep code free of everything else.

    Source: Bot API, MessageEntity: what may be nested in what.
    """
    code = [(e["offset"], _end(e)) for e in entities if e["type"] in {"code", "pre"}]
    settled: list[Json] = []
    last: dict[str, Json] = {}
    for entity in _sorted([part for e in entities for part in _outside(e, code)]):
        before = last.get(entity["type"])
        if before and entity["type"] in _STYLES and entity["offset"] <= _end(before):
            before["length"] = max(_end(before), _end(entity)) - before["offset"]
            continue
        if before and entity["type"] not in _STYLES and entity["offset"] < _end(before):
            continue
        last[entity["type"]] = entity
        settled.append(entity)
    return _sorted([part for e in settled for part in _outside(e, code)])


def _outside(entity: Json, code: list[tuple[int, int]]) -> list[Json]:
    """What of a style lies outside of code; other entities whole, or not at all inside of it."""
    offset, end = entity["offset"], _end(entity)
    if entity["type"] in {"code", "pre"}:
        return [entity]
    if entity["type"] not in _STYLES:
        return [] if any(start <= offset and end <= stop for start, stop in code) else [entity]
    parts: list[Json] = []
    for start, stop in sorted(code):
        if start > offset and start < end:
            parts.append(entity | {"offset": offset, "length": start - offset})
        if stop > offset and start < end:
            offset = stop
    if offset < end:
        parts.append(entity | {"offset": offset, "length": end - offset})
    return parts


def _end(entity: Json) -> int:
    end: int = entity["offset"] + entity["length"]
    return end


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut white space at both ends, and what of the entities lay there."""
    stripped = text.rstrip(" \n")
    first = min((e["offset"] for e in entities), default=len(stripped))
    ahead = min(len(stripped) - len(stripped.lstrip(" \n")), first)
    if ahead == 0 and len(stripped) == len(text):
        return text, entities
    stripped = stripped[ahead:]
    longest = utf16_length(stripped)
    kept: list[Json] = []
    for entity in entities:
        offset = entity["offset"] - ahead
        length = min(entity["length"], longest - offset)
        if length > 0:
            kept.append(entity | {"offset": offset, "length": length})
    return stripped, kept


def _found(text: str, entities: list[Json]) -> list[Json]:
    """Links, addresses, commands, mentions and hashtags outside of code and links."""
    taken = [(e["offset"], _end(e)) for e in entities if e["type"] in _SOLID]
    found: list[Json] = []
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match[0])
        if any(start < offset + length and offset < end for start, end in taken):
            continue
        found.append({"type": str(match.lastgroup), "offset": offset, "length": length})
    return found
