"""The radar: which members of a cohort may need help, why, and since when. Pure rules.

Times are UTC milliseconds. An alert that was handled does not return until it is caused again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from course.cohorts import learner_status
from course.learning.next_step import has_finished_course
from course.learning.progress import Progress
from course.local_time import DAY
from course.model import Course, QuestionId

NOT_STARTED_DAYS = 2
"""Days without a card read, after a member joined or the cohort started (our judgement)."""


class Concern(StrEnum):
    """Why a member is on the radar; values are stored, so never renamed."""

    STUCK = "stuck"
    """Missed a question four times or more and never passed it."""
    SILENT = "silent"
    """Started but not finished, and inactive for seven days."""
    BEHIND = "behind"
    """The deadline cannot be met at their pace."""
    NOT_STARTED = "not-started"
    UNREACHABLE = "unreachable"
    """Messages do not reach them: they stopped messages or blocked the bot."""


@dataclass(frozen=True, slots=True)
class RadarAlert:
    """A concern about a member, with its start.

    Attributes:
        since: when it began.
        question: for `STUCK`, the question they are stuck on, the latest of several.
        misses: how often it was missed.
    """

    concern: Concern
    since: int
    question: QuestionId | None = None
    misses: int = 0


@dataclass(frozen=True, slots=True)
class MemberSituation:
    """A member of a cohort, as input of these rules.

    Attributes:
        active_at: last activity.
        started_at: when they joined or the cohort started, whichever was later.
        deadline: of the cohort; `None` when there is none.
        unreachable_at: when they stopped messages or blocked the bot; `None` when they did not.
    """

    progress: Progress
    active_at: int
    started_at: int
    deadline: int | None = None
    unreachable_at: int | None = None


def radar_alerts(course: Course, situation: MemberSituation, now: int) -> tuple[RadarAlert, ...]:
    """All alerts that hold at `now`, newest first; none after finishing the course."""
    if has_finished_course(course, situation.progress):
        return ()
    found = (one for one in _possible_alerts(course, situation) if one.since <= now)
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def unhandled_alerts(
    alerts: Iterable[RadarAlert], handled: Mapping[Concern, int]
) -> tuple[RadarAlert, ...]:
    """Those of `alerts` that were not handled since they began.

    Args:
        handled: when a facilitator last handled each concern.
    """
    return tuple(one for one in alerts if one.since > handled.get(one.concern, -1))


def _possible_alerts(course: Course, standing: MemberSituation) -> Iterator[RadarAlert]:
    """Alerts that hold now or will hold later if the member stays inactive."""
    progress, began_at = standing.progress, standing.started_at
    if standing.unreachable_at is not None:
        yield RadarAlert(Concern.UNREACHABLE, standing.unreachable_at)
    if learner_status.has_started(progress):
        away_from = max(standing.active_at, began_at)
        yield RadarAlert(Concern.SILENT, away_from + learner_status.SILENT_DAYS * DAY)
    else:
        yield RadarAlert(Concern.NOT_STARTED, began_at + NOT_STARTED_DAYS * DAY)
    for miss in learner_status.stuck_attempts(course, progress)[:1]:
        yield RadarAlert(
            Concern.STUCK, miss.at, miss.question, progress.times_answered(miss.question)
        )
    behind = learner_status.behind_since(course, progress, began_at, standing.deadline)
    if behind is not None:
        yield RadarAlert(Concern.BEHIND, behind)
