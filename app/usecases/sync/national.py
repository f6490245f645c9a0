"""The national form: a file with personal data, for the province."""

import json
from dataclasses import dataclass
from datetime import date

from app.models.enums import AccessKind, Right
from app.models.figures import check_period_order
from app.services.context import Context
from app.services.permissions import requires
from app.services.reporting.national_form import RefusedDossier, national_form
from app.storage import user_accounts
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class BuildNationalForm:
    """Query: the national form of a period, both days inclusive."""

    first: date
    last: date


@dataclass(frozen=True)
class BuiltNationalForm:
    """The bytes of the file, its numbers, and the refused dossiers."""

    content: bytes
    dossiers: int
    progress: int
    refused: tuple[RefusedDossier, ...]


@dataclass(frozen=True)
class RecordNationalForm:
    """Command: record that a national form leaves the office."""

    first: date
    last: date
    dossiers: int


@requires(Right.EXPORT_PEOPLE)
def build_national_form(query: BuildNationalForm, context: Context, work: Reading) -> BuiltNationalForm:
    """Return the file; nothing is written.

    Raises Refusal `period_reversed`.
    """
    check_period_order(query.first, query.last)
    form = national_form(query.first, query.last, context, work)
    content = json.dumps(form.calls, ensure_ascii=False, indent=1).encode() + b"\n"
    return BuiltNationalForm(content, form.dossiers, form.progress, form.refused)


@requires(Right.EXPORT_PEOPLE)
def record_national_form(command: RecordNationalForm, context: Context, work: Writing) -> None:
    """Record who takes personal data out (Law 91/2025/QH15)."""
    about = f"{command.first:%d/%m/%Y}–{command.last:%d/%m/%Y}, {command.dossiers} hồ sơ"
    user_accounts.record_access(
        work, context.now, context.actor, context.place, AccessKind.PEOPLE_EXPORTED, about=about
    )
    work.commit()
