"""The glossary, further reading, pictures, the end of the course, and reports of mistakes."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.callback_data import FinishItem, pack
from course.model import Course, LearnerId
from course.references import FurtherReading, Picture, Term
from tests.bot.bot_api.test_media import PIXEL
from tests.conversations.audit import audit
from tests.conversations.people import Careful
from tests.course.examples import FIRST, SECOND, SMALL, SOURCE
from tests.support.running import Stage, staged

AMINA = LearnerId(1001)
WORDS = (
    Term("net-widening", "More people are drawn in than before.", (SOURCE,), ("widening the net",)),
    Term("naloxone", "A medicine against an overdose.", (SOURCE,)),
)


def furnished(folder: Path) -> Course:
    """The small course with everything that may stand beside its lessons."""
    (folder / "m1.png").write_bytes(PIXEL)
    picture = Picture(str(folder / "m1.png"), "A map of a small town.", (SOURCE,))
    lost = Picture(str(folder / "gone.png"), "A picture that is gone.", (SOURCE,))
    return replace(
        SMALL,
        modules=(replace(FIRST, picture=picture), replace(SECOND, picture=lost)),
        closing="You have come to the end of a small course.",
        glossary=WORDS,
        reading=(FurtherReading("A book about water, for everybody.", (SOURCE,)),),
    )


@pytest.fixture
async def stage(store_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(store_url, furnished(tmp_path)) as running:
        yield running
        audit(running.simulator.world)


@pytest.fixture
async def amina(stage: Stage) -> Careful:
    """Amina after the welcome."""
    person = Careful(stage)
    await person.says("/start")
    return person


async def test_the_glossary_lists_its_words_by_name(amina: Careful) -> None:
    await amina.says("/glossary")

    assert "naloxone · net-widening" in amina.sees
    assert "/glossary net-widening" in amina.sees


@pytest.mark.parametrize("typed", ["net-widening", "Net Widening", "widening the net"])
async def test_a_word_is_found_in_any_spelling(amina: Careful, typed: str) -> None:
    await amina.says(f"/glossary {typed}")

    assert amina.sees.startswith(
        "From the glossary:\nnet-widening\n\nMore people are drawn in than before."
    )
    assert "Also: widening the net" in amina.sees
    assert "Wet (Society, 2024)" in amina.sees
    await amina.taps("All words")
    assert amina.sees.startswith("Words of this course")


async def test_a_word_that_is_not_there_leads_to_one_that_is(amina: Careful) -> None:
    await amina.says("/glossary naloxon")

    assert amina.sees.startswith("This word is not in the glossary.")
    assert "/glossary naloxone" in amina.sees

    await amina.says("/glossary zzz")

    assert "Did you mean" not in amina.sees


async def test_reading_names_each_publication_with_its_address(amina: Careful) -> None:
    await amina.says("/reading")

    assert "A book about water, for everybody." in amina.sees
    assert "Wet (Society, 2024)" in amina.sees
    assert '<a href="https://a.example">' in (amina.messages[-1].html or "")


async def test_a_module_begins_with_its_picture_once(amina: Careful) -> None:
    await amina.taps("Start")

    picture = amina.newest
    assert picture.kind == "photo"
    assert picture.text.startswith("Module 1\nModule m1")
    assert "in words" not in picture.text
    assert amina.labels == ["Next"]

    await amina.taps("Next")

    assert "Card 1 of 2" in amina.sees
    assert sum(message.kind == "photo" for message in amina.messages) == 1
    await amina.says("/continue")
    assert "Card 1 of 2" in amina.sees


async def test_typing_next_under_the_picture_passes_over_no_card(amina: Careful) -> None:
    await amina.taps("Start")

    await amina.says("next")

    assert "Card 1 of 2" in amina.sees


async def test_next_of_the_first_card_counts_although_its_picture_was_never_seen(
    amina: Careful,
) -> None:
    await amina.taps("Start")

    await amina.presses(amina.newest.id, pack(FinishItem("m1l1c1")))

    assert "Card 2 of 2" in amina.sees


async def test_plain_text_gives_the_picture_in_words(amina: Careful) -> None:
    await amina.says("/settings")
    await amina.taps("Turn plain text on")
    await amina.says("/start")

    await amina.taps("Start")

    assert not any(message.kind == "photo" for message in amina.messages)
    assert "The picture in words: A map of a small town." in amina.sees
    assert amina.labels == ["Next"]


async def test_a_picture_that_is_gone_stops_nobody(
    amina: Careful, caplog: pytest.LogCaptureFixture
) -> None:
    await amina.taps("Start")
    while not amina.sees.startswith("Module 1 done."):
        await amina.goes_on()

    await amina.taps("Continue")

    assert "The picture in words: A picture that is gone." in amina.sees
    await amina.taps("Next")
    assert "Module 2 of 2" in amina.sees
    assert "A picture cannot be read" in caplog.text


async def test_after_the_last_module_nothing_is_left_to_continue_or_to_pause(
    amina: Careful,
) -> None:
    await amina.taps("Start")
    while not amina.sees.startswith("Module 1 done."):
        await amina.goes_on()
    assert amina.labels == ["Continue", "Pause here"]

    while not amina.sees.startswith("Module 2 done."):
        await amina.goes_on()

    assert amina.labels == ["Next"]


async def test_the_end_says_what_the_author_wrote_and_where_to_read_on(amina: Careful) -> None:
    await amina.taps("Start")
    while not amina.sees.startswith("You have done everything"):
        await amina.goes_on()

    assert "You have come to the end of a small course." in amina.sees
    await amina.taps("Where to read on")
    assert amina.sees.startswith("Where to read on")


async def test_a_report_is_kept_with_the_place_and_deleted_with_the_learner(
    amina: Careful, stage: Stage
) -> None:
    await amina.taps("Start")
    await amina.taps("Next")
    await amina.says("/report")
    assert "Module 1 of 2 · Lesson 1 of 2" in amina.sees

    await amina.says("/report The year on this card\nshould be 2021.")

    [report] = await stage.store.fetch_mistake_reports()
    assert amina.sees.startswith("Thank you.")
    assert (report.item, report.version) == ("m1l1c1", "1")
    assert report.text == "The year on this card\nshould be 2021."

    await amina.says("/deletemydata")
    await amina.taps("Delete everything")

    assert await stage.store.fetch_mistake_reports() == ()


async def test_a_report_that_speaks_of_danger_gets_help_and_is_not_kept(
    amina: Careful, stage: Stage
) -> None:
    await amina.says("/report I want to kill myself")

    assert "emergency number" in amina.sees
    assert await stage.store.fetch_mistake_reports() == ()


async def test_a_report_is_cut_at_a_thousand_characters(amina: Careful, stage: Stage) -> None:
    await amina.says("/report " + "x" * 3000)

    [report] = await stage.store.fetch_mistake_reports()
    assert report.text == "x" * 1000
