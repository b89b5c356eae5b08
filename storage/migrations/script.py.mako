"""${message}"""

from alembic import op

from storage.migrations import sql

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    op.execute(sql.of(revision))
