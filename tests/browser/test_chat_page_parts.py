"""Parts of the chat page by themselves, where no tap would show what they must withstand."""

import pytest
from playwright.async_api import Page

from tests.browser.conftest import ScriptedBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# What a mistake in the server would let through, and what the page may make of it.
UNSAFE = (
    '<b onclick="bad()">a</b><script>bad()</script><img src=x onerror="bad()">'
    '<a href="javascript:bad()">b</a><a href="https://example.org" style="x">c</a>'
    '<blockquote class="expandable other"><i>d</i></blockquote>\n'
    '<span class="x">e</span><style>f</style>'
)
MADE_SAFE = (
    '<b>a</b>bad()b<a href="https://example.org" target="_blank" rel="noopener noreferrer">c</a>'
    '<blockquote class="expandable"><i>d</i></blockquote>ef'
)


async def test_only_harmless_tags_reach_the_page(chatting: Page) -> None:
    made = await chatting.evaluate(
        """async (html) => {
          const { fragmentOf } = await import("/static/safe-html.js");
          const holder = document.createElement("div");
          holder.append(fragmentOf(html));
          return holder.innerHTML;
        }""",
        UNSAFE,
    )

    assert made == MADE_SAFE


async def test_an_answer_that_overtakes_its_press_leaves_no_button_waiting(chatting: Page) -> None:
    waits = await chatting.evaluate(
        """async () => {
          const { Presses } = await import("/static/keyboard.js");
          const presses = new Presses(() => {});
          const send = async () => {
            presses.answered("7");
            return "7";
          };
          await presses.press(1, "A", send);
          return presses.has(1, "A");
        }"""
    )

    assert waits is False


async def test_what_happens_while_the_state_loads_is_told_after_it(
    bot: ScriptedBot, chatting: Page
) -> None:
    await chatting.evaluate(
        """async () => {
          const { follow } = await import("/static/api.js");
          window.told = [];
          const loading = new Promise((begun) => {
            const load = () => new Promise((done) => {
              window.loaded = () => { told.push("state"); done(); };
              begun();
            });
            const happened = (name) => told.push(name);
            follow(1001, { load, lost: () => told.push("lost"), happened });
          });
          await loading;
        }"""
    )

    await bot.says("Said while the state was under way.")
    await chatting.get_by_text("Said while").wait_for()  # so it reached this page
    await chatting.evaluate("loaded()")
    await chatting.wait_for_function("told.length > 1")

    assert await chatting.evaluate("told") == ["state", "message"]
