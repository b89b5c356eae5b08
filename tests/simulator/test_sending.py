"""sendMessage and its kin: limits and refusals, each in Telegram's words."""

from io import BytesIO
from typing import Any

import aiohttp
import pytest

from simulator.files import plain_picture
from simulator.world import World
from tests.simulator.conftest import AMINA, Bot, keyboard

TOO_HEAVY = "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes"


async def test_a_message_comes_back_as_telegram_sends_it(world: World, bot: Bot) -> None:
    answer = await bot(
        "sendMessage",
        chat_id=AMINA,
        text="<b>Hello</b> there",
        parse_mode="HTML",
        reply_markup=keyboard(["Next"]),
        protect_content=True,
        disable_notification=True,
        link_preview_options={"is_disabled": True},
    )

    (_, message) = world.chat(AMINA)
    assert answer.result == message.wire()
    assert message.text == "Hello there"
    assert message.entities == [{"type": "bold", "offset": 0, "length": 5}]
    assert message.html == "<b>Hello</b> there"
    assert message.buttons == [[{"text": "Next", "callback_data": "next"}]]
    assert message.options["disable_notification"] is True
    assert answer.result["has_protected_content"] is True
    assert answer.result["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "  \n "}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "\N{STADIUM}" * 2049}, "message is too long"),
        ({"text": "x" * 32_769}, "text is too long"),
        ({"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 2001}, "chat not found"),
        ({"text": "x", "chat_id": 77}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    bot: Bot, parameters: dict[str, Any], refusal: str
) -> None:
    answer = await bot("sendMessage", **{"chat_id": AMINA} | parameters)

    assert answer.status == answer.body["error_code"] == 400
    assert answer.description == f"Bad Request: {refusal}"


async def test_the_limit_counts_after_parsing(bot: Bot) -> None:
    longest = "<b>" + "&amp;" * 4096 + "</b>"

    answer = await bot("sendMessage", chat_id=AMINA, text=longest, parse_mode="HTML")

    assert len(answer.result["text"]) == 4096


def button(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A"} | fields]]}


UNPARSABLE = "can't parse inline keyboard button"


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (button(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (button(callback_data="\N{CYRILLIC SMALL LETTER A}" * 33), "BUTTON_DATA_INVALID"),
        (button(), f"{UNPARSABLE}: Text buttons are unallowed in the inline keyboard"),
        (
            button(callback_data=""),
            f"{UNPARSABLE}: Text buttons are unallowed in the inline keyboard",
        ),
        ({"inline_keyboard": [[{}]]}, f'{UNPARSABLE}: Can\'t find field "text"'),
        ({"inline_keyboard": [["A"]]}, f"{UNPARSABLE}: InlineKeyboardButton must be an Object"),
        (
            button(url="nowhere"),
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (keyboard(*[["x"]] * 101), "reply markup is too long"),
        ("[]", "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
    ids=[
        "65 bytes",
        "33 Cyrillic letters",
        "no action",
        "empty data",
        "no text",
        "no object",
        "no link",
        "101 buttons",
        "no keyboard",
        "no JSON",
    ],
)
async def test_keyboards_that_telegram_refuses_are_refused(
    bot: Bot, markup: Any, refusal: str
) -> None:
    answer = await bot("sendMessage", chat_id=AMINA, text="x", reply_markup=markup)

    assert (answer.status, answer.description) == (400, f"Bad Request: {refusal}")


async def test_64_bytes_and_100_buttons_are_fine(bot: Bot) -> None:
    rows = [[{"text": "A", "callback_data": "x" * 64}] * 5] * 20

    answer = await bot(
        "sendMessage", chat_id=AMINA, text="x", reply_markup={"inline_keyboard": rows}
    )

    assert answer.result["reply_markup"] == {"inline_keyboard": rows}


async def test_someone_who_blocked_the_bot_gets_nothing(world: World, bot: Bot) -> None:
    world.block(AMINA)

    answer = await bot("sendMessage", chat_id=AMINA, text="x")

    assert answer.status == 403
    assert answer.description == "Forbidden: bot was blocked by the user"


async def test_a_deleted_account_gets_nothing(world: World, bot: Bot) -> None:
    world.deactivate(AMINA)

    answer = await bot("sendMessage", chat_id=AMINA, text="x")

    assert (answer.status, answer.description) == (403, "Forbidden: user is deactivated")


async def test_a_photo_can_be_sent_again_by_its_id(world: World, bot: Bot) -> None:
    form = aiohttp.FormData({"chat_id": str(AMINA), "caption": "<i>c</i>", "parse_mode": "HTML"})
    form.add_field("photo", plain_picture(400, 100), filename="a.png", content_type="image/png")
    first = (await bot.send_form("sendPhoto", form)).result

    again = (await bot("sendPhoto", chat_id=AMINA, photo=first["photo"][-1]["file_id"])).result

    assert again["photo"] == first["photo"]
    assert (first["photo"][-1]["width"], first["photo"][-1]["height"]) == (400, 100)
    assert first["caption_entities"] == [{"type": "italic", "offset": 0, "length": 1}]
    assert [message.kind for message in world.chat(AMINA)] == ["text", "photo", "photo"]


@pytest.mark.parametrize(
    ("picture", "refusal"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (plain_picture(2101, 100), "PHOTO_INVALID_DIMENSIONS"),
        (plain_picture(6000, 4001), "PHOTO_INVALID_DIMENSIONS"),
        (bytes((10 << 20) + 1), TOO_HEAVY),
    ],
    ids=["no picture", "empty", "too narrow", "too large", "too heavy"],
)
async def test_pictures_that_telegram_refuses_are_refused(
    bot: Bot, picture: bytes, refusal: str
) -> None:
    form = aiohttp.FormData({"chat_id": str(AMINA)})
    form.add_field("photo", BytesIO(picture), filename="a.png", content_type="image/png")

    answer = await bot.send_form("sendPhoto", form)

    assert (answer.status, answer.description) == (400, f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("photo", "refusal"),
    [
        (None, "there is no photo in the request"),
        ("nonsense", "wrong remote file identifier specified: Wrong string length"),
        ("https://example.org/a.png", "failed to get HTTP URL content"),
    ],
)
async def test_a_photo_that_is_not_there_is_refused(
    bot: Bot, photo: str | None, refusal: str
) -> None:
    answer = await bot("sendPhoto", chat_id=AMINA, photo=photo)

    assert answer.description == f"Bad Request: {refusal}"


async def test_a_document_is_no_photo(bot: Bot) -> None:
    form = aiohttp.FormData({"chat_id": str(AMINA), "document": "attach://notes"})
    form.add_field("notes", b"some notes", filename="notes.txt", content_type="text/plain")
    document = (await bot.send_form("sendDocument", form)).result["document"]

    refused = await bot("sendPhoto", chat_id=AMINA, photo=document["file_id"])
    assert refused.description == "Bad Request: can't use file of type Document as Photo"
    assert (document["file_name"], document["file_size"]) == ("notes.txt", 10)


async def test_a_caption_has_1024_characters_at_most(bot: Bot) -> None:
    form = aiohttp.FormData({"chat_id": str(AMINA), "caption": "x" * 1025})
    form.add_field("document", b"x", filename="a.txt")

    answer = await bot.send_form("sendDocument", form)

    assert answer.description == "Bad Request: message caption is too long"


async def test_an_unknown_action_is_refused(bot: Bot) -> None:
    answer = await bot("sendChatAction", chat_id=AMINA, action="dancing")

    assert answer.description == "Bad Request: wrong parameter action in request"


async def test_an_older_keyboard_is_kept_but_not_sent_back(world: World, bot: Bot) -> None:
    markup = {"keyboard": [[{"text": "A"}]], "resize_keyboard": True}

    answer = await bot("sendMessage", chat_id=AMINA, text="x", reply_markup=markup)

    assert "reply_markup" not in answer.result
    assert world.chat(AMINA)[-1].reply_markup == markup
