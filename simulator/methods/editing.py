"""Changes to what the bot has sent: text, caption, keyboard, picture."""

from simulator.errors import refuse
from simulator.keyboards import checked, inline_only
from simulator.messages import Message
from simulator.methods.sending import (
    Draft,
    caption_of,
    document_content,
    photo_content,
    text_of,
    with_caption,
)
from simulator.parameters import Parameters
from simulator.wire import Json
from simulator.world import World

_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MEDIA = ("photo", "document")


def edit_message_text(world: World, given: Parameters) -> object:
    """Bot API, editMessageText."""
    message = _editable(world, given)
    formatted = text_of(given)
    if "text" not in message.content:
        refuse("there is no text in the message to edit")
    preview = given.values.get("link_preview_options", message.options.get("link_preview_options"))
    options = message.options | ({"link_preview_options": preview} if preview else {})
    draft = Draft("text", formatted.fields(), given.text("text"))
    return _change(world, given, message, draft, options)


def edit_message_caption(world: World, given: Parameters) -> object:
    """Bot API, editMessageCaption."""
    message = _editable(world, given)
    if not any(name in message.content for name in _MEDIA):
        refuse("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if name not in _CAPTION}
    return _change(world, given, message, with_caption(message.kind, kept, given))


def edit_message_reply_markup(world: World, given: Parameters) -> object:
    """Bot API, editMessageReplyMarkup."""
    message = _editable(world, given)
    draft = Draft(message.kind, message.content, message.html or "")
    return _change(world, given, message, draft)


def edit_message_media(world: World, given: Parameters) -> object:
    """Bot API, editMessageMedia, for photos and documents."""
    message = _editable(world, given)
    media = given.plain("media")
    if not isinstance(media, dict) or media.get("type") not in _MEDIA:
        refuse("can't parse InputMedia: Type must be photo or document in this simulator")
    reader = photo_content if media["type"] == "photo" else document_content
    content = reader(world, given, media.get("media"))
    content |= caption_of(given, media).fields("caption")
    draft = Draft(media["type"], content, str(media.get("caption") or ""))
    return _change(world, given, message, draft)


def _editable(world: World, given: Parameters) -> Message:
    """The bot's own message that the call names.

    Raises:
        ApiError: there is none, or it is somebody else's.
    """
    if given.text("inline_message_id"):
        refuse("MESSAGE_ID_INVALID")
    chat = world.find_chat(given.plain("chat_id"))
    if not given.number("message_id"):
        refuse("message identifier is not specified")
    message = world.history(chat.id).get(given.number("message_id"))
    if message is None:
        refuse("message to edit not found")
    if not message.from_bot or message.kind == "system" or "forward_origin" in message.content:
        refuse("message can't be edited")
    return message


def _change(
    world: World,
    given: Parameters,
    message: Message,
    draft: Draft,
    options: Json | None = None,
) -> Json:
    """Make `message` what `draft` says, under the keyboard of the call; none means no keyboard."""
    markup = inline_only(checked(given.plain("reply_markup")))
    options = message.options if options is None else options
    before = (message.content, message.reply_markup if message.buttons else None, message.options)
    if (draft.content, markup, options) == before:
        refuse(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    world.limits.admit(message.chat.id, edits=True)
    message.edited = message.edited or message.content != draft.content
    message.kind, message.content, message.html = draft.kind, draft.content, draft.html
    message.reply_markup, message.options = markup, options
    message.edit_date = world.today()
    if not message.hidden:
        world.tell("edit", message.chat.id, message)
    return message.wire()
