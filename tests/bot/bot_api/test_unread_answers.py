import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer
from telegram.error import TelegramError

from bot.bot_api.transport import AiohttpRequest


async def _answered(body: str, method: str) -> object:
    """What the transport gives for `body`, answered with 200 to a call of `method`."""

    async def tell(_request: web.BaseRequest) -> web.Response:
        return web.Response(text=body)

    async with RawTestServer(tell) as server, AiohttpRequest() as request:
        return await request.post(str(server.make_url(f"/bot1:A/{method}")))


async def test_an_edited_message_that_nobody_reads_is_not_made_into_objects() -> None:
    body = '{"ok":true,"result":{"message_id":1}}'

    assert await _answered(body, "editMessageText") is True
    assert await _answered(body, "sendMessage") == {"message_id": 1}


@pytest.mark.parametrize(
    "body",
    [
        '{"ok":true,"result":{"mess',
        "[]",
        "{}",
        '{"ok":true}',
        "<html>",
        pytest.param("[" * 100_000, id="too deep"),
    ],
)
async def test_an_answer_that_is_not_telegrams_does_not_pass_for_a_done_edit(body: str) -> None:
    with pytest.raises(TelegramError):
        await _answered(body, "editMessageText")
