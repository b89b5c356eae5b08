"""Messages and buttons as values, before they are sent through the Bot API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: its text and its callback data (bot/callback_data.py).

    Attributes:
        url: an address to open instead; then it has no callback data.
    """

    text: str
    data: str
    url: str | None = None


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: Telegram's HTML and its buttons, row by row.

    With a picture or document the text is its caption: at most 1,024 characters.

    Attributes:
        picture_path: picture file; a relative path starts at the course's folder.
        image_png: picture made for this message, as PNG.
        photo_file_id: file_id of a picture that Telegram has.
        document_file_id: file_id of a document that Telegram has.
    """

    text: str
    rows: Rows = ()
    picture: Path | None = None
    image: bytes | None = None
    photo: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """Command menu of one person; without commands, they get the default menu."""

    person: int
    commands: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """Everything the bot sends in answer to one update.

    Attributes:
        messages: new messages, in order; at most two.
        edit: new content of the message with the pressed button; sent as a new message if no
            button was pressed.
        toast: short text shown briefly after a press; ignored if no button was pressed.
        removes_buttons: remove the buttons of the pressed message, which is done with.
        menus: command menus to set, for people whose role has changed.
    """

    messages: tuple[Reply, ...] = field(default=())
    edit: Reply | None = None
    toast: str | None = None
    closes: bool = False
    menus: tuple[Menu, ...] = ()
