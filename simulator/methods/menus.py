"""What people see of the bot before they talk: commands, name, descriptions, menu button."""

from simulator.commands import checked_language, scope_key
from simulator.errors import refuse
from simulator.parameters import Parameters
from simulator.wire import Json
from simulator.world import World

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
_BUTTONS = frozenset({"default", "commands", "web_app"})


def set_my_commands(world: World, given: Parameters) -> object:
    """Bot API, setMyCommands."""
    world.commands.set(*_list(given), given.plain("commands"))
    world.tell("commands")
    return True


def get_my_commands(world: World, given: Parameters) -> object:
    """Bot API, getMyCommands."""
    return world.commands.get(*_list(given))


def delete_my_commands(world: World, given: Parameters) -> object:
    """Bot API, deleteMyCommands."""
    world.commands.delete(*_list(given))
    world.tell("commands")
    return True


def set_my_name(world: World, given: Parameters) -> object:
    """Bot API, setMyName."""
    _set(world.bot.names, given, "name", LONGEST_NAME)
    return True


def get_my_name(world: World, given: Parameters) -> object:
    """Bot API, getMyName."""
    return {"name": _get(world.bot.names, given) or world.bot.first_name}


def set_my_description(world: World, given: Parameters) -> object:
    """Bot API, setMyDescription."""
    _set(world.bot.descriptions, given, "description", LONGEST_DESCRIPTION)
    return True


def get_my_description(world: World, given: Parameters) -> object:
    """Bot API, getMyDescription."""
    return {"description": _get(world.bot.descriptions, given)}


def set_my_short_description(world: World, given: Parameters) -> object:
    """Bot API, setMyShortDescription."""
    _set(world.bot.short_descriptions, given, "short_description", LONGEST_SHORT_DESCRIPTION)
    return True


def get_my_short_description(world: World, given: Parameters) -> object:
    """Bot API, getMyShortDescription."""
    return {"short_description": _get(world.bot.short_descriptions, given)}


def set_chat_menu_button(world: World, given: Parameters) -> object:
    """Bot API, setChatMenuButton; for everyone if no chat is named."""
    button = given.plain("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in _BUTTONS:
        refuse("can't parse menu button: MenuButton has unsupported type")
    world.bot.menu_buttons[given.number("chat_id")] = button
    return True


def get_chat_menu_button(world: World, given: Parameters) -> object:
    """Bot API, getChatMenuButton."""
    buttons = world.bot.menu_buttons
    everyone: Json = buttons.get(0, {"type": "commands"})
    return buttons.get(given.number("chat_id"), everyone)


def _list(given: Parameters) -> tuple[str, str]:
    return scope_key(given.plain("scope")), checked_language(given.text("language_code"))


def _set(texts: dict[str, str], given: Parameters, name: str, longest: int) -> None:
    language = checked_language(given.text("language_code"))
    value = given.text(name).strip()
    if len(value) > longest:
        refuse(f"bot {name.replace('_', ' ')} is too long")
    if value:
        texts[language] = value
    else:
        texts.pop(language, None)


def _get(texts: dict[str, str], given: Parameters) -> str:
    language = checked_language(given.text("language_code"))
    return texts.get(language) or texts.get("", "")
