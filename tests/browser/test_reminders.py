"""Reminders as a learner meets them in the chat page: they come, are answered, put off, ended."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.learning import Reader, right
from tests.browser.test_learning import TOO_WIDE
from tests.support.running import real_course, stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOUR, DAY = 3_600, 86_400


@pytest_asyncio.fixture(loop_scope="session")
async def reader(phone: Page, tmp_path: Path) -> AsyncIterator[Reader]:
    """Amina, whose course holds no reminder out."""
    course = real_course()
    all_sent = replace(course, rhythm=replace(course.rhythm, hold_out_percent=0))
    async with stage(tmp_path, all_sent) as running:
        yield Reader(running, phone)
        await phone.close()


async def test_a_reminder_comes_is_answered_explained_put_off_and_ended(reader: Reader) -> None:
    await finishes_a_lesson(reader)
    await tells_the_time_at_a_pause(reader)
    await is_reminded_within(reader, 4 * DAY)
    await answers_inside_the_reminder(reader)
    await is_told_why(reader)
    await puts_off(reader)
    await stops_for_good(reader)


async def finishes_a_lesson(reader: Reader) -> None:
    await reader.begins()
    await reader.taps("Start")
    asked = await reader.goes_to_question()
    await reader.answers(asked, right(asked))
    await reader.taps("Next")
    await reader.sees_first("Module 1 of 7 · Lesson 2 of 4")
    await reader.goes_to_question()


async def tells_the_time_at_a_pause(reader: Reader) -> None:
    await reader.says("/pause")
    await reader.sees("what time is it where you are?")
    await looks_well(reader, "pause")
    await reader.taps("15:00")
    await looks_well(reader, "places")
    await reader.taps("Nairobi")
    await reader.sees_first("Your time zone: Nairobi, where it is 15:0")
    await looks_well(reader, "rest")
    await reader.taps("No rest days")
    await reader.taps("Back to reminders")
    await reader.sees("Next: Thursday 19 November, 10:0")
    await looks_well(reader, "reminders")


async def is_reminded_within(reader: Reader, seconds: int) -> None:
    """The clock moves on, hour by hour, until something comes."""
    messages = reader.stage.simulator.world.chat(1001)
    before = len(messages)
    for _ in range(seconds // HOUR):
        reader.stage.simulator.world.clock.advance(HOUR)
        await reader.stage.ticks()
        if len(reader.stage.simulator.world.chat(1001)) > before:
            return
    pytest.fail("nothing came")


async def answers_inside_the_reminder(reader: Reader) -> None:
    await reader.sees("Module 1, lesson 2 of 4")
    await looks_well(reader, "reminder")
    asked = await reader.question_of_reminder()
    shown = len(asked.options)
    labels = await reader.labels()
    assert labels[shown:] == ["Later", "Why this message?"]
    reader.stage.simulator.world.clock.advance(60)

    await reader.answers(asked, right(asked))

    await reader.sees_first(f"You chose {', '.join(right(asked))}. That is right.")
    await looks_well(reader, "answered")


async def is_told_why(reader: Reader) -> None:
    await reader.says("/why")
    await reader.sees_first("Why reminders come\n")
    await reader.sees("The last one came on Thursday 19 November, 1")
    await reader.sees("because you had not been here for 3 days.")
    await reader.sees("if you have not been here for 3 days by then.")
    await looks_well(reader, "why")


async def puts_off(reader: Reader) -> None:
    await is_reminded_within(reader, 4 * DAY)
    await reader.taps("Later")
    await reader.sees_first("When shall I write?")
    await looks_well(reader, "later")
    await reader.taps("Next week")
    await reader.sees("because you asked for it.")
    await looks_well(reader, "put off")
    await is_reminded_within(reader, 8 * DAY)
    await looks_well(reader, "asked for")


async def stops_for_good(reader: Reader) -> None:
    reader.stage.simulator.world.clock.advance(60)
    await reader.says("/help")
    for _ in range(3):
        await is_reminded_within(reader, 20 * DAY)
    await looks_well(reader, "last")
    labels = await reader.labels()
    assert labels[-3:] == ["Continue", "Later", "Stop all messages"]

    await reader.taps("Stop all messages")

    await reader.sees_first("I will not write to you any more unless you write to me.")
    await looks_well(reader, "stopped")
    with pytest.raises(pytest.fail.Exception, match="nothing came"):
        await is_reminded_within(reader, 30 * DAY)


async def looks_well(reader: Reader, name: str) -> None:
    """Nothing is wider than the phone, and no button is cut off.

    Where the environment names a folder in SCREENSHOTS, a picture is kept there to be looked at.
    """
    await reader.catches_up()
    await reader.newest.get_by_test_id("inline-button").last.scroll_into_view_if_needed()
    if folder := os.environ.get("SCREENSHOTS"):
        await reader.page.screenshot(path=Path(folder) / f"{name.replace(' ', '-')}.png")
    assert not await reader.page.evaluate(TOO_WIDE), name
    for button in await reader.newest.get_by_test_id("inline-button").all():
        await expect(button).to_be_visible()
        cut = await button.evaluate("(node) => node.scrollWidth > node.clientWidth + 1")
        assert not cut, f"{name}: {await button.inner_text()!r} is cut off"
