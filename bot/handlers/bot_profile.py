"""Publishes the bot's command menus and description to Telegram at startup."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import BotCommand, BotCommandScopeAllGroupChats

from bot import commands
from bot.bot_api import command_menus
from bot.bot_api.errors import ApiError
from bot.bot_api.sending import AnyApplication, AnyBot
from bot.context import Context
from bot.handlers.command_menus import build_menus
from storage.errors import UnavailableError

log = logging.getLogger(__name__)

# Seconds between attempts.
_RETRY_DELAY = 5.0


@asynccontextmanager
async def publish_in_background(
    application: AnyApplication, context: Context
) -> AsyncIterator[None]:
    """Publish the bot's profile in the background while the block runs."""
    publishing = asyncio.create_task(publish_profile(application, context))
    try:
        yield
    finally:
        publishing.cancel()
        with suppress(asyncio.CancelledError):
            await publishing


async def publish_profile(application: AnyApplication, context: Context) -> None:
    """Set command menus and description in every language; retried until it works."""
    while True:
        try:
            await _publish(application.bot, context)
        except ApiError as error:
            log.warning("The menu is not set yet", extra={"action": "menu", "why": str(error)})
            await asyncio.sleep(_RETRY_DELAY)
        except UnavailableError as error:
            log.warning("Roles are not known yet", extra={"action": "menu", "why": str(error)})
            await asyncio.sleep(_RETRY_DELAY)
        except Exception:  # menus are optional, so the bot goes on without them
            log.exception("The menu cannot be set", extra={"action": "menu_failed"})
            return
        else:
            return


async def _publish(bot: AnyBot, context: Context) -> None:
    groups = BotCommandScopeAllGroupChats()
    for language, translator in context.translators.by_language_code.items():
        code, about = None if language == "en" else language, commands.bot_description(translator)
        menu = [BotCommand(*one) for one in commands.learner_commands(translator).items()]
        await bot.set_my_commands(menu, language_code=code)
        menu = [BotCommand(*one) for one in commands.group_commands(translator).items()]
        await bot.set_my_commands(menu, scope=groups, language_code=code)
        await bot.set_my_description(about, language_code=code)
        await bot.set_my_short_description(about, language_code=code)
    for menu_of_one in await build_menus(context):
        await command_menus.set_menu_or_raise(bot, menu_of_one)
