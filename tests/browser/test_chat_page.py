"""The chat page works as a phone's chat does: writing, pressing, editing, waiting."""

import pytest
from playwright.async_api import Locator, Page, expect

from simulator.clock import Clock
from simulator.server import Simulator
from tests.browser.conftest import MONDAY_NOON, TOKEN, ScriptedBot, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def newest(page: Page) -> Locator:
    return page.get_by_test_id("message").last


def button(page: Page, text: str) -> Locator:
    return page.get_by_role("button", name=text, exact=True)


async def test_start_begins_an_empty_chat_and_makes_room_for_writing(
    simulator: Simulator, bot: ScriptedBot, phone: Page
) -> None:
    await phone.goto(simulator.url)
    await expect(phone.get_by_test_id("composer-input")).to_be_hidden()

    await phone.get_by_test_id("start-button").click()
    heard = await bot.hears()
    await bot.says("Welcome. This is a short course.", ["Start"])

    assert heard["text"] == "/start"
    await expect(newest(phone)).to_have_attribute("data-from", "bot")
    await expect(phone.get_by_test_id("start-button")).to_be_hidden()
    await expect(phone.get_by_test_id("composer-input")).to_be_visible()


async def test_a_deep_link_goes_along_with_start_once(
    simulator: Simulator, bot: ScriptedBot, chatting: Page
) -> None:
    await chatting.goto(f"{simulator.url}/?start=cohort_7-a")

    await chatting.get_by_test_id("start-button").click()
    heard = await bot.hears()
    await expect(chatting.get_by_test_id("start-button")).to_be_hidden()
    await chatting.reload()

    assert heard["text"] == "/start cohort_7-a"
    await expect(chatting.get_by_test_id("composer-input")).to_be_visible()


async def test_enter_sends_and_shift_enter_begins_a_new_line(
    bot: ScriptedBot, chatting: Page
) -> None:
    field = chatting.get_by_test_id("composer-input")
    await field.fill("First line")

    await field.press("Shift+Enter")
    await field.press_sequentially("second")
    await field.press("Enter")

    assert (await bot.hears())["text"] == "First line\nsecond"
    await expect(field).to_have_value("")
    await expect(newest(chatting)).to_have_attribute("data-from", "person")


async def test_a_pressed_button_waits_until_the_bot_answers(
    bot: ScriptedBot, chatting: Page
) -> None:
    await bot.says("Question", ["A", "B"])

    await button(chatting, "A").click()
    pressed = await bot.hears("callback_query")
    waiting = chatting.locator(".key[aria-busy=true]")
    await expect(waiting).to_have_text("A")
    await bot.call("answerCallbackQuery", callback_query_id=pressed["id"], text="Noted")

    assert pressed["data"] == "A"
    await expect(chatting.get_by_test_id("toast")).to_have_text("Noted")
    await expect(waiting).to_have_count(0)


async def test_the_bot_is_seen_typing_until_its_message_comes(
    bot: ScriptedBot, chatting: Page, amina: int
) -> None:
    status = chatting.get_by_test_id("status")

    await bot.call("sendChatAction", chat_id=amina, action="typing")
    await expect(status).to_have_text("typing")
    await bot.says("Here is your record.")

    await expect(status).to_have_text("You are Amina, learner")


async def test_a_command_in_a_text_is_sent_by_pressing_it(bot: ScriptedBot, chatting: Page) -> None:
    await bot.says("What I store and/or delete: /privacy.")

    await chatting.get_by_role("button", name="/privacy").click()

    assert (await bot.hears())["text"] == "/privacy"
    await expect(chatting.get_by_role("button", name="/or")).to_have_count(0)


async def test_an_alert_is_a_dialog_and_gives_the_focus_back(
    bot: ScriptedBot, chatting: Page
) -> None:
    await bot.says("Question", ["A", "B"])
    await button(chatting, "B").click()
    query = (await bot.hears("callback_query"))["id"]

    await bot.call("answerCallbackQuery", callback_query_id=query, text="Wait", show_alert=True)
    await expect(chatting.get_by_role("dialog")).to_contain_text("Wait")
    await chatting.keyboard.press("Escape")

    await expect(chatting.get_by_role("dialog")).to_have_count(0)
    await expect(chatting.locator(".key:focus")).to_have_text("B")


async def test_an_edit_changes_the_message_and_keeps_the_focus(
    bot: ScriptedBot, chatting: Page, amina: int
) -> None:
    message = await bot.says("Question", ["A", "B"])
    await button(chatting, "A").focus()

    await bot.call(
        "editMessageText",
        chat_id=amina,
        message_id=message,
        text="You chose A.",
        reply_markup=keyboard(["Next"]),
    )

    await expect(newest(chatting)).to_contain_text("You chose A.")
    await expect(newest(chatting)).to_contain_text("edited")
    await expect(chatting.locator(".key:focus")).to_have_text("Next")


async def test_the_menu_lists_commands_and_sends_the_one_chosen(
    bot: ScriptedBot, chatting: Page
) -> None:
    commands = [("continue", "Go on"), ("progress", "What is done"), ("privacy", "What is stored")]
    listed = [{"command": name, "description": words} for name, words in commands]
    await bot.call("setMyCommands", commands=listed)
    await chatting.reload()

    await chatting.get_by_test_id("menu-button").click()
    await expect(chatting.get_by_test_id("command")).to_have_count(3)
    await chatting.keyboard.press("Escape")
    await expect(chatting.get_by_test_id("menu-button")).to_be_focused()
    await chatting.get_by_test_id("composer-input").press_sequentially("/pr")
    await expect(chatting.get_by_test_id("command")).to_have_count(2)
    await chatting.keyboard.press("ArrowDown")
    await chatting.keyboard.press("Enter")

    assert (await bot.hears())["text"] == "/progress"
    await expect(chatting.get_by_test_id("command-menu")).to_be_hidden()


async def test_the_last_message_of_ones_own_can_be_changed(
    bot: ScriptedBot, chatting: Page
) -> None:
    field = chatting.get_by_test_id("composer-input")
    await field.fill("b")
    await field.press("Enter")
    await bot.hears()

    await field.press("ArrowUp")
    await expect(field).to_have_value("b")
    await field.fill("c")
    await field.press("Enter")

    assert (await bot.hears("edited_message"))["text"] == "c"
    await expect(newest(chatting)).to_contain_text("edited")


async def test_a_lost_simulator_is_told_and_found_again(
    simulator: Simulator, chatting: Page
) -> None:
    port = int(simulator.url.rsplit(":", 1)[1])
    await simulator.stop()
    await expect(chatting.get_by_test_id("connection")).to_contain_text("does not answer")

    second = Simulator(token=TOKEN, clock=Clock(MONDAY_NOON))
    second.world.say(1001, "A chat of its own")
    await second.start(host="127.0.0.1", port=port)

    await expect(newest(chatting)).to_contain_text("A chat of its own")
    await expect(chatting.get_by_test_id("message")).to_have_count(1)
    await expect(chatting.get_by_test_id("connection")).to_contain_text("The bot is not connected")
    await second.stop()
