"""What the bot has to say, before it becomes calls to Telegram."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what stands on it, and what a press sends (bot/callbacks.py).

    Attributes:
        url: an address that it opens instead; then it sends nothing.
    """

    text: str
    data: str
    url: str | None = None


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: Telegram's HTML and its buttons, row by row.

    Attributes:
        picture: a file shown above the text, which is then its caption: at most 1,024 characters.
            A name without a root is seen from the course's folder.
        image: a picture made for this message, as PNG, shown in the same way.
        photo: a picture that Telegram has, by its id, shown in the same way.
        document: a file that Telegram has, by its id, shown in the same way.
        questions: requests of learners whose words it shows to a facilitator; its message is
            deleted when they have their data deleted.
    """

    text: str
    rows: Rows = ()
    picture: Path | None = None
    image: bytes | None = None
    photo: str | None = None
    document: str | None = None
    questions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that Telegram lists for one person; without any, what everybody has."""

    person: int
    commands: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """Everything that follows from one thing a person did.

    Attributes:
        messages: new messages, in order; at most two.
        edit: what the message with the pressed button becomes; a new message when nothing was
            pressed.
        toast: a short line shown for a moment after a press; dropped when nothing was pressed.
        closes: the pressed message loses its buttons, since the learner has gone on from it.
        menus: of people whose role has changed.
    """

    messages: tuple[Reply, ...] = field(default=())
    edit: Reply | None = None
    toast: str | None = None
    closes: bool = False
    menus: tuple[Menu, ...] = ()
