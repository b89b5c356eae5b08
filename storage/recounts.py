"""Compares every counter with the facts, says which are wrong, and repairs them.

Each comparison is one statement, so it sees facts and counters of one moment while others go on
writing. What it finds is a difference, which stays right whatever is counted meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from course.model import LearnerId
from storage import counters
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
        UnavailableError: the database cannot be used; what was repaired stays so.
    """
    unsettled = await _settle(store)
    wrong = {what: len(found) for what in _COLUMNS if (found := await _mend(store, what))}
    done = Recount(at, unsettled, wrong)
    await store.write(statement("add_recount", at=at, wrong=done.mistakes))
    return done


async def last(store: Store) -> tuple[int, int] | None:
    """When counters were compared last (UTC milliseconds), and how much was wrong."""
    rows = await store.rows(statement("last_recount"))
    return (int(rows[0][0]), int(rows[0][1])) if rows else None


async def _settle(store: Store) -> int:
    learners = [LearnerId(learner) for (learner,) in await store.study(statement("unsettled"))]
    for learner in learners:
        await store.write(*counters.settles(learner))
    return len(learners)


async def _mend(store: Store, what: str) -> list[Row]:
    found = await store.study(statement(f"{what}_off"))
    for begin in range(0, len(found), _AT_ONCE):
        await store.write(*(_mending(what, row) for row in found[begin : begin + _AT_ONCE]))
    return found


def _mending(what: str, row: Row) -> Statement:
    values: dict[str, Value] = dict(zip(_COLUMNS[what], row, strict=True))
    return statement(f"mend_{what}", **values)
