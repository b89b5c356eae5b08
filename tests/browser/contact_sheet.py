"""Every card and question of the course as a phone shows it, on sheets to be looked at.

`python -m tests.browser.contact_sheet FOLDER` writes a PNG or more for each module; so many
pictures are looked at in minutes, and no test could say whether they are pleasant to read.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from bot.bot_api.sending import AnyBot
from bot.bot_api.transport import AiohttpRequest
from bot.callback_data import Continue
from bot.course_files import find_course_folder, load_course
from bot.i18n import Translator, Translators
from bot.messages import Reply
from bot.rendering import feedback, lessons, parts, pictures
from bot.settings import DEFAULT_COURSE
from course.learning.next_step import ReadCard
from course.learning.progress import Attempt
from course.model import Course, Module, Question
from simulator.server import Simulator
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PHONE

_PERSON = 1001
_COLUMNS, _GAP, _TALLEST = 5, 12, 7_000


def screens(_: Translator, course: Course, module: Module) -> Iterator[Reply]:
    """What a learner sees of a module, in order; of questions also the feedback to each answer."""
    forward = parts.button(_("Next"), Continue())
    if module.picture is not None:
        yield pictures.opening(_, course, module)
    if module.picture is not None:
        yield pictures.opening(_, course, module)
    for lesson in module.lessons:
        for card in lesson.cards:
            if (picture := pictures.picture_above(_, course, ReadCard(card))) is not None:
                yield picture
            yield lessons.card(_, course, card, forward=forward)
        for question in lesson.questions:
            yield lessons.question(_, course, question, 1, again=False)
            yield from _feedback(_, question)
    for question in module.bank:
        yield lessons.question(_, course, question, 2, again=True)
        yield from _feedback(_, question)


def _feedback(_: Translator, question: Question) -> Iterator[Reply]:
    for option in question.options:
        chosen = frozenset({option.id})
        right = chosen == question.correct
        yield feedback.feedback(_, question, Attempt(question.id, 1, chosen, right, 0, 0))


async def photographed(page: Page, bot: AnyBot, replies: list[Reply], folder: Path) -> list[Path]:
    """Have each said in the chat, and take a picture of each message."""
    for reply in replies:
        if reply.picture_path is None:
            await bot.send_message(_PERSON, reply.text, parse_mode=ParseMode.HTML)
        else:
            content = (find_course_folder(DEFAULT_COURSE) / reply.picture_path).read_bytes()
            await bot.send_photo(_PERSON, content, reply.text, parse_mode=ParseMode.HTML)
    messages = page.get_by_test_id("message")
    await messages.nth(len(replies)).wait_for()
    await page.evaluate("document.querySelectorAll('blockquote').forEach(q => q.click())")
    taken = []
    for number in range(1, len(replies) + 1):
        path = folder / f"{number:03}.png"
        await messages.nth(number).screenshot(path=path)
        taken.append(path)
    return taken


def sheets(taken: list[Path]) -> Iterator[Image.Image]:
    """Lay the pictures out in columns, on as many sheets as are needed."""
    images = [Image.open(path).convert("RGB") for path in taken]
    width = max(image.width for image in images) + _GAP
    while images:
        sheet = Image.new("RGB", (_COLUMNS * width, _TALLEST), "#dddddd")
        for column in range(_COLUMNS):
            top = 0
            while images and top + images[0].height < _TALLEST:
                sheet.paste(images[0], (column * width, top))
                top += images.pop(0).height + _GAP
        yield sheet


async def draw(folder: Path, only: str) -> None:
    """Write the sheets of every module, or of the one that is wanted."""
    course, voice = load_course(DEFAULT_COURSE), Translators.load().for_language("en")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for module in course.modules:
            if only not in ("", module.id):
                continue
            async with Simulator() as simulator:
                simulator.world.say(_PERSON, "/start")
                bot: AnyBot = ExtBot(
                    simulator.token, f"{simulator.url}/bot", request=AiohttpRequest()
                )
                await bot.initialize()
                page = await browser.new_page(viewport=PHONE)
                await page.goto(simulator.url)
                await page.add_style_tag(content="#fresh, #connection, #foot {display: none}")
                replies = list(screens(voice, course, module))
                with tempfile.TemporaryDirectory() as kept:
                    taken = await photographed(page, bot, replies, Path(kept))
                    for number, sheet in enumerate(sheets(taken), 1):
                        sheet.save(folder / f"{module.id}-{number}.png")
                await page.close()
                await bot.shutdown()
        await browser.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", metavar="MODULE")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(draw(given.folder, given.only))


if __name__ == "__main__":
    main()
