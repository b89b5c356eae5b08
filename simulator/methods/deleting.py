"""Taking messages away."""

from simulator.chats import Chat, Person
from simulator.errors import refuse
from simulator.messages import Message
from simulator.parameters import Parameters
from simulator.world import World

# Bot API, deleteMessage: "A message can only be deleted if it was sent less than 48 hours ago."
DELETABLE_SECONDS = 48 * 3600
MOST_AT_ONCE = 100


def delete_message(world: World, given: Parameters) -> object:
    """Bot API, deleteMessage."""
    chat = world.find_chat(given.plain("chat_id"))
    message = world.history(chat.id).get(given.number("message_id"))
    if message is None:
        refuse("message to delete not found")
    if not _deletable(world, chat, message):
        refuse("message can't be deleted for everyone")
    world.remove(message)
    return True


def delete_messages(world: World, given: Parameters) -> object:
    """Bot API, deleteMessages: what cannot be found or deleted is skipped."""
    chat = world.find_chat(given.plain("chat_id"))
    ids = given.plain("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= MOST_AT_ONCE:
        refuse("message identifiers are not specified" if not ids else "too many messages")
    for message_id in ids:
        message = world.history(chat.id).get(message_id)
        if message is not None and _deletable(world, chat, message):
            world.remove(message)
    return True


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    young = world.clock.now() - message.date < DELETABLE_SECONDS
    return young and (message.from_bot or isinstance(chat, Person))
