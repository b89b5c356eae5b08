"""The outbox sends to people who are no learners, and to groups, too."""

from alembic import op

from storage.migrations import sql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute(sql.of(revision))
