"""Papers of a dossier: laid out from what the journal knows, put on record before they leave, numbered when printed
again. A reprint of the same facts is the paper first printed, with «In lại lần n»."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.models.enums import PaperForm, PaperSize, PrintStatus, Right
from app.models.errors import Refusal
from app.printing import readback
from app.printing.documents.dossier import Document
from app.printing.documents.serialize import to_json
from app.printing.readback import PageCodes
from app.printing.render import default_copies
from app.services.context import Context
from app.services.documents.header import DocumentSource
from app.services.documents.prepared import (
    PreparedDocument,
    _check_copies,
    _DocumentCopies,
    _render,
    _source,
    batch_document,
    codes_of_batch,
    render_unrecorded,
)
from app.services.documents.refusal_slip import find_counter_refusal
from app.services.documents.reprint import current_or_reprint
from app.services.documents.routing import handover_list
from app.services.permissions import requires
from app.storage import journal, office_settings
from app.storage.uow import Reading, Writing

_MAX_LIST_DOSSIERS = 500


@dataclass(frozen=True)
class PreparePaper:
    """One paper of one dossier. Without `copies` the usual number (a receipt two, others one), without `paper` A5."""

    code: str
    form: PaperForm
    copies: int | None = None
    paper: PaperSize | None = None


@dataclass(frozen=True)
class PreparePapers:
    """Several papers of one dossier at once: «Lưu và in». A form that `paper` or `copies` does not name is made as
    usual."""

    code: str
    forms: tuple[PaperForm, ...]
    paper: Mapping[PaperForm, PaperSize] = field(default_factory=dict)
    copies: Mapping[PaperForm, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PrepareHandoverList:
    """One hand-over list of many dossiers, by their codes in the order of the list; without `paper` A4."""

    codes: tuple[str, ...]
    copies: int = 1
    paper: PaperSize | None = None


@dataclass(frozen=True)
class PrepareBatch:
    """One receipt of several dossiers that one person handed in, by their codes; without `copies` two, without `paper`
    A5."""

    codes: tuple[str, ...]
    copies: int | None = None
    paper: PaperSize | None = None


@dataclass(frozen=True)
class RecordPrints:
    """What became of copies that were prepared."""

    print_ids: tuple[int, ...]
    status: PrintStatus


@requires(Right.PRINT)
def prepare_paper(command: PreparePaper, context: Context, work: Writing) -> PreparedDocument:
    """Lay out and draw one paper and put its copies on record as prepared: on return that is on the disk.

    A receipt of several dossiers is the last one made of this dossier, for all of them. The `code` of a refusal at the
    counter stands for its slip.

    Raises Refusal `dossier_unknown`, `copies_range`, `paper_not_on_roll`, or what the dossier lacks for this form.
    """
    if command.form == PaperForm.BATCH:
        codes = codes_of_batch(command.code, work)
        return _batch(PrepareBatch(codes, command.copies, command.paper), context, work)
    slip = find_counter_refusal(command.code, command.form, work)
    if slip is not None:
        laid = _lay_out(command, slip.document, {"refusal_id": slip.id}, context, work)
    else:
        laid = _lay_out_dossier_document(command, _source(command.code, context, work), context, work)
    drawn = _render(laid)  # a paper that cannot be drawn is refused before anything is on record
    work.commit()
    return drawn


@requires(Right.PRINT)
def prepare_papers(command: PreparePapers, context: Context, work: Writing) -> tuple[PreparedDocument, ...]:
    """Lay out and draw several papers of a dossier, on record together."""
    source = _source(command.code, context, work)
    papers = [
        PreparePaper(command.code, form, command.copies.get(form), command.paper.get(form)) for form in command.forms
    ]
    laid = [_lay_out_dossier_document(paper, source, context, work) for paper in papers]
    drawn = tuple(_render(each) for each in laid)
    work.commit()
    return drawn


@requires(Right.PRINT)
def record_prints(command: RecordPrints, context: Context, work: Writing) -> None:
    """Note whether the copies came out."""
    journal.set_print_status(work, command.print_ids, command.status)
    work.commit()


@requires(Right.PRINT)
def prepare_handover_list(query: PrepareHandoverList, context: Context, work: Reading) -> PreparedDocument:
    """Lay out and draw one list of many dossiers. The hand-overs themselves are in the journal; the list is not.

    Raises Refusal `missing`, `too_many`, `dossier_unknown`, `paper_not_sent`, `copies_range`, `paper_not_on_roll`.
    """
    if not query.codes:
        raise Refusal("missing", "code")
    if len(query.codes) > _MAX_LIST_DOSSIERS:
        raise Refusal("too_many", "codes", most=_MAX_LIST_DOSSIERS)
    dossiers = [_source(code, context, work) for code in query.codes]
    document = handover_list(dossiers, office_settings.settings(work), context)
    return render_unrecorded(document, PaperForm.HANDOVER, query.paper or PaperSize.A4, query.copies)


@requires(Right.PRINT)
def prepare_batch(command: PrepareBatch, context: Context, work: Writing) -> PreparedDocument:
    """Lay out and draw one receipt of several dossiers; its copies are on record with each of them.

    Raises Refusal `dossier_unknown`, `copies_range`, or what `paper_batch.batch_receipt` raises.
    """
    return _batch(command, context, work)


def _batch(command: PrepareBatch, context: Context, work: Writing) -> PreparedDocument:
    _check_copies(command.copies)
    document, dossiers = batch_document(command.codes, context, work)
    paper, count = command.paper or PaperSize.A5, command.copies or len(default_copies(document))
    ids = tuple(
        _record_print(work, context, {"dossier_id": dossier_id}, PaperForm.BATCH, paper, place, document)
        for dossier_id in dossiers
        for place in range(1, count + 1)
    )
    drawn = _render(_DocumentCopies(document, PaperForm.BATCH, paper, count, ids))
    work.commit()
    return drawn


def _lay_out_dossier_document(
    command: PreparePaper, source: DocumentSource, context: Context, work: Writing
) -> _DocumentCopies:
    document = current_or_reprint(command.form, source, work)
    return _lay_out(command, document, {"dossier_id": source.row.id}, context, work)


def _lay_out(
    command: PreparePaper, document: Document, of: Mapping[str, int], context: Context, work: Writing
) -> _DocumentCopies:
    """Puts the copies on record, `of` a dossier or a refusal by its row number."""
    _check_copies(command.copies)
    paper = command.paper or PaperSize.A5
    count = command.copies or len(default_copies(document))
    ids = tuple(_record_print(work, context, of, command.form, paper, place, document) for place in range(1, count + 1))
    return _DocumentCopies(document, command.form, paper, count, ids)


def _record_print(
    work: Writing,
    context: Context,
    of: Mapping[str, int],
    form: PaperForm,
    paper: PaperSize,
    copy: int,
    document: Document,
) -> int:
    return journal.add_print(
        work,
        {
            "dossier_id": None,
            "refusal_id": None,
            **of,
            "form": form,
            "copy": copy,
            "paper": paper.value,
            "reprint": document.identity.reprint,
            "prepared_at": context.now,
            "actor": context.actor,
            "status": PrintStatus.PREPARED,
            "document": to_json(document),
        },
    )


def read_codes(pdf: bytes) -> tuple[PageCodes, ...]:
    """What a scanner would read off each page of a drawn paper, at the dots of a thermal printer."""
    return readback.read_codes(pdf)
