"""The broadcasts of the demo's facilitators."""

from dataclasses import dataclass
from datetime import timedelta

from bot.demo.sample_cohorts import SAMPLE_COHORTS, SampleCohort
from course import local_time
from course.cohorts.audiences import AudienceFilter
from storage.broadcasts import AnswerButton, BroadcastButton, ContinueButton

_BROADCAST_MINUTE = 10 * 60 + 30
"""Minute of the day at which broadcasts are sent, in the cohort's zone: no session starts then."""


@dataclass(frozen=True, slots=True)
class SampleBroadcast:
    """A broadcast to create.

    Attributes:
        cohort_index: index into `SAMPLE_COHORTS`.
        days_ago: when it is sent; negative for a planned one, sent at 9:00 of each learner's time.
    """

    cohort_index: int
    days_ago: int
    html: str
    buttons: tuple[BroadcastButton, ...]
    narrowed: frozenset[AudienceFilter] = frozenset()

    def send_at(self, now: int) -> int:
        """When a planned one is sent, in UTC milliseconds: at 6:00 of the cohort's time."""
        zone = SAMPLE_COHORTS[self.cohort_index].zone
        day = local_time.to_local(zone, now).date() - timedelta(self.days_ago)
        return local_time.time_on_day(zone, day, 6 * 60)


SAMPLE_BROADCASTS = (
    SampleBroadcast(2, 12, "The course closes on {deadline}, {name}."
           " You have about {minutes_left} minutes left.", (ContinueButton(),),
           frozenset({AudienceFilter.NOT_FINISHED})),
    SampleBroadcast(1, 5, "Your next lesson, {name}, is {next_lesson}."
           " If something is not clear, ask me with /askfacilitator.", (ContinueButton(),),
           frozenset({AudienceFilter.NOT_FINISHED})),
    SampleBroadcast(0, 3, "We meet online for an hour before the course closes on {deadline}."
           " We talk about what the lessons mean for our work. Will you come, {name}?",
           (AnswerButton("Yes"), AnswerButton("No"), AnswerButton("I do not know yet"))),
    SampleBroadcast(0, -1, "Some days are left, {name}. The course is open until {deadline}."
           " You have about {minutes_left} minutes left.", (ContinueButton(),),
           frozenset({AudienceFilter.NOT_FINISHED})),
)  # fmt: skip
"""One sent broadcast per cohort, and one planned for tomorrow."""


def broadcast_time(cohort: SampleCohort, days_ago: int, now: int) -> int:
    """Time of a broadcast sent `days_ago` days ago, in UTC milliseconds."""
    day = local_time.to_local(cohort.zone, now).date() - timedelta(days_ago)
    return local_time.time_on_day(cohort.zone, day, _BROADCAST_MINUTE)
