"""Reports of mistakes in an admin's chat: read, seen in their place, closed, thanked for."""

from tests.conversations import leading
from tests.conversations.leading import BARAKA
from tests.conversations.people import DAY, HOUR, Careful
from tests.support.running import Stage

TEXT = "The year on this card should be 2021."


async def reported(amina: Careful) -> None:
    await amina.says(f"/report {TEXT}")


async def test_an_admin_reads_a_report_and_sees_its_place(amina: Careful, ada: Careful) -> None:
    await reported(amina)

    await ada.says("/reports")

    assert ada.sees.startswith("1 report of a mistake")
    assert TEXT in ada.sees
    assert "Module 1 of 2 · Lesson 1 of 2 (m1l1c1)" in ada.sees
    await ada.taps("Show the place")
    assert "Card 1 of " in ada.sees
    await ada.taps("Back to the report")
    assert TEXT in ada.sees


async def test_who_reported_is_thanked_once_and_the_report_is_gone(
    amina: Careful, ada: Careful, on_small: Stage
) -> None:
    await reported(amina)
    await ada.says("/reports")
    again = ada.button("Done, say thanks")

    await ada.taps("Done, say thanks")
    await ada.presses(*again)
    await on_small.ticks()

    assert ada.sees.startswith("No reports of mistakes wait.")
    assert [one for one in amina.messages if one.text.startswith("You told us of a mistake.")] == [
        amina.newest
    ]
    assert await leading.logged(on_small, "close-report") == [ada.id]


async def test_a_report_may_be_closed_without_thanks(
    amina: Careful, ada: Careful, on_small: Stage
) -> None:
    await reported(amina)
    await ada.says("/reports")

    await ada.taps("Done")
    await on_small.ticks()

    assert await on_small.store.fetch_mistake_reports() == ()
    assert not amina.newest.text.startswith("You told us")


async def test_nobody_is_thanked_after_stop(amina: Careful, ada: Careful, on_small: Stage) -> None:
    await reported(amina)
    await amina.says("/stop")
    await ada.says("/reports")

    await ada.taps("Done, say thanks")
    await on_small.ticks()

    assert not amina.newest.text.startswith("You told us")


async def test_reports_are_turned_one_by_one(amina: Careful, ada: Careful, on_small: Stage) -> None:
    await reported(amina)
    baraka = leading.person(on_small, BARAKA)
    await baraka.says("/start")
    await baraka.says("/report Another one.")

    await ada.says("/reports")
    await ada.taps("More")

    assert ada.sees.startswith("2 reports of mistakes")
    assert "Another one." in ada.sees
    await ada.taps("Earlier")
    assert TEXT in ada.sees


async def test_an_admin_hears_of_new_reports_in_the_daily_summary_not_at_once(
    amina: Careful, ada: Careful, on_small: Stage
) -> None:
    await leading.makes_cohort(ada, "Nairobi; city Nairobi")
    seen = len(ada.messages)

    await reported(amina)
    await on_small.ticks()
    at_once = len(ada.messages)
    ada.waits(DAY - 5.5 * HOUR)  # past nine in the morning in Nairobi
    await on_small.ticks()

    assert at_once == seen
    assert "1 report of a mistake waits: /reports" in ada.sees
