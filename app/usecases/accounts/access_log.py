"""Access to a person's sheet is on record (Law 91/2025/QH15): who, when, which dossier, from where."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.models.enums import Accessed, Right
from app.services.access_log import note_opened
from app.services.context import Context
from app.services.dossier_detail import Sheet, ShowDossier, find_row, sheet_of
from app.services.permissions import acts_held, needs
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
    what: Accessed
    code: str | None
    about: str | None


@needs(Right.OPEN_SHEET)
def open_sheet(command: ShowDossier, context: Context, work: Writing) -> Sheet:
    """A dossier's whole sheet, with the acts that its state allows and the person at work has the right for; that it
    was opened is on the disk before it is handed over.

    Raises Refusal `dossier_unknown`.
    """
    row = find_row(work, command.code)
    note_opened(work, context, row.id)
    sheet = sheet_of(work, row, context.today)
    work.commit()
    return replace(sheet, allowed=acts_held(sheet.allowed, context, work))


@needs(Right.READ_TRAIL)
def list_access(query: ListAccess, context: Context, work: Reading) -> tuple[AccessLine, ...]:
    """Lines of the access trail.

    Raises Refusal `dossier_unknown`.
    """
    code = None if query.code is None else str(find_row(work, query.code).code)
    lines: list[Any] = list(user_accounts.trail(work, query.limit, code, query.name))
    return tuple(AccessLine(*line) for line in lines)
