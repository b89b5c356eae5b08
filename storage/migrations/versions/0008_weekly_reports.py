"""Who wants a report once a week."""

from alembic import op

from storage.migrations import sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute(sql.of(revision))
