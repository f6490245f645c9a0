"""Whether the records of all dossiers have the current schema.

Every start asks it, so it imports nothing of the records themselves.
"""

from app.services.permissions import public
from app.services.records.schema import RECORD_SCHEMA, SCHEMA
from app.storage import office_settings
from app.storage.uow import Reading


@public("a fact about the database, without data of a dossier")
def are_records_current(query: None, context: object, work: Reading) -> bool:
    """Return whether each dossier has a record of the current schema."""
    return bool(office_settings.setting(work, RECORD_SCHEMA) == SCHEMA)
