"""Documents of a dossier: lay out, draw, record copies, number reprints.

The copies are recorded before they are printed.
A reprint of the same facts is the first document with «In lại lần n».
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models.enums import PaperForm, PaperSize, PrintStatus, Right
from app.models.forms.library import FormVersion
from app.printing import readback
from app.printing.documents.dossier import Document
from app.printing.documents.serialize import to_json
from app.printing.readback import PageCodes
from app.printing.render import default_copies
from app.services.context import Context
from app.services.documents.handover_lists import HandoverAct, find_handover_act, handover_list_document
from app.services.documents.header import DocumentSource
from app.services.documents.office_forms import check_form_exists, keep_content, printed_version
from app.services.documents.prepared import (
    DocumentCopies,
    PreparedDocument,
    batch_document,
    check_copies,
    codes_of_batch,
    load_source,
    paper_of,
    render_copies,
)
from app.services.documents.refusal_slip import find_counter_refusal
from app.services.documents.reprint import current_or_reprint
from app.services.permissions import requires
from app.storage import journal
from app.storage.uow import Writing


@dataclass(frozen=True)
class PreparePaper:
    """Command: one document of a dossier.

    The defaults are the copies and the paper size of the form.
    With `own_paper` the form's own size replaces a paper size that it does not have.
    """

    code: str
    form: PaperForm
    copies: int | None = None
    paper: PaperSize | None = None
    own_paper: bool = False


@dataclass(frozen=True)
class PreparePapers:
    """Command: several documents of a dossier at once («Lưu và in»).

    A form that `paper` or `copies` does not name takes the defaults. `own_paper` is as in `PreparePaper`.
    `handed`: the copies go to the printer at once and are recorded as handed over in the same commit.
    """

    code: str
    forms: tuple[PaperForm, ...]
    paper: Mapping[PaperForm, PaperSize] = field(default_factory=dict)
    copies: Mapping[PaperForm, int] = field(default_factory=dict)
    own_paper: bool = False
    handed: bool = False


@dataclass(frozen=True)
class PrepareHandoverList:
    """Command: one hand-over list of the last hand-overs of dossiers.

    They are in the order of `codes`. The defaults are the copies and the paper size of the form. `own_paper` is as in
    `PreparePaper`.
    """

    codes: tuple[str, ...]
    copies: int | None = None
    paper: PaperSize | None = None
    own_paper: bool = False


@dataclass(frozen=True)
class PrepareBatch:
    """Command: one receipt of several dossiers that one person submitted.

    The defaults are two copies and A5. `own_paper` is as in `PreparePaper`.
    """

    codes: tuple[str, ...]
    copies: int | None = None
    paper: PaperSize | None = None
    own_paper: bool = False


@dataclass(frozen=True)
class RecordPrints:
    """Command: set the status of prepared copies."""

    print_ids: tuple[int, ...]
    status: PrintStatus


@requires(Right.PRINT)
def prepare_paper(command: PreparePaper, context: Context, work: Writing) -> PreparedDocument:
    """Lay out and draw one document, and commit its copies as prepared.

    For a receipt of several dossiers the last one that includes this dossier is repeated, for all of them; a hand-over
    list is that of the last act that sent it with others, or the one with the list's own code.
    The `code` of a refusal at the counter selects its slip.
    Raises Refusal `form_unknown`, `dossier_unknown`, `copies_range`, `paper_not_on_roll`, or the fact that the form
    lacks.
    """
    check_form_exists(command.form, work)
    if command.form == PaperForm.BATCH:
        codes = codes_of_batch(command.code, work)
        return _batch(PrepareBatch(codes, command.copies, command.paper, command.own_paper), context, work)
    if command.form == PaperForm.HANDOVER_LIST:
        return _handover_list(find_handover_act(command.code, work), command, context, work)
    slip = find_counter_refusal(command.code, command.form, work)
    if slip is not None:
        version = printed_version(slip.document, work)
        laid = _lay_out(command, slip.document, version, {"refusal_id": slip.id}, context, work)
    else:
        laid = _lay_out_dossier_document(command, load_source(command.code, context, work), context, work)
    drawn = render_copies(laid)  # before the commit, so that a document that cannot be drawn leaves no record
    work.commit()
    return drawn


@requires(Right.PRINT)
def prepare_papers(command: PreparePapers, context: Context, work: Writing) -> tuple[PreparedDocument, ...]:
    """Lay out and draw several documents of a dossier, recorded together."""
    source = load_source(command.code, context, work)
    papers = [
        PreparePaper(command.code, form, command.copies.get(form), command.paper.get(form), command.own_paper)
        for form in command.forms
    ]
    status = PrintStatus.HANDED if command.handed else PrintStatus.PREPARED
    laid = [_lay_out_dossier_document(paper, source, context, work, status) for paper in papers]
    drawn = tuple(render_copies(each) for each in laid)
    work.commit()
    return drawn


@requires(Right.PRINT)
def record_prints(command: RecordPrints, context: Context, work: Writing) -> None:
    """Record whether the copies were printed."""
    journal.set_print_status(work, command.print_ids, command.status)
    work.commit()


@requires(Right.PRINT)
def prepare_handover_list(command: PrepareHandoverList, context: Context, work: Writing) -> PreparedDocument:
    """Lay out and draw one hand-over list of dossiers.

    Each of the dossiers has a record of the copies.
    Raises Refusal `copies_range`, `paper_not_on_roll`, or like `handover_list_document`.
    """
    return _handover_list(HandoverAct(command.codes), command, context, work)


@requires(Right.PRINT)
def prepare_batch(command: PrepareBatch, context: Context, work: Writing) -> PreparedDocument:
    """Lay out and draw one receipt of several dossiers.

    Each of the dossiers has a record of the copies.
    Raises Refusal `dossier_unknown`, `copies_range`, or like `batch_document`.
    """
    return _batch(command, context, work)


def _batch(command: PrepareBatch, context: Context, work: Writing) -> PreparedDocument:
    check_copies(command.copies)
    return _record_joint(PaperForm.BATCH, batch_document(command.codes, context, work), command, context, work)


def _handover_list(
    act: HandoverAct, command: PreparePaper | PrepareHandoverList, context: Context, work: Writing
) -> PreparedDocument:
    check_copies(command.copies)
    laid = handover_list_document(act, context, work)
    return _record_joint(PaperForm.HANDOVER_LIST, laid, command, context, work)


def _record_joint(
    form: PaperForm,
    laid: tuple[Document, FormVersion, tuple[int, ...]],
    command: PreparePaper | PrepareHandoverList | PrepareBatch,
    context: Context,
    work: Writing,
) -> PreparedDocument:
    """Draw a document about several dossiers, and record its copies at each."""
    document, version, dossiers = laid
    layout = version.layout
    paper = paper_of(layout, command.paper, command.own_paper)
    count = command.copies or len(default_copies(layout))
    keep_content(version, context.now, work)
    prints = (
        {"dossier_id": dossier_id, "form": form, "paper": paper.value, "copy": copy}
        for dossier_id in dossiers
        for copy in range(1, count + 1)
    )
    stored = to_json(document)
    ids = tuple(_record_print(each, document, stored, context, work) for each in prints)
    drawn = render_copies(DocumentCopies(document, layout, form, paper, count, ids))
    work.commit()
    return drawn


def _lay_out_dossier_document(
    command: PreparePaper,
    source: DocumentSource,
    context: Context,
    work: Writing,
    status: PrintStatus = PrintStatus.PREPARED,
) -> DocumentCopies:
    document = current_or_reprint(command.form, source, work)
    version = printed_version(document, work, source.forms)
    return _lay_out(command, document, version, {"dossier_id": source.row.id, "status": status}, context, work)


def _lay_out(
    command: PreparePaper,
    document: Document,
    version: FormVersion,
    owner: Mapping[str, Any],
    context: Context,
    work: Writing,
) -> DocumentCopies:
    """Record the copies; `owner` is the row id of the dossier or refusal.

    It may have their status, which is otherwise prepared.
    """
    check_copies(command.copies)
    layout = version.layout
    paper = paper_of(layout, command.paper, command.own_paper)
    count = command.copies or len(default_copies(layout))
    if document.head.content:
        keep_content(version, context.now, work)
    prints = ({**owner, "form": command.form, "paper": paper.value, "copy": copy} for copy in range(1, count + 1))
    stored = to_json(document)
    ids = tuple(_record_print(each, document, stored, context, work) for each in prints)
    return DocumentCopies(document, layout, command.form, paper, count, ids)


def _record_print(
    values: Mapping[str, Any], document: Document, stored: Mapping[str, Any], context: Context, work: Writing
) -> int:
    """Record one copy; `values` are owner, form, paper and copy.

    `stored` is the document as the journal has it.
    """
    return journal.add_print(
        work,
        {
            "dossier_id": None,
            "refusal_id": None,
            "status": PrintStatus.PREPARED,
            **values,
            "reprint": document.identity.reprint,
            "prepared_at": context.now,
            "actor": context.actor,
            "document": stored,
        },
    )


def read_codes(pdf: bytes) -> tuple[PageCodes, ...]:
    """Return the codes that a scanner reads at thermal-printer resolution."""
    return readback.read_codes(pdf)
