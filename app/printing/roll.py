"""The citizen's receipt on an 80 mm roll: the same lines in the same order, the QR code stacked over the bars."""

from app.printing.barcode import qr
from app.printing.documents import PaperRow, Receipt
from app.printing.heading import key_bars, title
from app.printing.lettering import BOLD, ITALIC, REGULAR, Span
from app.printing.page import MM, Para, Sheet, para
from app.printing.receipt import counted, field, people, promise
from app.wording import papers as words

_ROOM_TO_SIGN = 14 * MM


def roll_receipt(sheet: Sheet, doc: Receipt, copy: str) -> None:
    """Set the receipt and cut the page where it ends."""
    _codes(sheet, doc)
    _top(sheet, doc, copy)
    people(sheet, doc)
    sheet.text(field(words.PROCEDURE, doc.procedure, BOLD))
    _papers(sheet, doc.papers)
    for line in counted(doc):
        for label_and_value in line:
            sheet.text(Para(label_and_value))
    for paragraph in promise(doc):
        sheet.text(paragraph)
    sheet.text(para(words.register_line(doc.volume, doc.serial), REGULAR))
    if doc.lookup:
        sheet.text(para(doc.lookup, ITALIC, sheet.small))
    _signatures(sheet, doc.clerk)
    sheet.cut()


def _codes(sheet: Sheet, doc: Receipt) -> None:
    left, measure = sheet.format.left, sheet.format.measure
    if doc.identity.qr_text:
        symbol = qr(doc.identity.qr_text, measure)
        sheet.code(symbol, left + (measure - symbol.width) / 2, sheet.y)
        sheet.y += symbol.height + symbol.quiet
    key_bars(sheet, doc.identity.key, left, measure)


def _top(sheet: Sheet, doc: Receipt, copy: str) -> None:
    head, small = doc.head, sheet.small
    lines = [
        para(words.NATION, BOLD, small, 0.5, before=2 * MM),
        para(words.MOTTO, BOLD, small, 0.5),
        para(head.parent.upper(), REGULAR, small, 0.5, before=1 * MM),
        para(head.unit.upper(), BOLD, small, 0.5),
        para(head.centre.upper(), BOLD, small, 0.5),
        para(" ", REGULAR, small - 4),
        *title(sheet, "receipt", head.form_set, sheet.format.measure),
        para(words.copy_line(copy, doc.identity.reprint), ITALIC, small, 0.5),
        Para((Span(f"{words.CODE}: "), Span(doc.identity.code, BOLD)), sheet.title, 0.5),
        para(f"{words.NUMBER}: {head.number}" if head.number else "", REGULAR, small, 0.5),
        para(words.form_label("receipt", head.form_set), ITALIC, small, 0.5),
    ]
    for line in lines:
        if line.spans[0].text:
            sheet.text(line)
    sheet.skip(2 * MM)


def _papers(sheet: Sheet, rows: tuple[PaperRow, ...]) -> None:
    sheet.text(para(f"{words.PAPERS}:", REGULAR))
    for number, row in enumerate(rows, 1):
        counted = words.counted(words.handling(row.handling), row.originals, row.copies)
        sheet.text(Para((Span(f"{number}. {row.name} "), Span(f"({counted})", ITALIC))))


def _signatures(sheet: Sheet, clerk: str) -> None:
    half = sheet.format.measure / 2
    left, right = (sheet.format.left, half), (sheet.format.left + half, half)
    small = sheet.small
    sheet.skip(2 * MM)
    signs = [
        (*side, [para(label, BOLD, small - 1, 0.5), para(words.SIGN_HINT, ITALIC, small - 1, 0.5)])
        for side, label in ((left, words.SUBMITTER_SIGNS), (right, words.CLERK_SIGNS))
    ]
    sheet.columns(signs)
    sheet.y += _ROOM_TO_SIGN
    sheet.columns([(*right, [para(clerk, BOLD, small, 0.5)])])
