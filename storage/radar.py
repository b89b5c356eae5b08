"""Data of a cohort's radar: members, their progress, and concerns that were handled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from course.cohorts.radar import Concern
from course.learning.progress import Attempt, Progress, Reading
from course.model import LearnerId, OptionId, QuestionId
from storage.statements import Row, Statement, statement
from storage.store import Store

_READING = 1


@dataclass(frozen=True, slots=True)
class Watched:
    """A member of a cohort, with the data that the radar needs. Times are UTC milliseconds.

    Attributes:
        membership: names them on buttons.
        called: by the name they chose, or by their pseudonym; not escaped.
        name: the one they chose; `None` when they chose none.
        active_at: when they last did something that is no fact; their facts may be newer.
        unreachable_at: when they stopped messages or blocked the bot; `None` when they did not.
    """

    learner: LearnerId
    membership: int
    called: str
    name: str | None
    joined_at: int
    active_at: int
    unreachable_at: int | None
    progress: Progress


async def members(store: Store, cohort: int, beyond: int, most: int) -> tuple[Watched, ...]:
    """Fetch at most `most` members with ids above `beyond`, by id, in two reads."""
    rows = await store.rows(statement("members_watched", cohort=cohort, beyond=beyond, most=most))
    if not rows:
        return ()
    wanted = statement("facts_watched", cohort=cohort, beyond=beyond, until=rows[-1][0])
    progresses = dict(_progresses(await store.rows(wanted)))
    return tuple(_watched(row, progresses) for row in rows)


async def seen(store: Store, cohort: int) -> dict[LearnerId, dict[Concern, int]]:
    """Fetch when facilitators last handled each concern about each member."""
    found: dict[LearnerId, dict[Concern, int]] = {}
    for learner, reason, at in await store.rows(statement("seen_in", cohort=cohort)):
        found.setdefault(LearnerId(learner), {})[Concern(reason)] = at
    return found


def sees(cohort: int, learner: LearnerId, concern: Concern, at: int) -> Statement:
    """Record that a facilitator handled a concern about a member."""
    return statement("see", cohort=cohort, learner=learner, reason=concern.value, at=at)


def _progresses(rows: Iterable[Row]) -> Iterator[tuple[int, Progress]]:
    readings: dict[int, list[Reading]] = defaultdict(list)
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for learner, kind, item, number, options, at, update, correct in rows:
        if kind == _READING:
            readings[learner].append(Reading(item, at, update))
        else:
            chosen = frozenset(map(OptionId, options.split(".")))
            attempt = Attempt(QuestionId(item), number, chosen, bool(correct), at, update)
            attempts[learner].append(attempt)
    for learner in readings.keys() | attempts.keys():
        yield learner, Progress.of(LearnerId(learner), readings[learner], attempts[learner])


def _watched(row: Row, progresses: dict[int, Progress]) -> Watched:
    learner, membership, name, pseudonym, joined_at, active_at, stopped_at, unreachable_at = row
    who = LearnerId(learner)
    return Watched(
        who,
        membership,
        name or pseudonym,
        name,
        joined_at,
        active_at or joined_at,
        min((at for at in (stopped_at, unreachable_at) if at is not None), default=None),
        progresses.get(learner) or Progress(who),
    )
