"""The controls beside the chat: people, time, other kinds of messages, blocking, clearing."""

import pytest
from playwright.async_api import Page, expect

from simulator.server import Simulator
from tests.browser.conftest import DESK, MONDAY_NOON, PHONE, ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_each_person_has_a_chat_of_their_own(bot: ScriptedBot, chatting: Page) -> None:
    await chatting.set_viewport_size(DESK)

    await chatting.get_by_test_id("persona-select").select_option("2001")
    await chatting.get_by_test_id("start-button").click()
    heard = await bot.hears()
    await chatting.get_by_test_id("persona-select").select_option("1001")

    assert heard["from"]["id"] == 2001
    await expect(chatting.get_by_test_id("message")).to_have_count(2)
    await expect(chatting.get_by_test_id("status")).to_have_text("You are Amina, learner")


async def test_someone_new_can_join_and_write(bot: ScriptedBot, chatting: Page) -> None:
    await chatting.set_viewport_size(DESK)
    await chatting.get_by_text("Add a person").click()
    await chatting.get_by_test_id("person-name").fill("Wanjiru")
    await chatting.get_by_test_id("person-language").fill("sw")

    await chatting.get_by_test_id("person-add").click()
    await expect(chatting.get_by_test_id("status")).to_have_text("You are Wanjiru, learner")
    await chatting.get_by_test_id("start-button").click()

    sender = (await bot.hears())["from"]
    assert (sender["first_name"], sender["language_code"]) == ("Wanjiru", "sw")


async def test_time_moves_forward_and_shows_on_what_is_said_then(
    simulator: Simulator, bot: ScriptedBot, chatting: Page
) -> None:
    await chatting.set_viewport_size(DESK)
    await expect(chatting.get_by_test_id("clock")).to_contain_text("3 Mar 2025")

    await chatting.get_by_test_id("clock-forward-day").click()
    await chatting.get_by_test_id("clock-forward-hour").click()
    await expect(chatting.get_by_test_id("clock")).to_contain_text("Tue, 4 Mar 2025, 13:0")
    await bot.says("Your place is kept.")

    assert simulator.world.clock.now() == MONDAY_NOON + 86_400 + 3_600
    await expect(chatting.locator(".day")).to_have_text(["Monday 3 March", "Tuesday 4 March"])


async def test_a_blocked_bot_hears_of_it_and_can_be_started_again(
    bot: ScriptedBot, chatting: Page
) -> None:
    await chatting.set_viewport_size(DESK)

    await chatting.get_by_test_id("block").click()
    changed = await bot.hears("my_chat_member")
    await expect(chatting.get_by_test_id("composer-input")).to_be_hidden()
    await chatting.get_by_test_id("start-button").click()

    assert changed["new_chat_member"]["status"] == "kicked"
    assert (await bot.hears())["text"] == "/start"
    await expect(chatting.get_by_test_id("composer-input")).to_be_visible()


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo"])
async def test_other_kinds_of_messages_can_be_sent(
    kind: str, bot: ScriptedBot, chatting: Page
) -> None:
    await chatting.get_by_test_id("panel-open").click()

    await chatting.get_by_test_id(f"send-{kind}").click()

    assert kind in await bot.hears()
    await expect(chatting.get_by_test_id("message")).to_have_count(3)
    await expect(chatting.get_by_test_id("panel")).to_be_hidden()


async def test_a_cleared_view_offers_start_again(chatting: Page) -> None:
    await chatting.set_viewport_size(DESK)

    await chatting.get_by_test_id("clear").click()

    await expect(chatting.get_by_test_id("message")).to_have_count(0)
    await expect(chatting.get_by_test_id("start-button")).to_be_visible()


async def test_the_panel_of_a_phone_takes_the_focus_and_gives_it_back(chatting: Page) -> None:
    await chatting.set_viewport_size(PHONE)

    await chatting.get_by_test_id("panel-open").press("Enter")
    await expect(chatting.get_by_test_id("panel-close")).to_be_focused()
    await chatting.keyboard.press("Escape")

    await expect(chatting.get_by_test_id("panel-open")).to_be_focused()
    await expect(chatting.get_by_test_id("panel")).to_be_hidden()


async def test_the_theme_follows_the_system_until_it_is_chosen(chatting: Page) -> None:
    root = chatting.locator("html")
    await chatting.emulate_media(color_scheme="dark")
    await expect(root).to_have_attribute("data-theme", "dark")

    await chatting.get_by_test_id("theme").click()
    await chatting.reload()

    await expect(root).to_have_attribute("data-theme", "light")


async def test_a_jump_shows_what_the_bot_sends_then_and_what_to_try_stands_under_the_name(
    simulator: Simulator, bot: ScriptedBot, chatting: Page
) -> None:
    simulator.world.people[1001].tip = "Jump to the next reminder."
    await chatting.set_viewport_size(DESK)
    await chatting.reload()

    async def work() -> None:
        if simulator.world.clock.now() >= MONDAY_NOON + 20 * 3_600:
            await bot.says("Your place is kept.")

    simulator.world.work = work
    await chatting.get_by_test_id("clock-jump").click()

    await expect(chatting.get_by_test_id("message").last).to_contain_text("Your place is kept.")
    await expect(chatting.get_by_test_id("clock")).to_contain_text("Tue, 4 Mar 2025, 08:0")
    await expect(chatting.get_by_test_id("passing")).to_be_empty()
    await expect(chatting.get_by_test_id("tip")).to_have_text("Jump to the next reminder.")


async def test_a_group_is_another_place_to_write(simulator: Simulator, chatting: Page) -> None:
    group = simulator.world.group("Colleagues", [2001, 1001])
    await chatting.set_viewport_size(DESK)
    await chatting.reload()

    await chatting.get_by_test_id("place-select").select_option(str(group))
    await expect(chatting.get_by_test_id("message")).to_have_text(
        ["Farid: Farid made the group12:00"]
    )
    await chatting.get_by_test_id("composer-input").fill("/bind")
    await chatting.get_by_test_id("send").click()

    await expect(chatting.get_by_test_id("message")).to_have_count(2)
    heard = simulator.world.pending()[-1].wire()["message"]
    assert (heard["chat"]["id"], heard["from"]["id"], heard["text"]) == (group, 1001, "/bind")
