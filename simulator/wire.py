"""The form in which Telegram's objects travel: plain dictionaries, built fresh for every answer."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
