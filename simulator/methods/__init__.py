"""The Bot API's methods: each takes the world and the parameters."""

from collections.abc import Callable

from simulator.methods import changing, profile, sending
from simulator.parameters import Parameters
from simulator.world import World

Method = Callable[[World, Parameters], object]

# Everything except getUpdates, which waits and so stands in simulator.polling.
METHODS: dict[str, Method] = {
    name.lower(): method
    for name, method in {
        "getMe": profile.get_me,
        "getChat": profile.get_chat,
        "sendMessage": sending.send_message,
        "sendPhoto": sending.send_photo,
        "sendDocument": sending.send_document,
        "sendChatAction": sending.send_chat_action,
        "editMessageText": changing.edit_message_text,
        "editMessageReplyMarkup": changing.edit_message_reply_markup,
        "deleteMessage": changing.delete_message,
        "deleteMessages": changing.delete_messages,
        "answerCallbackQuery": changing.answer_callback_query,
        "setMyCommands": profile.set_my_commands,
        "deleteMyCommands": profile.delete_my_commands,
        "setMyDescription": profile.set_my_description,
        "setMyShortDescription": profile.set_my_short_description,
        "setWebhook": profile.set_webhook,
        "deleteWebhook": profile.delete_webhook,
        "getWebhookInfo": profile.get_webhook_info,
    }.items()
}
