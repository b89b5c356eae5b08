"""Who may need their facilitator, why, and since when. Pure rules; tells nobody.

Times are UTC milliseconds. What somebody was told of does not come back until it happens anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from course import standings
from course.model import Course, QuestionId
from course.progress import Progress
from course.standings import DAY

NOT_STARTED_DAYS = 2
"""Days after somebody joined, or their cohort began, without a card read (our judgement)."""


class Concern(StrEnum):
    """Why somebody is on the radar; stored, so never renamed."""

    STUCK = "stuck"
    """Missed one question four times or more and never passed it."""
    SILENT = "silent"
    """In the middle of the course, and nothing done for seven days."""
    BEHIND = "behind"
    """The deadline cannot be met at their pace."""
    NOT_STARTED = "not-started"
    UNREACHABLE = "unreachable"
    """Messages do not reach them: they stopped messages or blocked the bot."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One reason why somebody is on the radar.

    Attributes:
        since: when it came to be.
        question: of `STUCK` the one they are stuck on, the newest of several.
        misses: how often it was missed.
    """

    concern: Concern
    since: int
    question: QuestionId | None = None
    misses: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """All that these rules look at about one member of a cohort.

    Attributes:
        active_at: when they last did anything.
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
    """Every reason that holds at `now`, the newest first; none for who has finished."""
    if standings.has_finished(course, standing.progress):
        return ()
    found = (one for one in _all(course, standing) if one.since <= now)
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def unseen(found: Iterable[Sighting], seen: Mapping[Concern, int]) -> tuple[Sighting, ...]:
    """Those of `found` that nobody has dealt with since they came to be.

    Args:
        seen: when a facilitator last dealt with each concern.
    """
    return tuple(one for one in found if one.since > seen.get(one.concern, -1))


def _all(course: Course, standing: Standing) -> Iterator[Sighting]:
    """What is true now or becomes true later, if they do nothing more."""
    progress, began_at = standing.progress, standing.began_at
    if standing.unreachable_at is not None:
        yield Sighting(Concern.UNREACHABLE, standing.unreachable_at)
    if standings.has_begun(progress):
        away_from = max(standing.active_at, began_at)
        yield Sighting(Concern.SILENT, away_from + standings.SILENT_DAYS * DAY)
    else:
        yield Sighting(Concern.NOT_STARTED, began_at + NOT_STARTED_DAYS * DAY)
    for miss in standings.stuck_on(course, progress)[:1]:
        yield Sighting(Concern.STUCK, miss.at, miss.question, progress.asked(miss.question))
    behind = standings.behind_since(course, progress, began_at, standing.deadline)
    if behind is not None:
        yield Sighting(Concern.BEHIND, behind)
