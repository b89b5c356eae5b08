"""What a bot may attach under a message, checked as Telegram does."""

from typing import Any, NoReturn

from simulator.errors import refuse
from simulator.units import checked_url
from simulator.wire import Json

MOST_BUTTONS = 100
LONGEST_DATA_BYTES = 64
LONGEST_COPY_TEXT = 256
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_STYLES = frozenset({"danger", "success", "primary"})


def checked(markup: Any) -> Json | None:
    """The reply markup as a message keeps it; None when there is none or it has no buttons.

    Raises:
        ApiError: Telegram would not take it.
    """
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        refuse("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    return markup or None


def inline_only(markup: Json | None) -> Json | None:
    """`markup`, if it may stand under an edited message.

    Raises:
        ApiError: it is of another kind.
    """
    if markup is not None and "inline_keyboard" not in markup:
        refuse("inline keyboard expected")
    return markup


def _rows(rows: Any) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        refuse('field "inline_keyboard" must be an Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MOST_BUTTONS:
        refuse("reply markup is too long")
    return kept


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        _unparsable("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        _unparsable(
            'Can\'t find field "text"' if text is None else 'Field "text" must be of type String'
        )
    if not text.strip():
        refuse("inline keyboard button text is empty")
    named = [name for name in _ACTIONS if name in button and button[name] not in (None, "")]
    if not named and not any(name.startswith("switch_inline") for name in button):
        _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(named) > 1:
        refuse("BUTTON_TYPE_INVALID")
    if button.get("style") not in (None, *_STYLES):
        refuse("BUTTON_STYLE_INVALID")
    kept = {name: value for name, value in button.items() if value is not None}
    if named:
        _check_action(kept, named[0])
    return kept


def _check_action(button: Json, action: str) -> None:
    value = button[action]
    match action:
        case "callback_data":
            if not isinstance(value, str) or len(value.encode()) > LONGEST_DATA_BYTES:
                refuse("BUTTON_DATA_INVALID")
        case "url":
            url = checked_url(str(value))
            if url is None:
                refuse(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
            button["url"] = url
        case "copy_text":
            text = value.get("text", "") if isinstance(value, dict) else ""
            if not 1 <= len(text) <= LONGEST_COPY_TEXT:
                refuse("BUTTON_COPY_TEXT_INVALID")
        case "pay" | "callback_game":
            refuse("BUTTON_TYPE_INVALID")
        case _:
            pass


def _unparsable(why: str) -> NoReturn:
    refuse(f"can't parse inline keyboard button: {why}")
