"""What is seen from outside at /health, from the start on."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from telegram.error import RetryAfter

from bot import app
from bot.bot_api import transport
from bot.settings import Settings
from simulator.server import Simulator
from storage.store import Store
from tests.course.examples import SMALL
from tests.faults.process import free_port
from tests.support.patience import STUCK, until
from tests.support.running import SHORT_WAITS

NOW = 1_794_830_400_000


async def health(port: int) -> tuple[int, dict[str, object]]:
    """The status and what is told, once somebody answers there."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(STUCK):
        while True:
            with suppress(aiohttp.ClientConnectorError):
                async with session.get(f"http://127.0.0.1:{port}/health") as answer:
                    return answer.status, await answer.json()
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("code", "body"),
    [(200, "{}"), (200, "null"), (200, "[]"), (200, '{"ok":true}'), (401, "<html>"), (404, "{}")],
)
async def test_a_start_behind_a_server_that_is_not_telegram_waits_for_telegram(
    tmp_path: Path, code: int, body: str
) -> None:
    store = await Store.open(f"sqlite:///{tmp_path / 'tutor.db'}", NOW)
    async with Simulator() as telegram:
        telegram.world.faults.add("getMe", "foreign", times=3, code=code, body=body)
        settings = Settings(token=SecretStr(telegram.token), api_url=telegram.url)

        async with app.run_bot(settings, SMALL, store, lambda: NOW, waits=SHORT_WAITS) as tutor:
            assert len(telegram.world.faults) == 0
            assert tutor.username

    await store.close()


async def test_a_stop_before_telegram_answers_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    opened: list[aiohttp.ClientSession] = []
    opens = aiohttp.ClientSession

    def noted(**wanted: Any) -> aiohttp.ClientSession:
        opened.append(opens(**wanted))
        return opened[-1]

    monkeypatch.setattr(transport.aiohttp, "ClientSession", noted)
    store = await Store.open(f"sqlite:///{tmp_path / 'tutor.db'}", NOW)
    async with Simulator() as telegram:
        telegram.world.faults.add("getMe", "foreign", times=100)
        settings = Settings(token=SecretStr(telegram.token), api_url=telegram.url)

        async def serves() -> None:
            async with app.run_bot(settings, SMALL, store, lambda: NOW):
                pass

        serving = asyncio.create_task(serves())
        await until(lambda: "Telegram is out of reach" in caplog.text)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    await store.close()

    assert [one.closed for one in opened] == [True, True]


async def test_health_is_told_while_telegram_is_out_of_reach_at_the_start(
    tmp_path: Path,
) -> None:
    seen, telegram = free_port(), Simulator()
    async with telegram:
        token, url = telegram.token, telegram.url
    settings = Settings(token=SecretStr(token), api_url=url, listen=f"127.0.0.1:{seen}")
    store = await Store.open(f"sqlite:///{tmp_path / 'tutor.db'}", NOW)

    async def serves() -> None:
        async with app.run_bot(settings, SMALL, store, lambda: NOW, waits=SHORT_WAITS) as tutor:
            await tutor.poll()

    serving = asyncio.create_task(serves())
    status, told = await health(seen)

    assert (status, told["live"], told["ready"]) == (503, True, False)
    assert told["seconds_since_poll"] is None
    await telegram.start(port=int(url.rpartition(":")[2]))
    async with asyncio.timeout(STUCK):
        while status != 200:
            status, told = await health(seen)
    assert told["ready"] is True

    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    await telegram.stop()
    await store.close()


async def test_every_429_is_counted_also_of_polls_and_of_calls_without_a_chat(
    tmp_path: Path,
) -> None:
    store = await Store.open(f"sqlite:///{tmp_path / 'tutor.db'}", NOW)
    async with Simulator() as telegram, aiohttp.ClientSession() as session:
        place = f"127.0.0.1:{free_port()}"
        settings = Settings(token=SecretStr(telegram.token), api_url=telegram.url, listen=place)
        async with app.run_bot(settings, SMALL, store, lambda: NOW) as tutor:
            faults = telegram.world.faults
            faults.add("answerCallbackQuery", "retry_after", seconds=1)
            with pytest.raises(RetryAfter):
                await tutor.application.bot.answer_callback_query("1")
            faults.add("getUpdates", "retry_after", seconds=1)
            polling = asyncio.create_task(tutor.poll())
            await until(lambda: tutor.context.measure_health(None).refusals >= 2)
            told = tutor.context.measure_health(None)
            async with session.get(f"http://{place}/metrics") as answer:
                metrics = await answer.text()
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
    await store.close()

    assert told.refusals == 2
    assert "tutorbot_too_many_requests 2.0" in metrics
