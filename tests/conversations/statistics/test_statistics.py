"""The figures in chat: every screen and button, of whom, and for whom."""

import pytest

from bot.callback_data import unpack
from course.model import LearnerId
from course.statistics.item_analysis import worst_items
from course.statistics.overview import Period, Scope
from storage import roles, statistics
from storage.item_analysis import analyse_items
from tests.conftest import Lend
from tests.conversations.audit import audit
from tests.conversations.leading import ADA, AMINA, BARAKA, FARID, NOT_YOURS, facilitates, person
from tests.conversations.people import Careful
from tests.statistics.world import COHORTS, WIDE
from tests.support.running import NOON, Stage, staged

TODAY = int(NOON) // 86_400


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_first_screen_tells_the_figures_in_words(lively: Stage, ada: Careful) -> None:
    await ada.taps("Other days and more")
    await ada.taps("Last 7 days")

    found = await statistics.fetch_overview(lively.store, Scope(TODAY, Period.WEEK))
    assert ada.sees.startswith("How it is going\nEverybody · Last 7 days\n\n")
    assert f"Active: {found.active.now.at_least or 'fewer than 5'} (before: " in ada.sees
    assert "Before: in the 7 days before these." in ada.sees
    assert "People are counted in fives" in ada.sees
    assert len(ada.labels) <= 8


async def test_all_days_compare_with_a_week_ago(lively: Stage, ada: Careful) -> None:

    found = await statistics.fetch_overview(lively.store, Scope(TODAY, Period.ALL))
    assert f"Enrolled: {found.enrolled.now.at_least} (before: " in ada.sees
    assert f"Time to finish: {found.minutes.now} minutes" in ada.sees
    assert f"First answers right: {found.right.now} percent" in ada.sees
    assert "Before: how it was a week ago." in ada.sees


BEGINNINGS = {
    "Funnel": "How far people come\nEverybody · All days\n\nEnrolled: ",
    "Modules": "Modules\nEverybody · All days\n\nModule 1: Module m1\nClosed by ",
    "Questions": "Questions to look at first\nEverybody · All days\n\n1. ",
    "Cohorts": "Cohorts\nAll days\n\nCohort 1",
    "Reminders": "Reminders, and what they do\nEverybody · All days",
    "Broadcasts": "Broadcasts\nEverybody · All days\n\nNone has been sent so far.",
    "Time": "When people answer, by their own clocks\nEverybody · All days\n\nMonday: ",
}


async def test_each_button_opens_its_screen_in_place_and_leads_back(ada: Careful) -> None:
    first, heard = ada.sees, ada.heard

    for label, beginning in BEGINNINGS.items():
        await ada.taps(label)
        assert ada.sees.startswith(beginning)
        assert ada.heard == heard
        for _, data in ada.buttons():
            assert unpack(data) is not None, data

        await ada.taps("Back")
        assert ada.sees == first


async def test_questions_say_that_they_are_judged_on_all_days(ada: Careful) -> None:
    await ada.taps("Other days and more")
    await ada.taps("Last 7 days")
    await ada.taps("Questions")
    assert ada.sees.startswith("Questions to look at first\nEverybody · All days\n")
    await ada.taps("Back")
    assert "Last 7 days" in ada.sees


async def test_every_word_of_the_first_screen_is_explained(ada: Careful) -> None:
    names = [line.split(":")[0] for line in ada.sees.splitlines() if " (before: " in line]

    await ada.taps("Other days and more")
    await ada.taps("What is counted")

    assert len(names) >= 4
    for name in names:
        assert f"{name.removesuffix(' in the last 7 days')}: " in ada.sees


async def test_the_worst_question_stands_first_opens_and_leads_back_to_the_list(
    lively: Stage, ada: Careful
) -> None:
    first = worst_items(await analyse_items(lively.store, WIDE), 10)[0]
    await ada.taps("Questions")
    listed = ada.sees
    assert f"\n\n1. {first.question} · module " in listed

    await ada.taps("1")
    opened = ada.sees
    assert opened.startswith(f"Question {first.question}\nmodule ")
    assert f"Right: {first.facility} percent" in opened
    assert "of the upper third" in opened

    await ada.taps("Back")
    assert ada.sees == listed

    await ada.says(f"/question {first.question}")
    assert ada.sees == opened


async def test_a_question_that_is_not_there_is_asked_for(ada: Careful) -> None:
    for said in ("", " nothing", " m2l1q1; drop table"):
        await ada.says(f"/question{said}")

        none = f"There is no question {said.strip()}.\n\n" if said else ""
        assert ada.sees == (
            f"{none}Please type the id of a question behind the command, such as: /question m1l1q1"
        )


async def test_capitals_do_for_the_id_of_a_question_and_a_name_for_a_cohort(ada: Careful) -> None:
    await ada.says("/question M2L1Q1")
    assert ada.sees.startswith("Question m2l1q1\n")

    await ada.says("/stats  cohort 12")
    assert ada.sees.startswith("How it is going\nCohort 12 · All days")

    await ada.taps("Cohorts")
    await ada.taps("Everybody")
    assert ada.sees.startswith("How it is going\nEverybody · All days")


