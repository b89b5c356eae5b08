"""People whose hours are counted are counted themselves; cohorts of before are counted."""

from alembic import op

from storage.migrations import sql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(sql.of(revision))
