"""Receipts on an 80 mm roll, with the lines of the A4 form in order.

The QR code is above the barcode.
"""

from app.printing.documents.dossier import PaperRow, Receipt
from app.printing.documents.parts import Identity, PaperHead
from app.printing.forms.receipt import field, promise_lines, quantity_lines, set_people
from app.printing.layout.barcode import qr
from app.printing.layout.heading import set_key_barcode, title
from app.printing.layout.page_flow import MM, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span
from app.wording.documents import forms as words

_SIGNATURE_HEIGHT = 14 * MM


def roll_receipt(flow: PageFlow, doc: Receipt, copy: str) -> None:
    """Set the receipt and cut the page at its end."""
    roll_heading(flow, doc.head, doc.identity, "receipt", copy)
    set_people(flow, doc)
    flow.text(field(words.PROCEDURE, doc.procedure, BOLD))
    _papers(flow, doc.papers)
    for line in quantity_lines(doc):
        for label_and_value in line:
            flow.text(Para(label_and_value))
    for paragraph in promise_lines(doc):
        flow.text(paragraph)
    flow.text(para(words.register_line(doc.volume, doc.serial), REGULAR))
    if doc.lookup:
        flow.text(para(doc.lookup, ITALIC, flow.small))
    roll_signatures(flow, words.SUBMITTER_SIGNS, doc.clerk)
    flow.cut()


def roll_heading(flow: PageFlow, head: PaperHead, identity: Identity, form: str, copy: str) -> None:
    """Set the codes, and below them everything above the form's first line."""
    _codes(flow, identity)
    small = flow.small
    code = identity.code
    lines = [
        para(words.NATION, BOLD, small, 0.5, before=2 * MM),
        para(words.MOTTO, BOLD, small, 0.5),
        para(head.parent.upper(), REGULAR, small, 0.5, before=1 * MM),
        para(head.unit.upper(), BOLD, small, 0.5),
        para(head.centre.upper(), BOLD, small, 0.5),
        para(" ", REGULAR, small - 4),
        *title(flow, form, head.form_set, flow.format.measure),
        para(words.copy_line(copy, identity.reprint), ITALIC, small, 0.5),
        Para((Span(f"{words.CODE}: " if code else ""), Span(code, BOLD)), flow.title, 0.5),
        para(f"{words.NUMBER}: {head.number}" if head.number else "", REGULAR, small, 0.5),
        para(words.form_label(form, head.form_set), ITALIC, small, 0.5),
    ]
    for line in lines:
        if line.spans[0].text:
            flow.text(line)
    flow.skip(2 * MM)


def _codes(flow: PageFlow, identity: Identity) -> None:
    left, measure = flow.format.left, flow.format.measure
    if identity.qr_text:
        symbol = qr(identity.qr_text, measure)
        flow.place_code(symbol, left + (measure - symbol.width) / 2, flow.y)
        flow.y += symbol.height + symbol.quiet
    set_key_barcode(flow, identity.key, left, measure)


def _papers(flow: PageFlow, rows: tuple[PaperRow, ...]) -> None:
    flow.text(para(f"{words.PAPERS}:", REGULAR))
    for number, row in enumerate(rows, 1):
        counts = words.paper_counts(words.handling(row.handling), row.originals, row.copies)
        flow.text(Para((Span(f"{number}. {row.name} "), Span(f"({counts})", ITALIC))))


def roll_signatures(flow: PageFlow, giver: str, clerk: str) -> None:
    """Set giver and clerk side by side, with the clerk's name below."""
    half = flow.format.measure / 2
    left, right = (flow.format.left, half), (flow.format.left + half, half)
    small = flow.small
    flow.skip(2 * MM)
    labels = [
        (*side, [para(label, BOLD, small - 1, 0.5), para(words.SIGN_HINT, ITALIC, small - 1, 0.5)])
        for side, label in ((left, giver), (right, words.CLERK_SIGNS))
    ]
    flow.columns(labels)
    flow.y += _SIGNATURE_HEIGHT
    flow.columns([(*right, [para(clerk, BOLD, small, 0.5)])])
