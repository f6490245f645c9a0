"""Documents rendered to PDF, the same bytes each time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.models.enums import PaperSize
from app.models.errors import Refusal
from app.models.forms.layout import FormLayout
from app.printing.composed.form import FormCopy, SharedParts, set_form, set_roll_form
from app.printing.document_values.registry import document_values
from app.printing.documents.dossier import Document
from app.printing.form_files import shipped_version
from app.printing.layout.heading import new_page_flow
from app.printing.layout.page_flow import FORMATS, LANDSCAPE, Format, PageFlow, PdfPage
from app.printing.layout.paper_canvas import PaperCanvas
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


SINGLE_COPY = Copy("", True)


def default_copies(layout: FormLayout, number: int = 0) -> tuple[Copy, ...]:
    """Return the usual copies of a form.

    A form in copies (liên) has one for the office and one for the submitter. A single one is the submitter's; more
    repeat the last. Any other form has one copy.
    """
    copies = tuple(Copy(each.label, each.office) for each in layout.copies)
    if not copies:
        return (SINGLE_COPY,) * (number or 1)
    number = number or len(copies)
    if number < len(copies):
        return copies[-number:]
    return (*copies, *copies[-1:] * (number - len(copies)))


def render(
    document: Document,
    paper: PaperSize,
    copies: Sequence[Copy] = (),
    canvas_factory: CanvasFactory = PaperCanvas,
    layout: FormLayout | None = None,
) -> bytes:
    """Return the PDF of a document, one copy after the other.

    Without `copies` the usual ones are printed, without `layout` on the form shipped with the program.

    Raises Refusal `paper_not_on_roll`, `paper_size_of_form`, `paper_qr_too_long`; Fault `paper_fonts_missing`.
    """
    layout = layout or shipped_version(document).layout
    pages = lay_out_pages(document, paper, copies or default_copies(layout), layout)
    watermark = words.TRAINING if document.identity.training else ""
    return draw_pdf(pages, " ".join(layout.title), watermark, canvas_factory)


def render_many(documents: Sequence[Document], paper: PaperSize, layout: FormLayout) -> tuple[bytes, int]:
    """Return the PDF of several documents of one form, and its page count.

    Each document has its usual copies. Raises like `render`.
    """
    copies = default_copies(layout)
    pages = [page for document in documents for page in lay_out_pages(document, paper, copies, layout)]
    watermark = words.TRAINING if documents[0].identity.training else ""
    return draw_pdf(pages, " ".join(layout.title), watermark), len(pages)


def lay_out_pages(
    document: Document, paper: PaperSize, copies: Sequence[Copy], layout: FormLayout | None = None
) -> list[PdfPage]:
    """Return the pages of all copies, in the largest type with fewest pages."""
    load_faces()
    layout = layout or shipped_version(document).layout
    size, values = _format(layout, paper), document_values(document).with_names(layout.names)
    shared: SharedParts = {}

    @cache
    def flow_of(body: float, number: int) -> PageFlow:
        copy = copies[number]
        stored = document.identity.store_qr if copy.for_office else ""
        flow = new_page_flow(size, body, document.identity)
        form_copy = FormCopy(values, copy.label, stored)
        if paper is PaperSize.ROLL_80:
            set_roll_form(flow, document, layout, form_copy)
        else:
            set_form(flow, document, layout, form_copy, shared)
            flow.add_footers(layout.footer, document.head.slogan, words.page_line)
        return flow

    def page_numbers(body: float) -> Iterator[int]:
        return (len(flow_of(body, number).pages) for number in range(len(copies)))

    largest, smallest = size.body_sizes[0], size.body_sizes[-1]
    if flow_of(largest, 0).goes_far_over and sum(page_numbers(largest)) == sum(page_numbers(smallest)):
        best = largest  # smaller type takes no more pages, so that the sizes between them are not set
    else:
        fitting = (body for body in size.body_sizes if all(number == 1 for number in page_numbers(body)))
        best = next(fitting, None) or min(size.body_sizes, key=lambda body: sum(page_numbers(body)))
    return [page for number in range(len(copies)) for page in flow_of(best, number).pages]


def _format(layout: FormLayout, paper: PaperSize) -> Format:
    if paper not in layout.papers:
        code = "paper_not_on_roll" if paper is PaperSize.ROLL_80 else "paper_size_of_form"
        raise Refusal(code, field="paper", allowed=", ".join(layout.papers))
    return LANDSCAPE[paper] if layout.landscape and paper in LANDSCAPE else FORMATS[paper]
