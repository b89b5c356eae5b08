"""Edits, deletions and presses, refused and taken as Telegram does it."""

from typing import Any

import pytest

from simulator.clock import Clock
from simulator.world import World
from tests.simulator.conftest import AMINA, Bot, keyboard

SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_an_edit_changes_the_message_and_dates_it(
    world: World, bot: Bot, clock: Clock
) -> None:
    message = await bot.sends("Which?", ["A", "B"])
    clock.advance(60)

    answer = await bot(
        "editMessageText", chat_id=AMINA, message_id=message, text="<b>A</b>", parse_mode="HTML"
    )

    shown = world.chat(AMINA)[-1]
    assert (shown.text, shown.buttons) == ("A", [])
    assert answer.result["edit_date"] == answer.result["date"] + 60
    assert "reply_markup" not in answer.result


async def test_an_edit_without_a_change_is_refused(bot: Bot) -> None:
    message = await bot.sends("<b>Which?</b>", ["A"])

    same = {"chat_id": AMINA, "message_id": message, "reply_markup": keyboard(["A"])}
    text = await bot("editMessageText", **same, text=" <strong>Which?</strong>", parse_mode="HTML")
    markup = await bot("editMessageReplyMarkup", **same)

    assert text.description == markup.description == SAME


async def test_an_edit_of_the_keyboard_alone_is_a_change(world: World, bot: Bot) -> None:
    message = await bot.sends("Which?", ["A"])

    await bot(
        "editMessageText",
        chat_id=AMINA,
        message_id=message,
        text="Which?",
        reply_markup=keyboard(["B"]),
    )
    await bot("editMessageReplyMarkup", chat_id=AMINA, message_id=message)

    assert world.chat(AMINA)[-1].buttons == []


async def test_a_changed_keyboard_is_dated_for_the_bot_but_not_called_edited(
    world: World, bot: Bot
) -> None:
    message = await bot.sends("Which?", ["A"])

    answer = await bot("editMessageReplyMarkup", chat_id=AMINA, message_id=message)
    assert "edit_date" in answer.result
    assert not world.chat(AMINA)[-1].edited

    await bot("editMessageText", chat_id=AMINA, message_id=message, text="A")
    again = keyboard(["Next"])
    await bot("editMessageReplyMarkup", chat_id=AMINA, message_id=message, reply_markup=again)
    assert world.chat(AMINA)[-1].edited


async def test_a_new_link_preview_is_a_change(bot: Bot) -> None:
    edit = {"chat_id": AMINA, "message_id": await bot.sends("Which?"), "text": "Which?"}

    first = await bot("editMessageText", **edit, link_preview_options={"is_disabled": True})
    same = await bot("editMessageText", **edit, link_preview_options={"is_disabled": True})

    assert first.result["link_preview_options"] == {"is_disabled": True}
    assert same.description == SAME


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"message_id": 99}, "message to edit not found"),
        ({"message_id": 1}, "message can't be edited"),
        ({}, "message identifier is not specified"),
        ({"message_id": 99, "chat_id": 77}, "chat not found"),
    ],
    ids=["no such message", "somebody else's", "none named", "no such chat"],
)
async def test_edits_that_telegram_refuses_are_refused(
    bot: Bot, parameters: dict[str, Any], refusal: str
) -> None:
    answer = await bot("editMessageText", **{"chat_id": AMINA, "text": "x"} | parameters)

    assert (answer.status, answer.description) == (400, f"Bad Request: {refusal}")


async def test_an_old_message_can_be_edited_but_not_deleted(bot: Bot, clock: Clock) -> None:
    message = await bot.sends("Which?")
    clock.advance(48 * 3600)

    edited = await bot("editMessageText", chat_id=AMINA, message_id=message, text="Other")
    deleted = await bot("deleteMessage", chat_id=AMINA, message_id=message)

    assert edited.status == 200
    assert deleted.description == "Bad Request: message can't be deleted for everyone"


async def test_a_deleted_message_is_gone(world: World, bot: Bot) -> None:
    message = await bot.sends("Which?")

    first = await bot("deleteMessage", chat_id=AMINA, message_id=message)
    second = await bot("deleteMessage", chat_id=AMINA, message_id=message)

    assert first.result is True
    assert second.description == "Bad Request: message to delete not found"
    assert [shown.text for shown in world.chat(AMINA)] == ["/start"]


async def test_a_press_is_answered_with_a_toast(world: World, bot: Bot) -> None:
    message = await bot.sends("Which?", ["A"])
    pressed = world.press(AMINA, message, "a")

    (update,) = (await bot("getUpdates")).result
    await bot("answerCallbackQuery", callback_query_id=pressed.query_id, text="Right")

    assert update["update_id"] == pressed.update_id
    assert update["callback_query"]["data"] == "a"
    assert update["callback_query"]["message"]["text"] == "Which?"
    query = world.query(pressed.query_id)
    assert (query.answered, query.text, query.show_alert) == (True, "Right", False)


async def test_a_late_or_unknown_answer_is_refused(world: World, bot: Bot, clock: Clock) -> None:
    pressed = world.press(AMINA, await bot.sends("Which?", ["A"]), "a")
    clock.advance(151)

    late = await bot("answerCallbackQuery", callback_query_id=pressed.query_id)
    unknown = await bot("answerCallbackQuery", callback_query_id="5")

    assert (late.status, late.description) == (400, TOO_OLD)
    assert unknown.description == TOO_OLD


async def test_a_toast_has_200_characters_at_most(world: World, bot: Bot) -> None:
    pressed = world.press(AMINA, await bot.sends("Which?", ["A"]), "a")

    answer = await bot("answerCallbackQuery", callback_query_id=pressed.query_id, text="x" * 201)

    assert answer.description == "Bad Request: MESSAGE_TOO_LONG"
    assert not world.query(pressed.query_id).answered


async def test_a_press_on_a_deleted_message_carries_an_inaccessible_one(
    world: World, bot: Bot
) -> None:
    message = await bot.sends("Which?", ["A"])
    await bot("deleteMessage", chat_id=AMINA, message_id=message)

    world.press(AMINA, message, "a")
    (update,) = (await bot("getUpdates")).result

    assert update["callback_query"]["message"]["date"] == 0
