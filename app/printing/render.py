"""Documents rendered to PDF, the same bytes each time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.printing.documents.dossier import (
    Apology,
    BlankReceipt,
    ControlSlip,
    Document,
    FeeReceipt,
    FeeSlip,
    Handover,
    PaymentNotice,
    Receipt,
    RefusalSlip,
    Register,
    ReturnSlip,
    StopNotice,
    SupplementReceipt,
    SupplementRequest,
)
from app.printing.documents.lists import BatchReceipt, CashSheet
from app.printing.forms.batch_receipt import batch_receipt, roll_batch_receipt
from app.printing.forms.cash_sheet import cash_sheet
from app.printing.forms.control_slip import control_slip
from app.printing.forms.dossier_lists import handover, register
from app.printing.forms.fee_slip import fee_slip
from app.printing.forms.letters import apology, refusal_slip, stop_notice, supplement_request
from app.printing.forms.preprinted_receipt import preprinted_receipt
from app.printing.forms.receipt import receipt
from app.printing.forms.return_receipts import fee_receipt, payment_notice, return_slip
from app.printing.forms.roll_receipts import roll_receipt
from app.printing.forms.supplement_receipt import roll_supplement_receipt, supplement_receipt
from app.printing.layout.heading import new_page_flow
from app.printing.layout.page_flow import FORMATS, LANDSCAPE, Format, PageFlow, PdfPage
from app.printing.layout.pdf_canvas import CanvasFactory, draw_pdf
from app.printing.layout.text_metrics import load_faces
from app.wording.documents import forms as words


@dataclass(frozen=True)
class Copy:
    """One copy (liên) of a document.

    `label` is printed below the title. `for_office`: the office archives it, with the archive code.
    """

    label: str
    for_office: bool


_FORMS: Mapping[type[Document], Callable[[PageFlow, Any], None]] = {
    ControlSlip: control_slip,
    SupplementRequest: supplement_request,
    RefusalSlip: refusal_slip,
    Apology: apology,
    StopNotice: stop_notice,
    Handover: handover,
    ReturnSlip: return_slip,
    PaymentNotice: payment_notice,
    FeeReceipt: fee_receipt,
    FeeSlip: fee_slip,
    Register: register,
    CashSheet: cash_sheet,
}
_FORMS_IN_COPIES: Mapping[type[Document], Callable[[PageFlow, Any, Copy], None]] = {
    Receipt: lambda flow, doc, copy: receipt(flow, doc, copy.label, copy.for_office),
    BlankReceipt: lambda flow, doc, copy: preprinted_receipt(flow, doc, copy.label),
    BatchReceipt: lambda flow, doc, copy: batch_receipt(flow, doc, copy.label),
    SupplementReceipt: lambda flow, doc, copy: supplement_receipt(flow, doc, copy.label),
}
_ROLL_FORMS: Mapping[type[Document], Callable[[PageFlow, Any, str], None]] = {
    Receipt: roll_receipt,
    BatchReceipt: roll_batch_receipt,
    SupplementReceipt: roll_supplement_receipt,
}
"""The citizen's receipts; each is printed on a roll in one copy."""


OFFICE_COPY = Copy(words.COPY_TO_KEEP, True)
SUBMITTER_COPY = Copy(words.COPY_TO_SUBMITTER, False)
SINGLE_COPY = Copy("", True)


def default_copies(document: Document, number: int = 0) -> tuple[Copy, ...]:
    """Return the usual copies of a document.

    A receipt has one for the office and one for the submitter. A single receipt is the submitter's; more than two
    repeat the submitter's. Any other document has one copy.
    """
    if type(document) in _FORMS_IN_COPIES:
        number = number or 2
        return (SUBMITTER_COPY,) if number == 1 else (OFFICE_COPY, *[SUBMITTER_COPY] * (number - 1))
    return (SINGLE_COPY,) * (number or 1)


def render(
    document: Document,
    paper: PaperSize,
    copies: Sequence[Copy] = (),
    canvas_factory: CanvasFactory = Canvas,
) -> bytes:
    """Return the PDF of a document, one copy after the other.

    Without `copies` the usual ones are printed.

    Raises Refusal `paper_not_on_roll` for a form without an 80 mm layout, `paper_qr_too_long`; Fault
    `paper_fonts_missing`.
    """
    pages = lay_out_pages(document, paper, copies or default_copies(document))
    title = " ".join(words.titles(form_of(document), document.head.form_set))
    watermark = words.TRAINING if document.identity.training else ""
    return draw_pdf(pages, title, watermark, canvas_factory)


def render_many(documents: Sequence[Document], paper: PaperSize) -> tuple[bytes, int]:
    """Return the PDF of several documents of one form, and its page count.

    Each document has its usual copies. Raises like `render`.
    """
    pages = [page for document in documents for page in lay_out_pages(document, paper, default_copies(document))]
    first = documents[0]
    watermark = words.TRAINING if first.identity.training else ""
    return draw_pdf(pages, " ".join(words.titles(form_of(first), first.head.form_set)), watermark, Canvas), len(pages)


def lay_out_pages(document: Document, paper: PaperSize, copies: Sequence[Copy]) -> list[PdfPage]:
    """Return the pages of all copies, in the largest type with fewest pages."""
    load_faces()
    size = _format(document, paper)
    best: list[PdfPage] = []
    for body in size.body_sizes:
        flows = (_lay_out(new_page_flow(size, body, document.identity), document, paper, copy) for copy in copies)
        pages = [page for flow in flows for page in flow]
        best = pages if not best or len(pages) < len(best) else best
        if len(best) == len(copies):
            break
    return best


def form_of(document: Document) -> str:
    """Return the form code of a document.

    It is a `PaperForm` value, `register` or `cash`.
    """
    return document.template.partition("/")[0]


def _format(document: Document, paper: PaperSize) -> Format:
    if paper is PaperSize.ROLL_80 and type(document) not in _ROLL_FORMS:
        raise Refusal("paper_not_on_roll", field="paper")
    wide = isinstance(document, (Register, CashSheet)) or (isinstance(document, Handover) and not document.single)
    return LANDSCAPE[paper] if wide else FORMATS[paper]


def _lay_out(flow: PageFlow, document: Document, paper: PaperSize, copy: Copy) -> list[PdfPage]:
    kind = type(document)
    if paper is PaperSize.ROLL_80:
        _ROLL_FORMS[kind](flow, document, copy.label)
        return flow.pages
    if kind in _FORMS_IN_COPIES:
        _FORMS_IN_COPIES[kind](flow, document, copy)
    else:
        _FORMS[kind](flow, document)
    head = document.head
    flow.add_footers(words.form_label(form_of(document), head.form_set), head.slogan, words.page_line)
    return flow.pages
