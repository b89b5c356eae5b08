"""Ada, who administers, opens every screen of the figures on a small phone.

With TUTORBOT_SCREENSHOTS=FOLDER each screen is kept there, to be looked at.
"""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from course.model import LearnerId
from simulator.clock import Clock
from simulator.server import Simulator
from storage import learners
from storage.store import Store
from tests.browser.learning import Reader
from tests.browser.test_learning import TOO_WIDE
from tests.conversations.leading import ADA
from tests.statistics.reminders import remind
from tests.statistics.world import WIDE, live, prepare
from tests.support.running import NOON, connected

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

KEPT = os.environ.get("TUTORBOT_SCREENSHOTS")
SCREENS = {
    "Funnel": "How far people come",
    "Modules": "Modules",
    "Questions": "Questions to look at first",
    "Cohorts": "Cohorts",
    "Reminders": (
        "Reminders, and what they do\nEverybody · All days\n\nThe first reminder\n"
        "Sent: 150. Back within 72 hours: 67 percent"
    ),
    "Broadcasts": "Broadcasts",
    "Time": "When people answer, by their own clocks",
    "Other days and more": "What do you want to see?",
}
PICTURED = ("Funnel", "Questions", "Cohorts", "Reminders", "Time")


@pytest_asyncio.fixture(loop_scope="session")
async def ada(phone: Page, tmp_path: Path) -> AsyncIterator[Reader]:
    """Ada in front of the chat page; 250 people have learned before, and were reminded."""
    url = f"sqlite:///{tmp_path / 'tutor.db'}"
    store = await Store.open(url, now=0)
    await prepare(store)
    await live(store, 250)
    await store.write(
        *(learners.schedule_reminder_check(LearnerId(10_000 + n), None) for n in range(250))
    )
    await remind(store)
    await store.close()
    async with (
        Simulator(clock=Clock(NOON)) as simulator,
        connected(simulator, url, WIDE) as running,
    ):
        yield Reader(running, phone, ADA)
        await phone.close()


async def looks(reader: Reader, name: str) -> None:
    """Nothing is cut; the screen is kept if somebody wants to see it."""
    assert not await reader.page.evaluate(TOO_WIDE), name
    if KEPT:
        file = Path(KEPT) / f"stats-{name.replace(' ', '-').replace(',', '').lower()}.png"
        await reader.page.screenshot(path=file)


async def test_every_screen_of_the_figures_fits_a_small_phone(ada: Reader) -> None:
    await ada.opens()
    await ada.starts()
    await ada.says("/stats")
    await ada.sees_first("How it is going\nEverybody · All days")
    await looks(ada, "first")

    for label, title in SCREENS.items():
        await ada.taps(label)
        await ada.sees_first(f"{title}\n")
        await looks(ada, label)
        if label == "Questions":
            await ada.taps("1")
            await ada.sees_first("Question m")
            await looks(ada, "question")
            await ada.taps("Back")
        if label != "Other days and more":
            await ada.taps("Back")

    for label in ("What is counted", "Weekly report"):
        await ada.taps(label)
        await ada.sees_first(label)
        await looks(ada, label)
        await ada.taps("Back")
        if label == "What is counted":
            await ada.taps("Other days and more")


async def test_pictures_show_below_their_screens(ada: Reader) -> None:
    await ada.opens()
    await ada.starts()
    for label in PICTURED:
        await ada.says("/stats")
        await ada.taps(label)
        await ada.taps("As a picture")
        picture = ada.newest.locator("img")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("(image) => image.naturalWidth") == 1080
        await looks(ada, f"{label} picture")
