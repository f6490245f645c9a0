"""The pages that an office keeps in its safe, on A4.

One has the recovery key, the other the steps to restore a backup.
"""

from datetime import date

from app.models.enums import PaperSize
from app.printing.layout.barcode import qr
from app.printing.layout.page_flow import FORMATS, MM, PageFlow, para
from app.printing.layout.pdf_canvas import draw_pdf
from app.printing.layout.text_metrics import BOLD, ITALIC, REGULAR, load_faces
from app.wording.documents import recovery_page as words
from app.wording.documents.forms import page_line

_TYPE_SIZE, _KEY_TYPE_SIZE = 12.5, 19
_GROUPS_PER_LINE = 4


def recovery_page(office: str, agency_code: str, day: date, key: str, fingerprint: str, code: str) -> bytes:
    """Return a page with recovery key, fingerprint and their use as a PDF.

    A QR code has the page keys and the fingerprint.
    """
    flow = _start_page(words.RECOVERY_TITLE, office, agency_code, day)
    groups = key.split("-")
    for first in range(0, len(groups), _GROUPS_PER_LINE):
        line = "   ".join(groups[first : first + _GROUPS_PER_LINE])
        flow.text(para(line, BOLD, _KEY_TYPE_SIZE, 0.5, before=4 * MM))
    flow.text(para(words.fingerprint_line(fingerprint), BOLD, 0, 0.5, before=5 * MM))
    flow.skip(2 * MM)
    for text in (*words.RECOVERY_ABOUT, *words.RECOVERY_READING, *words.FINGERPRINT_ABOUT):
        flow.text(para(text, REGULAR, before=2 * MM))
    _code(flow, code)
    _steps(flow)
    return _finish(flow, words.RECOVERY_TITLE)


def _code(flow: PageFlow, code: str) -> None:
    flow.text(para(f"{words.PAGE_CODE_ABOUT}.", REGULAR, before=2 * MM))
    symbol = qr(code, flow.format.measure)
    flow.ensure_height(symbol.height + 2 * symbol.quiet)
    flow.skip(symbol.quiet)
    flow.place_code(symbol, flow.format.left + (flow.format.measure - symbol.width) / 2, flow.y)
    flow.skip(symbol.height + symbol.quiet)


def restore_page(office: str, agency_code: str, day: date) -> bytes:
    """Return the steps to restore a backup on another machine as a PDF."""
    flow = _start_page(words.RESTORE_TITLE, office, agency_code, day)
    _steps(flow)
    return _finish(flow, words.RESTORE_TITLE)


def _start_page(title: str, office: str, agency_code: str, day: date) -> PageFlow:
    load_faces()
    flow = PageFlow(FORMATS[PaperSize.A4], _TYPE_SIZE, lambda flow: None)
    flow.text(para(office.upper(), BOLD, 0, 0.5))
    flow.text(para(words.issued(agency_code, day), ITALIC, 0, 0.5))
    flow.text(para(title, BOLD, flow.title, 0.5, before=6 * MM))
    return flow


def _steps(flow: PageFlow) -> None:
    flow.text(para(words.STEPS_TITLE, BOLD, before=7 * MM))
    for number, step in enumerate(words.RESTORE_STEPS, 1):
        flow.text(para(f"{number}. {step}", REGULAR, before=2 * MM))
    flow.text(para(words.RESTORE_AFTER, ITALIC, before=4 * MM))


def _finish(flow: PageFlow, title: str) -> bytes:
    flow.add_footers("", "", page_line)
    return draw_pdf(flow.pages, title, "")
