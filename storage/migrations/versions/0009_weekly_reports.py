"""Who wants a report once a week."""

from alembic import op

from storage.migrations import sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute(sql.of(revision))
