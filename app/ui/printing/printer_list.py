"""Printers of this machine with paper sizes and state.

They are read in the background because a query may be slow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.enums import PaperSize
from app.ui.printing.preferences import is_network, paper_label, printer_label
from app.ui.printing.printer import printer_names, supports_paper
from app.ui.printing.spooler import PrinterState, printer_state

_STATE_TEXTS = {
    PrinterState.READY: "Sẵn sàng",
    PrinterState.NOT_READY: "Chưa sẵn sàng: máy tắt, hết giấy hoặc mở nắp",
    PrinterState.STOPPED: "Đang dừng trong hệ thống",
}
_SIZES = (PaperSize.A4, PaperSize.A5, PaperSize.ROLL_80)


@dataclass(frozen=True)
class PrinterLine:
    """One printer: name, label, supported paper sizes and state in words."""

    name: str
    label: str
    papers: tuple[PaperSize, ...]
    state: str

    @property
    def papers_text(self) -> str:
        """The paper sizes in words, with a note on A5."""
        sizes = ", ".join(paper_label(paper.value) for paper in self.papers) or "không rõ"
        two_up = PaperSize.A4 in self.papers and PaperSize.A5 not in self.papers
        return f"{sizes} (A5: hai bản trên một tờ A4, cắt đôi)" if two_up else sizes


def known_printers(network: Sequence[str]) -> list[PrinterLine]:
    """Return the system's printers, then the network printers."""
    return [_line(name) for name in (*printer_names(), *network)]


def _line(name: str) -> PrinterLine:
    papers = tuple(paper for paper in _SIZES if supports_paper(name, paper))
    state = "Qua mạng, không hỏi hệ thống" if is_network(name) else _STATE_TEXTS[printer_state(name)]
    return PrinterLine(name, printer_label(name), papers, state)
