"""What the funnel says of few people, and of which days."""

import pytest

from bot.actions.statistics import StatisticsView
from bot.i18n import Translators
from bot.rendering import statistics_tables
from course.statistics.counters import JOINED, STARTED
from course.statistics.funnels import build_funnel
from course.statistics.overview import Period, Scope
from simulator.entities import read
from tests.support.running import real_course

ENGLISH = Translators.load().for_language("en")
COURSE = real_course()


def shown(period: Period) -> str:
    first, second = (module.lessons[-1].id for module in COURSE.modules[:2])
    found = build_funnel(
        COURSE, Scope(20_000, period), {JOINED: 40, STARTED: 20, first: 10, second: 4}
    )
    seen = StatisticsView((), is_admin=True, cohort=None, period=period, today=20_000)
    return read(statistics_tables.funnel(ENGLISH, COURSE, seen, found).text, "HTML").text


def test_no_share_is_told_of_so_few_people_that_they_are_not_counted() -> None:
    lines = shown(Period.ALL).splitlines()

    assert "Module 1, last lesson done: 10, 50 percent of those who started" in lines
    assert "Module 2, last lesson done: fewer than 5" in lines


@pytest.mark.parametrize(
    ("period", "said"),
    [
        pytest.param(Period.ALL, "Enrolled: 40", id="all days: no days are meant"),
        pytest.param(Period.WEEK, "Enrolled in these days: 40", id="some days: those"),
    ],
)
def test_it_says_of_which_days_it_tells(period: Period, said: str) -> None:
    assert said in shown(period).splitlines()
