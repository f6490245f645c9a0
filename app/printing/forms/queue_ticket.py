"""The queue ticket on an 80 mm roll."""

from dataclasses import dataclass
from datetime import datetime

from app.models.enums import PaperSize
from app.models.instants import local
from app.printing.layout.page_flow import FORMATS, MM, PageFlow, para
from app.printing.layout.pdf_canvas import draw_pdf
from app.printing.layout.text_metrics import BOLD, REGULAR, load_faces
from app.wording import citizens as words

_NUMBER_SIZE = 72.0


@dataclass(frozen=True)
class TicketPaper:
    """The content of a ticket.

    `waiting_ahead` is the number of people ahead in the queue.
    """

    office: str
    number: int
    service: str
    waiting_ahead: int
    taken_at: datetime


def draw_ticket(ticket: TicketPaper) -> bytes:
    """Return the ticket as a PDF, cut at its end."""
    load_faces()
    size = FORMATS[PaperSize.ROLL_80]
    flow = PageFlow(size, size.body_sizes[0] + 2, lambda _flow: None)
    flow.text(para(ticket.office, BOLD, align=0.5))
    flow.text(para(words.TICKET_TITLE, REGULAR, align=0.5, before=2 * MM))
    flow.text(para(f"{ticket.number:03d}", BOLD, _NUMBER_SIZE, 0.5))
    flow.text(para(ticket.service, BOLD, flow.title, 0.5))
    flow.text(para(words.queue_position(ticket.waiting_ahead), REGULAR, align=0.5, before=2 * MM))
    flow.text(para(f"{local(ticket.taken_at):%H:%M ngày %d/%m/%Y}", REGULAR, align=0.5))
    flow.text(para(words.TICKET_HINT, REGULAR, flow.small, 0.5, before=2 * MM))
    flow.cut()
    return draw_pdf(flow.pages, words.TICKET_TITLE, "")
