"""Copies of papers that were prepared and never came out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, or_, select

from app.models.dossier import Dossier
from app.models.enums import PaperForm, PrintStatus
from app.models.journal import CounterRefusal, Print
from app.storage.rows import PreparedCopyRow, WaitingPrintRow
from app.storage.uow import Reading

_MAX_EXAMINED = 5000
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
    )
    .join(Dossier, Dossier.c.id == _P.dossier_id, isouter=True)
    .join(CounterRefusal, CounterRefusal.c.id == _P.refusal_id, isouter=True)
    .order_by(_P.id)
)


def unprinted_copies(work: Reading, since: datetime) -> Sequence[WaitingPrintRow]:
    """Copies prepared from an instant on that never came out, in order; one that the same copy of a later print took
    the place of is wanted no more. Only the newest five thousand copies are looked at."""
    newest = _P.id > select(func.max(_P.id) - _MAX_EXAMINED).scalar_subquery()
    missing = _WAITING.where(newest, _P.prepared_at >= since, _P.status != PrintStatus.PRINTED, ~_REPLACED)
    return work.typed_rows(WaitingPrintRow._make, missing)


def copies_of_one_print(work: Reading, print_id: int) -> Sequence[PreparedCopyRow]:
    """All copies that were prepared together with this one, in order, with what was laid out on them. A receipt of
    several dossiers is on record with each of them."""
    one = work.row(select(Print).where(_P.id == print_id))
    if one is None:
        return ()
    of_it = or_(_P.dossier_id == one.dossier_id, _P.refusal_id == one.refusal_id)
    if one.form == PaperForm.BATCH:
        of_it = _P.document == one.document
    return work.typed_rows(
        PreparedCopyRow._make,
        _WAITING.add_columns(_P.document).where(
            of_it,
            _P.form == one.form,
            _P.paper == one.paper,
            _P.reprint == one.reprint,
            _P.prepared_at == one.prepared_at,
        ),
    )
