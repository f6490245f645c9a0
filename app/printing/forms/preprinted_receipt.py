"""Giấy tiếp nhận hồ sơ printed in advance with its number only.

The lines of Mẫu số 01 are left open to fill in by hand.
"""

from app.printing.documents.dossier import BlankReceipt
from app.printing.layout.grid import Column, GridTable
from app.printing.layout.heading import heading
from app.printing.layout.page_flow import MM, PageFlow, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span, break_lines
from app.wording.documents import forms as words
from app.wording.documents import unnumbered_forms

_LINE_DISTANCES = {True: 7.6 * MM, False: 6.5 * MM}
"""Distance of ruled lines for handwriting, on a wide sheet and on a narrow one."""
_WIDE_MEASURE = 150 * MM
_SIGNATURE_HEIGHT = 20 * MM
_GAP = 1.5 * MM


def preprinted_receipt(flow: PageFlow, doc: BlankReceipt, copy: str) -> None:
    """Set one copy on one page, with as many paper rows as fit."""
    heading(flow, doc.head, doc.identity, "receipt", copy)
    for labels in (
        (words.SUBMITTER,),
        (unnumbered_forms.BLANK_ID_NUMBER, words.PHONE),
        (words.ADDRESS,),
        (unnumbered_forms.BLANK_APPLICANT,),
        (words.PROCEDURE,),
        ("",),
    ):
        _ruled_labels(flow, labels)
    _paper_rows(flow)
    for labels in (
        (words.QUANTITY, words.FEE),
        (unnumbered_forms.BLANK_RECEIVED,),
        (unnumbered_forms.BLANK_APPOINTMENT,),
    ):
        _ruled_labels(flow, labels)
    _paragraph(flow, unnumbered_forms.BLANK_RETURN_BY)
    _paragraph(flow, unnumbered_forms.BLANK_NOTE)
    _signatures(flow)


def _ruled_labels(flow: PageFlow, labels: tuple[str, ...]) -> None:
    """Set labels side by side, each with a ruled line up to the next.

    A label with an ellipsis has gaps of its own and gets no line.
    """
    share = flow.format.measure / len(labels)
    base = flow.y + _line_distance(flow) * 0.72
    for place, label in enumerate(labels):
        left = flow.format.left + place * share
        end = left + share - (2 * MM if place + 1 < len(labels) else 0)
        if label:
            line = break_lines((Span(label if "…" in label else f"{label}:", REGULAR),), flow.body, share)[0]
            flow.page.runs += [(left + dx, base, flow.body, face, text) for dx, face, text in line.pieces]
            left += line.width + 1 * MM
        if "…" not in label:
            flow.rule(left, base + 1, end, base + 1)
    flow.y += _line_distance(flow)


def _line_distance(flow: PageFlow) -> float:
    return _LINE_DISTANCES[flow.format.measure > _WIDE_MEASURE]


def _paper_rows(flow: PageFlow) -> None:
    """Set empty rows down to the last lines and the signatures."""
    _paragraph(flow, f"{words.PAPERS}:", REGULAR)
    shares = (7, 62, 14, 20, 24)
    columns = [Column(text, part, 0.5) for text, part in zip(words.PAPER_COLUMNS, shares, strict=True)]
    table = GridTable(flow, columns, flow.body - 1.5)
    reserved = 3 * _line_distance(flow) + 2 * (flow.small + 4) * 1.5 + _SIGNATURE_HEIGHT + 2 * _GAP
    while flow.remaining_height() - reserved > _line_distance(flow):
        top = flow.y
        flow.y += _line_distance(flow)
        for edge in table.edges:
            flow.rule(edge, top, edge, flow.y)
        flow.rule(table.edges[0], flow.y, table.edges[-1], flow.y)
    flow.skip(_GAP)


def _paragraph(flow: PageFlow, text: str, face: str = ITALIC) -> None:
    flow.skip(_GAP)
    flow.text(para(text, face, 0 if face == REGULAR else flow.body - 1))


def _signatures(flow: PageFlow) -> None:
    """Set the signature labels: citizen on the left, clerk on the right."""
    flow.skip(_GAP)
    left, half = flow.format.left, flow.format.measure / 2
    size = flow.body - 1
    blocks = [
        [para(label, BOLD, size, 0.5), para(words.SIGN_HINT, ITALIC, flow.small, 0.5)]
        for label in (words.SUBMITTER_SIGNS, words.CLERK_SIGNS)
    ]
    flow.columns([(left, half, blocks[0]), (left + half, half, blocks[1])])
