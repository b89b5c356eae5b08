"""What Telegram calls the files that were sent."""

from alembic import op

from storage.migrations import sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(sql.of(revision))
