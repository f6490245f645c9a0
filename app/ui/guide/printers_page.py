"""Page of the printers, with a test page on each paper and its outcome."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.models.enums import PaperForm, PaperSize
from app.office.guide.guide import SETTINGS_FILE, Guide
from app.ui.guide.page import GuideView, line_field, note, stacked
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.table_memory import window_settings
from app.ui.kit.widgets import button, column, label, row
from app.ui.printing.dispatch import print_pdf
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.preferences import (
    ROLL_FORMS,
    FormPreference,
    PrintPreferences,
    is_network,
    paper_label,
    parse_network_printer,
)
from app.ui.printing.printer_list import PrinterLine, known_printers
from app.usecases.office.printers import GetPrinterTestPage, get_printer_test_page

_SEARCHING = "Đang tìm máy in…"
_NONE = (
    "Chưa thấy máy in nào. Bật máy in, xem dây cắm rồi bấm «Tìm lại máy in». Chưa có máy in vẫn làm việc được: giấy tờ "
    "lưu thành tệp PDF, cắm máy in sau cũng được."
)
_LISTED = "Bấm «In thử» ở khổ giấy sẽ dùng, rồi nhìn tờ giấy ra."
_ASK = "Đã gửi trang thử {paper} tới {printer}. Giấy có ra không?"
_CHOSEN = "{printer}, khổ {paper}: giấy tờ của cơ quan sẽ in ở máy này."
_ROLL_CHOSEN = "{printer}, khổ {paper}: giấy người nộp cầm về sẽ in ở máy này."
_ADVICE = (
    "Xem máy đã bật, có giấy, nắp đóng, dây cắm chặt; rồi in thử lại hoặc chọn máy khác. Để sau cũng được: giấy tờ chờ "
    "trong hàng và lưu được thành PDF."
)
_FAILED = "Máy in {printer} không nhận trang thử."
_ADDRESS = "Địa chỉ chưa đúng. Ghi như 192.168.1.50 hoặc 192.168.1.50:9100."


class PrintersPage(GuideView):
    """The printers of this machine; the chosen one is kept for the office."""

    title = "Máy in"
    question = "In thử một trang ở máy in sẽ dùng."

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.settings = window_settings(guide.places.trial / SETTINGS_FILE)
        self.preferences = PrintPreferences(self.settings)
        self.text = label(_SEARCHING, wrap=True)
        self.table = QGridLayout()
        self.table.setHorizontalSpacing(2 * GRID)
        self.table.setVerticalSpacing(GRID)
        self.table.setColumnStretch(3, 1)
        self.refresh = button("Tìm lại máy in")
        self.refresh.clicked.connect(self.find_printers)
        self.address = line_field("address", 240, "192.168.1.50")
        self.address.setAccessibleName("Địa chỉ máy in nhiệt trong mạng")
        self.address.returnPressed.connect(self._add_network)
        add = button("Thêm máy in nhiệt qua mạng")
        add.clicked.connect(self._add_network)
        self.tested: tuple[PrinterLine, PaperSize] | None = None
        self.ask_text = label(role="strong", wrap=True)
        self.yes, self.no = button("Ra giấy rồi", main=True), button("Chưa ra")
        self.yes.clicked.connect(self._on_paper)
        self.no.clicked.connect(self._not_on_paper)
        answers = row(self.yes, self.no)
        answers.addStretch(1)
        self.ask = QWidget()
        self.ask.setLayout(column(self.ask_text, answers))
        self.ask.hide()
        self.chosen_text = label(role="done", wrap=True)
        self.chosen_text.hide()
        others = FlowWidget(self.refresh, self.address, add)
        self.setLayout(stacked((self.text, self.table, self.ask, self.chosen_text, others, note(_ADVICE))))

    def focus_start(self) -> None:
        """Search for printers; the button that goes on keeps the focus."""
        self.find_printers()

    def find_printers(self) -> None:
        """Find the printers in the background."""
        self.text.setText(_SEARCHING)
        network = self.preferences.network_printers
        self.runner.run_background(lambda _ticket: known_printers(network), self.show_printers, activity="")

    def show_printers(self, lines: Sequence[PrinterLine]) -> None:
        """Show the printers with a button for each paper."""
        while (item := self.table.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.text.setText(_LISTED if lines else _NONE)
        for place, line in enumerate(lines):
            buttons = FlowWidget()
            buttons.set_parts(*(self._test_button(line, paper) for paper in line.papers))
            self.table.addWidget(label(line.label, "strong"), place, 0)
            self.table.addWidget(label(line.state, "caption"), place, 1)
            self.table.addWidget(buttons, place, 2, 1, 2)
            if not place and line.papers and not self.chosen_text.isVisible():
                buttons.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _test_button(self, line: PrinterLine, paper: PaperSize) -> QWidget:
        test = button(f"In thử {paper_label(paper.value)}")
        test.setAccessibleName(f"In trang thử {paper_label(paper.value)} ở {line.label}")
        test.clicked.connect(partial(self.print_test, line, paper))
        return test

    def print_test(self, line: PrinterLine, paper: PaperSize, _pressed: bool = False) -> None:
        """Print a test page with the name of the office."""
        query = GetPrinterTestPage(line.label, paper)
        self.runner.run_serial(
            lambda: self.guide.open_trial().read(get_printer_test_page, query),
            partial(self._send, line, paper),
            activity="Đang dựng trang thử",
        )

    def _send(self, line: PrinterLine, paper: PaperSize, pdf: bytes) -> None:
        self.runner.run_background(
            lambda _ticket: print_pdf(pdf, paper, line.name),
            partial(self._sent, line, paper),
            activity="Đang in trang thử",
            pictures=True,
        )

    def _sent(self, line: PrinterLine, paper: PaperSize, handoff: PrintHandoff) -> None:
        self.chosen_text.hide()
        if handoff.outcome != PrintOutcome.PRINTED:
            self.ask.hide()
            self.message.emit("warning", f"{_FAILED.format(printer=line.label)} {_ADVICE}")
            return
        self.tested = (line, paper)
        self.ask_text.setText(_ASK.format(paper=paper_label(paper.value), printer=line.label))
        self.ask.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_paper(self) -> None:
        """Keep the printer: as the usual one, a roll for the citizens' receipts."""
        if self.tested is None:
            return
        line, paper = self.tested
        if paper == PaperSize.ROLL_80:
            for form in sorted(ROLL_FORMS):
                copies = self.preferences.for_form(form).copies
                self.preferences.set_form(form, FormPreference(line.name, paper, copies))
        else:
            self.preferences.set_default_printer(line.name)
            self._keep_sheet(paper)
        self.settings.sync()
        self.ask.hide()
        text = _ROLL_CHOSEN if paper == PaperSize.ROLL_80 else _CHOSEN
        self.chosen_text.setText(text.format(printer=line.label, paper=paper_label(paper.value)))
        self.chosen_text.show()
        self.answered.emit()

    def _keep_sheet(self, paper: PaperSize) -> None:
        """Print the receipt and its slip on the confirmed sheet."""
        for form in (PaperForm.RECEIPT, PaperForm.CONTROL):
            known = self.preferences.for_form(form)
            if not is_network(known.printer):
                self.preferences.set_form(form, FormPreference("", paper, known.copies))

    def _not_on_paper(self) -> None:
        self.ask.hide()
        self.message.emit("warning", _ADVICE)
        self.answered.emit()

    def _add_network(self) -> None:
        printer = parse_network_printer(self.address.text())
        if not printer:
            self.message.emit("error", _ADDRESS)
            self.address.setFocus()
            return
        self.preferences.save_network_printers(tuple(dict.fromkeys((*self.preferences.network_printers, printer))))
        self.settings.sync()
        self.address.clear()
        self.find_printers()
