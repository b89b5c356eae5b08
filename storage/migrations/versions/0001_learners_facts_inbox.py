"""Learners, what they read and answered, and the inbox."""

from alembic import op

from storage.migrations import sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute(sql.of(revision))
