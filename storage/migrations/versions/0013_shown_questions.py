"""Where facilitators read the questions of learners, so that these can be deleted there, too."""

from alembic import op

from storage.migrations import sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute(sql.of(revision))
