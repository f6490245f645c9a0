"""Reprints: the stored document of an earlier print with «In lại lần n».

Changes of the office since then (phone, signer, content of the form) do not change a reprint. Corrections of the
dossier do, on the form of the first print.
"""

from collections.abc import Sequence
from dataclasses import fields, replace

from app.models.enums import PaperForm
from app.models.errors import Refusal
from app.printing.documents.dossier import Document
from app.printing.documents.serialize import from_json
from app.services.documents.builders import build_document
from app.services.documents.header import DocumentSource
from app.services.documents.office_forms import printed_version
from app.storage import journal
from app.storage.prints.rows import EarlierPrintRow
from app.storage.uow import Reading

_EVENT_FIELDS = ("codes", "asked_at", "supplemented_at", "at", "paid_at", "returned_at")


def current_or_reprint(form: PaperForm, source: DocumentSource, work: Reading) -> Document:
    """Return the current document or a reprint of an earlier one.

    An earlier print counts if it is about the same event. A reprint is the stored document if the dossier is unchanged.
    Otherwise it is built again on the form of the earlier print. A document about a later payment, request or
    hand-over is no reprint.

    Raises Refusal as `build_document` does, `imported_no_receipt` because its citizen had a receipt long ago.
    """
    if form == PaperForm.RECEIPT and source.detail.imported:
        raise Refusal("imported_no_receipt", "code", code=source.detail.code)
    document = build_document(form, source)
    if all(print_.form != form for print_ in source.detail.prints):
        return document
    earlier = find_earlier_print(document, journal.earlier_prints(work, source.row.id, form))
    if earlier is None:
        return document
    first, times = earlier
    version = printed_version(first, work)
    if version.digest != document.head.content:
        document = build_document(form, source.on_form(version))
    return as_reprint(document, first, times)


def find_earlier_print(now: Document, prints: Sequence[EarlierPrintRow]) -> tuple[Document, int] | None:
    """Return the last earlier print of the same event and the reprint number.

    `prints` are ordered from the last to the first.
    """
    for row in prints:
        earlier = from_json(row.document)
        if _event_key(earlier) == _event_key(now):
            return earlier, row.reprint + 1
    return None


def as_reprint(now: Document, first: Document, times: int) -> Document:
    """Return a reprint: the earlier document, or the current one.

    The earlier document is used if the dossier is unchanged.
    """
    document = first if _dossier_fields(now) == _dossier_fields(first) else now
    return replace(document, identity=replace(document.identity, reprint=times))


def _event_key(document: Document) -> tuple[object, ...]:
    """Return the fields that identify the event of the document."""
    return tuple(getattr(document, name, None) for name in _EVENT_FIELDS)


def _dossier_fields(document: Document) -> dict[str, object]:
    """Return the fields about the dossier.

    The heading is about the office, and the codes contain the time of the print.
    """
    return {
        field.name: getattr(document, field.name)
        for field in fields(document)
        if field.name not in ("head", "identity") and "from_office" not in field.metadata
    }
