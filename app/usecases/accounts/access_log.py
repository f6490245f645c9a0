"""Access to a person's sheet is on record (Law 91/2025/QH15): who, when, which dossier, from where."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.models.enums import AccessKind, Right
from app.services.access_log import record_opening
from app.services.context import Context
from app.services.dossier_detail import DossierDetail, ShowDossier, dossier_detail, find_row
from app.services.permissions import permitted_actions, requires
from app.storage import user_accounts
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class ListAccess:
    """The trail, newest first; of one dossier or of one person where named."""

    code: str | None = None
    name: str | None = None
    limit: int = 200


@dataclass(frozen=True)
class AccessLine:
    """One line: who did what when, from where, to which dossier or about whose account."""

    at: datetime
    actor: str
    place: str
    what: AccessKind
    code: str | None
    about: str | None


@requires(Right.OPEN_SHEET)
def open_dossier(command: ShowDossier, context: Context, work: Writing) -> DossierDetail:
    """A dossier's whole sheet, with the acts that its state allows and the person at work has the right for; that it
    was opened is on the disk before it is handed over.

    Raises Refusal `dossier_unknown`.
    """
    row = find_row(work, command.code)
    record_opening(work, context, row.id)
    sheet = dossier_detail(work, row, context.today)
    work.commit()
    return replace(sheet, allowed=permitted_actions(sheet.allowed, context, work))


@requires(Right.READ_TRAIL)
def list_access(query: ListAccess, context: Context, work: Reading) -> tuple[AccessLine, ...]:
    """Lines of the access trail.

    Raises Refusal `dossier_unknown`.
    """
    code = None if query.code is None else str(find_row(work, query.code).code)
    return tuple(AccessLine(*row) for row in user_accounts.access_trail(work, query.limit, code, query.name))
