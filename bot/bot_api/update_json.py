"""What an update says of itself before it is handled, read from the Bot API's JSON.

What is not as the Bot API describes it raises `InvalidUpdateError`, and nothing else.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeGuard

from bot.callback_data import LARGEST_ID

Part: TypeAlias = Mapping[str, Any]


class InvalidUpdateError(Exception):
    """An update that the Bot API does not describe.

    Attributes:
        field: what of it is odd; nothing that somebody wrote.
    """

    def __init__(self, field: str) -> None:
        super().__init__(f"The update cannot be read: its {field} is not as the Bot API says.")
        self.field = field


def is_update(raw: object) -> TypeGuard[Part]:
    """Whether it has a number by which it can be confirmed."""
    return isinstance(raw, dict) and _is_id(raw.get("update_id"), least=1)


def get_sender(raw: Part) -> Part | None:
    """The user who sent it, with a usable id and language; `None` when it belongs to nobody."""
    found = (_part(content, "from") for content in raw.values() if isinstance(content, Mapping))
    person = next((one for one in found if one is not None), None)
    if person is None:
        return None
    if not _is_id(person.get("id"), least=1):
        field = "user id"
        raise InvalidUpdateError(field)
    if not isinstance(person.get("language_code"), str | None):
        field = "language"
        raise InvalidUpdateError(field)
    return person


def get_chat(raw: Part) -> Part | None:
    """The chat in which it was sent or pressed, with a usable id; `None` when there is none."""
    for content in raw.values():
        if not isinstance(content, Mapping):
            continue
        place = _part(_part(content, "message") or content, "chat")
        if place is not None:
            if not _is_id(place.get("id"), least=-LARGEST_ID):
                field = "chat id"
                raise InvalidUpdateError(field)
            return place
    return None


def get_sent_at(raw: Part) -> float | None:
    """When it was sent, in seconds since 1970; `None` for a press, of which Telegram tells no date.

    Presses are dropped by Telegram when they are minutes old (see docs/decisions/0004).
    """
    edited = _part(raw, "edited_message")
    found = (_part(raw, "message") or {}).get("date") if edited is None else edited.get("edit_date")
    if found is None:
        return None
    if type(found) is not int:
        field = "date"
        raise InvalidUpdateError(field)
    return float(found)


def _part(content: Part, name: str) -> Part | None:
    found = content.get(name)
    if found is not None and not isinstance(found, Mapping):
        raise InvalidUpdateError(name)
    return found


def _is_id(value: object, least: int) -> bool:
    return type(value) is int and least <= value <= LARGEST_ID  # True is an int, too
