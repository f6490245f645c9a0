"""The citizen's receipts on an 80 mm roll: the same lines in the same order, the QR code stacked over the bars."""

from app.printing.documents.dossier import PaperRow, Receipt
from app.printing.documents.parts import Identity, PaperHead
from app.printing.forms.receipt import counted, field, promise_lines, set_people
from app.printing.layout.barcode import qr
from app.printing.layout.heading import set_key_barcode, title
from app.printing.layout.page_flow import MM, PageFlow, Para, para
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, Span
from app.wording import forms as words

_SIGNATURE_HEIGHT = 14 * MM


def roll_receipt(sheet: PageFlow, doc: Receipt, copy: str) -> None:
    """Set the receipt and cut the page where it ends."""
    roll_heading(sheet, doc.head, doc.identity, "receipt", copy)
    set_people(sheet, doc)
    sheet.text(field(words.PROCEDURE, doc.procedure, BOLD))
    _papers(sheet, doc.papers)
    for line in counted(doc):
        for label_and_value in line:
            sheet.text(Para(label_and_value))
    for paragraph in promise_lines(doc):
        sheet.text(paragraph)
    sheet.text(para(words.register_line(doc.volume, doc.serial), REGULAR))
    if doc.lookup:
        sheet.text(para(doc.lookup, ITALIC, sheet.small))
    roll_signatures(sheet, words.SUBMITTER_SIGNS, doc.clerk)
    sheet.cut()


def roll_heading(sheet: PageFlow, head: PaperHead, identity: Identity, form: str, copy: str) -> None:
    """The codes, and under them all that stands above the first line of the form."""
    _codes(sheet, identity)
    small = sheet.small
    code = identity.code
    lines = [
        para(words.NATION, BOLD, small, 0.5, before=2 * MM),
        para(words.MOTTO, BOLD, small, 0.5),
        para(head.parent.upper(), REGULAR, small, 0.5, before=1 * MM),
        para(head.unit.upper(), BOLD, small, 0.5),
        para(head.centre.upper(), BOLD, small, 0.5),
        para(" ", REGULAR, small - 4),
        *title(sheet, form, head.form_set, sheet.format.measure),
        para(words.copy_line(copy, identity.reprint), ITALIC, small, 0.5),
        Para((Span(f"{words.CODE}: " if code else ""), Span(code, BOLD)), sheet.title, 0.5),
        para(f"{words.NUMBER}: {head.number}" if head.number else "", REGULAR, small, 0.5),
        para(words.form_label(form, head.form_set), ITALIC, small, 0.5),
    ]
    for line in lines:
        if line.spans[0].text:
            sheet.text(line)
    sheet.skip(2 * MM)


def _codes(sheet: PageFlow, identity: Identity) -> None:
    left, measure = sheet.format.left, sheet.format.measure
    if identity.qr_text:
        symbol = qr(identity.qr_text, measure)
        sheet.code(symbol, left + (measure - symbol.width) / 2, sheet.y)
        sheet.y += symbol.height + symbol.quiet
    set_key_barcode(sheet, identity.key, left, measure)


def _papers(sheet: PageFlow, rows: tuple[PaperRow, ...]) -> None:
    sheet.text(para(f"{words.PAPERS}:", REGULAR))
    for number, row in enumerate(rows, 1):
        counts = words.paper_counts(words.handling(row.handling), row.originals, row.copies)
        sheet.text(Para((Span(f"{number}. {row.name} "), Span(f"({counts})", ITALIC))))


def roll_signatures(sheet: PageFlow, giver: str, clerk: str) -> None:
    """Who gives and who takes, side by side; the clerk's name under the room to sign."""
    half = sheet.format.measure / 2
    left, right = (sheet.format.left, half), (sheet.format.left + half, half)
    small = sheet.small
    sheet.skip(2 * MM)
    signs = [
        (*side, [para(label, BOLD, small - 1, 0.5), para(words.SIGN_HINT, ITALIC, small - 1, 0.5)])
        for side, label in ((left, giver), (right, words.CLERK_SIGNS))
    ]
    sheet.columns(signs)
    sheet.y += _SIGNATURE_HEIGHT
    sheet.columns([(*right, [para(clerk, BOLD, small, 0.5)])])
