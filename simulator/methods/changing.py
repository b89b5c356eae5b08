"""Changes to what the bot has sent, deletions, and answers to presses."""

from simulator.chats import Chat, Person
from simulator.errors import refuse
from simulator.keyboards import checked, inline_only
from simulator.messages import Message
from simulator.methods.sending import Draft, text_of
from simulator.parameters import Parameters
from simulator.wire import Json
from simulator.world import World

LONGEST_TOAST = 200
# Bot API, deleteMessage: "A message can only be deleted if it was sent less than 48 hours ago."
DELETABLE_SECONDS = 48 * 3600
MOST_AT_ONCE = 100


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


def edit_message_reply_markup(world: World, given: Parameters) -> object:
    """Bot API, editMessageReplyMarkup."""
    message = _editable(world, given)
    draft = Draft(message.kind, message.content, message.html or "")
    return _change(world, given, message, draft)


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
    if not message.from_bot or message.kind == "system":
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


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    young = world.clock.now() - message.date < DELETABLE_SECONDS
    return young and (message.from_bot or isinstance(chat, Person))
