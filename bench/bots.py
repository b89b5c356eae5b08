"""The bots that are measured: `python -m bench.bots NAME`, with a JSON object on standard input.

The peers do what this bot does for a press: they read the learner's answers, insert one, commit,
answer the press and edit the message. A kill loses the updates that they have in hand; this bot
has every update on disk before it is confirmed.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

import aiosqlite
import orjson

# As many updates at once as are ever in flight here.
_AT_ONCE = 256

Order = dict[str, Any]


class AnswerTable:
    """Answers stored as ordinary bots store them: one aiosqlite connection, one commit each."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._transaction = asyncio.Lock()

    @classmethod
    async def open(cls, path: str) -> "AnswerTable":
        """Open or create the database."""
        connection = await aiosqlite.connect(path)
        await connection.execute("pragma journal_mode = wal")
        await connection.execute("pragma synchronous = full")
        await connection.execute(
            "create table if not exists answers"
            " (id integer primary key, learner int, data text, at int default (unixepoch()))"
        )
        await connection.execute("create index if not exists by_learner on answers (learner)")
        await connection.commit()
        return cls(connection)

    async def record(self, learner: int, data: str) -> None:
        """Read what the learner has answered, and commit one answer more."""
        async with self._transaction:
            await self._connection.execute_fetchall(
                "select data, at from answers where learner = ?", (learner,)
            )
            await self._connection.execute(
                "insert into answers (learner, data) values (?, ?)", (learner, data)
            )
            await self._connection.commit()

    async def close(self) -> None:
        """Close the database."""
        await self._connection.close()


async def ours(order: Order) -> None:
    """This whole bot as `tutorbot run` runs it, unless asked without Telegram's rate limits."""
    from bot.bot_api.rate_limits import Rates  # noqa: PLC0415 - each process imports only its own
    from bot.course_files import load_course  # noqa: PLC0415
    from bot.serve import serve  # noqa: PLC0415
    from bot.settings import load_settings  # noqa: PLC0415

    os.environ |= {
        "TUTORBOT_TOKEN": order["token"],
        "TUTORBOT_API_URL": order["api"],
        "TUTORBOT_DATABASE_URL": order["database"],
        "TUTORBOT_ADMINS": order.get("admins", ""),
        "TUTORBOT_LOG_LEVEL": "ERROR",
        "TUTORBOT_LISTEN": "",
    }
    unlimited = Rates(per_second=1_000_000, burst=1_000_000, group_per_minute=1_000_000)
    settings = load_settings()
    rates = Rates() if order.get("limited") else unlimited
    await serve(settings, load_course(settings.course), rates=rates)


async def aiogram(order: Order) -> None:
    """Aiogram as it comes, with aiosqlite."""
    from aiogram import Bot, Dispatcher  # noqa: PLC0415
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.types import (  # noqa: PLC0415
        CallbackQuery,
        InlineKeyboardMarkup,
        LinkPreviewOptions,
        Message,
    )

    table = await AnswerTable.open("answers-aiogram.db")
    session = AiohttpSession(api=TelegramAPIServer.from_base(order["api"]), limit=_AT_ONCE)
    bot, dispatcher = Bot(order["token"], session=session), Dispatcher()

    @dispatcher.callback_query()
    async def on_press(query: CallbackQuery) -> None:
        await table.record(query.from_user.id, query.data or "")
        await query.answer()
        assert isinstance(query.message, Message), "the stub gives the whole message"
        await query.message.edit_text(
            order["text"],
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=InlineKeyboardMarkup(inline_keyboard=order["rows"]),
        )

    await dispatcher.start_polling(
        bot, handle_signals=False, tasks_concurrency_limit=_AT_ONCE, close_bot_session=True
    )


async def ptb(order: Order) -> None:
    """python-telegram-bot as it comes, with aiosqlite."""
    from telegram import (  # noqa: PLC0415
        InlineKeyboardButton,
        InlineKeyboardMarkup,
        LinkPreviewOptions,
        Update,
    )
    from telegram.ext import Application  # noqa: PLC0415

    table = await AnswerTable.open("answers-ptb.db")

    async def on_press(update: Update, _context: object) -> None:
        query = update.callback_query
        assert query is not None, "only presses are handled"
        await table.record(query.from_user.id, query.data or "")
        await query.answer()
        rows = [[InlineKeyboardButton(**button) for button in row] for row in order["rows"]]
        await query.edit_message_text(
            order["text"],
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=InlineKeyboardMarkup(rows),
        )

    await _run_ptb(Application.builder(), order, on_press)


async def ptb_broadcast(order: Order) -> None:
    """python-telegram-bot with its own rate limiter; the first press starts a broadcast."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update  # noqa: PLC0415
    from telegram.error import TelegramError  # noqa: PLC0415
    from telegram.ext import AIORateLimiter, Application, ContextTypes  # noqa: PLC0415

    logging.disable(logging.ERROR)  # 429s are counted, not logged

    async def on_press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None, "only presses are handled"
        if query.data == "broadcast":
            await asyncio.gather(*(send(context.bot, person) for person in order["people"]))
        else:
            with suppress(TelegramError):
                await asyncio.gather(query.answer(), query.edit_message_text(f"Card {query.data}"))

    async def send(bot: Any, person: int) -> None:
        with suppress(TelegramError):  # missing; the count shows it
            await bot.send_message(person, order["text"])

    async def send_cards(bot: Any) -> None:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Turn", callback_data="turn")]])
        for person in order["tapping"]:
            await bot.send_message(person, "Card", reply_markup=markup)

    builder = Application.builder().rate_limiter(AIORateLimiter(order["rate"], max_retries=5))
    await _run_ptb(builder, order, on_press, send_cards)


async def _nothing(_bot: object) -> None: ...


async def _run_ptb(
    builder: Any,
    order: Order,
    on_press: Callable[[Any, Any], Coroutine[Any, Any, None]],
    before: Callable[[Any], Awaitable[None]] = _nothing,
) -> None:
    from telegram.ext import CallbackQueryHandler  # noqa: PLC0415

    base = f"{order['api']}/bot"
    application = builder.token(order["token"]).base_url(base).concurrent_updates(_AT_ONCE).build()
    application.add_handler(CallbackQueryHandler(on_press))
    async with application:
        await before(application.bot)
        await application.start()
        await application.updater.start_polling(poll_interval=0)
        await asyncio.Event().wait()


_BOTS = {one.__name__: one for one in (ours, aiogram, ptb, ptb_broadcast)}


if __name__ == "__main__":
    asyncio.run(_BOTS[sys.argv[1]](orjson.loads(sys.stdin.buffer.read())))
