"""Compares every counter with the facts, says which are wrong, and repairs them.

Each comparison is one statement, so it sees facts and counters of one moment while others go on
writing. What it finds is a difference, which stays right whatever is counted meanwhile; but it may
be added only once, so only one recount at a time is at work, and what it mended it compares again.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from course.model import LearnerId
from storage import counters
from storage.errors import AlreadyRecountingError
from storage.statements import Row, Statement, Value, statement
from storage.store import Store

# The columns of each comparison; the names of its queries end in the key.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "answers": ("cohort", "question", "options", "is_first", "standing", "count", "correct"),
    "hours": ("cohort", "day", "hour", "count", "correct"),
    "visits": ("cohort", "what", "day", "gap", "count"),
    "reached": ("cohort", "item", "since", "count"),
    "passed": ("cohort", "item", "day", "minutes", "count"),
    "times": ("question", "took", "count"),
    "readings": ("item", "count"),
}

# So many repairs share a transaction.
_AT_ONCE = 500

# How often what was mended is compared again: a repair that is run twice, since nobody knew whether
# its commit had happened, makes another mistake.
_ROUNDS = 3

# Who holds this lease recounts; a process that dies keeps others waiting for so many milliseconds,
# which is longer than a recount may take.
_LEASE = "recount"
_LEASED = 3_600_000


@dataclass(frozen=True, slots=True)
class Recount:
    """One comparison of all counters.

    Attributes:
        at: when, in UTC milliseconds.
        unsettled: learners who were counted in other cohorts than they belong to.
        wrong: how many counters of each kind were wrong; kinds without any are left out.
    """

    at: int
    unsettled: int
    wrong: Mapping[str, int]

    @property
    def is_fine(self) -> bool:
        """Whether nothing was wrong."""
        return not self.unsettled and not self.wrong

    @property
    def mistakes(self) -> int:
        """How much was wrong."""
        return self.unsettled + sum(self.wrong.values())


async def recount(store: Store, at: int) -> Recount:
    """Compare all counters with the facts and repair what is wrong; kept as done at `at`.

    Raises:
        AlreadyRecountingError: another recount is at work.
        UnavailableError: the database cannot be used; what was repaired stays so.
    """
    holder = secrets.token_hex(8)
    until = at + _LEASED
    await store.write(statement("take_lease", lease=_LEASE, holder=holder, now=at, until=until))
    held = await store.rows(statement("lease_of", lease=_LEASE))
    if not held or held[0][0] != holder:  # not even held any more: another has just ended
        raise AlreadyRecountingError(_LEASED // 60_000)
    try:
        unsettled = await _settle(store)
        wrong = {what: number for what in _COLUMNS if (number := await _mend(store, what))}
        done = Recount(at, unsettled, wrong)
        await store.write(statement("add_recount", at=at, wrong=done.mistakes))
    finally:
        await store.write(statement("drop_lease", lease=_LEASE, holder=holder))
    return done


async def last(store: Store) -> tuple[int, int] | None:
    """When counters were compared last (UTC milliseconds), and how much was wrong."""
    rows = await store.rows(statement("last_recount"))
    return (int(rows[0][0]), int(rows[0][1])) if rows else None


async def first_came(store: Store) -> int | None:
    """When the first of the learners came (UTC milliseconds); `None` when there are none."""
    ((at,),) = await store.study(statement("first_came"))
    return None if at is None else int(at)


async def _settle(store: Store) -> int:
    learners = [LearnerId(learner) for (learner,) in await store.study(statement("unsettled"))]
    for learner in learners:
        await store.write(*counters.settles(learner))
    return len(learners)


async def _mend(store: Store, what: str) -> int:
    """How many counters of a kind were wrong; they are right afterwards."""
    wrong = 0
    for _ in range(_ROUNDS):
        found = await store.study(statement(f"{what}_off"))
        for begin in range(0, len(found), _AT_ONCE):
            await store.write(*(_mending(what, row) for row in found[begin : begin + _AT_ONCE]))
        wrong = wrong or len(found)
        if not found:
            break
    return wrong


def _mending(what: str, row: Row) -> Statement:
    values: dict[str, Value] = dict(zip(_COLUMNS[what], row, strict=True))
    return statement(f"mend_{what}", **values)