async def test_who_has_several_cohorts_is_told_which_one_and_how_to_change(
    lively: Stage, farid: Careful
) -> None:
    assert "You have several cohorts." not in farid.sees
    await lively.store.write(roles.add_facilitator(LearnerId(FARID), COHORTS[1], 1))

    await farid.says("/stats")
    await lively.store.write(
        roles.delete_facilitator(LearnerId(FARID), COHORTS[1])
    )  # others share the world

    assert farid.sees.startswith("How it is going\nCohort 1")
    assert "You have several cohorts. Cohorts, below, opens another one." in farid.sees


async def test_an_admin_looks_at_one_cohort_and_at_everybody_again(ada: Careful) -> None:
    await ada.taps("Cohorts")
    label = next(one for one in ada.labels if one.startswith("Cohort "))
    await ada.taps(label)
    assert ada.sees.startswith(f"How it is going\n{label} · All days")

    await ada.taps("Other days and more")
    await ada.taps("Everybody")
    assert ada.sees.startswith("How it is going\nEverybody · All days")


async def test_a_facilitator_sees_their_cohort_and_no_other(farid: Careful) -> None:
    assert farid.sees.startswith("How it is going\nCohort 11 · All days")
    assert "Reminders" not in farid.labels

    await farid.taps("Cohorts")
    assert "Cohort 11" in farid.sees
    assert "Cohort 12" not in farid.sees

    before = farid.sees
    for number in (COHORTS[1], 999):
        for what in ("home", "funnel", "questions", "time"):
            await farid.presses(farid.newest.id, f"g:{what}:{number}:7")
            assert farid.toast == NOT_YOURS
    for data in ("g:reminders:0:0", "g:picture:0:0.reminders", f"g:picture:{COHORTS[1]}:0.time"):
        await farid.presses(farid.newest.id, data)
        assert farid.toast == NOT_YOURS
    assert farid.sees == before


async def test_a_facilitator_without_a_cohort_is_told_so(lively: Stage) -> None:
    one = await facilitates(lively, BARAKA, "Baraka")

    await one.says("/stats")

    assert one.sees.startswith("You have no cohort yet, so there are no figures.")


async def test_a_learner_hears_that_it_is_not_theirs(lively: Stage) -> None:
    amina = person(lively, AMINA)

    for command in ("/stats", "/question m2l1q1"):
        await amina.says(command)

        assert amina.sees == NOT_YOURS
        assert not amina.labels


async def test_a_learner_who_forges_every_button_learns_nothing(
    lively: Stage, ada: Careful
) -> None:
    seen = [data for _, data in ada.buttons() if data.startswith("g:")]
    amina = person(lively, AMINA)
    await amina.says("/start")
    before = amina.heard

    for data in (*seen, "g:reminders:0:0", f"g:home:{COHORTS[0]}:7", "g:question:0:0.m2l1q1"):
        await amina.presses(amina.newest.id, data)
        assert amina.toast == NOT_YOURS

    assert len(seen) > 5
    assert amina.heard == before


async def test_a_button_that_never_was_means_nothing(ada: Careful) -> None:
    for data in ("g:home:0:8", "g:home:0:", "g:home:0:7x"):
        await ada.presses(ada.newest.id, data)
        assert ada.toast == NOT_YOURS

    await ada.presses(ada.newest.id, "g:nothing:0:7")
    assert ada.toast == "This button is no longer in use. Here is where you are."


async def test_nothing_is_shown_of_an_empty_world(lent_store: Lend) -> None:
    async with lent_store() as url, staged(url, WIDE) as running:
        ada = person(running, ADA, "Ada")
        await ada.says("/stats")

        assert "Nobody has joined yet: share the link." in ada.sees
        for what in (
            "funnel",
            "modules",
            "questions",
            "cohorts",
            "reminders",
            "time",
            "broadcasts",
        ):
            await ada.presses(ada.newest.id, f"g:{what}:0:0")
            assert not any(word in ada.sees for word in ("None,", "nan", "Error"))
            assert ada.labels[-1] == "Back"
        audit(running.simulator.world)


async def test_the_weekly_report_is_turned_on_moved_and_off(ada: Careful) -> None:
    await ada.taps("Other days and more")
    await ada.taps("Weekly report")
    assert "Now: off. Press a time to have it." in ada.sees
    assert "I do not know your time zone, so times are UTC." in ada.sees

    await ada.taps("09:00")
    assert "Now: on Mondays at 09:00. The next one comes on Monday 23 November." in ada.sees
    await ada.taps("18:00")
    assert "Now: on Mondays at 18:00." in ada.sees

    await ada.presses(ada.newest.id, "g:weekly-set:0:7.1440")
    assert "Now: on Mondays at 18:00." in ada.sees
    await ada.taps("Turn it off")
    assert "Now: off." in ada.sees
    assert "Turn it off" not in ada.labels
