"""What a call carries, in one form whichever way its body was encoded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import orjson

from simulator.errors import refuse
from simulator.files import Upload
from simulator.wire import Json

_OBJECTS = frozenset(
    {"allowed_updates", "caption_entities", "commands", "entities", "link_preview_options"}
    | {"message_ids", "reply_markup", "reply_parameters", "scope"}
)
_NUMBERS = frozenset({"cache_time", "chat_id", "limit", "message_id", "offset", "timeout"})
_FLAGS = frozenset(
    {"allow_paid_broadcast", "disable_content_type_detection", "disable_notification"}
    | {"drop_pending_updates", "has_spoiler", "protect_content", "show_alert"}
    | {"show_caption_above_media"}
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one call, decoded; `files` are the parts of a multipart body by name."""

    values: Json
    files: Mapping[str, Upload] = field(default_factory=dict)

    def logged(self) -> Json:
        """`values` for the log, with the names of files that are parameters themselves."""
        return self.values | {name: upload.name for name, upload in self.files.items()}

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers are taken as their digits."""
        value = self.values.get(name, default)
        if value is None:
            return default
        if isinstance(value, dict | list | bool):
            refuse(f"{name} must be of type String")
        return str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; anything else is `default`, as Telegram's server takes it."""
        value = self.values.get(name, default)
        return value if isinstance(value, int) else default

    def flag(self, name: str, default: bool = False) -> bool:
        """Yes or no."""
        value = self.values.get(name, default)
        return bool(value)

    def plain(self, name: str) -> Any:
        """The value as it is; None when it is missing."""
        return self.values.get(name)

    def objects(self, name: str) -> list[Json] | None:
        """A list of objects; None when it is missing.

        Raises:
            ApiError: it is something else.
        """
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            refuse(f"can't parse {name} JSON object")
        return value


def decoded(values: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> Parameters:
    """Bring raw `values`, strings from a form or values from JSON, into one form.

    Raises:
        ApiError: an object is not JSON.
    """
    return Parameters({name: _decode(name, value) for name, value in values.items()}, files or {})


def _decode(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in _NUMBERS:
        return int(value) if value.lstrip("-").isdecimal() else value
    if name in _FLAGS:
        return value.strip().lower() in {"true", "yes", "1"}
    if name in _OBJECTS and value:
        try:
            return orjson.loads(value)
        except ValueError:
            _unparsable(name)
    return value


def _unparsable(name: str) -> NoReturn:
    shown = "reply keyboard markup" if name == "reply_markup" else name
    refuse(f"can't parse {shown} JSON object")
