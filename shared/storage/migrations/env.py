"""How Alembic reaches the database: on the connection, and in the transaction, of its caller."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
