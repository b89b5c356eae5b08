"""An update at which a flood was cut off is marked in a column, no longer in its body."""

from alembic import op

from storage.migrations import sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute(sql.of(revision))
