"""Scanner section: serial port and self-test with the card."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QGridLayout, QLabel, QLayout, QLineEdit, QWidget

from app.models.enums import PaperSize
from app.office.chosen_places import save_chosen_file
from app.ui.devices.printers_section import allow_shrinking
from app.ui.devices.scanner_hub import SPEEDS
from app.ui.devices.section import AttachedDevices, Section
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import Page
from app.ui.kit.runner import Level
from app.ui.kit.style import FIELD_HEIGHT, GRID, set_style_property
from app.ui.kit.widgets import button, column, label, row
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.print_desk import print_pdf
from app.usecases.office.scanners import TEST_CODES, ScannerCard, TestLine, judge_scan, judge_typed_scan, scanner_card
from app.wording.documents import scanner_card as wording

if TYPE_CHECKING:
    from app.ui.devices.serial_port import Port

_KEYBOARD = "Máy quét kiểu bàn phím (cắm là dùng, không chọn cổng)"
_STATE_TEXTS = {
    "none": "Đang dùng máy quét kiểu bàn phím. Máy quét nối cổng (USB COM) thì chọn cổng của nó ở trên.",
    "open": "Cổng đang mở: máy quét sẵn sàng.",
    "absent": "Không thấy máy quét ở cổng đã chọn. Cắm lại: chương trình tự nhận ra, không phải mở lại.",
    "busy": "Không mở được cổng: chương trình khác đang dùng, hoặc máy không cho phép. Đóng nó rồi cắm lại.",
}
_INSTRUCTIONS = "In thẻ, rồi quét lần lượt từng mã trên thẻ khi trang này đang mở. Để con trỏ trong ô dưới đây."


class ScannerSection(Section):
    """Scanner port, its state, and the self-test line by line."""

    def __init__(self, page: Page, machine: AttachedDevices) -> None:
        super().__init__(page, machine)
        self.port, self.speed = QComboBox(), QComboBox()
        self.port.setObjectName("devices.port")
        self.port.setAccessibleName("Cổng của máy quét")
        self.speed.setAccessibleName("Tốc độ của cổng")
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:,}".replace(",", "."), speed)
        self.speed.setCurrentIndex(SPEEDS.index(machine.scanners.speed))
        self.state_label = label(wrap=True)
        self.gap_label = label()
        self.gap_label.setMinimumHeight(FIELD_HEIGHT)  # in line with the button
        self.measure_button = button("Đo tốc độ máy quét")
        self.measure_button.setObjectName("devices.measure")
        self.test_field = QLineEdit()
        self.test_field.setObjectName("devices.trial")
        self.test_field.setAccessibleName("Ô thử: để con trỏ ở đây khi quét")
        self.test_field.setPlaceholderText("Ô này phải luôn trống: chữ rơi vào đây là máy quét chưa đặt đúng")
        self.last_scan = label(role="caption", wrap=True)
        self.lines: dict[str, tuple[QLabel, QLabel]] = {}
        self.setLayout(column(self._port_card(), self._test_card(), gap=2 * GRID))
        self._connect_signals()
        self._show_state(machine.scanners.state)
        self.reset_test()

    def _port_card(self) -> QFrame:
        refresh = button("Tìm lại cổng")
        refresh.clicked.connect(self.reload)
        form = QFormLayout()
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(GRID)
        allow_shrinking(self.port, 48)
        speed = QWidget()
        speed.setObjectName("clear")
        speed.setLayout(row(label("Tốc độ", "caption"), self.speed))
        line = FlowWidget(self.port, speed, refresh)
        form.addRow(label("Máy quét", "caption"), line)
        form.addRow(label("Tình trạng", "caption"), self.state_label)
        pace = FlowWidget(self.measure_button, self.gap_label)
        form.addRow(label("Kiểu bàn phím", "caption"), pace)
        return _card("Máy quét", form)

    def _test_card(self) -> QFrame:
        print_card, save_card, restart = (
            button("In thẻ thử"),
            button("Lưu thẻ thành tệp PDF…"),
            button("Thử lại từ đầu"),
        )
        print_card.setObjectName("devices.card.print")
        save_card.setObjectName("devices.card.keep")
        print_card.clicked.connect(lambda: self._render_card(self._print))
        save_card.clicked.connect(lambda: self._render_card(self._save_card))
        restart.clicked.connect(self.reset_test)
        buttons = FlowWidget(print_card, save_card, restart)
        table = QGridLayout()
        table.setHorizontalSpacing(3 * GRID)
        table.setVerticalSpacing(GRID)
        table.setColumnStretch(2, 1)
        for index, code in enumerate(TEST_CODES):
            result, advice = label(role="strong"), label(wrap=True)
            name = wording.TEST_CODES[code.name][0]
            advice.setAccessibleName(name)
            table.addWidget(label(f"{index + 1}. {name}"), index, 0)
            table.addWidget(result, index, 1)
            table.addWidget(advice, index, 2)
            self.lines[code.name] = (result, advice)
        return _card(
            "Thử máy quét", column(label(_INSTRUCTIONS, wrap=True), buttons, self.test_field, table, self.last_scan)
        )

    def _connect_signals(self) -> None:
        self.port.activated.connect(self._choose)
        self.speed.activated.connect(self._choose)
        self.machine.scanners.state_changed.connect(self._show_state)
        self.measure_button.clicked.connect(self._measure)
        self.machine.scanners.gap_measured.connect(self._show_gap)
        self._show_gap(self.machine.scanners.gap)
        self.test_field.returnPressed.connect(lambda: self._typed(True))
        self.test_field.textChanged.connect(lambda _text: self._typed(False))

    def reload(self) -> None:
        """Find the serial ports in the background."""
        scanners = self.machine.scanners
        self.page.runner.run_background(
            lambda _ticket: scanners.ports(), self._show_ports, activity="Đang tìm cổng máy quét"
        )

    def focus_start(self) -> bool:
        """Focus the test field, where a wrongly configured scanner types its text."""
        self.test_field.setFocus()
        return True

    def _show_ports(self, ports: "Sequence[Port]") -> None:
        selected = self.machine.scanners.port
        self.port.clear()
        self.port.addItem(_KEYBOARD, ("", ""))
        for port in ports:
            self.port.addItem(f"{port.name} – {port.description}", (port.name, port.device))
        names = ["", *(port.name for port in ports)]
        if selected not in names:
            self.port.addItem(f"{selected} (chưa cắm)", (selected, ""))
            names.append(selected)
        self.port.setCurrentIndex(names.index(selected))

    def _choose(self) -> None:
        name, device = self.port.currentData()
        self.machine.scanners.choose(name, int(self.speed.currentData()), device)

    def _show_state(self, state: str) -> None:
        self.state_label.setText(_STATE_TEXTS[state])

    def _measure(self) -> None:
        self.machine.scanners.measure_gap()
        self.gap_label.setText("Quét một mã bất kỳ trên thẻ thử.")
        self.test_field.setFocus()

    def _show_gap(self, gap: int) -> None:
        self.gap_label.setText(f"Phím cách nhau đến {gap} ms vẫn là một lần quét.")

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop measuring, because typing elsewhere is no scan."""
        super().hideEvent(event)
        if self.machine.scanners.measuring:
            self.machine.scanners.stop_measuring()
            self._show_gap(self.machine.scanners.gap)

    def reset_test(self) -> None:
        """Clear the results of the self-test."""
        for result, advice in self.lines.values():
            set_style_property(result, "role", "caption")
            result.setText(wording.WAITING)
            advice.setText("")
        self.last_scan.setText("")
        self.test_field.clear()
        self.test_field.setFocus()

    def handle_scan(self, text: str) -> None:
        """Check a scan against the test codes."""
        self.last_scan.setText(f"Vừa đọc {len(text)} ký tự: {' ⏎ '.join(text.splitlines())[:100]}")
        self._show(judge_scan(text), wording.UNKNOWN_CODE)

    def _typed(self, ended: bool) -> None:
        text = self.test_field.text()
        line = judge_typed_scan(text, ended) if text else None
        if line is not None:
            self._show(line, "")
        if ended:
            self.test_field.clear()

    def _show(self, line: TestLine | None, unknown_text: str) -> None:
        if line is None:
            self.last_scan.setText(f"{self.last_scan.text()}\n{unknown_text}")
            return
        result, advice = self.lines[line.code]
        set_style_property(result, "role", "done" if line.right else "error")
        result.setText("✓ Đúng" if line.right else "✗ Sai")
        advice.setText("" if line.right else line.advice)

    def _render_card(self, on_rendered: Callable[[bytes], None]) -> None:
        self.page.runner.read(scanner_card, ScannerCard(PaperSize.A4), on_rendered, activity="Đang dựng thẻ thử")

    def _print(self, pdf: bytes) -> None:
        preferred = self.machine.prints.preferred_printer
        self.page.runner.run_background(
            lambda _ticket: print_pdf(pdf, PaperSize.A4, preferred),
            self._on_sent,
            activity="Đang in thẻ thử",
            pictures=True,
        )

    def _on_sent(self, handoff: PrintHandoff) -> None:
        if handoff.outcome == PrintOutcome.PRINTED:
            self.page.post_message(Level.DONE, "Đã gửi in thẻ thử. Quét lần lượt từng mã trên thẻ.")
        else:
            self.page.post_message(
                Level.ERROR, "Chưa in được thẻ thử. Xem máy in, hoặc lưu thẻ thành tệp PDF rồi in ở máy khác."
            )

    def _save_card(self, pdf: bytes) -> None:
        file = choose_save_file(self, "Lưu thẻ thử máy quét", "the-thu-may-quet.pdf", "Tệp PDF (*.pdf)")
        if file is not None:
            on_saved = partial(self._on_saved, file.name)
            self.page.runner.run_background(
                lambda _ticket: save_chosen_file(file, pdf), on_saved, activity="Đang lưu tệp"
            )

    def _on_saved(self, name: str, _none: None) -> None:
        self.page.post_message(Level.DONE, f"Đã lưu thẻ thử vào {name}.")


def _card(title: str, inner: QLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(column(label(title, "strong"), inner, margin=2 * GRID))
    return frame
