"""Small reactions: to a press, to a message."""

from simulator.errors import refuse
from simulator.messages import Message
from simulator.parameters import Parameters
from simulator.world import World

LONGEST_TOAST = 200


def answer_callback_query(world: World, given: Parameters) -> object:
    """Bot API, answerCallbackQuery; a second answer changes nothing."""
    query = world.queries.get(given.text("callback_query_id"))
    if len(given.text("text")) > LONGEST_TOAST:
        refuse("MESSAGE_TOO_LONG")
    if query is None or world.clock.now() - query.at > world.limits.query_seconds:
        refuse("query is too old and response timeout expired or query ID is invalid")
    if query.answered:
        return True
    query.answered = True
    query.text, query.show_alert = given.text("text"), given.flag("show_alert")
    query.url = given.text("url")
    toast = {"query_id": query.id, "text": query.text, "alert": query.show_alert}
    world.tell("toast", query.chat_id, data=toast | {"user": query.user_id})
    return True


def set_message_reaction(world: World, given: Parameters) -> object:
    """Bot API, setMessageReaction: at most one per message for a bot."""
    message = _message(world, given, "message to react not found")
    reactions = given.objects("reaction") or []
    if len(reactions) > 1:
        refuse("REACTIONS_TOO_MANY")
    message.options["reaction"] = reactions
    return True


def pin_chat_message(world: World, given: Parameters) -> object:
    """Bot API, pinChatMessage."""
    _message(world, given, "message to pin not found").options["pinned"] = True
    return True


def unpin_chat_message(world: World, given: Parameters) -> object:
    """Bot API, unpinChatMessage, of one message."""
    _message(world, given, "message to unpin not found").options.pop("pinned", None)
    return True


def _message(world: World, given: Parameters, missing: str) -> Message:
    chat = world.reachable(given.plain("chat_id"))
    message = world.history(chat.id).get(given.number("message_id"))
    if message is None:
        refuse(missing)
    return message
