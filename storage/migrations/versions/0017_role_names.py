"""Names that people with a role chose for it, shown beside their numbers."""

from alembic import op

from storage.migrations import sql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute(sql.of(revision))
