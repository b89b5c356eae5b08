"""Data of a cohort's radar: members, their progress, and concerns that were handled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from course.cohorts.radar import Concern
from course.learning.progress import Attempt, Progress, Reading
from course.model import LearnerId, QuestionId
from storage.facts import parse_options
from storage.statements import Row, Statement, statement
from storage.store import Store

_READING = 1


@dataclass(frozen=True, slots=True)
class RadarMember:
    """A member of a cohort, with the data that the radar needs. Times are UTC milliseconds.

    Attributes:
        membership: names them on buttons.
        display_name: by the name they chose, or by their pseudonym; not escaped.
        name: the one they chose; `None` when they chose none.
        active_at: when they last did something that is no fact; their facts may be newer.
        unreachable_at: when they stopped messages or blocked the bot; `None` when they did not.
    """

    learner: LearnerId
    membership: int
    display_name: str
    name: str | None
    joined_at: int
    active_at: int
    unreachable_at: int | None
    progress: Progress


async def fetch_radar_members(
    store: Store, cohort: int, after_learner: int, limit: int
) -> tuple[RadarMember, ...]:
    """Fetch at most `limit` members with ids above `after_learner`, by id, in two reads."""
    rows = await store.fetch_rows(
        statement("fetch_radar_members", cohort=cohort, beyond=after_learner, most=limit)
    )
    if not rows:
        return ()
    wanted = statement("fetch_radar_facts", cohort=cohort, beyond=after_learner, until=rows[-1][0])
    progresses = dict(_progress_by_learner(await store.fetch_rows(wanted)))
    return tuple(_member_from_row(row, progresses) for row in rows)


async def fetch_handled_concerns(store: Store, cohort: int) -> dict[LearnerId, dict[Concern, int]]:
    """Fetch when facilitators last handled each concern about each member."""
    found: dict[LearnerId, dict[Concern, int]] = {}
    for learner, reason, at in await store.fetch_rows(
        statement("fetch_handled_concerns", cohort=cohort)
    ):
        found.setdefault(LearnerId(learner), {})[Concern(reason)] = at
    return found


def mark_concern_handled(cohort: int, learner: LearnerId, concern: Concern, at: int) -> Statement:
    """Record that a facilitator handled a concern about a member."""
    return statement(
        "mark_concern_handled", cohort=cohort, learner=learner, reason=concern.value, at=at
    )


def _progress_by_learner(rows: Iterable[Row]) -> Iterator[tuple[int, Progress]]:
    readings: dict[int, list[Reading]] = defaultdict(list)
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for learner, kind, item, number, options, at, update, correct in rows:
        if kind == _READING:
            readings[learner].append(Reading(item, at, update))
        else:
            chosen = parse_options(options)
            attempt = Attempt(QuestionId(item), number, chosen, bool(correct), at, update)
            attempts[learner].append(attempt)
    for learner in readings.keys() | attempts.keys():
        yield learner, Progress.from_facts(LearnerId(learner), readings[learner], attempts[learner])


def _member_from_row(row: Row, progresses: dict[int, Progress]) -> RadarMember:
    learner, membership, name, pseudonym, joined_at, active_at, stopped_at, unreachable_at = row
    who = LearnerId(learner)
    return RadarMember(
        who,
        membership,
        name or pseudonym,
        name,
        joined_at,
        active_at or joined_at,
        min((at for at in (stopped_at, unreachable_at) if at is not None), default=None),
        progresses.get(learner) or Progress(who),
    )
