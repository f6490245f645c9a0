"""Access log of personal data: who opened which dossier, when and where.

Law 91/2025/QH15 requires the record.
"""

from dataclasses import dataclass
from datetime import datetime

from app.models.enums import AccessKind, Right
from app.models.text import clean
from app.services.access_log import record_opening
from app.services.acts.allowed import permitted_detail
from app.services.context import Context
from app.services.dossier_detail import DossierDetail, ShowDossier, find_row
from app.services.permissions import requires
from app.storage import user_accounts
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class ListAccess:
    """Query: the access log, newest first, of one dossier or user if named."""

    code: str | None = None
    name: str | None = None
    limit: int = 200


@dataclass(frozen=True)
class AccessLine:
    """One entry of the access log; `about` names the account that was changed."""

    at: datetime
    actor: str
    place: str
    what: AccessKind
    code: str | None
    about: str | None


@requires(Right.OPEN_SHEET)
def open_dossier(command: ShowDossier, context: Context, work: Writing) -> DossierDetail:
    """Record the access, then return the whole dossier.

    `allowed` holds the actions that the dossier's state permits and the user has the right for.
    The access is committed before the dossier is returned.
    Raises Refusal `dossier_unknown`.
    """
    row = find_row(work, command.code)
    record_opening(work, context, row.id)
    sheet = permitted_detail(row, context, work)
    work.commit()
    return sheet


@requires(Right.READ_TRAIL)
def list_access(query: ListAccess, context: Context, work: Reading) -> tuple[AccessLine, ...]:
    """Return entries of the access log.

    Raises Refusal `dossier_unknown`.
    """
    code = None if query.code is None else str(find_row(work, query.code).code)
    name = None if query.name is None else clean(query.name)
    return tuple(AccessLine(*line) for line in user_accounts.access_log_entries(work, query.limit, code, name))
