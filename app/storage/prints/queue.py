"""Statements on prepared copies that were not printed."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import exists, func, or_, select

from app.models.dossier import Dossier
from app.models.enums import PaperForm, PrintStatus
from app.models.journal import CounterRefusal, Print
from app.models.office import FormContent
from app.storage.law.form_contents import OF_PRINT, PRINTED_CONTENT
from app.storage.prints.rows import WaitingPrintRow
from app.storage.rows import Json
from app.storage.uow import Reading

_MAX_EXAMINED = 5000
JOINT_FORMS = (PaperForm.BATCH, PaperForm.HANDOVER_LIST)
"""Forms about several dossiers; each of these has a row for each copy."""
_P = Print.c
_LATER = Print.alias("later")
_REPLACED = exists().where(
    or_(_LATER.c.dossier_id == _P.dossier_id, _LATER.c.refusal_id == _P.refusal_id),
    _LATER.c.form == _P.form,
    _LATER.c.copy == _P.copy,
    _LATER.c.id > _P.id,
    _LATER.c.status == PrintStatus.PRINTED,
)
_WAITING = (
    select(
        *(_P.id, _P.form, _P.copy, _P.paper, _P.reprint, _P.prepared_at, _P.status),
        func.coalesce(Dossier.c.code, CounterRefusal.c.code).label("code"),
        *PRINTED_CONTENT,
        Dossier.c.applicant_name.label("name"),
        CounterRefusal.c.document.label("slip"),
    )
    .join(FormContent, OF_PRINT, isouter=True)
    .join(Dossier, Dossier.c.id == _P.dossier_id, isouter=True)
    .join(CounterRefusal, CounterRefusal.c.id == _P.refusal_id, isouter=True)
    .order_by(_P.id)
)


def unprinted_copies(work: Reading, since: datetime) -> Sequence[WaitingPrintRow]:
    """Return the copies prepared since an instant and not printed, in order.

    A copy is left out once the same copy of a later print was printed.
    Only the newest 5,000 copies are examined.
    """
    newest = _P.id > select(func.max(_P.id) - _MAX_EXAMINED).scalar_subquery()
    missing = _WAITING.where(newest, _P.prepared_at >= since, _P.status != PrintStatus.PRINTED, ~_REPLACED)
    return work.typed_rows(WaitingPrintRow._make, missing)


def copies_of_one_print(work: Reading, print_id: int) -> Sequence[WaitingPrintRow]:
    """Return all copies prepared together with a copy, in order.

    A form about several dossiers has a row for each of them.
    """
    one = work.row(select(Print).where(_P.id == print_id))
    if one is None:
        return ()
    same_subject = or_(_P.dossier_id == one.dossier_id, _P.refusal_id == one.refusal_id)
    if one.form in JOINT_FORMS:
        same_subject = _P.document == one.document
    return work.typed_rows(
        WaitingPrintRow._make,
        _WAITING.where(
            same_subject,
            _P.form == one.form,
            _P.paper == one.paper,
            _P.reprint == one.reprint,
            _P.prepared_at == one.prepared_at,
        ),
    )


def document_of(work: Reading, print_id: int) -> Json:
    """Return the document model of a prepared copy."""
    return cast("Json", work.value(select(_P.document).where(_P.id == print_id)))
