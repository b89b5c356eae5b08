"""Links for one person keep that they were used."""

from alembic import op

from storage.migrations import sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute(sql.of(revision))
