"""What facilitators write, and how far their daily digest has come."""

from alembic import op

from storage.migrations import sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute(sql.of(revision))
