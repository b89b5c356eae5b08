"""Everything the simulator emits, checked against aiogram's models."""

from typing import Any

import aiohttp
import pytest

from simulator.files import plain_picture
from simulator.world import World
from tests.simulator.conftest import AMINA, Bot, keyboard
from tests.simulator.oracle import answer_problems, unknown_parameters, update_problems

EVERY_KIND = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
]
MEDIA = [
    "photo",
    "document",
    "voice",
    "video",
    "animation",
    "sticker",
    "location",
    "contact",
    "dice",
    "poll",
]


def test_a_request_as_the_documentation_has_it_is_known() -> None:
    params = {"chat_id": 5, "text": "Hi", "parse_mode": "HTML", "reply_markup": keyboard(["A"])}

    assert unknown_parameters("sendMessage", params) == []


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"chat_id": 5, "text": "Hi", "colour": "red"}, "sendMessage: unknown colour"),
        ({"chat_id": 5}, "sendMessage: Field required at text"),
        (
            {"chat_id": 5, "text": "Hi", "disable_web_page_preview": True},
            "sendMessage: retired disable_web_page_preview",
        ),
        (
            {
                "chat_id": 5,
                "text": "Hi",
                "reply_markup": {"inline_keyboard": [[{"text": "A", "color": "red"}]]},
            },
            "sendMessage: unknown reply_markup.inline_keyboard.0.0.color",
        ),
    ],
    ids=["an unknown name", "a missing name", "a retired name", "an unknown name inside"],
)
def test_a_request_that_is_wrong_is_told(params: dict[str, Any], problem: str) -> None:
    assert problem in unknown_parameters("sendMessage", params)


def test_a_method_that_does_not_exist_is_told() -> None:
    assert unknown_parameters("sendCake", {}) == ["sendCake: there is no such method"]


@pytest.mark.parametrize("kind", MEDIA)
async def test_what_people_send_validates(world: World, bot: Bot, kind: str) -> None:
    world.send_media(AMINA, kind, caption="/help me" if kind in {"photo", "document"} else "")

    (update,) = (await bot("getUpdates")).result

    assert kind in update["message"]
    assert update_problems(update) == []


async def test_every_kind_of_update_validates(world: World, bot: Bot) -> None:
    await bot("getUpdates", allowed_updates=EVERY_KIND)
    message = await bot.sends("Which?", ["A"])

    said = world.say(
        AMINA, "/start now: https://example.org, a@b.org, @somebody #tag", None, message
    )
    world.edit(AMINA, said.message_id, "Sorry")
    world.press(AMINA, message, "a")
    world.press(AMINA, 999, "gone")
    world.block(AMINA)
    world.unblock(AMINA)
    group = world.group("Monday", [AMINA, 2001])
    world.say(AMINA, "/start@course_tutor_bot", group)
    world.remove_bot(group, AMINA)
    world.upgrade(group)
    updates = (await bot("getUpdates")).result

    seen = {name for update in updates for name in update} - {"update_id"}
    assert seen == set(EVERY_KIND)
    assert [problem for update in updates for problem in update_problems(update)] == []


async def test_every_answer_validates(bot: Bot) -> None:
    photo = aiohttp.FormData(
        {"chat_id": str(AMINA), "caption": "<b>A picture</b>", "parse_mode": "HTML"}
    )
    photo.add_field("photo", plain_picture(300, 200), filename="a.png", content_type="image/png")
    document = aiohttp.FormData({"chat_id": str(AMINA), "document": "attach://part"})
    document.add_field("part", b"text", filename="a.txt", content_type="text/plain")
    answers = {
        "sendPhoto": (await bot.send_form("sendPhoto", photo)).result,
        "sendDocument": (await bot.send_form("sendDocument", document)).result,
    }
    picture = answers["sendPhoto"]["message_id"]
    text = await bot.sends("<b>Which</b> one?", ["A"])
    calls: list[tuple[str, dict[str, Any]]] = [
        ("getMe", {}),
        ("getChat", {"chat_id": AMINA}),
        ("sendMessage", {"chat_id": AMINA, "text": "Hi", "reply_parameters": {"message_id": text}}),
        ("sendChatAction", {"chat_id": AMINA, "action": "typing"}),
        ("editMessageText", {"chat_id": AMINA, "message_id": text, "text": "New"}),
        (
            "editMessageReplyMarkup",
            {"chat_id": AMINA, "message_id": text, "reply_markup": keyboard(["B"])},
        ),
        ("deleteMessage", {"chat_id": AMINA, "message_id": text}),
        ("deleteMessages", {"chat_id": AMINA, "message_ids": [picture]}),
        ("setMyCommands", {"commands": [{"command": "start", "description": "Begin"}]}),
        ("deleteMyCommands", {}),
        ("setMyDescription", {"description": "Teaches"}),
        ("setMyShortDescription", {"short_description": "Teaches"}),
        ("getWebhookInfo", {}),
        ("deleteWebhook", {}),
        ("getUpdates", {}),
    ]

    wrong = []
    for method, params in calls:
        answers[method] = (await bot(method, **params)).result
        wrong += unknown_parameters(method, params)

    assert wrong == []
    assert [
        line for method, result in answers.items() for line in answer_problems(method, result)
    ] == []
