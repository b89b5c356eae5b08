"""A Response becomes calls: one edit, at most a few messages, nothing lost to a small trouble."""

from collections.abc import AsyncIterator

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError
from telegram.ext import ExtBot

from bot.bot_api.rate_limiter import RateLimiter
from bot.bot_api.responding import PressReference, send_response
from bot.bot_api.sending import AnyBot
from bot.bot_api.transport import AiohttpRequest
from bot.messages import Button, Reply, Response
from simulator.messages import Message
from simulator.server import Simulator

AMINA = 1001
GO_ON = ((Button("Next", "n:c"),),)


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        simulator.world.say(AMINA, "/start")
        yield simulator


@pytest.fixture
async def bot(telegram: Simulator) -> AsyncIterator[AnyBot]:
    async with ExtBot(
        telegram.token,
        base_url=f"{telegram.url}/bot",
        request=AiohttpRequest(),
        rate_limiter=RateLimiter(),
    ) as connected:
        yield connected


def chat(telegram: Simulator) -> list[Message]:
    """What the bot has said."""
    return [message for message in telegram.world.chat(AMINA) if message.from_bot]


async def said(bot: AnyBot, telegram: Simulator, text: str = "A card") -> Message:
    """A message with a button, to press on."""
    await send_response(bot, AMINA, Response((Reply(text, GO_ON),)))
    return chat(telegram)[-1]


def pressed(telegram: Simulator, message: int | None) -> PressReference:
    """A press that Telegram knows."""
    query = telegram.world.press(AMINA, message or 1, "n:c").query_id
    return PressReference(query, message)


async def test_a_reply_is_html_without_a_link_preview(bot: AnyBot, telegram: Simulator) -> None:
    await send_response(bot, AMINA, Response((Reply("<b>See</b> https://example.org", GO_ON),)))

    (message,) = chat(telegram)
    assert message.text == "See https://example.org"
    assert {entity["type"] for entity in message.entities} == {"bold", "url"}
    assert message.options["link_preview_options"] == {"is_disabled": True}
    assert message.buttons == [[{"text": "Next", "callback_data": "n:c"}]]


async def test_messages_come_in_order(bot: AnyBot, telegram: Simulator) -> None:
    await send_response(bot, AMINA, Response((Reply("one"), Reply("two"))))

    assert [message.text for message in chat(telegram)] == ["one", "two"]


async def test_an_edit_takes_the_place_of_the_pressed_message(
    bot: AnyBot, telegram: Simulator
) -> None:
    card = await said(bot, telegram)

    press = pressed(telegram, card.id)
    await send_response(bot, AMINA, Response(edit=Reply("Feedback"), toast="Saved."), press)

    assert [message.text for message in chat(telegram)] == ["Feedback"]
    assert chat(telegram)[0].buttons == []
    assert telegram.world.query(press.query_id).text == "Saved."


async def test_an_edit_without_a_press_is_a_message(bot: AnyBot, telegram: Simulator) -> None:
    await send_response(bot, AMINA, Response(edit=Reply("Feedback")))

    assert [message.text for message in chat(telegram)] == ["Feedback"]


async def test_the_same_edit_twice_is_no_trouble(bot: AnyBot, telegram: Simulator) -> None:
    card = await said(bot, telegram)

    for _ in range(2):
        edit = Response(edit=Reply("A card", GO_ON))
        await send_response(bot, AMINA, edit, pressed(telegram, card.id))

    assert [message.text for message in chat(telegram)] == ["A card"]


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(
    bot: AnyBot, telegram: Simulator
) -> None:
    card = await said(bot, telegram)
    telegram.world.history(AMINA).pop(card.id)

    await send_response(bot, AMINA, Response(edit=Reply("Feedback")), pressed(telegram, card.id))

    assert [message.text for message in chat(telegram)] == ["Feedback"]


async def test_closing_takes_only_the_buttons(bot: AnyBot, telegram: Simulator) -> None:
    card = await said(bot, telegram)

    response = Response((Reply("Next card", GO_ON),), removes_buttons=True)
    await send_response(bot, AMINA, response, pressed(telegram, card.id))

    assert [(message.text, bool(message.buttons)) for message in chat(telegram)] == [
        ("A card", False),
        ("Next card", True),
    ]


async def test_markup_that_telegram_refuses_is_sent_as_the_plain_text_it_stands_for(
    bot: AnyBot, telegram: Simulator
) -> None:
    await send_response(bot, AMINA, Response((Reply("<b>1 &lt; 2 &amp; <i>3</b>", GO_ON),)))

    (message,) = chat(telegram)
    assert message.text == "1 < 2 & 3"
    assert message.buttons


async def test_a_toast_is_cut_to_what_telegram_takes(bot: AnyBot, telegram: Simulator) -> None:
    press = pressed(telegram, 1)

    await send_response(bot, AMINA, Response(toast="x" * 300), press)

    assert telegram.world.query(press.query_id).text == "x" * 200


@pytest.mark.parametrize("after", [151, 100_000])
async def test_a_press_that_is_too_old_to_answer_still_gets_its_message(
    bot: AnyBot, telegram: Simulator, after: int
) -> None:
    press = pressed(telegram, 1)
    telegram.world.clock.advance(after)

    await send_response(bot, AMINA, Response((Reply("Here you are"),), toast="Old"), press)

    assert [message.text for message in chat(telegram)] == ["Here you are"]


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageReplyMarkup"])
@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "html_502", "foreign"])
async def test_an_extra_that_fails_is_not_an_error(
    bot: AnyBot, telegram: Simulator, method: str, kind: str
) -> None:
    card = await said(bot, telegram)
    telegram.world.faults.add(method, kind)

    response = Response((Reply("Next card"),), removes_buttons=True)
    await send_response(bot, AMINA, response, pressed(telegram, card.id))

    assert [message.text for message in chat(telegram)] == ["A card", "Next card"]


async def test_a_message_that_fails_is_an_error_but_the_press_is_answered(
    bot: AnyBot, telegram: Simulator
) -> None:
    press = pressed(telegram, 1)
    telegram.world.faults.add("sendMessage", "drop_before")

    with pytest.raises(NetworkError):
        await send_response(bot, AMINA, Response((Reply("lost"),)), press)

    assert telegram.world.query(press.query_id).answered


async def test_somebody_who_blocked_the_bot_is_reported(bot: AnyBot, telegram: Simulator) -> None:
    telegram.world.block(AMINA)

    with pytest.raises(Forbidden):
        await send_response(bot, AMINA, Response((Reply("hello"),)))


async def test_a_message_that_can_never_be_sent_is_an_error(bot: AnyBot) -> None:
    with pytest.raises(BadRequest, match="too long"):
        await send_response(bot, AMINA, Response((Reply("x" * 5000),)))
