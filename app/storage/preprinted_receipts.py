"""Receipts printed with their numbers beforehand: kept, found by what a scan of one carries, used up or spoilt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update

from app.models.dossier import PreprintedReceipt
from app.storage.rows import PreprintedRow
from app.storage.uow import Reading, Writing

_B = PreprintedReceipt.c
_BLANK = select(PreprintedReceipt).where(or_(_B.key == bindparam("of"), _B.code_comparable == bindparam("of")))
_UNUSED = select(PreprintedReceipt).where(_B.dossier_id.is_(None), _B.spoilt_at.is_(None)).order_by(_B.id)


def add_preprinted(work: Writing, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep blanks that are about to be printed."""
    work.write(insert(PreprintedReceipt), list(rows))


def find_preprinted(work: Reading, comparable: str) -> PreprintedRow | None:
    """The blank with a key, or a code in the form in which all spellings are equal."""
    return work.typed_row(PreprintedRow._make, _BLANK, {"of": comparable})


def unused_preprinted(work: Reading) -> Sequence[PreprintedRow]:
    """Blanks neither taken in nor spoilt, in the order they were printed."""
    return work.typed_rows(PreprintedRow._make, _UNUSED)


def use_preprinted(work: Writing, blank_id: int, dossier_id: int) -> None:
    """The blank became a dossier."""
    work.write(update(PreprintedReceipt).where(_B.id == blank_id).values(dossier_id=dossier_id))


def spoil_preprinted(work: Writing, blank_ids: Sequence[int], at: datetime, actor: str, reason: str) -> None:
    """The sheets are thrown away; their numbers stay theirs."""
    work.write(
        update(PreprintedReceipt).where(_B.id.in_(blank_ids)).values(spoilt_at=at, spoilt_by=actor, reason=reason)
    )
