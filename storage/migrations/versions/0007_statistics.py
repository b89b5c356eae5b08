"""What statistics need: a few facts more about each answer, and counters by cohort and day."""

from alembic import op

from storage.migrations import sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(sql.of(revision))
