"""Phiếu kiểm soát quá trình giải quyết hồ sơ.

It is Mẫu số 06 of TT 03/2025/TT-VPCP, or Mẫu số 05 of TT 01/2018/TT-VPCP.
"""

from datetime import datetime

from app.printing.documents.dossier import ControlSlip, Leg
from app.printing.forms.receipt import archive_symbol, field, set_archive_code
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, SPACING, PageFlow, para
from app.printing.layout.text_metrics import BOLD, ITALIC
from app.wording.documents import forms as words

MIN_LEGS = 4
"""Blocks on the printed form. Unused ones are filled in by hand."""

_SIGNATURE_HEIGHT = 0.95 * MM
"""Height to sign in per point of type size."""
_SHARES = (46, 28, 32, 23)
_DOTS = "." * 30


def control_slip(flow: PageFlow, doc: ControlSlip) -> None:
    """Set the facts of the dossier, a block per hand-over, and the two notes."""
    heading(flow, doc.head, doc.identity, "control")
    _facts(flow, doc)
    flow.skip(1.5 * MM)
    _legs(flow, doc.legs)
    flow.skip(1 * MM)
    for note in words.CONTROL_NOTES:
        flow.text(para(note, ITALIC, flow.small))


def _facts(flow: PageFlow, doc: ControlSlip) -> None:
    """Set the lines above the table, with the archive code on the right."""
    due_at = datetime.fromisoformat(doc.due_at) if doc.due_at else None
    lines = [
        field(words.CONTROL_APPLICANT, doc.applicant, BOLD),
        field(words.CONTROL_PROCEDURE, doc.procedure),
        field(words.SETTLING_UNIT, doc.settling_unit),
        field(words.JOINT_UNIT, doc.joint_unit),
        field(words.CONTROL_RECEIVED, words.appointment(datetime.fromisoformat(doc.received_at), "")),
        field(words.CONTROL_APPOINTMENT, words.appointment(due_at, doc.due_note), BOLD),
    ]
    width, page, code_end = flow.format.measure, len(flow.pages), flow.y
    if doc.identity.store_qr:
        symbol = archive_symbol(flow, doc.identity.store_qr)
        set_archive_code(flow, symbol, flow.format.right - symbol.width)
        width -= symbol.width + symbol.quiet
        code_end = flow.y + symbol.height + symbol.quiet + flow.small * SPACING
    flow.columns([(flow.format.left, width, lines)])
    flow.move_below(page, code_end)


def _legs(flow: PageFlow, legs: tuple[Leg, ...]) -> None:
    columns = [
        Column(heading, part, 0.5 if number == 2 else 0)
        for number, (heading, part) in enumerate(zip(words.LEG_COLUMNS, _SHARES, strict=True))
    ]
    table = GridTable(flow, columns, flow.body - 1)
    blanks = max(0, MIN_LEGS - len(legs))
    for leg in legs:
        _leg(table, leg)
    for number in range(blanks):
        first = number == 0 and not legs
        _leg(table, Leg(words.COUNTER if first else _DOTS, _DOTS, ""))


def _leg(table: GridTable, leg: Leg) -> None:
    """Set one hand-over: parties, time, verdict, and two signatures."""
    units = f"1. {words.GIVES}: {leg.sender}", f"2. {words.TAKES}: {leg.receiver}"
    times = (leg.at_text,) if leg.at_text else words.LEG_TIME
    signature_height = _SIGNATURE_HEIGHT * table.flow.body
    table.row([units, times, (words.verdict(leg.verdict),), (leg.note,)], reserve=signature_height)
    table.signature_row((words.HANDS_OVER, words.TAKES_OVER), signature_height)
