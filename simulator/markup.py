"""Telegram's HTML: tags in, plain text and entities out, or a refusal in Telegram's words.

The rules and the words are those of tdlib's parser; offsets in refusals count bytes of UTF-8.
"""

import html
import re
from dataclasses import dataclass, field
from typing import NoReturn

from simulator.errors import refuse
from simulator.units import checked_url, utf16_length
from simulator.wire import Json

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|([a-z]+));?")
_SPECIAL = re.compile(r"[<&]")
_SPACE = " \t\r\n\0\v"
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_LARGEST_CODE_POINT = 0x10FFFF


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    argument: str
    offset: int
    begin: int


@dataclass(slots=True)
class HtmlParser:
    """Reads one text; use `parse`."""

    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    units: int = 0
    entities: list[Json] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)

    def run(self) -> None:
        """Read all of the source into `text` and `entities`."""
        while match := _SPECIAL.search(self.source, self.at):
            self._write(self.source[self.at : match.start()])
            self.at = match.start()
            if self.source[self.at] == "&":
                self._reference()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        self._write(self.source[self.at :])
        if self.opened:
            name = self.opened[-1].name
            self._refuse(f'Can\'t find end tag corresponding to start tag "{name}"')

    def _refuse(self, why: str, at: int | None = None) -> NoReturn:
        place = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        refuse(f"can't parse entities: {why}{place}")

    def _write(self, piece: str) -> None:
        self.text.append(piece)
        self.units += utf16_length(piece)

    def _reference(self) -> None:
        character, self.at = _character_at(self.source, self.at)
        self._write(character)

    def _skip(self, stop: str) -> None:
        """Go on to the first character of `stop`, or to the end."""
        while self.at < len(self.source) and self.source[self.at] not in stop:
            self.at += 1

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1

    @property
    def _here(self) -> str:
        return self.source[self.at : self.at + 1]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        self._skip(_SPACE + ">")
        if not self._here:
            self._refuse("Unclosed start tag", begin)
        name = self.source[begin + 1 : self.at].lower()
        if name not in _KINDS:
            self._refuse(f'Unsupported start tag "{name}"', begin)
        argument = ""
        self._skip_space()
        while self._here != ">":
            argument = self._attribute(name, begin) or argument
            self._skip_space()
        self.at += 1
        if name == "span" and argument != "spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.opened.append(_Open(name, argument, self.units, len(self.text)))

    def _attribute(self, tag: str, begin: int) -> str:
        """Read one attribute; returns what it means for `tag`, or nothing."""
        start = self.at
        self._skip(_SPACE + "=>")
        attribute = self.source[start : self.at]
        if not attribute and self._here:
            self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_space()
        if not self._here:
            self._refuse(f'Unclosed start tag "{tag}"', begin)
        if self._here != "=":
            return _argument(tag, attribute, "")
        self.at += 1
        self._skip_space()
        if not self._here:
            self._refuse(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._here in "'\"" else self._name_token()
        if not self._here:
            self._refuse("Unclosed start tag", begin)
        return _argument(tag, attribute, value)

    def _name_token(self) -> str:
        start = self.at
        match = _NAME_TOKEN.match(self.source, start)
        self.at = match.end() if match else start
        if not self._here or self._here not in _SPACE + ">":
            self._refuse("Unexpected end of name token", start)
        return self.source[start : self.at].lower()

    def _quoted(self) -> str:
        end_mark = self._here
        self.at += 1
        value: list[str] = []
        while self._here and self._here != end_mark:
            if self._here == "&":
                character, self.at = _character_at(self.source, self.at)
                value.append(character)
            else:
                value.append(self._here)
                self.at += 1
        if self._here:
            self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.opened:
            self._refuse("Unexpected end tag", begin)
        self.at += 2
        self._skip(_SPACE + ">")
        name = self.source[begin + 2 : self.at]
        self._skip_space()
        if self._here != ">":
            self._refuse("Unclosed end tag", begin)
        self.at += 1
        tag = self.opened.pop()
        if name and name != tag.name:
            where = len(self.source[:begin].encode())
            self._refuse(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self.units > tag.offset:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        """Turn a finished tag into its entity."""
        entity: Json = {
            "type": _KINDS[tag.name],
            "offset": tag.offset,
            "length": self.units - tag.offset,
        }
        if tag.name == "a":
            self._link(entity, tag.argument or "".join(self.text[tag.begin :]))
            return
        if tag.name in {"pre", "code"} and self._joins_pre(tag, entity):
            return
        if tag.name == "tg-emoji":
            entity["custom_emoji_id"] = tag.argument
        elif tag.name == "code":
            entity["language"] = tag.argument
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)

    def _link(self, entity: Json, url: str) -> None:
        if checked := checked_url(url):
            self.entities.append(entity | {"url": checked})

    def _joins_pre(self, tag: _Open, entity: Json) -> bool:
        """Whether `<pre><code class="language-x">`, in either order, became one entity."""
        last = self.entities[-1] if self.entities else {}
        if (last.get("offset"), last.get("length")) != (entity["offset"], entity["length"]):
            return False
        if tag.name == "pre" and last["type"] == "code" and last["language"]:
            last["type"] = "pre"
            return True
        if tag.name == "code" and last["type"] == "pre" and tag.argument:
            last["language"] = tag.argument
            return True
        return False


def parse(source: str) -> tuple[str, list[Json]]:
    """Text and entities of `source`, in the order their tags end.

    Raises:
        ApiError: the markup is not what Telegram accepts.
    """
    parser = HtmlParser(source)
    parser.run()
    for entity in parser.entities:
        if entity["type"] == "code" or not entity.get("language", "x"):
            del entity["language"]
    return "".join(parser.text), parser.entities


def _argument(tag: str, attribute: str, value: str) -> str:
    """What an attribute adds to the entity of `tag`."""
    match tag, attribute:
        case "a", "href":
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "tg-emoji", "emoji-id":
            return value
        case "blockquote", "expandable":
            return "1"
        case _:
            return ""


def _character_at(source: str, at: int) -> tuple[str, int]:
    """The character that a reference at `at` stands for, and where it ends; a bare & is itself."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return "&", at + 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return (_NAMED[name], match.end()) if name in _NAMED else ("&", at + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < _LARGEST_CODE_POINT:
        return "&", at + 1
    return html.unescape(f"&#{code};"), match.end()
