"""The printers this machine can use, each with its paper and how it stands. Asked aside: one may be slow to say."""

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
    """One printer: its name, how it is called, the paper it takes as it is, and how it stands."""

    name: str
    label: str
    papers: tuple[PaperSize, ...]
    state: str

    @property
    def papers_text(self) -> str:
        """Its paper in words; what happens to A5 where it has none."""
        said = ", ".join(paper_label(paper.value) for paper in self.papers) or "không rõ"
        two_up = PaperSize.A4 in self.papers and PaperSize.A5 not in self.papers
        return f"{said} (A5: hai bản trên một tờ A4, cắt đôi)" if two_up else said


def known_printers(network: Sequence[str]) -> list[PrinterLine]:
    """The system's printers, then those of the network."""
    return [_line(name) for name in (*printer_names(), *network)]


def _line(name: str) -> PrinterLine:
    papers = tuple(paper for paper in _SIZES if supports_paper(name, paper))
    state = "Qua mạng, không hỏi hệ thống" if is_network(name) else _STATE_TEXTS[printer_state(name)]
    return PrinterLine(name, printer_label(name), papers, state)
