"""Lists of dossiers: Phiếu bàn giao hồ sơ and Sổ theo dõi hồ sơ.

The latter is Mẫu số 07, or Mẫu số 06 of TT 01/2018/TT-VPCP.
"""

from collections.abc import Sequence
from datetime import date, datetime

from app.printing.documents.dossier import Handover, HandoverRow, Register, RegisterBlock, RegisterRow
from app.printing.forms.receipt import field
from app.printing.layout.closing import closing_height, set_closing, signature_block
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, SPACING, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span
from app.wording.documents import unnumbered_forms
from app.wording.numbers import instant_in_words

_HANDOVER_SHARES = (9, 36, 84, 24, 37, 46, 18, 22)
_REGISTER_SHARES = (9, 32, 66, 31, 38, 24, 19, 19, 19, 17, 22)
_TIME_COLUMNS = range(6, 11)
_HEAD_LINES = 8
"""Lines of a register table's headings and first row. They stay with the field's name."""


def handover(flow: PageFlow, doc: Handover) -> None:
    """Set sender and receiver, the dossiers, and both signatures."""
    sides = [
        field(unnumbered_forms.HANDOVER_FROM, doc.sender, BOLD),
        field(unnumbered_forms.HANDOVER_TO, doc.receiver, BOLD),
        field(unnumbered_forms.HANDOVER_AT, instant_in_words(datetime.fromisoformat(doc.at)) if doc.at else ""),
    ]
    heading(flow, doc.head, doc.identity, "handover", beside=() if doc.single else sides)
    if doc.single:
        for line in sides:
            flow.text(line)
        _single_dossier(flow, doc.rows[0])
    else:
        _dossier_table(flow, doc.rows)
        flow.skip(1 * MM)
    blocks = (
        signature_block(flow, unnumbered_forms.GIVER_SIGNS, ""),
        signature_block(flow, unnumbered_forms.TAKER_SIGNS, ""),
    )
    total = () if doc.single else (Span(f"{unnumbered_forms.list_total(len(doc.rows))} ", BOLD),)
    set_closing(flow, Para((*total, Span(unnumbered_forms.HANDOVER_COPIES, ITALIC)), before=0.8 * MM), blocks)


def _single_dossier(flow: PageFlow, row: HandoverRow) -> None:
    """Set one dossier as lines."""
    flow.text(field(unnumbered_forms.HANDOVER_PROCEDURE, row.procedure, BOLD))
    flow.text(field(unnumbered_forms.HANDOVER_RESULT, row.result))
    flow.text(field(unnumbered_forms.HANDOVER_APPLICANT, row.applicant, BOLD))
    flow.text(field(unnumbered_forms.ADDRESS, row.address))
    flow.text(field(unnumbered_forms.FEE, unnumbered_forms.yes_no(row.fee)))
    flow.text(field(unnumbered_forms.POST, unnumbered_forms.yes_no(row.by_post)))


def _dossier_table(flow: PageFlow, rows: Sequence[HandoverRow]) -> None:
    """Set the dossiers as a table; the last row stays with the signatures."""
    flow.skip(1.5 * MM)
    table = GridTable(flow, _columns(unnumbered_forms.HANDOVER_COLUMNS, _HANDOVER_SHARES, (0, 6, 7)), flow.body - 1.5)
    closing = closing_height(flow) + 2 * MM + flow.body * SPACING
    for number, row in enumerate(rows, 1):
        table.row(_handover_row(number, row), reserve=closing if number == len(rows) else 0)


def _handover_row(number: int, row: HandoverRow) -> list[tuple[str]]:
    marks = [unnumbered_forms.MARKED if marked else "" for marked in (row.fee, row.by_post)]
    texts = [str(number), row.code, row.procedure, row.result, row.applicant, row.address, *marks]
    return [(text,) for text in texts]


def register(flow: PageFlow, doc: Register) -> None:
    """Set a table per field and volume, its headings repeated on each page."""
    period = unnumbered_forms.register_period(date.fromisoformat(doc.first), date.fromisoformat(doc.last))
    heading(flow, doc.head, doc.identity, "register", subtitle=period)
    for block in doc.blocks:
        _register_block(flow, block)
    if doc.blocks:
        total = sum(len(block.rows) for block in doc.blocks)
        flow.text(Para((Span(unnumbered_forms.list_total(total), BOLD),), before=1.5 * MM))
    else:
        flow.text(para(unnumbered_forms.NO_DOSSIERS, REGULAR, before=1.5 * MM))
    for note in doc.notes:
        flow.text(para(note, ITALIC, flow.small))


def _register_block(flow: PageFlow, block: RegisterBlock) -> None:
    size = flow.body - 2
    name = unnumbered_forms.register_block(block.field, block.volume, len(block.rows))
    flow.text(para(name, BOLD, before=2 * MM), reserve=_HEAD_LINES * size * SPACING)
    flow.skip(1 * MM)
    table = GridTable(
        flow, _columns(unnumbered_forms.REGISTER_COLUMNS, _REGISTER_SHARES, (0, 6, 7, 8, 9), _TIME_COLUMNS), size
    )
    for row in block.rows:
        table.row(_register_row(row))


def _register_row(row: RegisterRow) -> list[Sequence[str]]:
    returned = [*unnumbered_forms.in_figures(row.returned_at), row.ended]
    return [
        (row.number,),
        (row.code,),
        (row.procedure,),
        (row.applicant,),
        [text for text in (row.address, row.phone) if text] or ("",),
        (row.unit,),
        unnumbered_forms.in_figures(row.received_at),
        unnumbered_forms.in_figures(row.due_at),
        [text for text in returned if text] or ("",),
        (unnumbered_forms.return_method(row.return_by),),
        (row.received_by,),
    ]


def _columns(
    names: Sequence[str], shares: Sequence[int], centred: Sequence[int], grouped: Sequence[int] = ()
) -> list[Column]:
    return [
        Column(name, part, 0.5 * (number in centred), unnumbered_forms.REGISTER_GROUP if number in grouped else "")
        for number, (name, part) in enumerate(zip(names, shares, strict=True))
    ]
