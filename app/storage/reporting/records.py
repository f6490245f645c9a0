"""Statements on reasons of lateness, narrative texts and publication."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, delete, exists, insert, or_, select, update

from app.models.mapping import Day
from app.models.reports import DossierLateReason, LateReason, PublishedProcedure, ReportText
from app.storage.dialects import insert_into
from app.storage.reporting.rows import LateReasonRow, PublishedRow, ReportTextRow
from app.storage.uow import Reading, Writing

_R, _T, _P = LateReason.c, ReportText.c, PublishedProcedure.c
_REASONS = select(LateReason).order_by(_R.id)
_REASON_OF = (
    select(_R.name)
    .join(DossierLateReason, DossierLateReason.c.reason_id == _R.id)
    .where(DossierLateReason.c.dossier_id == bindparam("of"))
    .order_by(DossierLateReason.c.id.desc())
    .limit(1)
)
_TEXTS = (
    select(_T.block, _T.first, _T.last, _T.text, _T.entered_at)
    .where(_T.report == bindparam("of"), _T.last <= bindparam("until", type_=Day()))
    .order_by(_T.last, _T.first, _T.id)
)
_IS_PUBLISHED = select(or_(exists().where(_P.code == bindparam("of")), ~exists().where(_P.code.is_not(None))))
_PUBLISHED = select(_P.code, _P.published_on).order_by(_P.code)


def late_reasons(work: Reading) -> Sequence[LateReasonRow]:
    """Return the reasons of lateness in the order of the list."""
    return work.typed_rows(LateReasonRow._make, _REASONS)


def add_late_reason(work: Writing, name: str) -> None:
    """Insert a reason at the end of the list."""
    work.write(insert(LateReason), {"name": name, "active": True})


def set_late_reason_active(work: Writing, reason_id: int, active: bool) -> None:
    """Offer a reason, or retire it."""
    work.write(update(LateReason).where(_R.id == bindparam("of")).values(active=active), {"of": reason_id})


def reason_of(work: Reading, dossier_id: int) -> str | None:
    """Return the reason last entered for a dossier, or None."""
    name: str | None = work.value(_REASON_OF, {"of": dossier_id})
    return name


def add_reason_of(work: Writing, dossier_id: int, reason_id: int, at: datetime, actor: str) -> None:
    """Insert the reason why a dossier is late."""
    values = {"dossier_id": dossier_id, "reason_id": reason_id, "entered_at": at, "actor": actor}
    work.write(insert(DossierLateReason), values)


def report_texts(work: Reading, report: str, until: date) -> Sequence[ReportTextRow]:
    """Return the texts of a report up to a period's last day, oldest first."""
    return work.typed_rows(ReportTextRow._make, _TEXTS, {"of": report, "until": until})


def save_report_text(
    work: Writing, report: str, block: str, first: date, last: date, *, text: str, at: datetime, actor: str
) -> None:
    """Insert or replace a text block of a period."""
    key = {"report": report, "block": block, "first": first, "last": last}
    entry = {"text": text, "entered_at": at, "actor": actor}
    statement = insert_into(work.dialect, ReportText).values(**key, **entry)
    work.write(statement.on_conflict_do_update(index_elements=[_T.report, _T.block, _T.first, _T.last], set_=entry))


def published_procedures(work: Reading) -> Sequence[PublishedRow]:
    """Return the published procedures; none if the office never chose."""
    return work.typed_rows(PublishedRow._make, _PUBLISHED)


def is_published(work: Reading, code: str) -> bool:
    """Return whether a procedure is published; all are if none was chosen."""
    return bool(work.value(_IS_PUBLISHED, {"of": code}))


def replace_published(work: Writing, codes: Sequence[str], day: date, actor: str) -> None:
    """Replace the published procedures; those kept retain their first day."""
    known = {row.code: row.published_on for row in published_procedures(work)}
    work.write(delete(PublishedProcedure))
    rows = [{"code": code, "published_on": known.get(code, day), "actor": actor} for code in codes]
    if rows:
        work.write(insert(PublishedProcedure), rows)
