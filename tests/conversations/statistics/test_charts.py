"""Charts of the figures."""

from dataclasses import replace

import pytest

from bot.actions.learner_state import Interaction
from bot.actions.statistics import StatisticsView, fetch_completion_curves, load_view
from bot.chart_renderer import ChartRenderer
from course.model import LearnerId
from course.statistics.overview import Period
from tests.conversations.leading import ADA, NOT_YOURS
from tests.conversations.people import Careful
from tests.support.running import NOON, Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_picture_comes_below_the_screen_with_its_words(ada: Careful) -> None:
    for label, title in {
        "Funnel": "How far people come\nEverybody · All days\n\n",
        "Questions": "How hard, and how telling\nEverybody · All days\n\n",
        "Cohorts": "People who have finished\nBy cohort, until ",
        "Time": "When people answer\nEverybody · All days\n\nThe busiest hours: from ",
    }.items():
        await ada.taps(label)
        screen, heard = ada.button("Back")[0], ada.heard

        await ada.taps("As a picture")

        assert ada.heard == heard + 1, label
        assert ada.newest.kind == "photo"
        assert ada.sees.startswith(title)
        assert not ada.labels
        await ada.presses(screen, "g:home:0:0")


async def test_of_two_hundred_cohorts_six_are_drawn(lively: Stage) -> None:
    services = lively.tutor.context.services
    seen = await load_view(
        services, Interaction(LearnerId(ADA), "en", 1, int(NOON) * 1000), period=Period.ALL
    )
    assert isinstance(seen, StatisticsView)
    many = replace(seen, cohorts=seen.cohorts * 50)

    found = await fetch_completion_curves(services, many)

    assert len(many.cohorts) == 200
    assert len(found) == 6


async def test_there_is_no_picture_of_nothing_and_none_that_never_was(ada: Careful) -> None:
    heard = ada.heard

    await ada.presses(ada.newest.id, "g:picture:0:7.reminders")
    assert ada.toast == "There is nothing to draw yet."
    await ada.presses(ada.newest.id, "g:picture:0:7.nothing")
    assert ada.toast == NOT_YOURS

    assert ada.heard == heard


async def test_who_wants_plain_text_gets_words_only(ada: Careful) -> None:
    await ada.says("/settings")
    await ada.taps("Turn plain text on")
    await ada.says("/stats")

    for label in ("Funnel", "Questions", "Cohorts", "Time"):
        await ada.taps(label)
        assert "As a picture" not in ada.labels
        await ada.taps("Back")

    await ada.says("/settings")
    await ada.taps("Turn plain text off")


async def test_when_nothing_can_draw_the_words_come_alone(
    lively: Stage, ada: Careful, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = ChartRenderer(program=("/nowhere/python",))
    monkeypatch.setattr(lively.tutor.context, "chart_renderer", broken)

    await ada.presses(ada.newest.id, "g:picture:0:0.funnel")

    assert ada.newest.kind == "text"
    assert ada.sees.startswith(
        "The picture could not be drawn this time. This is what it says:\n\nHow far people come"
    )
