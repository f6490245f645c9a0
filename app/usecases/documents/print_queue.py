"""Preview of documents, and the queue of unprinted copies."""

from dataclasses import dataclass

from app.models.enums import PaperForm, PaperSize, PrintStatus, Right
from app.models.errors import Refusal
from app.models.forms.library import FormVersion
from app.printing.documents.dossier import Document
from app.printing.documents.serialize import from_json
from app.printing.render import default_copies, render
from app.services.access_log import record_opening
from app.services.context import Context
from app.services.documents.builders import document_source
from app.services.documents.handover_lists import find_handover_act, handover_list_document
from app.services.documents.office_forms import printed_version
from app.services.documents.prepared import PreparedDocument, batch_document, codes_of_batch, count_pages, paper_of
from app.services.documents.print_queue import DISMISSED_SETTING, OFFERED_FOR, WaitingPaper, dismissed_prints, unprinted
from app.services.documents.refusal_slip import find_counter_refusal
from app.services.documents.reprint import current_or_reprint
from app.services.dossier_detail import find_row
from app.services.permissions import requires
from app.services.records.print_names import own_name, printed_name
from app.storage import office_settings
from app.storage.prints import queue
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class PreviewPaper:
    """Query: preview one document of a dossier.

    The default paper is that of the form. With `own_paper` it replaces a size that the form does not have.
    """

    code: str
    form: PaperForm
    paper: PaperSize | None = None
    own_paper: bool = False


@dataclass(frozen=True)
class RenderedDocument:
    """A drawn document with all default copies in one PDF, not recorded.

    `title` is that of a form without another name.
    """

    pdf: bytes
    form: PaperForm
    paper: PaperSize
    title: str = ""


@dataclass(frozen=True)
class ListUnprinted:
    """Query: unprinted documents that were prepared in the last two days."""


@dataclass(frozen=True)
class RenderWaiting:
    """Query: copies of one unprinted document, to be printed."""

    print_ids: tuple[int, ...]


@dataclass(frozen=True)
class DismissPrints:
    """Command: dismiss copies, which leave the queue as not printed."""

    print_ids: tuple[int, ...]


@requires(Right.OPEN_SHEET)
def preview_paper(query: PreviewPaper, context: Context, work: Writing) -> RenderedDocument:
    """Draw a document as it would be printed now, without a print record.

    The access log records the preview because it shows the same personal data as the dossier.
    Raises Refusal `dossier_unknown`, `paper_not_on_roll`, or the fact that the form lacks.
    """
    if query.form == PaperForm.BATCH:
        document, version, _ids = batch_document(codes_of_batch(query.code, work), context, work)
        return _draw(document, version, PaperForm.BATCH, query)
    if query.form == PaperForm.HANDOVER_LIST:
        document, version, _ids = handover_list_document(find_handover_act(query.code, work), context, work)
        return _draw(document, version, PaperForm.HANDOVER_LIST, query)
    if (slip := find_counter_refusal(query.code, query.form, work)) is not None:
        return _draw(slip.document, printed_version(slip.document, work), PaperForm.REFUSAL, query)
    row = find_row(work, query.code)
    source = document_source(work, row, context)
    document = current_or_reprint(PaperForm(query.form), source, work)
    version = printed_version(document, work, source.forms)
    drawn = _draw(document, version, PaperForm(query.form), query)
    record_opening(work, context, row.id)
    work.commit()
    return drawn


def _draw(document: Document, version: FormVersion, form: PaperForm, query: PreviewPaper) -> RenderedDocument:
    layout = version.layout
    size = paper_of(layout, query.paper, query.own_paper)
    pdf = render(document, size, default_copies(layout), layout=layout)
    return RenderedDocument(pdf, form, size, own_name(form, layout))


@requires(Right.READ_LISTS)
def list_unprinted(query: ListUnprinted, context: Context, work: Reading) -> tuple[WaitingPaper, ...]:
    """Return unprinted documents, oldest first, with their copies."""
    return unprinted(context, work)


@requires(Right.PRINT)
def render_waiting(query: RenderWaiting, context: Context, work: Reading) -> PreparedDocument:
    """Draw unprinted copies from their stored document model.

    Raises Refusal `print_not_waiting` if the copies belong to several documents or were printed meanwhile.
    """
    ids = set(query.print_ids)
    together = queue.copies_of_one_print(work, min(ids, default=0))
    copies = [copy for copy in together if copy.id in ids and copy.status != PrintStatus.PRINTED]
    if not copies or len(copies) != len(ids):
        raise Refusal("print_not_waiting", "print_ids")
    document = from_json(queue.document_of(work, copies[0].id))
    layout = printed_version(document, work).layout
    labels = default_copies(layout, max(copy.copy for copy in together))
    paper = PaperSize(copies[0].paper)
    numbers = sorted({copy.copy for copy in copies})  # a batch receipt has one row for each dossier and copy
    pdf = render(document, paper, [labels[number - 1] for number in numbers], layout=layout)
    print_ids = tuple(copy.id for copy in copies)
    return PreparedDocument(
        print_ids=print_ids,
        pdf=pdf,
        form=PaperForm(copies[0].form),
        pages=count_pages(pdf),
        copies=len(numbers),
        paper=paper,
        title=printed_name(copies[0]),
    )


@requires(Right.PRINT)
def dismiss_prints(command: DismissPrints, context: Context, work: Writing) -> None:
    """Remove copies from the queue, and forget those older than two days."""
    waiting = {copy.id for copy in queue.unprinted_copies(work, context.now - OFFERED_FOR)}
    office_settings.save_settings(
        work, {DISMISSED_SETTING: sorted(waiting & {*dismissed_prints(work), *command.print_ids})}
    )
    work.commit()
