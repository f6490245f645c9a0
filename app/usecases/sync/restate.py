"""Restatement of dossiers: a new record of the whole state."""

from dataclasses import dataclass, replace

from app.services.clock_guard import with_monotonic_clock
from app.services.context import Context
from app.services.events import restate_dossier
from app.services.permissions import UPGRADE_ACTOR, public
from app.services.records.schema import RECORD_SCHEMA, SCHEMA
from app.storage import dossiers, office_settings
from app.storage.uow import Writing


@dataclass(frozen=True)
class RestateOlderDossiers:
    """Command: restate the next dossiers that have only older records.

    `after` is the row id of the last one done, `limit` the number of dossiers in one unit of work.
    """

    after: int = 0
    limit: int = 500


@public("part of an upgrade, which runs before anyone signs in")
def restate_older_dossiers(command: RestateOlderDossiers, context: Context, work: Writing) -> int | None:
    """Restate dossiers that have only records of an earlier schema.

    Returns the last row id; None after the last dossier.
    """
    context = with_monotonic_clock(replace(context, actor=UPGRADE_ACTOR), work)
    rows = dossiers.dossiers_without_record(work, SCHEMA, command.after, command.limit)
    for row in rows:
        restate_dossier(work, context, row)
    if len(rows) < command.limit:
        office_settings.save_settings(work, {RECORD_SCHEMA: SCHEMA})
    work.commit()
    return rows[-1].id if len(rows) == command.limit else None
