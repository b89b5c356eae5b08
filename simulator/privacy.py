"""Which messages a bot gets in a group: privacy mode, which is on for every new bot."""

from simulator.chats import Person
from simulator.messages import Message
from simulator.units import cut
from simulator.wire import Json


def bot_sees(message: Message, username: str) -> bool:
    """Whether the bot gets it: all in private; in groups commands, mentions of it, replies to it.

    Source: https://core.telegram.org/bots/features#privacy-mode
    """
    if isinstance(message.chat, Person):
        return True
    if not message.chat.bot_is_member:
        return False
    if message.reply_to is not None and message.reply_to.from_bot:
        return True
    return any(_addresses(username, message.text, entity) for entity in message.entities)


def _addresses(username: str, text: str, entity: Json) -> bool:
    called = cut(text, entity["offset"], entity["length"]).partition("@")[2].lower()
    match entity["type"]:
        case "bot_command":
            return called in {"", username.lower()}
        case "mention":
            return called == username.lower()
        case _:
            return False
