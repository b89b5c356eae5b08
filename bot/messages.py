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
        picture_path: a file shown above the text, which is then its caption (at most 1,024
            characters).
            A name without a root is seen from the course's folder.
        text_without_picture: the text where that file cannot be read; "" for the same.
        image_png: a picture made for this message, as PNG, shown in the same way.
        photo_file_id: a picture that Telegram has, by its id, shown in the same way.
        document_file_id: a file that Telegram has, by its id, shown in the same way.
        questions: requests of learners whose words it shows to a facilitator; its message is
            deleted when they have their data deleted.
    """

    text: str
    rows: Rows = ()
    picture_path: Path | None = None
    text_without_picture: str = ""
    image_png: bytes | None = None
    photo_file_id: str | None = None
    document_file_id: str | None = None
    questions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandMenu:
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
        is_alert: the toast stays until it is put away: screen readers pass over toasts.
        removes_buttons: remove the buttons of the pressed message, which is done with.
        closes_question: the open question is answered; its letters go away wherever they stand.
        menus: command menus to set, for people whose role has changed.
    """

    messages: tuple[Reply, ...] = field(default=())
    edit: Reply | None = None
    toast: str | None = None
    is_alert: bool = False
    removes_buttons: bool = False
    closes_question: bool = False
    menus: tuple[CommandMenu, ...] = ()
