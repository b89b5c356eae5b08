"""What Alembic runs: it writes the migration as SQL, and storage/schema.py executes it.

Alembic's offline mode needs no driver of its own, so one path serves aiosqlite and asyncpg alike.
"""

from alembic import context

context.configure(
    dialect_name=context.config.get_main_option("dialect"),
    output_buffer=context.config.output_buffer,
    transactional_ddl=False,  # the caller wraps the script in its own transaction
    as_sql=True,
)
context.run_migrations()
