"""Alembic's entry: the scripts run on the connection the program hands over, inside the program's transaction."""

from alembic import context

from app.models import citizens, dossier, journal, office  # noqa: F401  every table is known to the metadata
from app.models.mapping import metadata


def include_object(subject: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    """Leave the full-text index and its shadow tables to their own script."""
    return not (name or "").startswith("dossier_search")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=include_object,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
