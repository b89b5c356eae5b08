"""The Bot API's methods, one subject a file: each takes the world and the parameters."""

from collections.abc import Callable

from simulator.methods import (
    answering,
    chats,
    copying,
    deleting,
    editing,
    menus,
    polls,
    pushing,
    sending,
)
from simulator.parameters import Parameters
from simulator.world import World

Method = Callable[[World, Parameters], object]

# Everything except getUpdates, which waits and so stands in simulator.polling.
METHODS: dict[str, Method] = {
    name.lower(): method
    for name, method in {
        "getMe": chats.get_me,
        "getChat": chats.get_chat,
        "getChatMember": chats.get_chat_member,
        "getChatMemberCount": chats.get_chat_member_count,
        "getFile": chats.get_file,
        "leaveChat": chats.leave_chat,
        "sendMessage": sending.send_message,
        "sendPhoto": sending.send_photo,
        "sendDocument": sending.send_document,
        "sendChatAction": sending.send_chat_action,
        "editMessageText": editing.edit_message_text,
        "editMessageCaption": editing.edit_message_caption,
        "editMessageReplyMarkup": editing.edit_message_reply_markup,
        "editMessageMedia": editing.edit_message_media,
        "deleteMessage": deleting.delete_message,
        "deleteMessages": deleting.delete_messages,
        "answerCallbackQuery": answering.answer_callback_query,
        "setMessageReaction": answering.set_message_reaction,
        "pinChatMessage": answering.pin_chat_message,
        "unpinChatMessage": answering.unpin_chat_message,
        "copyMessage": copying.copy_message,
        "forwardMessage": copying.forward_message,
        "sendPoll": polls.send_poll,
        "stopPoll": polls.stop_poll,
        "setMyCommands": menus.set_my_commands,
        "getMyCommands": menus.get_my_commands,
        "deleteMyCommands": menus.delete_my_commands,
        "setMyName": menus.set_my_name,
        "getMyName": menus.get_my_name,
        "setMyDescription": menus.set_my_description,
        "getMyDescription": menus.get_my_description,
        "setMyShortDescription": menus.set_my_short_description,
        "getMyShortDescription": menus.get_my_short_description,
        "setChatMenuButton": menus.set_chat_menu_button,
        "getChatMenuButton": menus.get_chat_menu_button,
        "setWebhook": pushing.set_webhook,
        "deleteWebhook": pushing.delete_webhook,
        "getWebhookInfo": pushing.get_webhook_info,
    }.items()
}
