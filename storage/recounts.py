"""Compares every counter with the facts, reports which are wrong, and repairs them.

Each comparison is one statement, so it sees a consistent snapshot during concurrent writes. It
finds differences, which stay right whatever is counted meanwhile; but each may be added only once,
so only one recount runs at a time, and repaired counters are compared again.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from course.model import LearnerId
from storage import counters
from storage.errors import AlreadyRecountingError
from storage.statements import Row, Statement, Value, statement
from storage.store import Store

KINDS = (
    "first answer",
    "later answer",
    "hour",
    "time",
    "reading",
    "visit",
    "reached",
    "passed",
)
"""Kinds of counters, as in the view `shares`."""

# Columns of the query `find_wrong_counts`.
_COLUMNS = ("cohort", "kind", "item", "day", "number", "options", "count", "correct")

# Repairs in one transaction.
_REPAIRS_PER_COMMIT = 500

# Most rounds of comparison and repair: a repair that ran twice, because it was unknown whether its
# commit had succeeded, makes another difference.
_MAX_ROUNDS = 3

# The lease of the running recount, and its duration in milliseconds: longer than a recount takes,
# and how long others wait after a process died.
_LEASE = "recount"
_LEASE_DURATION = 3_600_000


@dataclass(frozen=True, slots=True)
class Recount:
    """Result of one comparison of all counters.

    Attributes:
        at: when, in UTC milliseconds.
        miscounted_learners: learners who were counted in other cohorts than they belong to.
        wrong_counters: number of wrong counters by kind; kinds without any are left out.
    """

    at: int
    miscounted_learners: int
    wrong_counters: Mapping[str, int]

    @property
    def is_correct(self) -> bool:
        """Whether all counters were right."""
        return not self.miscounted_learners and not self.wrong_counters

    @property
    def error_count(self) -> int:
        """Number of wrong counters and miscounted learners."""
        return self.miscounted_learners + sum(self.wrong_counters.values())


async def recount_counters(store: Store, at: int) -> Recount:
    """Compare all counters with the facts and repair them; the result is stored with the time `at`.

    Raises:
        AlreadyRecountingError: another recount is running.
        UnavailableError: the database is temporarily unavailable; finished repairs stay.
    """
    holder = secrets.token_hex(8)
    until = at + _LEASE_DURATION
    await store.write(statement("acquire_lease", lease=_LEASE, holder=holder, now=at, until=until))
    held = await store.fetch_rows(statement("fetch_lease", lease=_LEASE))
    if not held or held[0][0] != holder:  # not held at all: another recount has just ended
        raise AlreadyRecountingError(_LEASE_DURATION // 60_000)
    try:
        unsettled = await _repair_counted_cohorts(store)
        wrong = {kind: number for kind in KINDS if (number := await _repair_counts(store, kind))}
        done = Recount(at, unsettled, wrong)
        await store.write(statement("add_recount", at=at, wrong=done.error_count))
    finally:
        await store.write(statement("release_lease", lease=_LEASE, holder=holder))
    return done


async def fetch_last_recount(store: Store) -> tuple[int, int] | None:
    """Fetch time (UTC milliseconds) and number of errors of the last recount; `None` for none."""
    rows = await store.fetch_rows(statement("fetch_last_recount"))
    return (int(rows[0][0]), int(rows[0][1])) if rows else None


async def fetch_first_joined_at(store: Store) -> int | None:
    """Fetch when the first learner joined (UTC milliseconds); `None` without learners."""
    ((at,),) = await store.run_long_query(statement("fetch_first_joined_at"))
    return None if at is None else int(at)


async def _repair_counted_cohorts(store: Store) -> int:
    learners = [
        LearnerId(learner)
        for (learner,) in await store.run_long_query(statement("fetch_miscounted_learners"))
    ]
    for learner in learners:
        await store.write(*counters.update_counted_cohorts(learner))
    return len(learners)


async def _repair_counts(store: Store, kind: str) -> int:
    """Repair the counters of a kind; return how many were wrong."""
    wrong = 0
    for _ in range(_MAX_ROUNDS):
        found = await store.run_long_query(statement("find_wrong_counts", kind=kind))
        repairs = [_repair_count(row) for row in found]
        for begin in range(0, len(repairs), _REPAIRS_PER_COMMIT):
            await store.write(*repairs[begin : begin + _REPAIRS_PER_COMMIT])
        wrong = wrong or len(found)
        if not found:
            break
    return wrong


def _repair_count(row: Row) -> Statement:
    values: dict[str, Value] = dict(zip(_COLUMNS, row, strict=True))
    return statement("mend_count", **values)
