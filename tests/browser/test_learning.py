"""The real bot teaches the real course in the chat page, from START to the end of Module 1."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, ViewportSize, expect

from course.model import Question
from tests.browser.conftest import DESK, PHONE
from tests.browser.learning import Reader, right, wrong
from tests.support.running import real_course, stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TOO_WIDE = (
    "() => document.getElementById('log').scrollWidth > document.getElementById('log').clientWidth"
)


@pytest_asyncio.fixture(loop_scope="session")
async def reader(phone: Page, tmp_path: Path) -> AsyncIterator[Reader]:
    async with stage(tmp_path, real_course()) as running:
        yield Reader(running, phone)
        await phone.close()


async def test_a_module_is_learnt_by_tapping_with_mistakes(reader: Reader) -> None:
    await begins_at_the_first_card(reader)
    missed = await answers_with_mistakes(reader)
    assert len(missed) >= 2
    assert any(asked.has_several_answers for asked in missed)
    await is_asked_again(reader, missed)
    await reaches_the_end(reader, missed)


async def begins_at_the_first_card(reader: Reader) -> None:
    await reader.begins()
    await reader.sees_first("Welcome. This is a short course")
    await reader.sees("not made, reviewed or endorsed by any organisation")
    await reader.sees("/privacy")
    await reader.offers("Start", "What will I learn?")

    await reader.taps("Start")

    await reader.sees("Why look beyond punishment")
    await expect(reader.newest.get_by_alt_text("Why look beyond punishment?")).to_be_visible()
    await reader.offers("Next")
    await reader.taps("Next")

    await reader.sees_first("Module 1 of 7 · Lesson 1 of 4\nCard 1 of 3\n")
    await expect(reader.newest.locator("blockquote")).to_contain_text("Source: ")
    await reader.offers("Next")
    await reader.taps("Next")
    await reader.sees("Card 2 of 3")
    await reader.offers("Back", "Next")


async def answers_with_mistakes(reader: Reader) -> list[Question]:
    """Answer every question once, every second one wrong; gives the questions missed."""
    missed = []
    for number, expected in enumerate(reader.stage.course.modules[0].questions()):
        asked = await reader.goes_to_question()
        assert asked == expected
        await looks_at_the_question(reader, asked)
        if number % 2:
            missed.append(asked)
            await answers_wrong(reader, asked)
        else:
            await answers_right(reader, asked)
    await reader.goes_on()
    return missed


async def looks_at_the_question(reader: Reader, asked: Question) -> None:
    for option in asked.options:
        await reader.sees(f"{asked.letter(option.id)}. {option.text}")
    await reader.offers(*(asked.letter(option.id) for option in asked.options))
    assert not await reader.page.evaluate(TOO_WIDE)


async def answers_right(reader: Reader, asked: Question) -> None:
    letters = right(asked)
    if asked.has_several_answers:
        await reader.taps(letters[0])
        await reader.sees("(chosen)")
        assert f"✓ {letters[0]}" in await reader.labels()
        await reader.taps(f"✓ {letters[0]}")
        await expect(reader.newest).not_to_contain_text("(chosen)")

    await reader.answers(asked, letters)

    await reader.sees_first(f"You chose {', '.join(letters)}. That is right.")
    await reader.offers("Next")


async def answers_wrong(reader: Reader, asked: Question) -> None:
    (letter,) = wrong(asked)
    chosen = next(option for option in asked.options if asked.letter(option.id) == letter)

    await reader.answers(asked, [letter])

    await reader.sees_first(f"You chose {letter}. Not quite.")
    await reader.sees(chosen.feedback)
    await reader.sees(asked.idea)
    await reader.sees("comes back at the end of the module")
    await expect(reader.newest.locator("blockquote")).to_contain_text(asked.text.strip()[:40])
    await reader.offers("Next")


async def is_asked_again(reader: Reader, missed: list[Question]) -> None:
    await reader.sees_first("Question again · Module 1")
    await answers_wrong_again(reader)
    passed = []
    while not (await reader.newest.inner_text()).count("Module 1 done."):
        asked = await reader.goes_to_question()
        await reader.answers(asked, right(asked))
        await reader.sees_first(f"You chose {', '.join(right(asked))}. That is right.")
        passed.append(asked)
        await reader.taps("Next")
    assert {asked.id for asked in passed} == {asked.id for asked in missed}


async def answers_wrong_again(reader: Reader) -> None:
    asked = await reader.goes_to_question()
    await reader.answers(asked, wrong(asked))
    await reader.sees("This question comes back until it is right.")
    await reader.taps("Next")


async def reaches_the_end(reader: Reader, missed: list[Question]) -> None:
    total = len(list(reader.stage.course.modules[0].questions()))
    await reader.sees_first("Module 1 done.")
    await reader.sees(f"{total - len(missed)} of {total} questions right the first time.")
    await reader.offers("Continue", "Review what I missed", "Pause here")

    await reader.taps("Review what I missed")
    await reader.sees_first("A question you missed the first time")
    await reader.sees(f"You chose {wrong(missed[0])[0]} then.")
    await reader.taps("Continue")

    await reader.sees("A health condition")
    await expect(reader.newest.locator("img")).to_be_visible()
    await reader.taps("Next")
    await reader.sees_first("Module 2 of 7 · Lesson 1 of 4\nCard 1 of ")


async def test_the_pages_around_the_course_can_be_read_on_a_phone(reader: Reader) -> None:
    await reader.begins()
    await reader.taps("Start")
    await reader.taps("Next")
    await reader.taps("Next")

    await reader.says("/progress")
    await reader.sees_first("You have done 0 of 28 lessons, 0 percent.")
    await reader.sees("□" * 14)
    await reader.sees("Module 1: 0 of 4 lessons (now)")
    await reader.says("/modules")
    await reader.sees_first("The modules")
    await reader.taps("Module 1")
    await reader.sees_first("Module 1")
    await reader.taps("Lesson 1")
    await reader.sees_first("Module 1 of 7 · Lesson 1 of 4")
    await reader.says("/settings")
    await reader.taps("Turn plain text on")
    await reader.sees_first("Settings")
    await reader.sees("Plain text: on.")
    await expect(reader.page.get_by_role("dialog")).to_contain_text("Saved.")  # no toast any more
    await reader.page.keyboard.press("Escape")
    await reader.says("/progress")
    await expect(reader.newest).not_to_contain_text("□")
    for name in ("/help", "/about", "/privacy", "/developer_info"):
        await reader.says(name)
        assert await reader.labels()
        assert not await reader.page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_what_goes_wrong_in_life_harms_nothing(size: ViewportSize, reader: Reader) -> None:
    page = reader.page
    await page.set_viewport_size(size)
    await reader.begins()
    await reader.newest.get_by_role("button", name="Start", exact=True).dblclick()
    await reader.sees("Why look beyond punishment")
    await expect(page.get_by_test_id("message")).to_have_count(3)

    await page.reload()
    await reader.taps("Next")
    await reader.sees("Card 1 of 3")
    await reader.taps("Next")
    await reader.sees("Card 2 of 3")
    await reader.says("words " * 660)
    await reader.sees("This may help:")
    await reader.says("/continue")
    await reader.sees("Card 2 of 3")


async def test_a_module_is_learnt_by_typing_at_a_desk(reader: Reader) -> None:
    await reader.page.set_viewport_size(DESK)
    await reader.begins()
    await reader.says("next")

    while "Module 1 done." not in await reader.newest.inner_text():
        asked = await reader.question()
        await reader.says("".join(right(asked)).lower() if asked else "next")

    await reader.sees_first("Module 1 done.")
    await reader.sees("4 of 4 questions right the first time.")
