"""Peers of the bot: bots that answer a press, edit the message and store nothing.

Each runs as a process of its own, `python -m bench.peers NAME`, and gets what it needs from
standard input: the API's address, its token, the text and the buttons of the edit.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

# As many updates at once as are ever in flight here.
_AT_ONCE = 256


async def stock(api: str, token: str, text: str, rows: Any) -> None:
    """Plain python-telegram-bot: HTTPXRequest with its defaults, sequential calls."""
    await _ptb(api, token, text, rows, ours=False)


async def bare(api: str, token: str, text: str, rows: Any) -> None:
    """python-telegram-bot over this bot's transport, both calls concurrently, as in this bot."""
    await _ptb(api, token, text, rows, ours=True)


async def aiogram(api: str, token: str, text: str, rows: Any) -> None:
    """Plain aiogram: sequential calls."""
    from aiogram import Bot, Dispatcher  # noqa: PLC0415 - each process imports only its own
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.types import (  # noqa: PLC0415
        CallbackQuery,
        InlineKeyboardMarkup,
        LinkPreviewOptions,
        Message,
    )

    session = AiohttpSession(api=TelegramAPIServer.from_base(api), limit=_AT_ONCE)
    bot = Bot(token, session=session)
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def on_press(query: CallbackQuery) -> None:
        await query.answer()
        assert isinstance(query.message, Message), "the stub gives the whole message"
        await query.message.edit_text(
            text,
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=InlineKeyboardMarkup(inline_keyboard=rows),
        )

    await dispatcher.start_polling(
        bot, handle_signals=False, tasks_concurrency_limit=_AT_ONCE, close_bot_session=True
    )


async def _ptb(api: str, token: str, text: str, rows: Any, *, ours: bool) -> None:
    from telegram import (  # noqa: PLC0415
        InlineKeyboardButton,
        InlineKeyboardMarkup,
        LinkPreviewOptions,
        Update,
    )
    from telegram.ext import Application, CallbackQueryHandler  # noqa: PLC0415

    def button(b: dict[str, str]) -> InlineKeyboardButton:
        return InlineKeyboardButton(b["text"], callback_data=b["callback_data"])

    async def on_press(update: Update, _: Any) -> None:
        query = update.callback_query
        assert query is not None, "only presses are handled"

        def edit() -> Awaitable[Any]:
            return query.edit_message_text(
                text,
                parse_mode="HTML",
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=InlineKeyboardMarkup([[button(b) for b in row] for row in rows]),
            )

        if ours:
            await asyncio.gather(query.answer(), edit())
        else:
            await query.answer()
            await edit()

    builder = Application.builder().token(token).base_url(f"{api}/bot").concurrent_updates(_AT_ONCE)
    if ours:
        from bot.bot_api.transport import AiohttpRequest  # noqa: PLC0415

        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    application = builder.build()
    application.add_handler(CallbackQueryHandler(on_press))
    async with application:
        assert application.updater is not None, "it is there unless it was taken out"
        await application.start()
        await application.updater.start_polling(poll_interval=0)
        await asyncio.Event().wait()


PEERS: dict[str, Callable[[str, str, str, Any], Awaitable[None]]] = {
    "stock": stock,
    "aiogram": aiogram,
    "bare": bare,
}


async def _main() -> None:
    order = orjson.loads(sys.stdin.buffer.read())
    await PEERS[sys.argv[1]](order["api"], order["token"], order["text"], order["rows"])


if __name__ == "__main__":
    asyncio.run(_main())
