"""Whole tables, for files: page by page in the order of their keys, so that none is held in memory.

Each page is a statement of its own. What is written while an export runs may or may not be in it;
what was there before is, once, unless it is deleted meanwhile.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from storage.statements import Row, Value, statement
from storage.store import Store

A_PAGE = 5_000
"""Rows that are read at once."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose rows are read.

    Attributes:
        person: who facilitates the cohorts whose members are meant; `None` for everybody.
    """

    person: int | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out."""
        return self.person is None


EVERYBODY = Whose()

# The keys of each query, and what stands before every row; in the order of its first columns.
_BEGIN: dict[str, dict[str, Value]] = {
    "learners": {"learner": -1},
    "members": {"learner": -1, "cohort": -1},
    "progress": {"learner": -1, "item": ""},
    "answers": {"learner": -1, "question": "", "ordinal": 0},
    "deliveries": {"learner": -1, "kind": "", "subject": ""},
    "nudges": {"learner": -1, "opportunity": ""},
    "cohorts": {"cohort": -1},
}

OF_EVERYBODY_ONLY = frozenset({"answers", "deliveries", "nudges"})
"""Tables that facilitators do not get: single answers, and what single learners were sent."""


async def pages(
    store: Store, table: str, whose: Whose, most: int = A_PAGE
) -> AsyncIterator[Sequence[Row]]:
    """The rows of `table`, at most `most` at a time.

    Raises:
        ValueError: the table is for everybody only.
        UnavailableError: the database cannot be used.
    """
    if table in OF_EVERYBODY_ONLY and not whose.is_everybody:
        raise ValueError(table)
    scope: dict[str, Value] = {}
    if table not in OF_EVERYBODY_ONLY:
        scope = {"everything": int(whose.is_everybody), "person": whose.person or 0}
    keys = dict(_BEGIN[table])
    while True:
        rows = await store.study(statement(f"export_{table}", **scope, **keys, most=most))
        if rows:
            yield rows
        if len(rows) < most:
            return
        keys = dict(zip(keys, rows[-1][: len(keys)], strict=True))


async def answers(store: Store) -> int:
    """How many answers there are, from the counters."""
    ((count,),) = await store.rows(statement("count_for_export"))
    return int(count)
