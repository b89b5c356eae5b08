"""The radar: which members of a cohort may need help, why, and since when. Pure rules.

Times are UTC milliseconds. An alert that was handled does not return until it is caused again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from course.cohorts import learner_status
from course.cohorts.learner_status import DAY
from course.learning.progress import Progress
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
class Sighting:
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
class Standing:
    """A member of a cohort, as input of these rules.

    Attributes:
        active_at: last activity.
        began_at: when they joined or the cohort started, whichever was later.
        deadline: of the cohort; `None` when there is none.
        unreachable_at: when they stopped messages or blocked the bot; `None` when they did not.
    """

    progress: Progress
    active_at: int
    began_at: int
    deadline: int | None = None
    unreachable_at: int | None = None


def sightings(course: Course, standing: Standing, now: int) -> tuple[Sighting, ...]:
    """All alerts that hold at `now`, newest first; none after finishing the course."""
    if learner_status.has_finished(course, standing.progress):
        return ()
    found = (one for one in _all(course, standing) if one.since <= now)
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def unseen(found: Iterable[Sighting], seen: Mapping[Concern, int]) -> tuple[Sighting, ...]:
    """Those of `found` that were not handled since they began.

    Args:
        seen: when a facilitator last handled each concern.
    """
    return tuple(one for one in found if one.since > seen.get(one.concern, -1))


def _all(course: Course, standing: Standing) -> Iterator[Sighting]:
    """Alerts that hold now or will hold later if the member stays inactive."""
    progress, began_at = standing.progress, standing.began_at
    if standing.unreachable_at is not None:
        yield Sighting(Concern.UNREACHABLE, standing.unreachable_at)
    if learner_status.has_begun(progress):
        away_from = max(standing.active_at, began_at)
        yield Sighting(Concern.SILENT, away_from + learner_status.SILENT_DAYS * DAY)
    else:
        yield Sighting(Concern.NOT_STARTED, began_at + NOT_STARTED_DAYS * DAY)
    for miss in learner_status.stuck_on(course, progress)[:1]:
        yield Sighting(Concern.STUCK, miss.at, miss.question, progress.asked(miss.question))
    behind = learner_status.behind_since(course, progress, began_at, standing.deadline)
    if behind is not None:
        yield Sighting(Concern.BEHIND, behind)
