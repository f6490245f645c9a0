"""Documents rendered to PDF, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.enums import PaperForm, PaperSize
from app.models.errors import Refusal
from app.printing.documents.dossier import Document
from app.printing.render import default_copies, render
from app.services.context import Context
from app.services.documents.batch import MAX_DOSSIERS as MOST_IN_A_BATCH
from app.services.documents.batch import batch_receipt
from app.services.documents.builders import document_source
from app.services.documents.header import DocumentSource
from app.services.documents.reprint import as_reprint, find_earlier_print
from app.services.dossier_detail import find_row
from app.storage import journal, office_settings
from app.storage.uow import Reading

_MAX_COPIES = 20


@dataclass(frozen=True)
class PreparedDocument:
    """A paper ready to leave: one PDF with every copy, and the numbers of its copies in the print journal (none for a
    paper that is not about one dossier)."""

    print_ids: tuple[int, ...]
    pdf: bytes
    form: PaperForm
    pages: int
    copies: int
    paper: PaperSize


@dataclass(frozen=True)
class _DocumentCopies:
    """A document with its copies, on record as prepared."""

    document: Document
    form: PaperForm
    paper: PaperSize
    copies: int
    print_ids: tuple[int, ...]


def batch_document(codes: Sequence[str], context: Context, work: Reading) -> tuple[Document, tuple[int, ...]]:
    """The receipt of several dossiers, numbered as printed again where it was made of the same ones before; and the
    row numbers of its dossiers."""
    dossiers = [_source(code, context, work) for code in codes[: MOST_IN_A_BATCH + 1]]
    document = batch_receipt(dossiers, office_settings.settings(work), context)
    ids = tuple(sorted({int(source.row.id) for source in dossiers}))
    found = find_earlier_print(document, journal.earlier_prints(work, ids[0], PaperForm.BATCH))
    return (document if found is None else as_reprint(document, *found)), ids


def codes_of_batch(code: str, work: Reading) -> tuple[str, ...]:
    """The dossiers of the last receipt of several that was made of this one.

    Raises Refusal `dossier_unknown`, `batch_one` where none was made.
    """
    prints = journal.earlier_prints(work, find_row(work, code).id, PaperForm.BATCH)
    if not prints:
        raise Refusal("batch_one", "code")
    return tuple(row["code"] for row in prints[0].document["rows"])


def render_unrecorded(document: Document, form: PaperForm, paper: PaperSize, copies: int = 1) -> PreparedDocument:
    """Draw a paper that belongs to no dossier's print journal: a list, a refusal at the counter.

    Raises Refusal `copies_range`, `paper_not_on_roll`.
    """
    _check_copies(copies)
    return _render(_DocumentCopies(document, form, paper, copies, ()))


def _source(code: str, context: Context, work: Reading) -> DocumentSource:
    return document_source(work, find_row(work, code), context)


def _check_copies(copies: int | None) -> None:
    if copies is not None and not 1 <= copies <= _MAX_COPIES:
        raise Refusal("copies_range", "copies", most=_MAX_COPIES)


def _render(laid: _DocumentCopies) -> PreparedDocument:
    pdf = render(laid.document, laid.paper, default_copies(laid.document, laid.copies))
    return PreparedDocument(laid.print_ids, pdf, laid.form, count_pages(pdf), laid.copies, laid.paper)


def count_pages(pdf: bytes) -> int:
    """How many pages a drawn PDF has."""
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
