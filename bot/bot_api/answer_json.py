"""JSON of Telegram's answers, read strictly: what is not Telegram's is told apart."""

import json
from typing import Any

import orjson
from telegram.error import TelegramError

# Longest integer of 64 bits, in digits with its sign.
_MAX_DIGITS = 20


class _ErrorAnswer(dict[str, Any]):
    """Telegram's answer to a failed call; reading a result from it raises `TelegramError`."""

    def __missing__(self, key: str) -> Any:
        message = f"The server's answer is not Telegram's: it has no {key}"
        raise TelegramError(message)


def parse_answer(payload: bytes) -> dict[str, Any] | None:
    """Parse Telegram's answer; `None` if it is not Telegram's."""
    match _parse_json(payload):
        case {"ok": True, "result": result}:
            return {"ok": True, "result": result}
        case {"ok": False, "description": str()} as answer:
            return _ErrorAnswer(answer)
        case _:
            return None


def _parse_json(payload: bytes) -> Any:
    """Parse JSON, or return `None`.

    Lone surrogates, which orjson rejects, become "?"; larger integers than 64 bits become floats.
    """
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        pass
    try:
        found = json.loads(payload.decode(errors="replace"), parse_int=_parse_integer)
        whole = json.dumps(found, ensure_ascii=False).encode(errors="replace")
        return json.loads(whole, parse_int=_parse_integer)
    except (ValueError, RecursionError):
        return None


def _parse_integer(digits: str) -> float:
    """Parse an integer as orjson does: one of more than 64 bits becomes a float."""
    return int(digits) if len(digits) < _MAX_DIGITS else float(digits)
