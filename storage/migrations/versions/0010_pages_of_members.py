"""What reading a large cohort in pages needs."""

from alembic import op

from storage.migrations import sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute(sql.of(revision))
