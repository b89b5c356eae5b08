"""python-telegram-bot against the simulator: it must not notice the difference."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from simulator.files import plain_picture
from simulator.server import Simulator
from simulator.world import World
from tests.simulator.conftest import AMINA


@pytest_asyncio.fixture
async def client(simulator: Simulator, world: World) -> AsyncIterator[Bot]:  # noqa: ARG001
    base = f"{simulator.url}/bot"
    files = f"{simulator.url}/file/bot"
    async with Bot(simulator.token, base_url=base, base_file_url=files) as client:
        yield client


def rows(*texts: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=text)] for text in texts]
    )


async def test_it_knows_itself(client: Bot) -> None:
    assert client.username == "course_tutor_bot"
    assert client.bot.is_bot


async def test_a_conversation(client: Bot, world: World) -> None:
    world.say(AMINA, "/start deep")
    (started,) = await client.get_updates(timeout=0)
    sent = await client.send_message(
        AMINA,
        "<b>Which</b> one?",
        parse_mode=ParseMode.HTML,
        reply_markup=rows("A", "B"),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    pressed = world.press(AMINA, sent.message_id, "A")
    (press,) = await client.get_updates(offset=started.update_id + 1, timeout=0)
    assert press.callback_query is not None
    assert await press.callback_query.answer("Right")
    edited = await press.callback_query.edit_message_text("You chose A.")

    assert started.message is not None
    assert started.message.entities[0].type == "bot_command"
    assert sent.text_html == "<b>Which</b> one?"
    assert press.callback_query.data == "A"
    assert world.query(pressed.query_id).text == "Right"
    assert isinstance(edited, Message)
    assert edited.reply_markup is None
    assert world.chat(AMINA)[-1].text == "You chose A."


async def test_files_go_up(client: Bot) -> None:
    picture = plain_picture(320, 200)

    photo = await client.send_photo(AMINA, picture, caption="<i>c</i>", parse_mode=ParseMode.HTML)
    document = await client.send_document(AMINA, b"notes", filename="notes.txt")
    assert document.document is not None
    again = await client.send_document(AMINA, document.document.file_id)

    assert photo.caption_html == "<i>c</i>"
    assert again.document is not None
    assert again.document.file_unique_id == document.document.file_unique_id


async def test_what_a_bot_sets_is_kept(client: Bot, world: World) -> None:
    await client.set_my_commands([("start", "Begin"), ("help", "Help")])
    await client.set_my_description("Teaches.", language_code="fr")
    await client.set_my_short_description("Short.")

    assert [one["command"] for one in world.commands.get("default", "")] == ["start", "help"]
    assert world.bot.descriptions == {"fr": "Teaches."}
    assert world.bot.short_descriptions == {"": "Short."}
    assert (await client.get_chat(AMINA)).first_name == "Amina"
    assert (await client.get_webhook_info()).url == ""


async def test_every_update_is_understood(client: Bot, world: World) -> None:
    await client.get_updates(timeout=0, allowed_updates=Update.ALL_TYPES)
    kinds = [
        "photo",
        "voice",
        "video",
        "animation",
        "sticker",
        "location",
        "contact",
        "dice",
        "poll",
    ]
    for kind in kinds:
        world.send_media(AMINA, kind)
    world.block(AMINA)
    world.unblock(AMINA)
    group = world.group("Monday", [AMINA])
    world.say(AMINA, "/start", group)

    updates = await client.get_updates(timeout=0)

    sent = [update.message for update in updates[: len(kinds)]]
    assert all(message and message.effective_attachment for message in sent)
    blocked, *_, said = updates[len(kinds) :]
    assert blocked.my_chat_member is not None
    assert said.effective_chat is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert said.effective_chat.type == "group"


async def test_errors_are_what_the_client_expects(
    client: Bot, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    sent = await client.send_message(AMINA, "x")

    with pytest.raises(BadRequest, match="Chat not found"):
        await client.send_message(77, "x")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await client.edit_message_text("x", AMINA, sent.message_id)
    with pytest.raises(BadRequest, match="Can't parse entities: unsupported start tag"):
        await client.send_message(AMINA, "<x>", parse_mode=ParseMode.HTML)
    with pytest.raises(BadRequest, match="Query is too old"):
        await client.answer_callback_query("5")
    world.faults.add("sendMessage", "retry_after", seconds=3)
    with pytest.raises(RetryAfter, match="0:00:03"):
        await client.send_message(AMINA, "x")
    world.block(AMINA)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await client.send_message(AMINA, "x")
    await client.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="can't use getUpdates"):
        await client.get_updates(timeout=0)


async def test_a_wrong_token_is_told(simulator: Simulator) -> None:
    stranger = Bot("5:" + "A" * 35, base_url=f"{simulator.url}/bot")

    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
