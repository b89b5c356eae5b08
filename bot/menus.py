"""The commands that Telegram lists for people who may do more than learn."""

import logging
from typing import Any

from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.replies import Menu

log = logging.getLogger(__name__)


async def set_menu(bot: ExtBot[Any], menu: Menu) -> None:
    """Set which commands Telegram lists for one person; what fails is set at the next start.

    Bot API, BotCommandScopeChat: refused for a chat that the person has not begun.
    """
    scope = BotCommandScopeChat(menu.person)
    try:
        if menu.commands:
            commands = [BotCommand(*one) for one in menu.commands.items()]
            await bot.set_my_commands(commands, scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    except TelegramError:
        log.info("A menu could not be set", extra={"action": "menu_failed"})
