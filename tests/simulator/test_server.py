"""Over HTTP: tokens, bodies of every form, the log of calls, and a clean end."""

import asyncio
import signal
import sys

import aiohttp
import pytest

from simulator.server import Simulator
from simulator.world import World
from tests.simulator.conftest import AMINA, Answer, Bot
from tests.support.patience import STUCK


@pytest.mark.parametrize(
    ("token", "status", "description"),
    [
        ("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 401, "Unauthorized"),
        ("123456", 404, "Not Found"),
        ("nonsense", 404, "Not Found"),
    ],
)
async def test_a_wrong_token_is_refused(
    simulator: Simulator,
    session: aiohttp.ClientSession,
    token: str,
    status: int,
    description: str,
) -> None:
    answer = await Bot(session, f"{simulator.url}/bot{token}")("getMe")

    assert answer.status == status
    assert answer.body == {"ok": False, "error_code": status, "description": description}


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    assert (await bot("sendCake")).body == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }


async def test_every_form_of_a_request_is_read_alike(world: World, bot: Bot) -> None:
    markup = '{"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}'
    values = {"chat_id": str(AMINA), "text": "[1]", "reply_markup": markup}
    multipart = aiohttp.FormData(values, default_to_multipart=True)

    await bot("SENDMESSAGE", **values)
    await bot.send_form("sendmessage", values)
    await bot.send_form("sendMessage", multipart)
    async with bot.session.get(f"{bot.base}/sendMessage", params=values) as response:
        assert response.status == 200

    messages = world.chat(AMINA)[1:]
    assert [message.text for message in messages] == ["[1]"] * 4
    assert all(message.buttons[0][0]["text"] == "A" for message in messages)
    logged = [call.params for call in world.calls]
    assert logged == [logged[0]] * 4
    assert logged[0]["chat_id"] == AMINA


async def test_a_body_that_is_not_json_is_refused(bot: Bot) -> None:
    headers = {"Content-Type": "application/json"}
    async with bot.session.post(f"{bot.base}/getMe", data=b"{", headers=headers) as response:
        assert response.status == 400


async def test_every_call_is_logged(world: World, bot: Bot) -> None:
    await bot("sendMessage", chat_id=AMINA, text="x")
    await bot("sendMessage", chat_id=77, text="x")

    first, second = world.calls
    assert (first.number, first.method, first.status) == (1, "sendMessage", 200)
    assert first.params == {"chat_id": AMINA, "text": "x"}
    assert first.at == world.clock.now()
    assert second.response["description"] == "Bad Request: chat not found"


async def test_a_stop_ends_an_open_poll_at_once(
    world: World, bot: Bot, simulator: Simulator
) -> None:
    connected = asyncio.Event()
    world.listen(lambda event: connected.set() if event.kind == "bot" else None)
    poll = asyncio.create_task(bot("getUpdates", timeout=50))
    await connected.wait()

    await simulator.stop()

    (answer,) = await asyncio.gather(poll, return_exceptions=True)
    assert isinstance(answer, aiohttp.ClientError) or (
        isinstance(answer, Answer) and answer.result == []
    )


async def test_a_simulator_comes_back_with_what_it_knew(bot: Bot, simulator: Simulator) -> None:
    port = int(simulator.url.rpartition(":")[2])
    await bot.sends("before")

    await simulator.stop()
    with pytest.raises(aiohttp.ClientError):
        await bot("getMe")
    await simulator.start(port=port)

    assert (await bot("getMe")).status == 200
    assert [message.text for message in simulator.world.chat(AMINA)] == ["/start", "before"]


async def test_it_listens_to_this_machine_only() -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        await Simulator().start(host="0.0.0.0")  # noqa: S104 - refused


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
async def test_it_runs_alone_and_ends_when_asked(
    session: aiohttp.ClientSession, end: signal.Signals
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulator", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    page = (await process.stdout.readline()).decode().split()[-1]

    async with session.get(f"{page}control/events?chat=1001") as events:
        assert await events.content.readline() == b": connected\n"
        process.send_signal(end)
        async with asyncio.timeout(STUCK):
            code = await process.wait()

    assert code == 0
