"""What the chat page sees: messages, people and the bot, as plain objects with safe HTML."""

from collections.abc import Callable

from simulator.chats import Bot, Person
from simulator.messages import Message
from simulator.rendering import safe_html
from simulator.state import Event
from simulator.wire import Json
from simulator.world import World

_NOTES = {
    "group_chat_created": "made the group",
    "migrate_to_chat_id": "made this group a supergroup",
    "migrate_from_chat_id": "made this group a supergroup",
}

_DESCRIBED: dict[str, Callable[[Json], str]] = {
    "poll": lambda poll: "\n".join((poll["question"], *(o["text"] for o in poll["options"]))),
    "sticker": lambda sticker: str(sticker["emoji"]),
    "dice": lambda dice: f"{dice['emoji']} {dice['value']}",
    "contact": lambda contact: f"{contact['first_name']}, {contact['phone_number']}",
    "location": lambda place: f"{place['latitude']:.4f}, {place['longitude']:.4f}",
}


def message_view(message: Message) -> Json:
    """The Message of the control API."""
    text = _text(message)
    entities = message.entities if text == message.text else []
    return {
        "id": message.id,
        "from": _side(message),
        "name": message.sender.first_name,
        "date": message.date,
        "edit_date": message.edit_date,
        "edited": message.edited,
        "text": text,
        "html": safe_html(text, entities),
        "buttons": [[_button(button) for button in row] for row in message.buttons],
        "photo": _photo(message),
        "document": _document(message),
        "kind": message.kind,
    }


def persona_view(person: Person) -> Json:
    """A persona of the control API."""
    return {
        "id": person.id,
        "first_name": person.first_name,
        "role": person.role,
        "tip": person.tip,
        "language_code": person.language_code,
        "blocked": person.blocked,
    }


def groups_view(world: World, person_id: int) -> list[Json]:
    """The groups in which somebody is, of the control API."""
    groups = world.groups.values()
    return [{"id": one.id, "title": one.title} for one in groups if person_id in one.members]


def bot_view(world: World, *, connected: bool) -> Json:
    """The bot of the control API."""
    return {
        "id": world.bot.id,
        "username": world.bot.username,
        "first_name": world.bot.first_name,
        "description": world.bot.descriptions.get("", ""),
        "commands": world.commands.get("default", ""),
        "connected": connected,
    }


def chat_view(world: World, chat_id: int) -> Json:
    """The chat of the control API."""
    return {
        "id": chat_id,
        "commands": commands_view(world, chat_id),
        "messages": [message_view(message) for message in world.chat(chat_id)],
    }


def commands_view(world: World, chat_id: int) -> list[Json]:
    """The command menu as the people of a chat see it."""
    person = world.people.get(chat_id)
    return world.commands.seen_by(chat_id, person.language_code if person else "")


def event_view(world: World, event: Event, chat_id: int) -> Json:
    """The data of an event, as the page of `chat_id` hears it."""
    if event.message is not None:
        return message_view(event.message)
    if event.kind == "commands":
        return {"commands": commands_view(world, chat_id)}
    if event.kind == "persona":
        return persona_view(world.people[event.data["id"]])
    return event.data


def _side(message: Message) -> str:
    if message.kind == "system":
        return "system"
    return "bot" if isinstance(message.sender, Bot) else "person"


def _text(message: Message) -> str:
    """What stands in the bubble; for media without text a few words."""
    if message.text:
        return message.text
    for name, describe in _DESCRIBED.items():
        if name in message.content:
            return describe(message.content[name])
    note = next((_NOTES[name] for name in _NOTES if name in message.content), None)
    return f"{message.sender.first_name} {note}" if note else ""


def _button(button: Json) -> Json:
    return {
        "text": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url"),
    }


def _photo(message: Message) -> Json | None:
    sizes = message.content.get("photo")
    if not sizes:
        return None
    largest = sizes[-1]
    return {
        "url": f"/control/files/{largest['file_id']}",
        "width": largest["width"],
        "height": largest["height"],
        "alt": message.text,
        "caption_html": safe_html(message.text, message.entities),
    }


def _document(message: Message) -> Json | None:
    document = message.content.get("document")
    if not document:
        return None
    return {
        "url": f"/control/files/{document['file_id']}",
        "name": document["file_name"],
        "size": document["file_size"],
    }
