"""Reads of whole tables for exports: page by page in key order, so that memory stays small.

Each page is a statement of its own. Rows written while an export runs may or may not be in it;
rows that were there before are, once, unless they are deleted meanwhile.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from storage.statements import Row, Value, statement
from storage.store import Store

PAGE_SIZE = 5_000
"""Rows in a page."""


@dataclass(frozen=True, slots=True)
class ExportScope:
    """Which learners' rows are exported.

    Attributes:
        person: only members of the cohorts that this person facilitates; `None` for everybody.
    """

    person: int | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether rows of all learners are exported."""
        return self.person is None


EVERYBODY = ExportScope()

# The query of each table, and its key columns with values below every row; in the order of its
# first columns.
_QUERIES: Mapping[str, tuple[str, Mapping[str, Value]]] = {
    "learners": ("export_learners", {"learner": -1}),
    "members": ("export_members", {"learner": -1, "cohort": -1}),
    "progress": ("export_progress", {"learner": -1, "item": ""}),
    "answers": ("export_answers", {"learner": -1, "question": "", "ordinal": 0}),
    "deliveries": ("export_deliveries", {"learner": -1, "kind": "", "subject": ""}),
    "nudges": ("export_nudges", {"learner": -1, "opportunity": ""}),
    "cohorts": ("export_cohorts", {"cohort": -1}),
}

ADMIN_ONLY_TABLES = frozenset({"answers", "deliveries", "nudges"})
"""Tables that facilitators do not get: single answers, and messages to single learners."""


async def fetch_pages(
    store: Store, table: str, export_scope: ExportScope, page_size: int = PAGE_SIZE
) -> AsyncIterator[Sequence[Row]]:
    """Fetch the rows of `table` in pages of at most `page_size`.

    Raises:
        ValueError: the table is in `ADMIN_ONLY_TABLES` and `export_scope` is a facilitator.
        UnavailableError: the database cannot be used.
    """
    if table in ADMIN_ONLY_TABLES and not export_scope.is_everybody:
        raise ValueError(table)
    scope: dict[str, Value] = {}
    if table not in ADMIN_ONLY_TABLES:
        scope = {"everything": int(export_scope.is_everybody), "person": export_scope.person or 0}
    query, keys = _QUERIES[table]
    while True:
        rows = await store.run_long_query(statement(query, **scope, **keys, most=page_size))
        if rows:
            yield rows
        if len(rows) < page_size:
            return
        keys = dict(zip(keys, rows[-1][: len(keys)], strict=True))


async def count_answers(store: Store) -> int:
    """Count all answers, from the counters."""
    ((count,),) = await store.fetch_rows(statement("count_answers"))
    return int(count)
