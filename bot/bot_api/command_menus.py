"""Command menus of individual people: facilitators and admins."""

import logging
from typing import Any

from telegram import BotCommand, BotCommandScopeChat
from telegram.ext import ExtBot

from bot.bot_api.errors import ApiError, classify
from bot.messages import CommandMenu

log = logging.getLogger(__name__)


async def set_menu(bot: ExtBot[Any], menu: CommandMenu) -> None:
    """Set one person's command menu, logging any error.

    After an error it is set again on /start or when the program starts.
    """
    try:
        await set_menu_or_raise(bot, menu)
    except ApiError:
        log.info("A menu could not be set", extra={"action": "menu_failed"})


async def set_menu_or_raise(bot: ExtBot[Any], menu: CommandMenu) -> None:
    """Set one person's command menu; ignores chats that were never started or are blocked.

    Raises:
        ApiError: it could not be set now.
    """
    scope = BotCommandScopeChat(menu.person)
    try:
        if menu.commands:
            commands = [BotCommand(*one) for one in menu.commands.items()]
            await bot.set_my_commands(commands, scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    except ApiError as error:
        if not classify(error).kind.is_final:  # Bot API, BotCommandScopeChat
            raise
        log.info("A menu was refused", extra={"action": "menu_refused"})
