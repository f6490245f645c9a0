"""Refusal slips of the counter: code and stored document."""

import re
from dataclasses import dataclass, replace

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.models.text import clean
from app.printing.documents.dossier import RefusalSlip
from app.printing.documents.serialize import from_json
from app.storage import counter_refusals
from app.storage.uow import Reading

_CODE = re.compile(r"PTC-[0-9]{4}-[0-9]{2,}-[0-9]{4,}")


@dataclass(frozen=True)
class StoredRefusal:
    """A stored refusal slip (Mẫu số 03) and its id."""

    id: int
    document: RefusalSlip


def counter_refusal_code(year: int, desk: int, number: int) -> str:
    """Return the code of a slip from year, desk and number."""
    return f"PTC-{year}-{desk:02d}-{number:04d}"


def find_counter_refusal(code: str, form: PaperForm, work: Reading) -> StoredRefusal | None:
    """Return the refusal slip with a code.

    It is numbered as a reprint if it was printed before. None for another form or another kind of code.

    Raises Refusal `slip_unknown`.
    """
    slip_code = clean(code).upper()
    if form != PaperForm.REFUSAL or not _CODE.fullmatch(slip_code):
        return None
    row = counter_refusals.refusal_by_code(work, slip_code)
    document = None if row is None else from_json(row.document)
    if row is None or not isinstance(document, RefusalSlip):
        raise Refusal("slip_unknown", "code", code=slip_code)
    reprint = counter_refusals.times_printed(work, row.id)
    return StoredRefusal(row.id, replace(document, identity=replace(document.identity, reprint=reprint)))
