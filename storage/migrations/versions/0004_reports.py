"""Mistakes in the course that learners told of."""

from alembic import op

from storage.migrations import sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(sql.of(revision))
