"""Statements on pre-printed receipts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from app.models.dossier import PreprintedReceipt
from app.storage.rows import PreprintedRow
from app.storage.uow import Reading, Writing

_P = PreprintedReceipt.c
_BY_KEY_OR_CODE = select(PreprintedReceipt).where(or_(_P.key == bindparam("of"), _P.code_comparable == bindparam("of")))
_UNUSED = select(PreprintedReceipt).where(_P.dossier_id.is_(None), _P.spoilt_at.is_(None)).order_by(_P.id)


def add_preprinted(work: Writing, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert pre-printed receipts before they are printed."""
    work.write(insert(PreprintedReceipt), list(rows))


def find_preprinted(work: Reading, comparable: str) -> PreprintedRow | None:
    """Return the pre-printed receipt with a key or a code in comparable form."""
    return work.typed_row(PreprintedRow._make, _BY_KEY_OR_CODE, {"of": comparable})


def unused_preprinted(work: Reading) -> Sequence[PreprintedRow]:
    """Return the receipts neither used nor spoilt, in the order of printing."""
    return work.typed_rows(PreprintedRow._make, _UNUSED)


def use_preprinted(work: Writing, receipt_id: int, dossier_id: int) -> None:
    """Record the dossier that was entered on a pre-printed receipt."""
    work.write(update(PreprintedReceipt).where(_P.id == receipt_id).values(dossier_id=dossier_id))


def spoil_preprinted(work: Writing, receipt_ids: Sequence[int], at: datetime, actor: str, reason: str) -> None:
    """Mark receipts as spoilt; their numbers are not used again."""
    work.write(
        update(PreprintedReceipt).where(_P.id.in_(receipt_ids)).values(spoilt_at=at, spoilt_by=actor, reason=reason)
    )
