"""When and how learners want to be reminded, what was sent unasked, and what came of it."""

from alembic import op

from storage.migrations import sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute(sql.of(revision))
