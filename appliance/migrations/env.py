"""Run migrations on the connection ``appliance.store.migrate`` hands over."""

from alembic import context

from appliance.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,  # SQLite can too, once the driver's own begin is out of the way
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
