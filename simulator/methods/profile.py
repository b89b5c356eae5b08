"""Questions about the bot and its chats, what people see before they talk, and the webhook."""

from simulator.commands import checked_language, scope_key
from simulator.errors import refuse
from simulator.parameters import Parameters
from simulator.wire import Json
from simulator.world import World

LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_me(world: World, _: Parameters) -> object:
    """Bot API, getMe."""
    return world.bot.as_me()


def get_chat(world: World, given: Parameters) -> object:
    """Bot API, getChat."""
    chat = world.find_chat(given.plain("chat_id"))
    full: Json = chat.as_chat() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, True),
    }
    return full


def set_my_commands(world: World, given: Parameters) -> object:
    """Bot API, setMyCommands."""
    world.commands.set(*_list(given), given.plain("commands"))
    world.tell("commands")
    return True


def delete_my_commands(world: World, given: Parameters) -> object:
    """Bot API, deleteMyCommands."""
    world.commands.delete(*_list(given))
    world.tell("commands")
    return True


def set_my_description(world: World, given: Parameters) -> object:
    """Bot API, setMyDescription."""
    _set(world.bot.descriptions, given, "description", LONGEST_DESCRIPTION)
    return True


def set_my_short_description(world: World, given: Parameters) -> object:
    """Bot API, setMyShortDescription."""
    _set(world.bot.short_descriptions, given, "short_description", LONGEST_SHORT_DESCRIPTION)
    return True


def set_webhook(world: World, given: Parameters) -> object:
    """Bot API, setWebhook: nothing is pushed, but polls are refused from now on."""
    world.set_webhook(given.text("url"))
    return True


def delete_webhook(world: World, given: Parameters) -> object:
    """Bot API, deleteWebhook."""
    if given.flag("drop_pending_updates"):
        world.updates.clear()
    world.set_webhook("")
    return True


def get_webhook_info(world: World, _: Parameters) -> object:
    """Bot API, getWebhookInfo."""
    return {
        "url": world.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(world.pending()),
    }


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
