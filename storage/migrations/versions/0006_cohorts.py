"""Cohorts and who leads them, invitations, broadcasts, requests for help, and the log."""

from alembic import op

from storage.migrations import sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute(sql.of(revision))
