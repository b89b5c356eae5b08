"""Messages from the bot: texts, photos, documents, and that it is typing."""

from dataclasses import dataclass
from typing import Any

from simulator.chats import Chat
from simulator.entities import Formatted, read
from simulator.errors import refuse
from simulator.files import File, Upload
from simulator.keyboards import checked
from simulator.messages import Message
from simulator.parameters import Parameters
from simulator.units import utf16_length
from simulator.wire import Json
from simulator.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
# Bot API, sendChatAction: the status shows for 5 seconds or less.
TYPING_SECONDS = 5
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_KEPT = (
    "disable_notification",
    "protect_content",
    "link_preview_options",
    "message_effect_id",
    "allow_paid_broadcast",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that passed every rule and only has to be put into its chat."""

    kind: str
    content: Json
    html: str


def send_message(world: World, given: Parameters) -> object:
    """Bot API, sendMessage."""
    chat = world.reachable(given.plain("chat_id"))
    formatted = text_of(given)
    return deliver(world, given, chat, Draft("text", formatted.fields(), given.text("text")))


def send_photo(world: World, given: Parameters) -> object:
    """Bot API, sendPhoto."""
    chat = world.reachable(given.plain("chat_id"))
    content = photo_content(world, given, given.plain("photo") or given.files.get("photo"))
    if given.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return deliver(world, given, chat, with_caption("photo", content, given))


def send_document(world: World, given: Parameters) -> object:
    """Bot API, sendDocument."""
    chat = world.reachable(given.plain("chat_id"))
    content = document_content(world, given, given.plain("document") or given.files.get("document"))
    return deliver(world, given, chat, with_caption("document", content, given))


def send_chat_action(world: World, given: Parameters) -> object:
    """Bot API, sendChatAction."""
    chat = world.reachable(given.plain("chat_id"))
    if given.text("action") not in _ACTIONS:
        refuse("wrong parameter action in request")
    world.tell("typing", chat.id, data={"until": world.clock.now() + TYPING_SECONDS})
    return True


def text_of(given: Parameters) -> Formatted:
    """The text of a message, 1 to 4096 UTF-16 units after its entities are parsed.

    Raises:
        ApiError: it is longer, empty, or not valid markup.
    """
    source = given.text("text")
    formatted = read(source, given.text("parse_mode"), given.objects("entities"))
    if not formatted.text:
        refuse("text must be non-empty" if source else "message text is empty")
    if utf16_length(formatted.text) > LONGEST_TEXT:
        refuse("message is too long")
    return formatted


def caption_of(given: Parameters) -> Formatted:
    """The caption, 0 to 1024 UTF-16 units.

    Raises:
        ApiError: it is longer, or not valid markup.
    """
    entities = given.objects("caption_entities")
    formatted = read(given.text("caption"), given.text("parse_mode"), entities)
    if utf16_length(formatted.text) > LONGEST_CAPTION:
        refuse("message caption is too long")
    return formatted


def with_caption(kind: str, content: Json, given: Parameters) -> Draft:
    """Media and its caption."""
    content |= caption_of(given).fields("caption")
    if given.flag("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return Draft(kind, content, given.text("caption"))


def photo_content(world: World, given: Parameters, source: Any) -> Json:
    """The `photo` field of a message, from an upload or a file id.

    Raises:
        ApiError: there is none, or it is no photo.
    """
    found = _file(world, given, source, "photo")
    if isinstance(found, Upload):
        return {"photo": [file.as_photo_size() for file in world.files.keep_photo(found)]}
    again = world.files.keep_photo(Upload(found.name, found.mime_type, found.data))
    return {"photo": [file.as_photo_size() for file in again]}


def document_content(world: World, given: Parameters, source: Any) -> Json:
    """The `document` field of a message, from an upload or a file id.

    Raises:
        ApiError: there is none, or it is no document.
    """
    found = _file(world, given, source, "document")
    file = world.files.keep("document", found) if isinstance(found, Upload) else found
    return {"document": file.as_document()}


def deliver(world: World, given: Parameters, chat: Chat, draft: Draft) -> Json:
    """Put `draft` into `chat` with what the call asks for besides, and return it as Telegram does.

    Raises:
        ApiError: the keyboard or the message replied to is wrong, or the bot sends too fast.
    """
    markup = checked(given.plain("reply_markup"))
    reply_to = _replied_to(world, given, chat)
    world.limits.admit(chat.id)
    message = world.post(
        chat,
        world.bot,
        draft.kind,
        draft.content,
        html=draft.html,
        reply_markup=markup,
        reply_to=reply_to,
        options={name: given.values[name] for name in _KEPT if name in given.values},
    )
    return message.wire()


def _replied_to(world: World, given: Parameters, chat: Chat) -> Message | None:
    wanted = given.plain("reply_parameters")
    if wanted is None:
        return None
    if not isinstance(wanted, dict) or not isinstance(wanted.get("message_id"), int):
        refuse("can't parse reply parameters JSON object")
    message = world.history(chat.id).get(wanted["message_id"])
    if message is None and not wanted.get("allow_sending_without_reply"):
        refuse("message to be replied not found")
    return message


def _file(world: World, given: Parameters, source: Any, kind: str) -> Upload | File:
    """The upload or the known file that `source` names."""
    if isinstance(source, str) and source.startswith("attach://"):
        source = given.files.get(source.removeprefix("attach://"))
    if isinstance(source, Upload):
        if not source.data:
            refuse("file must be non-empty")
        return source
    if not source or not isinstance(source, str):
        refuse(f"there is no {kind} in the request")
    if source.startswith(("http://", "https://")):
        refuse("failed to get HTTP URL content")
    file = world.files.find(source)
    if file is None:
        refuse("wrong remote file identifier specified: Wrong string length")
    if file.kind != kind:
        refuse(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file
