"""The commands that Telegram lists for people who may do more than learn."""

import logging
from typing import Any

from telegram import BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot.replies import Menu

log = logging.getLogger(__name__)


async def set_menu(bot: ExtBot[Any], menu: Menu) -> None:
    """Set which commands Telegram lists for one person.

    What fails is set when they write /start, or at the next start of the program.
    """
    try:
        await try_menu(bot, menu)
    except TelegramError:
        log.info("A menu could not be set", extra={"action": "menu_failed"})


async def try_menu(bot: ExtBot[Any], menu: Menu) -> None:
    """The same, and nothing for a chat that the person has not begun, or has blocked.

    Raises:
        telegram.error.TelegramError: not at this moment.
    """
    scope = BotCommandScopeChat(menu.person)
    try:
        if menu.commands:
            commands = [BotCommand(*one) for one in menu.commands.items()]
            await bot.set_my_commands(commands, scope=scope)
        else:
            await bot.delete_my_commands(scope=scope)
    except (BadRequest, Forbidden):  # Bot API, BotCommandScopeChat
        log.info("A menu was refused", extra={"action": "menu_refused"})
