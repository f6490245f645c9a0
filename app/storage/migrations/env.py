"""Entry point of Alembic, on the program's connection and transaction."""

from alembic import context

from app.models import citizens, dossier, journal, office, reports  # noqa: F401  registers every table in the metadata
from app.models.law import tables as law_tables  # noqa: F401
from app.models.mapping import metadata
from app.models.received import tables  # noqa: F401


def include_object(subject: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    """Exclude the full-text index and its shadow tables."""
    return not (name or "").startswith("dossier_search")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=include_object,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
