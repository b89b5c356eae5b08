"""Publishes the bot's command menus and description to Telegram at startup."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import BotCommand, BotCommandScopeAllGroupChats
from telegram.error import TelegramError

from bot import commands
from bot.bot_api import command_menus
from bot.context import Desk
from bot.handlers import roles
from bot.handlers.registry import AnyApplication
from storage.errors import UnavailableError

log = logging.getLogger(__name__)

# Seconds between attempts.
_AGAIN = 5.0


@asynccontextmanager
async def introduced(application: AnyApplication, desk: Desk) -> AsyncIterator[None]:
    """Publish the bot's profile in the background while the block runs."""
    introduction = asyncio.create_task(introduce(application, desk))
    try:
        yield
    finally:
        introduction.cancel()
        with suppress(asyncio.CancelledError):
            await introduction


async def introduce(application: AnyApplication, desk: Desk) -> None:
    """Set command menus and description in every language; retried until it works."""
    bot = application.bot
    while True:
        try:
            for language, voice in desk.voices.by_code.items():
                code = None if language == "en" else language
                menu = [BotCommand(*one) for one in commands.described(voice).items()]
                await bot.set_my_commands(menu, language_code=code)
                grouped = [BotCommand(*one) for one in commands.of_groups(voice).items()]
                groups = BotCommandScopeAllGroupChats()
                await bot.set_my_commands(grouped, scope=groups, language_code=code)
                await bot.set_my_description(commands.description(voice), language_code=code)
                await bot.set_my_short_description(commands.description(voice), language_code=code)
            for menu_of_one in await roles.menus(desk):
                await command_menus.try_menu(bot, menu_of_one)
        except TelegramError as error:
            log.warning("The menu is not set yet", extra={"action": "menu", "why": str(error)})
            await asyncio.sleep(_AGAIN)
        except UnavailableError as error:
            log.warning("Roles are not known yet", extra={"action": "menu", "why": str(error)})
            await asyncio.sleep(_AGAIN)
        except Exception:  # menus are optional, so the bot goes on without them
            log.exception("The menu cannot be set", extra={"action": "menu_failed"})
            return
        else:
            return
