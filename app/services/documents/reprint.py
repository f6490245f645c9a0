"""A paper printed again is the paper first printed, with «In lại lần n»: what the office changed since about itself
(its telephone, its signer, its set of forms) does not make it another one; what it corrected about the dossier does."""

from collections.abc import Sequence
from dataclasses import fields, replace

from app.models.enums import PaperForm
from app.printing.documents.dossier import Document
from app.printing.documents.serialize import from_json
from app.services.documents.builders import build_document
from app.services.documents.header import DocumentSource
from app.storage import journal
from app.storage.rows import EarlierPrintRow
from app.storage.uow import Reading

_EVENT_FIELDS = ("codes", "asked_at", "supplemented_at", "at", "paid_at", "returned_at")


def current_or_reprint(form: PaperForm, source: DocumentSource, work: Reading) -> Document:
    """What the paper says: as it was first printed if the dossier still says the same, else anew, in the set of forms
    of the first print; either way numbered as printed again. What tells of a later payment, request or hand-over than
    every earlier print is printed for the first time, in the set of today.

    Raises Refusal as `build_document` does.
    """
    document = build_document(form, source)
    found = find_earlier_print(document, journal.earlier_prints(work, source.row.id, form))
    if found is None:
        return document
    first, times = found
    if first.head.form_set != document.head.form_set:
        document = build_document(form, source.with_form_set(first.head.form_set))
    return as_reprint(document, first, times)


def find_earlier_print(now: Document, prints: Sequence[EarlierPrintRow]) -> tuple[Document, int] | None:
    """The last of the earlier prints that told of the same act, and how often it has been printed again with this
    one."""
    for row in prints:
        earlier = from_json(row.document)
        if _event_key(earlier) == _event_key(now):
            return earlier, row.reprint + 1
    return None


def as_reprint(now: Document, first: Document, times: int) -> Document:
    """The paper first printed where both say the same of the dossier, else the new one."""
    kept = first if _dossier_fields(now) == _dossier_fields(first) else now
    return replace(kept, identity=replace(kept.identity, reprint=times))


def _event_key(document: Document) -> tuple[object, ...]:
    """Which of several like acts the paper tells of."""
    return tuple(getattr(document, name, None) for name in _EVENT_FIELDS)


def _dossier_fields(document: Document) -> dict[str, object]:
    """What the paper says of the dossier: the heading is the office's, the codes carry the hour of the print."""
    return {
        each.name: getattr(document, each.name)
        for each in fields(document)
        if each.name not in ("head", "identity") and "from_office" not in each.metadata
    }
