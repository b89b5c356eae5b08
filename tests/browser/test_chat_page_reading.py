"""Reading in the chat page: long quotations, hidden words, and a place that nothing moves."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import ScriptedBot, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LINES = "\n".join(f"Line {n}" for n in range(80))
TOP = "node => node.getBoundingClientRect().top"
HEIGHT = "node => node.clientHeight"
LONG_SOURCE = "Source: World Drug Report 2024, with its annex on method. " * 6


async def read_further_up(page: Page) -> None:
    await page.get_by_test_id("log").hover()
    await page.mouse.wheel(0, -900)
    await expect(page.get_by_test_id("message").last).not_to_be_in_viewport()


async def go_to_end(page: Page) -> None:
    await page.get_by_test_id("new-messages").click()
    await expect(page.get_by_test_id("message").last).to_be_in_viewport()


async def test_a_message_taller_than_the_window_is_read_from_its_top(
    bot: ScriptedBot, chatting: Page
) -> None:
    await bot.says(LINES)

    await expect(chatting.get_by_text("Line 0")).to_be_in_viewport()
    await expect(chatting.get_by_test_id("new-messages")).to_be_hidden()

    await bot.says("Which line was odd?")
    await go_to_end(chatting)
    await expect(chatting.get_by_test_id("new-messages")).to_be_hidden()


async def test_an_edit_that_says_something_else_is_read_from_its_top(
    bot: ScriptedBot, chatting: Page, amina: int
) -> None:
    message = await bot.says("Question", ["A"])

    await bot.call(
        "editMessageText", chat_id=amina, message_id=message, text=f"Not quite.\n{LINES}"
    )

    shown = chatting.get_by_test_id("message").last
    await expect(shown).to_contain_text("Line 79")
    top = await chatting.get_by_test_id("log").evaluate(TOP)
    assert top <= await shown.evaluate(TOP) < top + 40


async def test_an_edit_that_says_more_keeps_the_buttons_in_view(
    bot: ScriptedBot, chatting: Page, amina: int
) -> None:
    message = await bot.says(LINES, ["A"])
    await chatting.get_by_role("button", name="A", exact=True).click()

    await bot.call(
        "editMessageText",
        chat_id=amina,
        message_id=message,
        text=f"{LINES}\nA is chosen.",
        reply_markup=keyboard(["Continue with A"]),
    )

    await expect(chatting.get_by_role("button", name="Continue with A")).to_be_in_viewport()


async def test_buttons_that_go_leave_the_words_as_they_were(
    bot: ScriptedBot, chatting: Page, amina: int
) -> None:
    quote = f"<blockquote expandable>{LONG_SOURCE}</blockquote>"
    message = await bot.says(f"One in eleven.\n{quote}", ["Next"])
    more = chatting.get_by_test_id("quote-more").last
    await more.click()

    await bot.call("editMessageReplyMarkup", chat_id=amina, message_id=message)
    await expect(chatting.get_by_role("button", name="Next")).to_have_count(0)

    await expect(more).to_have_attribute("aria-expanded", "true")
    await expect(chatting.locator(".edited")).to_have_count(0)
    await expect(chatting.get_by_text("edited")).to_have_count(0)


async def test_what_follows_a_picture_stays_in_view(bot: ScriptedBot, chatting: Page) -> None:
    await chatting.get_by_test_id("panel-open").click()
    await chatting.get_by_test_id("send-photo").click()
    await bot.says("I can read only buttons and short text.", ["Continue"])
    picture = chatting.locator(".picture img")
    await expect(picture).to_have_js_property("complete", value=True)

    await expect(chatting.get_by_role("button", name="Continue")).to_be_in_viewport()


async def test_an_edit_further_up_moves_nothing_in_view(
    bot: ScriptedBot, chatting: Page, amina: int
) -> None:
    message = await bot.says("Question", ["A", "B"])
    await bot.says(LINES)
    await bot.says("Which line was odd?")
    await go_to_end(chatting)
    await read_further_up(chatting)
    reading = chatting.get_by_text("Line 79")
    top = await reading.evaluate(TOP)

    await bot.call("editMessageText", chat_id=amina, message_id=message, text="Not quite.\n" * 9)
    await expect(chatting.locator(".edited")).to_contain_text("Not quite.")

    assert await reading.evaluate(TOP) == pytest.approx(top, abs=1)


async def test_only_a_long_quotation_has_a_button_to_show_all(
    bot: ScriptedBot, chatting: Page
) -> None:
    await bot.says("<blockquote expandable>Source: a short one.</blockquote>")
    await bot.says(f"<blockquote expandable>{LONG_SOURCE}</blockquote>")
    await expect(chatting.locator("blockquote")).to_have_count(2)
    more = chatting.get_by_test_id("quote-more").locator("visible=true")
    quote = chatting.locator("blockquote").last
    folded = await quote.evaluate(HEIGHT)

    await expect(more).to_have_count(1)
    await more.focus()
    await more.press("Enter")

    await expect(more).to_have_attribute("aria-expanded", "true")
    assert await quote.evaluate(HEIGHT) > folded


async def test_a_spoiler_is_shown_by_the_keyboard(bot: ScriptedBot, chatting: Page) -> None:
    await bot.says("The answer is <tg-spoiler>one in eleven</tg-spoiler>.")
    hidden = chatting.get_by_role("button", name="Hidden words")

    await hidden.press("Enter")

    await expect(chatting.locator(".spoiler.shown")).to_have_text("one in eleven")


async def test_new_messages_do_not_move_someone_who_reads_further_up(
    bot: ScriptedBot, chatting: Page
) -> None:
    await bot.says(LINES)
    await bot.says("Which line was odd?")
    await go_to_end(chatting)
    await read_further_up(chatting)

    await bot.says("Are you there?")
    await expect(chatting.get_by_test_id("new-messages")).to_have_text("1 new message")
    await chatting.get_by_test_id("new-messages").click()

    await expect(chatting.get_by_text("Are you there?")).to_be_in_viewport()
    await expect(chatting.get_by_test_id("new-messages")).to_be_hidden()


async def test_tab_from_the_log_goes_to_the_newest_buttons(
    bot: ScriptedBot, chatting: Page
) -> None:
    await bot.says("Old", ["Old button"])
    await bot.says("New", ["A", "B"])
    await expect(chatting.get_by_role("button", name="A", exact=True)).to_be_visible()

    await chatting.get_by_test_id("log").focus()
    await chatting.keyboard.press("Tab")
    await expect(chatting.get_by_role("button", name="A", exact=True)).to_be_focused()
    await chatting.keyboard.press("Shift+Tab")

    await expect(chatting.get_by_role("button", name="Old button")).to_be_focused()
