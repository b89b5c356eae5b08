"""An admin, a facilitator and a learner at once in the chat page: from the cohort to the report."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.learning import Reader, right
from tests.browser.test_learning import TOO_WIDE
from tests.conversations.leading import ADA, AMINA, BARAKA, FARID, joins
from tests.support.qr import read_card
from tests.support.running import Stage, real_course, stage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DAY = 24 * 3600
NOTE = "A message from your facilitator"


@dataclass(frozen=True, slots=True)
class People:
    """Who sits in front of which page."""

    stage: Stage
    ada: Reader
    farid: Reader
    amina: Reader


@pytest_asyncio.fixture(loop_scope="session", params=[PHONE, DESK], ids=["phone", "desk"])
async def people(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> AsyncIterator[People]:
    """Three browsers of the same size, each with a person of its own."""
    async with stage(tmp_path, real_course()) as running:
        contexts = [
            await browser.new_context(
                viewport=request.param, timezone_id="UTC", reduced_motion="reduce"
            )
            for _ in range(3)
        ]
        pages = [await context.new_page() for context in contexts]
        wrong: list[str] = []
        for page in pages:
            page.on("pageerror", lambda error: wrong.append(str(error)))
        readers = [
            Reader(running, page, one) for page, one in zip(pages, (ADA, FARID, AMINA), strict=True)
        ]
        yield People(running, *readers)
        for context in contexts:
            await context.close()
        assert wrong == []


async def test_from_the_cohort_to_the_report(people: People) -> None:
    await farid_becomes_a_facilitator(people)
    await farid_makes_a_cohort(people)
    payload = await farid_shows_a_picture_of_the_link(people)
    await amina_comes_by_it(people, payload)
    await amina_learns_and_asks(people)
    await farid_answers(people)
    await joins(people.stage, BARAKA, payload, "Baraka")
    await amina_falls_silent(people)
    await farid_sees_both_on_the_radar_and_writes_to_one(people)
    await farid_is_told_each_morning(people)
    await farid_writes_to_who_has_not_finished(people)
    await farid_reads_the_report(people)


async def farid_becomes_a_facilitator(people: People) -> None:
    await people.ada.begins()
    await people.ada.says("/grant facilitator")
    words = await people.ada.newest.locator(".words").inner_text()
    payload = words.split("?start=")[1].split()[0]
    await people.farid.opens(payload)
    await people.farid.starts()
    await people.farid.offers("I agree", "No")
    await looks_well(people.farid, "farid-agrees")
    await people.farid.taps("I agree")


async def farid_makes_a_cohort(people: People) -> None:
    farid = people.farid
    await farid.says("/newcohort Nairobi, November; city Nairobi; deadline 18 December 2026")
    await looks_well(farid, "farid-new-cohort")
    await farid.taps("Make it")
    await farid.sees_first("Nairobi, November")
    await looks_well(farid, "farid-cohort")


async def farid_shows_a_picture_of_the_link(people: People) -> str:
    """The payload of the link that the card on his page holds."""
    farid = people.farid
    await farid.taps("Invite")
    await farid.taps("For 30 days")
    await farid.sees("Cohort: Nairobi, November")
    await looks_well(farid, "farid-invitation")
    async with farid.page.expect_response("**/control/press"):
        await farid.page.get_by_role("button", name="QR code to print", exact=True).click()
    picture = farid.newest.locator("img")
    await expect(picture).to_be_visible(timeout=30_000)
    await looks_well(farid, "farid-picture")
    source = await picture.get_attribute("src")
    response = await farid.page.request.get(f"{people.stage.simulator.url}{source}")
    link = read_card(await response.body())
    words = await farid.newest.locator(".words").inner_text()
    assert link in words
    return link.split("?start=")[1]


async def amina_comes_by_it(people: People, payload: str) -> None:
    amina = people.amina
    await amina.opens(payload)
    await amina.starts()
    await amina.sees("Nairobi, November")
    await looks_well(amina, "amina-invited")
    await amina.taps("Choose my own name")
    await amina.says("Amina W.")
    await amina.sees("Nairobi, November")
    await looks_well(amina, "amina-joined")


async def amina_learns_and_asks(people: People) -> None:
    amina = people.amina
    await amina.says("/continue")
    await amina.goes_on()
    asked = await amina.goes_to_question()
    people.stage.simulator.world.clock.advance(60)
    await amina.says("/askfacilitator")
    await looks_well(amina, "amina-asks")
    await amina.says("Does this count people in prison, too?")
    await amina.sees_first("I have passed it on to your facilitator.")
    await looks_well(amina, "amina-asked")
    await amina.says("/continue")
    await amina.answers(asked, right(asked))
    await amina.goes_on()


async def farid_answers(people: People) -> None:
    farid, amina = people.farid, people.amina
    await farid.sees_first("A question for you")
    await farid.sees("Amina W.")
    await looks_well(farid, "farid-question")
    await farid.taps("Answer")
    await looks_well(farid, "farid-answering")
    await farid.says("Yes. Page 12 of the report says so.")
    await looks_well(farid, "farid-answer-preview")
    await farid.taps("Send")
    await people.stage.sent()
    await farid.sees("Your message to Amina W. has arrived.")
    await amina.sees_first("Your facilitator has answered you")
    await looks_well(amina, "amina-answer")
    await amina.taps("Continue")


async def amina_falls_silent(people: People) -> None:
    people.stage.simulator.world.clock.advance(9 * DAY)


async def farid_sees_both_on_the_radar_and_writes_to_one(people: People) -> None:
    farid, amina = people.farid, people.amina
    await farid.says("/radar")
    await farid.sees_first("Radar · Nairobi, November")
    await farid.sees("2 people may need you")
    words = await farid.newest.locator(".words").inner_text()
    first = next(line[0] for line in words.splitlines() if line.endswith("Amina W."))
    assert "silent for 9 days" in words
    assert "not started for 9 days" in words
    await looks_well(farid, "farid-radar")
    await farid.taps(f"{first} · Write")
    await farid.sees("Hello Amina W., I have not seen you here for a while.")
    await looks_well(farid, "farid-note")
    await farid.taps("Send")
    await people.stage.sent()
    await farid.sees_first("Your message to Amina W. has arrived.")
    await amina.sees_first(NOTE)
    await looks_well(amina, "amina-note")


async def farid_is_told_each_morning(people: People) -> None:
    farid = people.farid
    people.stage.simulator.world.clock.advance(18.5 * 3600)  # 09:30 in Nairobi
    await people.stage.ticks()
    await farid.sees_first("Your daily summary")
    await farid.sees("1 person not started")
    await looks_well(farid, "farid-digest")


async def farid_writes_to_who_has_not_finished(people: People) -> None:
    farid, amina = people.farid, people.amina
    people.stage.simulator.world.clock.advance(DAY)
    await farid.says("/broadcast Nairobi, not finished: Hello {name}, we meet on <Friday> & talk.")
    await farid.sees("not finished")
    await farid.sees("2 people.")
    await looks_well(farid, "farid-broadcast-preview")
    people.stage.simulator.world.faults.add("sendMessage", "retry_after", seconds=1)
    await farid.taps("Send now")
    await expect(farid.newest.locator(".words")).to_contain_text("Sent 1 of 2")
    await looks_well(farid, "farid-broadcast-progress")
    people.stage.simulator.world.clock.advance(2)  # until then the second one waits
    await people.stage.ticks()
    await farid.sees("Done. 2 arrived.")
    await amina.sees("Hello Amina W., we meet on <Friday> & talk.")
    await looks_well(farid, "farid-broadcast-done")
    await looks_well(amina, "amina-broadcast")


async def farid_reads_the_report(people: People) -> None:
    farid = people.farid
    await farid.taps("Who")
    await farid.sees("Amina W.: arrived")
    await looks_well(farid, "farid-report")
    await farid.says("/deliveries")
    await farid.sees("sent")
    await looks_well(farid, "farid-deliveries")


async def looks_well(reader: Reader, name: str) -> None:
    """Nothing is wider than the page, and no button is cut off.

    Where the environment names a folder in SCREENSHOTS, a picture is kept there to be looked at.
    """
    await reader.catches_up()
    buttons = reader.newest.get_by_test_id("inline-button")
    if await buttons.count():
        await buttons.last.scroll_into_view_if_needed()
    if folder := os.environ.get("SCREENSHOTS"):
        size = reader.page.viewport_size
        assert size is not None, "the fixture sets it"
        path = Path(folder) / f"{size['width']}-{name}.png"
        await reader.page.screenshot(path=path)
    assert not await reader.page.evaluate(TOO_WIDE), name
    for button in await buttons.all():
        cut = await button.evaluate("(node) => node.scrollWidth > node.clientWidth + 1")
        assert not cut, f"{name}: {await button.inner_text()!r} is cut off"
