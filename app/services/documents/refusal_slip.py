"""A numbered refusal slip: its code, and the stored document."""

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
    """A slip of Mẫu số 03 as it is to be printed now, and its row."""

    id: int
    document: RefusalSlip


def counter_refusal_code(year: int, desk: int, number: int) -> str:
    """The code of a slip: its year, the desk that gave it, its number there."""
    return f"PTC-{year}-{desk:02d}-{number:04d}"


def find_counter_refusal(code: str, form: PaperForm, work: Reading) -> StoredRefusal | None:
    """The slip under a code, numbered as printed again where it was printed before; None for another form, or for what
    is no slip's code at all.

    Raises Refusal `slip_unknown`.
    """
    known_as = clean(code).upper()
    if form != PaperForm.REFUSAL or not _CODE.fullmatch(known_as):
        return None
    row = counter_refusals.refusal_by_code(work, known_as)
    document = None if row is None else from_json(row.document)
    if row is None or not isinstance(document, RefusalSlip):
        raise Refusal("slip_unknown", "code", code=known_as)
    again = counter_refusals.times_printed(work, row.id)
    return StoredRefusal(row.id, replace(document, identity=replace(document.identity, reprint=again)))
