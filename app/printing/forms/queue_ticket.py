"""The queue ticket, on an 80 mm roll or on A5."""

from dataclasses import dataclass
from datetime import datetime

from app.models.enums import PaperSize
from app.models.instants import local
from app.printing.layout.page_flow import FORMATS, MM, PageFlow, para
from app.printing.layout.pdf_canvas import draw_pdf
from app.printing.layout.text_metrics import BOLD, REGULAR, load_faces
from app.wording import citizens as words
from app.wording.documents.forms import TRAINING

_NUMBER_SIZES = {PaperSize.ROLL_80: 72.0, PaperSize.A5: 144.0}
_ENLARGED = {PaperSize.ROLL_80: 2.0, PaperSize.A5: 7.0}
"""Points added to the type size of the paper, because a ticket has little text."""


@dataclass(frozen=True)
class TicketPaper:
    """The content of a ticket.

    `waiting_ahead` is the number of people ahead, None once it was called. `minutes` is the probable wait, `desk` the
    only desk that calls it, `reprint` the number of earlier prints.
    """

    office: str
    number: int
    service: str
    waiting_ahead: int | None
    taken_at: datetime
    minutes: int | None = None
    desk: int | None = None
    reprint: int = 0
    training: bool = False


def draw_ticket(ticket: TicketPaper, paper: PaperSize) -> bytes:
    """Return the ticket as a PDF; a roll is cut at its end."""
    load_faces()
    size = FORMATS[paper]
    flow = PageFlow(size, size.body_sizes[0] + _ENLARGED[paper], lambda _flow: None)
    flow.text(para(ticket.office, BOLD, align=0.5))
    flow.text(para(words.TICKET_TITLE, REGULAR, align=0.5, before=2 * MM))
    flow.text(para(f"{ticket.number:03d}", BOLD, _NUMBER_SIZES[paper], 0.5))
    flow.text(para(ticket.service, BOLD, flow.title, 0.5))
    for line in _lines(ticket):
        flow.text(para(line, REGULAR, align=0.5, before=MM))
    flow.text(para(words.TICKET_HINT, REGULAR, flow.small, 0.5, before=2 * MM))
    if paper is PaperSize.ROLL_80:
        flow.cut()
    return draw_pdf(flow.pages, words.TICKET_TITLE, TRAINING if ticket.training else "")


def _lines(ticket: TicketPaper) -> list[str]:
    lines = [] if ticket.desk is None else [words.only_desk(ticket.desk)]
    if ticket.waiting_ahead is not None:
        lines.append(words.queue_position(ticket.waiting_ahead, ticket.minutes))
    lines.append(f"{local(ticket.taken_at):%H:%M ngày %d/%m/%Y}")
    return lines + ([words.reprinted(ticket.reprint)] if ticket.reprint else [])
