"""Papers before they leave and papers that wait: seen without a trace, listed after a restart, drawn again as they were
laid out, or let go."""

from dataclasses import dataclass

from app.models.enums import PaperForm, PaperSize, PrintStatus, Right
from app.models.errors import Refusal
from app.printing.documents.serialize import from_json
from app.printing.render import default_copies, render
from app.services.access_log import record_opening
from app.services.context import Context
from app.services.documents.builders import document_source
from app.services.documents.prepared import PreparedDocument, batch_document, codes_of_batch, count_pages
from app.services.documents.print_queue import DISMISSED_SETTING, OFFERED_FOR, WaitingPaper, dismissed_prints, unprinted
from app.services.documents.refusal_slip import find_counter_refusal
from app.services.documents.reprint import current_or_reprint
from app.services.dossier_detail import find_row
from app.services.permissions import requires
from app.storage import office_settings, print_queue
from app.storage.uow import Reading, Writing


@dataclass(frozen=True)
class PreviewPaper:
    """One paper of one dossier, only to be seen. Without `paper` A5."""

    code: str
    form: PaperForm
    paper: PaperSize | None = None


@dataclass(frozen=True)
class RenderedDocument:
    """A paper drawn, every usual copy in one PDF, on no record."""

    pdf: bytes
    form: PaperForm
    paper: PaperSize


@dataclass(frozen=True)
class ListUnprinted:
    """The papers of the last two days that were prepared and never came out."""


@dataclass(frozen=True)
class RenderWaiting:
    """The copies of one waiting paper, to be printed after all."""

    print_ids: tuple[int, ...]


@dataclass(frozen=True)
class DismissPrints:
    """Copies that nobody wants any more: they stay on record as not printed and are offered no more."""

    print_ids: tuple[int, ...]


@requires(Right.OPEN_SHEET)
def preview_paper(query: PreviewPaper, context: Context, work: Writing) -> RenderedDocument:
    """Draw a paper as it would be printed now, without a row in the print journal; it tells as much as the sheet, so
    that seeing it is in the access trail.

    Raises Refusal `dossier_unknown`, `paper_not_on_roll`, or what the dossier lacks for this form.
    """
    paper = query.paper or PaperSize.A5
    if query.form == PaperForm.BATCH:
        document, _ids = batch_document(codes_of_batch(query.code, work), context, work)
        return RenderedDocument(render(document, paper, default_copies(document)), PaperForm.BATCH, paper)
    if (slip := find_counter_refusal(query.code, query.form, work)) is not None:
        return RenderedDocument(render(slip.document, paper, default_copies(slip.document)), PaperForm.REFUSAL, paper)
    row = find_row(work, query.code)
    document = current_or_reprint(PaperForm(query.form), document_source(work, row, context), work)
    drawn = RenderedDocument(render(document, paper, default_copies(document)), PaperForm(query.form), paper)
    record_opening(work, context, row.id)
    work.commit()
    return drawn


@requires(Right.READ_LISTS)
def list_unprinted(query: ListUnprinted, context: Context, work: Reading) -> tuple[WaitingPaper, ...]:
    """Papers that wait, the oldest first; copies prepared together are one paper."""
    return unprinted(context, work)


@requires(Right.PRINT)
def render_waiting(query: RenderWaiting, context: Context, work: Reading) -> PreparedDocument:
    """The PDF of copies that wait, from what was laid out when they were prepared: the same paper, whatever happened
    since.

    Raises Refusal `print_not_waiting` where the copies do not belong to one paper or came out meanwhile.
    """
    wanted = set(query.print_ids)
    together = print_queue.copies_of_one_print(work, min(wanted, default=0))
    copies = [copy for copy in together if copy.id in wanted and copy.status != PrintStatus.PRINTED]
    if not copies or len(copies) != len(wanted):
        raise Refusal("print_not_waiting", "print_ids")
    document = from_json(copies[0].document)
    labels = default_copies(document, max(copy.copy for copy in together))
    paper = PaperSize(copies[0].paper)
    places = sorted({copy.copy for copy in copies})  # of several dossiers each has a row of the same copy
    pdf = render(document, paper, [labels[place - 1] for place in places])
    ids = tuple(copy.id for copy in copies)
    return PreparedDocument(ids, pdf, PaperForm(copies[0].form), count_pages(pdf), len(places), paper)


@requires(Right.PRINT)
def dismiss_prints(command: DismissPrints, context: Context, work: Writing) -> None:
    """Offer these copies no more. Older ones that are past their two days are forgotten on the way."""
    wanted = {copy.id for copy in print_queue.unprinted_copies(work, context.now - OFFERED_FOR)}
    office_settings.save_settings(
        work, {DISMISSED_SETTING: sorted(wanted & {*dismissed_prints(work), *command.print_ids})}
    )
    work.commit()
