"""What a group hears once a week, and when."""

from datetime import datetime

import pytest

from course import local_time
from course.cohorts.group_summaries import GroupSummary, next_summary_time, summarise_cohort
from course.learning.next_step import Finished
from course.learning.progress import Progress
from course.model import LearnerId
from tests.course.examples import SMALL, Walker

NOW = 1_794_830_400_000
WEEK = 7 * 24 * 3_600_000


def at(zone: str, *when: int) -> int:
    return local_time.to_utc(zone, datetime(*when))  # noqa: DTZ001 - local


@pytest.mark.parametrize(
    ("zone", "after", "due"),
    [
        ("Africa/Nairobi", (2026, 11, 16, 8, 59), (2026, 11, 16, 9)),
        ("Africa/Nairobi", (2026, 11, 16, 9, 0), (2026, 11, 23, 9)),
        ("Africa/Nairobi", (2026, 11, 22, 23, 0), (2026, 11, 23, 9)),
        ("Europe/Berlin", (2026, 10, 24, 12, 0), (2026, 10, 26, 9)),
        ("Pacific/Kiritimati", (2026, 12, 31, 0, 0), (2027, 1, 4, 9)),
    ],
    ids=["that morning", "just over", "next day", "clocks go back", "over the year's end"],
)
def test_it_comes_on_the_next_monday_at_nine(
    zone: str, after: tuple[int, ...], due: tuple[int, ...]
) -> None:
    assert next_summary_time(zone, at(zone, *after)) == at(zone, *due)


def test_it_counts_who_begun_learned_and_finished() -> None:
    done = Walker(SMALL)
    done.goes_to(Finished)
    nobody = Progress(LearnerId(7))

    found = summarise_cohort(SMALL, [done.progress, nobody, nobody], done.at + WEEK - 1)

    assert found == GroupSummary(members=3, started=1, active=1, finished=1, percent=33)
    assert summarise_cohort(SMALL, [done.progress], done.at + WEEK).active == 0
    assert summarise_cohort(SMALL, [], NOW) == GroupSummary(0, 0, 0, 0, 0)
