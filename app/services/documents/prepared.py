"""Documents rendered to PDF, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.enums import PaperForm, PaperSize
from app.models.errors import Refusal
from app.models.forms.layout import FormLayout
from app.models.forms.library import FormVersion
from app.printing.documents.dossier import Document
from app.printing.render import default_copies, render
from app.services.context import Context
from app.services.documents.batch import MAX_DOSSIERS as MAX_BATCH
from app.services.documents.batch import batch_receipt
from app.services.documents.builders import document_source
from app.services.documents.header import DocumentSource
from app.services.documents.office_forms import printed_version
from app.services.documents.reprint import as_reprint, find_earlier_print
from app.services.dossier_detail import find_row
from app.services.records.print_names import own_name
from app.storage import journal, office_settings
from app.storage.uow import Reading

_MAX_COPIES = 20


@dataclass(frozen=True)
class PreparedDocument:
    """A rendered document: one PDF with all copies.

    `print_ids` are the ids of the copies in the print journal; empty for a document that belongs to no dossier.
    `title` is that of a form without another name.
    """

    print_ids: tuple[int, ...]
    pdf: bytes
    form: PaperForm
    pages: int
    copies: int
    paper: PaperSize
    title: str = ""


@dataclass(frozen=True)
class DocumentCopies:
    """A document and its copies, recorded as prepared."""

    document: Document
    layout: FormLayout
    form: PaperForm
    paper: PaperSize
    copies: int
    print_ids: tuple[int, ...]


def batch_document(
    codes: Sequence[str], context: Context, work: Reading
) -> tuple[Document, FormVersion, tuple[int, ...]]:
    """Return a batch receipt, its form and the ids of its dossiers.

    It is numbered as a reprint if a receipt of the same dossiers was printed before.
    """
    dossiers = [load_source(code, context, work) for code in codes[: MAX_BATCH + 1]]
    keys = office_settings.settings(work)
    document = batch_receipt(dossiers, keys, context)
    ids = tuple(sorted({int(source.row.id) for source in dossiers}))
    earlier = find_earlier_print(document, journal.earlier_prints(work, ids[0], PaperForm.BATCH))
    if earlier is not None:
        version = printed_version(earlier[0], work)
        if version.digest != document.head.content:
            document = batch_receipt([source.on_form(version) for source in dossiers], keys, context)
        return as_reprint(document, *earlier), version, ids
    return document, printed_version(document, work, dossiers[0].forms), ids


def codes_of_batch(code: str, work: Reading) -> tuple[str, ...]:
    """Return the codes on the last batch receipt of a dossier.

    Raises Refusal `dossier_unknown`, `batch_one` without such a receipt.
    """
    prints = journal.earlier_prints(work, find_row(work, code).id, PaperForm.BATCH)
    if not prints:
        raise Refusal("batch_one", "code")
    return tuple(row["code"] for row in prints[0].document["rows"])


def render_unrecorded(document: Document, layout: FormLayout, form: PaperForm, paper: PaperSize) -> PreparedDocument:
    """Render a document without a record in the print journal.

    Raises Refusal `paper_not_on_roll`.
    """
    return render_copies(DocumentCopies(document, layout, form, paper, 1, ()))


def load_source(code: str, context: Context, work: Reading) -> DocumentSource:
    """Return the facts of a dossier that its documents need.

    Raises Refusal `dossier_unknown`.
    """
    return document_source(work, find_row(work, code), context)


def paper_of(layout: FormLayout, paper: PaperSize | None, own_paper: bool) -> PaperSize:
    """Return a paper size, that of the form for None.

    With `own_paper` it replaces a size that the form does not have.
    """
    return layout.papers[0] if paper is None or (own_paper and paper not in layout.papers) else paper


def check_copies(copies: int | None) -> None:
    """Raise Refusal `copies_range` unless the number of copies is possible."""
    if copies is not None and not 1 <= copies <= _MAX_COPIES:
        raise Refusal("copies_range", "copies", most=_MAX_COPIES)


def render_copies(prepared: DocumentCopies) -> PreparedDocument:
    """Render all copies of a document as one PDF.

    Raises Refusal `paper_not_on_roll`.
    """
    copies = default_copies(prepared.layout, prepared.copies)
    pdf = render(prepared.document, prepared.paper, copies, layout=prepared.layout)
    return PreparedDocument(
        print_ids=prepared.print_ids,
        pdf=pdf,
        form=prepared.form,
        pages=count_pages(pdf),
        copies=prepared.copies,
        paper=prepared.paper,
        title=own_name(prepared.form, prepared.layout),
    )


def count_pages(pdf: bytes) -> int:
    """Return the number of pages of a rendered PDF."""
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
