"""A picture is uploaded once, and goes by its id afterwards."""

import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bot_api.media import MediaBot
from bot.bot_api.rate_limiter import RateLimiter
from bot.bot_api.responding import send_response
from bot.bot_api.transport import AiohttpRequest
from bot.messages import Reply, Response
from simulator.server import Simulator
from storage.errors import UnavailableError
from storage.statements import Statement
from storage.store import Store

AMINA, FARID = 1001, 2001

# The smallest PNG there is: one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccff0"
    "bf1e000684027f1cdee9a80000000049454e44ae426082"
)


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        for person in (AMINA, FARID):
            simulator.world.say(person, "/start")
        yield simulator


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    opened = await Store.open(store_url, 0)
    yield opened
    await opened.close()


@pytest.fixture
def picture(tmp_path: Path) -> Reply:
    path = tmp_path / "map.png"
    path.write_bytes(PIXEL)
    return Reply("Who decides what.", picture_path=path)


def connected(telegram: Simulator, store: Store) -> MediaBot:
    return MediaBot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        request=AiohttpRequest(),
        rate_limiter=RateLimiter(),
        store=store,
        folder=Path(),
        clock=lambda: 0,
    )


def photos(telegram: Simulator) -> list[object]:
    return [c.params["photo"] for c in telegram.world.calls if c.method.lower() == "sendphoto"]


async def test_the_second_person_gets_the_picture_by_its_id(
    telegram: Simulator, store: Store, picture: Reply
) -> None:
    async with connected(telegram, store) as bot:
        for person in (AMINA, FARID):
            await send_response(bot, person, Response((picture,)))

    uploaded, by_id = photos(telegram)
    assert by_id != uploaded
    assert await store.fetch_file_id(int(telegram.token.partition(":")[0]), _digest()) == by_id
    assert telegram.world.chat(FARID)[-1].text == "Who decides what."


async def test_the_id_is_known_after_a_restart(
    telegram: Simulator, store: Store, picture: Reply
) -> None:
    for _ in range(2):
        async with connected(telegram, store) as bot:
            await send_response(bot, AMINA, Response((picture,)))

    uploaded, by_id = photos(telegram)
    assert by_id != uploaded


async def test_a_changed_picture_is_another_one(
    telegram: Simulator, store: Store, picture: Reply
) -> None:
    assert picture.picture_path is not None
    async with connected(telegram, store) as bot:
        await send_response(bot, AMINA, Response((picture,)))
        picture.picture_path.write_bytes(PIXEL + b"\0")
        await send_response(bot, AMINA, Response((picture,)))

    assert photos(telegram) == ["map.png", "map.png"], "uploaded, not by the id of the old one"


async def test_an_id_that_telegram_no_longer_takes_is_replaced(
    telegram: Simulator, store: Store, picture: Reply
) -> None:
    async with connected(telegram, store) as bot:
        await send_response(bot, AMINA, Response((picture,)))
        telegram.world.faults.add(
            method="sendPhoto",
            kind="status",
            code=400,
            description="Bad Request: wrong file identifier/HTTP URL specified",
        )
        await send_response(bot, AMINA, Response((picture,)))

    assert len(photos(telegram)) == 3
    assert sum(bool(message.text) for message in telegram.world.chat(AMINA)[1:]) == 2


@pytest.mark.timeout(60)
async def test_of_a_pipe_in_place_of_a_picture_the_words_are_left(
    telegram: Simulator, store: Store, picture: Reply
) -> None:
    assert picture.picture_path is not None
    picture.picture_path.unlink()
    os.mkfifo(picture.picture_path)
    async with connected(telegram, store) as bot:
        await send_response(bot, AMINA, Response((picture,)))

    assert photos(telegram) == []
    assert telegram.world.chat(AMINA)[-1].text == "Who decides what."


class FullStore(Store):
    """Reads, and cannot write."""

    async def write(self, *statements: Statement) -> None:
        reason = f"no room for {len(statements)}"
        raise UnavailableError(reason)


async def test_a_picture_that_is_out_does_not_fail_because_its_id_cannot_be_kept(
    telegram: Simulator, store: Store, picture: Reply
) -> None:
    store.__class__ = FullStore
    async with connected(telegram, store) as bot:
        for person in (AMINA, FARID):
            await send_response(bot, person, Response((picture,)))

    uploaded, by_id = photos(telegram)
    assert by_id != uploaded
    store.__class__ = Store


def _digest() -> str:
    return hashlib.sha256(PIXEL).hexdigest()
