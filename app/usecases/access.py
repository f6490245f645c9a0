"""Access to a person's sheet is on record (Law 91/2025/QH15): who, when, which dossier, from where."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.models.values import Accessed, Right
from app.storage import people
from app.storage.uow import Reading, Writing
from app.usecases.context import Context
from app.usecases.desk import ShowDossier
from app.usecases.rights import acts_held, needs
from app.usecases.sheet import Sheet, find_row, sheet_of

SAME_VISIT = timedelta(minutes=10)
"""A sheet opened again by the same person in the same place within this time is the same look at it."""


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


def note_opened(work: Writing, context: Context, dossier: int) -> None:
    """One line in the trail for a sheet that is about to be shown; one look is one line. The caller commits."""
    since = context.now - SAME_VISIT
    if not people.opened_between(work, dossier, context.actor, context.place, since, context.now):
        people.note_access(work, context.now, context.actor, context.place, Accessed.SHEET_OPENED, dossier=dossier)


@needs(Right.READ_TRAIL)
def list_access(query: ListAccess, context: Context, work: Reading) -> tuple[AccessLine, ...]:
    """Lines of the access trail.

    Raises Refusal `dossier_unknown`.
    """
    code = None if query.code is None else str(find_row(work, query.code).code)
    lines: list[Any] = list(people.trail(work, query.limit, code, query.name))
    return tuple(AccessLine(*line) for line in lines)
