"""The card beside the machine: shortcuts and a day at the counter."""

from app.models.enums import PaperSize
from app.printing.layout.page_flow import FORMATS, MM, PageFlow, para
from app.printing.layout.pdf_canvas import draw_pdf
from app.printing.layout.text_metrics import BOLD, REGULAR, load_faces
from app.wording import shortcuts as words

_TYPE_SIZE = 13
_KEY_WIDTH = 42 * MM


def draw_shortcut_card(office: str) -> bytes:
    """Return the card as a PDF of one A4 page.

    Raises Fault `paper_fonts_missing`.
    """
    load_faces()
    flow = PageFlow(FORMATS[PaperSize.A4], _TYPE_SIZE, lambda _flow: None)
    flow.text(para(office, REGULAR, align=0.5))
    flow.text(para(words.CARD_TITLE, BOLD, flow.title, 0.5, before=2 * MM))
    flow.skip(4 * MM)
    left, action_width = flow.format.left, flow.format.measure - _KEY_WIDTH
    for key, action in words.SHORTCUTS:
        flow.columns(
            [(left, _KEY_WIDTH, [para(key, BOLD)]), (left + _KEY_WIDTH, action_width, [para(action, REGULAR)])]
        )
        flow.skip(1 * MM)
    flow.text(para(words.DAY_TITLE, BOLD, flow.title, before=5 * MM))
    for number, line in enumerate(words.DAY_STEPS, 1):
        flow.text(para(f"{number}. {line}", REGULAR, before=1 * MM))
    return draw_pdf(flow.pages, words.CARD_TITLE, "")
