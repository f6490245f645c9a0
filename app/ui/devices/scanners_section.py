"""The scanners' section: the line of a serial scanner, and the card every scanner is tried with."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from app.disk import write_file
from app.models.enums import PaperSize
from app.ui.devices.printers_section import allow_shrinking
from app.ui.devices.scanner_hub import SPEEDS
from app.ui.devices.section import AttachedDevices, Section
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import Page
from app.ui.kit.runner import Level
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import button, column, label, row
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.print_desk import print_pdf
from app.usecases.office.scanners import TEST_CODES, ScannerCard, TestLine, judge_scan, judge_typed_scan, scanner_card
from app.wording import scanner_card as words

_KEYBOARD = "Máy quét kiểu bàn phím (cắm là dùng, không chọn cổng)"
_STATE_TEXTS = {
    "none": "Đang dùng máy quét kiểu bàn phím. Máy quét nối cổng (USB COM) thì chọn cổng của nó ở trên.",
    "open": "Cổng đang mở: máy quét sẵn sàng.",
    "absent": "Không thấy máy quét ở cổng đã chọn. Cắm lại: chương trình tự nhận ra, không phải mở lại.",
    "busy": "Không mở được cổng: chương trình khác đang dùng, hoặc máy không cho phép. Đóng nó rồi cắm lại.",
}
_HOW = "In thẻ, rồi quét lần lượt từng mã trên thẻ khi trang này đang mở. Để con trỏ trong ô dưới đây."


class ScannerSection(Section):
    """Which scanner, how it stands, and the self-test line by line."""

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
        self.test_field = QLineEdit()
        self.test_field.setObjectName("devices.trial")
        self.test_field.setAccessibleName("Ô thử: để con trỏ ở đây khi quét")
        self.test_field.setPlaceholderText("Ô này phải luôn trống: chữ rơi vào đây là máy quét chưa đặt đúng")
        self.last_scan = label(role="caption", wrap=True)
        self.lines: dict[str, tuple[QLabel, QLabel]] = {}
        self.setLayout(column(self._choice(), self._test(), gap=2 * GRID))
        self._connect_signals()
        self._show_state(machine.scanners.state)
        self.reset_test()

    def _choice(self) -> QFrame:
        again = button("Tìm lại cổng")
        again.clicked.connect(self.reload)
        form = QFormLayout()
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(GRID)
        allow_shrinking(self.port, 48)
        speed = QWidget()
        speed.setObjectName("clear")
        speed.setLayout(row(label("Tốc độ", "caption"), self.speed))
        line = FlowWidget(self.port, speed, again)
        form.addRow(label("Máy quét", "caption"), line)
        form.addRow(label("Tình trạng", "caption"), self.state_label)
        return _card("Máy quét", form)

    def _test(self) -> QFrame:
        print_card, keep, anew = button("In thẻ thử"), button("Lưu thẻ thành tệp PDF…"), button("Thử lại từ đầu")
        print_card.setObjectName("devices.card.print")
        keep.setObjectName("devices.card.keep")
        print_card.clicked.connect(lambda: self._render_card(self._print))
        keep.clicked.connect(lambda: self._render_card(self._save_card))
        anew.clicked.connect(self.reset_test)
        buttons = FlowWidget(print_card, keep, anew)
        table = QGridLayout()
        table.setHorizontalSpacing(3 * GRID)
        table.setVerticalSpacing(GRID)
        table.setColumnStretch(2, 1)
        for place, code in enumerate(TEST_CODES):
            result, said = label(role="strong"), label(wrap=True)
            name = words.TEST_CODES[code.name][0]
            said.setAccessibleName(name)
            table.addWidget(label(f"{place + 1}. {name}"), place, 0)
            table.addWidget(result, place, 1)
            table.addWidget(said, place, 2)
            self.lines[code.name] = (result, said)
        return _card("Thử máy quét", column(label(_HOW, wrap=True), buttons, self.test_field, table, self.last_scan))

    def _connect_signals(self) -> None:
        self.port.activated.connect(self._choose)
        self.speed.activated.connect(self._choose)
        self.machine.scanners.state_changed.connect(self._show_state)
        self.test_field.returnPressed.connect(lambda: self._typed(True))
        self.test_field.textChanged.connect(lambda _text: self._typed(False))

    def reload(self) -> None:
        """Asks the system, aside, which ports there are."""
        scanners = self.machine.scanners
        self.page.runner.run_background(
            lambda _ticket: scanners.ports(), self._show_ports, activity="Đang tìm cổng máy quét"
        )

    def focus_start(self) -> bool:
        """The caret stands where a wrongly set scanner betrays itself."""
        self.test_field.setFocus()
        return True

    def _show_ports(self, ports: list[Any]) -> None:
        chosen = self.machine.scanners.port
        self.port.clear()
        self.port.addItem(_KEYBOARD, ("", ""))
        for port in ports:
            self.port.addItem(f"{port.name} – {port.description}", (port.name, port.device))
        names = ["", *(port.name for port in ports)]
        if chosen not in names:
            self.port.addItem(f"{chosen} (chưa cắm)", (chosen, ""))
            names.append(chosen)
        self.port.setCurrentIndex(names.index(chosen))

    def _choose(self) -> None:
        name, device = self.port.currentData()
        self.machine.scanners.choose(name, int(self.speed.currentData()), device)

    def _show_state(self, state: str) -> None:
        self.state_label.setText(_STATE_TEXTS[state])

    def reset_test(self) -> None:
        """No code was tried yet."""
        for result, said in self.lines.values():
            set_style_property(result, "role", "caption")
            result.setText(words.WAITING)
            said.setText("")
        self.last_scan.setText("")
        self.test_field.clear()
        self.test_field.setFocus()

    def handle_scan(self, text: str) -> None:
        """Judges a scan."""
        self.last_scan.setText(f"Vừa đọc {len(text)} ký tự: {' ⏎ '.join(text.splitlines())[:100]}")
        self._show(judge_scan(text), words.UNKNOWN_CODE)

    def _typed(self, ended: bool) -> None:
        text = self.test_field.text()
        found = judge_typed_scan(text, ended) if text else None
        if found is not None:
            self._show(found, "")
        if ended:
            self.test_field.clear()

    def _show(self, found: TestLine | None, otherwise: str) -> None:
        if found is None:
            self.last_scan.setText(f"{self.last_scan.text()}\n{otherwise}")
            return
        result, said = self.lines[found.code]
        set_style_property(result, "role", "done" if found.right else "mend")
        result.setText("✓ Đúng" if found.right else "✗ Sai")
        said.setText("" if found.right else found.advice)

    def _render_card(self, then: Any) -> None:
        self.page.runner.read(scanner_card, ScannerCard(PaperSize.A4), then, activity="Đang dựng thẻ thử")

    def _print(self, pdf: bytes) -> None:
        wished = self.machine.prints.preferred_printer
        self.page.runner.run_background(
            lambda _ticket: print_pdf(pdf, PaperSize.A4, wished),
            self._on_sent,
            activity="Đang in thẻ thử",
            pictures=True,
        )

    def _on_sent(self, handed: PrintHandoff) -> None:
        if handed.outcome == PrintOutcome.PRINTED:
            self.page.post_message(Level.DONE, "Đã gửi in thẻ thử. Quét lần lượt từng mã trên thẻ.")
        else:
            self.page.post_message(
                Level.ERROR, "Chưa in được thẻ thử. Xem máy in, hoặc lưu thẻ thành tệp PDF rồi in ở máy khác."
            )

    def _save_card(self, pdf: bytes) -> None:
        file = choose_save_file(self, "Lưu thẻ thử máy quét", "the-thu-may-quet.pdf", "Tệp PDF (*.pdf)")
        if file is not None:
            then = partial(self._on_saved, file.name)
            self.page.runner.run_background(lambda _ticket: write_file(file, pdf), then, activity="Đang lưu tệp")

    def _on_saved(self, name: str, _none: None) -> None:
        self.page.post_message(Level.DONE, f"Đã lưu thẻ thử vào {name}.")


def _card(title: str, inner: Any) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(column(label(title, "strong"), inner, margin=2 * GRID))
    return frame
