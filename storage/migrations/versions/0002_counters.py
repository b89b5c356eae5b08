"""Rolled-up counts of answers and readings."""

from alembic import op

from storage.migrations import sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(sql.of(revision))
