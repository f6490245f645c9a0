"""The scanners' section: the line of a serial scanner, and the card every scanner is tried with."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from app.models.enums import PaperSize
from app.ui.devices.page import Machine, Section
from app.ui.devices.printers_section import shrinking
from app.ui.devices.scanner_hub import SPEEDS
from app.ui.kit.file_dialogs import ask_file
from app.ui.kit.flow_layout import FlowBox
from app.ui.kit.page import Page
from app.ui.kit.print_outcome import Handed, Sent
from app.ui.kit.runner import Level
from app.ui.kit.style import GRID, mark
from app.ui.kit.widgets import button, column, label, row
from app.ui.printing.print_desk import print_pdf
from app.usecases.office.scanners import CODES, ScannerCard, TestLine, judged, judged_typing, scanner_card
from app.wording import scanner_card as words

_KEYBOARD = "Máy quét kiểu bàn phím (cắm là dùng, không chọn cổng)"
_STANDS = {
    "none": "Đang dùng máy quét kiểu bàn phím. Máy quét nối cổng (USB COM) thì chọn cổng của nó ở trên.",
    "open": "Cổng đang mở: máy quét sẵn sàng.",
    "absent": "Không thấy máy quét ở cổng đã chọn. Cắm lại: chương trình tự nhận ra, không phải mở lại.",
    "busy": "Không mở được cổng: chương trình khác đang dùng, hoặc máy không cho phép. Đóng nó rồi cắm lại.",
}
_HOW = "In thẻ, rồi quét lần lượt từng mã trên thẻ khi trang này đang mở. Để con trỏ trong ô dưới đây."


class ScannerSection(Section):
    """Which scanner, how it stands, and the self-test line by line."""

    def __init__(self, page: Page, machine: Machine) -> None:
        super().__init__(page, machine)
        self.port, self.speed = QComboBox(), QComboBox()
        self.port.setObjectName("devices.port")
        self.port.setAccessibleName("Cổng của máy quét")
        self.speed.setAccessibleName("Tốc độ của cổng")
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:,}".replace(",", "."), speed)
        self.speed.setCurrentIndex(SPEEDS.index(machine.scanners.speed))
        self.stands = label(wrap=True)
        self.trial = QLineEdit()
        self.trial.setObjectName("devices.trial")
        self.trial.setAccessibleName("Ô thử: để con trỏ ở đây khi quét")
        self.trial.setPlaceholderText("Ô này phải luôn trống: chữ rơi vào đây là máy quét chưa đặt đúng")
        self.last = label(role="caption", wrap=True)
        self.lines: dict[str, tuple[QLabel, QLabel]] = {}
        self.setLayout(column(self._choice(), self._test(), gap=2 * GRID))
        self._listen()
        self._show_state(machine.scanners.state)
        self.begin_anew()

    def _choice(self) -> QFrame:
        again = button("Tìm lại cổng")
        again.clicked.connect(self.reload)
        form = QFormLayout()
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(GRID)
        shrinking(self.port, 48)
        speed = QWidget()
        speed.setObjectName("clear")
        speed.setLayout(row(label("Tốc độ", "caption"), self.speed))
        line = FlowBox(self.port, speed, again)
        form.addRow(label("Máy quét", "caption"), line)
        form.addRow(label("Tình trạng", "caption"), self.stands)
        return _card("Máy quét", form)

    def _test(self) -> QFrame:
        print_card, keep, anew = button("In thẻ thử"), button("Lưu thẻ thành tệp PDF…"), button("Thử lại từ đầu")
        print_card.setObjectName("devices.card.print")
        keep.setObjectName("devices.card.keep")
        print_card.clicked.connect(lambda: self._draw(self._print))
        keep.clicked.connect(lambda: self._draw(self._keep))
        anew.clicked.connect(self.begin_anew)
        buttons = FlowBox(print_card, keep, anew)
        table = QGridLayout()
        table.setHorizontalSpacing(3 * GRID)
        table.setVerticalSpacing(GRID)
        table.setColumnStretch(2, 1)
        for place, code in enumerate(CODES):
            result, said = label(role="strong"), label(wrap=True)
            name = words.CODES[code.name][0]
            said.setAccessibleName(name)
            table.addWidget(label(f"{place + 1}. {name}"), place, 0)
            table.addWidget(result, place, 1)
            table.addWidget(said, place, 2)
            self.lines[code.name] = (result, said)
        return _card("Thử máy quét", column(label(_HOW, wrap=True), buttons, self.trial, table, self.last))

    def _listen(self) -> None:
        self.port.activated.connect(self._choose)
        self.speed.activated.connect(self._choose)
        self.machine.scanners.stands.connect(self._show_state)
        self.trial.returnPressed.connect(lambda: self._typed(True))
        self.trial.textChanged.connect(lambda _text: self._typed(False))

    def reload(self) -> None:
        """Asks the system, aside, which ports there are."""
        scanners = self.machine.scanners
        self.page.runner.aside(lambda _ticket: scanners.ports(), self._show_ports, what="Đang tìm cổng máy quét")

    def arrive(self) -> bool:
        """The caret stands where a wrongly set scanner betrays itself."""
        self.trial.setFocus()
        return True

    def _show_ports(self, ports: list[Any]) -> None:
        chosen = self.machine.scanners.port
        self.port.clear()
        self.port.addItem(_KEYBOARD, ("", ""))
        for port in ports:
            self.port.addItem(f"{port.name} – {port.what}", (port.name, port.device))
        names = ["", *(port.name for port in ports)]
        if chosen not in names:
            self.port.addItem(f"{chosen} (chưa cắm)", (chosen, ""))
            names.append(chosen)
        self.port.setCurrentIndex(names.index(chosen))

    def _choose(self) -> None:
        name, device = self.port.currentData()
        self.machine.scanners.choose(name, int(self.speed.currentData()), device)

    def _show_state(self, state: str) -> None:
        self.stands.setText(_STANDS[state])

    def begin_anew(self) -> None:
        """No code was tried yet."""
        for result, said in self.lines.values():
            mark(result, "role", "caption")
            result.setText(words.WAITING)
            said.setText("")
        self.last.setText("")
        self.trial.clear()
        self.trial.setFocus()

    def take_scan(self, text: str) -> None:
        """Judges a scan."""
        self.last.setText(f"Vừa đọc {len(text)} ký tự: {' ⏎ '.join(text.splitlines())[:100]}")
        self._show(judged(text), words.STRANGER)

    def _typed(self, ended: bool) -> None:
        text = self.trial.text()
        found = judged_typing(text, ended) if text else None
        if found is not None:
            self._show(found, "")
        if ended:
            self.trial.clear()

    def _show(self, found: TestLine | None, otherwise: str) -> None:
        if found is None:
            self.last.setText(f"{self.last.text()}\n{otherwise}")
            return
        result, said = self.lines[found.code]
        mark(result, "role", "done" if found.right else "mend")
        result.setText("✓ Đúng" if found.right else "✗ Sai")
        said.setText("" if found.right else found.said)

    def _draw(self, then: Any) -> None:
        self.page.runner.ask(scanner_card, ScannerCard(PaperSize.A4), then, what="Đang dựng thẻ thử")

    def _print(self, pdf: bytes) -> None:
        wished = self.machine.prints.wished
        self.page.runner.aside(
            lambda _ticket: print_pdf(pdf, PaperSize.A4, wished), self._sent, what="Đang in thẻ thử", pictures=True
        )

    def _sent(self, handed: Handed) -> None:
        if handed.sent == Sent.PRINTED:
            self.page.say(Level.DONE, "Đã gửi in thẻ thử. Quét lần lượt từng mã trên thẻ.")
        else:
            self.page.say(Level.MEND, "Chưa in được thẻ thử. Xem máy in, hoặc lưu thẻ thành tệp PDF rồi in ở máy khác.")

    def _keep(self, pdf: bytes) -> None:
        file = ask_file(self, "Lưu thẻ thử máy quét", "the-thu-may-quet.pdf", "Tệp PDF (*.pdf)")
        if file is not None:
            then = partial(self._kept, file.name)
            self.page.runner.aside(lambda _ticket: file.write_bytes(pdf), then, what="Đang lưu tệp")

    def _kept(self, name: str, _size: int) -> None:
        self.page.say(Level.DONE, f"Đã lưu thẻ thử vào {name}.")


def _card(title: str, inner: Any) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(column(label(title, "strong"), inner, margin=2 * GRID))
    return frame
