"""Messages that repeat other messages."""

from simulator.errors import refuse
from simulator.messages import Message
from simulator.methods.sending import Draft, caption_of, deliver
from simulator.parameters import Parameters
from simulator.world import World

_UNCOPIABLE = frozenset({"system"})


def copy_message(world: World, given: Parameters) -> object:
    """Bot API, copyMessage."""
    chat = world.reachable(given.plain("chat_id"))
    source = _source(world, given, "message to copy not found")
    if source.kind in _UNCOPIABLE:
        refuse("message can't be copied")
    content = {name: value for name, value in source.content.items() if name != "forward_origin"}
    if "caption" in given.values and "text" not in content:
        content.pop("caption_entities", None)
        content |= caption_of(given).fields("caption")
    message = deliver(world, given, chat, Draft(source.kind, content, source.html or source.text))
    return {"message_id": message["message_id"]}


def forward_message(world: World, given: Parameters) -> object:
    """Bot API, forwardMessage."""
    chat = world.reachable(given.plain("chat_id"))
    source = _source(world, given, "message to forward not found")
    if source.kind in _UNCOPIABLE or source.options.get("protect_content"):
        refuse("message can't be forwarded")
    origin = source.content.get("forward_origin") or {
        "type": "user",
        "date": source.date,
        "sender_user": source.sender.as_user(),
    }
    content = source.content | {"forward_origin": origin}
    return deliver(world, given, chat, Draft(source.kind, content, source.html or source.text))


def _source(world: World, given: Parameters, missing: str) -> Message:
    chat = world.find_chat(given.plain("from_chat_id"))
    message = world.history(chat.id).get(given.number("message_id"))
    if message is None:
        refuse(missing)
    return message
