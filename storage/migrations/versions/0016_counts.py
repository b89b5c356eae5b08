"""One table for all counters, and a mark on facts that are not counted yet."""

from alembic import op

from storage.migrations import sql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        # Checks the rows that earlier revisions inserted in this transaction: a table with rows to
        # check cannot be altered.
        op.execute("set constraints all immediate")
    op.execute(sql.of(revision))
