"""Page of the scanner: one scan shows whether it types or has a port."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from app.office.guide.guide import SETTINGS_FILE, Guide
from app.ui.devices.scanner_hub import SPEEDS
from app.ui.devices.wedge_guard import ScanGuard
from app.ui.guide.page import GuideView, line_field, note, stacked
from app.ui.kit.runner import Runner
from app.ui.kit.style import set_style_property
from app.ui.kit.table_memory import window_settings
from app.ui.kit.widgets import FieldBox, label
from app.usecases.office.scanners import TestLine, judge_scan, judge_typed_scan
from app.wording.documents.scanner_card import UNKNOWN_CODE

if TYPE_CHECKING:
    from app.ui.devices.serial_port import Port, SerialPortReader

_WAITING = "Quét một trong hai mã trên trang thử vừa in (hoặc mã bất kỳ nếu chưa in)."
_KEYBOARD = "Máy quét kiểu bàn phím: cắm là dùng."
_SERIAL = "Máy quét nối cổng {port}: chương trình sẽ tự mở cổng này."
_TYPED = "Máy quét gõ chữ như bàn phím nhưng chưa đúng: "
_BUSY = (
    "Cổng {ports} đang bị chương trình khác giữ. Nếu máy quét ở cổng đó, đóng chương trình kia rồi quay lại trang này."
)
_NO_PORTS = "Không có cổng COM nào; máy quét kiểu bàn phím không cần cổng."
_PORTS = "Đang nghe cổng: {ports}."
_LATER = "Chưa có máy quét thì bấm Enter: mã gõ tay vẫn được, cắm máy quét sau cũng được."


class ScannerPage(GuideView):
    """Listens to the keyboard and to all ports until one scan comes."""

    title = "Máy quét"
    question = "Quét thử một mã để chương trình nhận ra máy quét."

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.settings = window_settings(guide.places.trial / SETTINGS_FILE)
        self.state, self.advice = label(_WAITING, "strong", wrap=True), label(wrap=True)
        self.ports_text = label(role="caption", wrap=True)
        self.typed = line_field("scan", placeholder="Ô này để trống; chữ rơi vào đây là máy quét chưa đặt đúng")
        self.setLayout(stacked((self.state, self.advice, FieldBox("Ô thử", self.typed), self.ports_text, note(_LATER))))
        self.set_fields(self.typed)
        self._guard: ScanGuard | None = None
        self._readers: dict[str, tuple[Port, SerialPortReader]] = {}
        self._busy: set[str] = set()

    def focus_start(self) -> None:
        """Listen to the keyboard, and to the ports once they are listed."""
        application = QGuiApplication.instance()
        if self._guard is None and isinstance(application, QGuiApplication):
            self._guard = ScanGuard(application)
            self._guard.scanned.connect(self.take_keyboard_scan)
        self.typed.clear()
        self.typed.setFocus()
        self.runner.run_background(lambda _ticket: _list_ports(), self._listen, activity="")

    def leave(self) -> None:
        """Close the ports and stop to watch the keyboard."""
        application = QGuiApplication.instance()
        if self._guard is not None and application is not None:
            application.removeEventFilter(self._guard)
            self._guard.deleteLater()
            self._guard = None
        self._close_ports()

    def _close_ports(self) -> None:
        for _port, reader in self._readers.values():
            reader.close()
            reader.deleteLater()
        self._readers = {}

    def _listen(self, ports: "Sequence[Port]") -> None:
        from app.ui.devices.serial_port import SerialPortReader

        self._close_ports()
        self._busy.clear()
        if self._guard is None:
            return
        for port in ports:
            reader = SerialPortReader(port.name, SPEEDS[0], port.device, self)
            reader.scanned.connect(lambda text, port=port: self.take_port_scan(port, text))
            reader.state_changed.connect(lambda state, port=port: self._show_state(port, str(state)))
            self._readers[port.name] = (port, reader)
            reader.start()
        self._show_ports()

    def _show_state(self, port: "Port", state: str) -> None:
        (self._busy.add if state == "busy" else self._busy.discard)(port.name)
        self._show_ports()

    def _show_ports(self) -> None:
        free = [name for name in self._readers if name not in self._busy]
        texts = [_PORTS.format(ports=", ".join(free))] if free else []
        if self._busy:
            texts.append(_BUSY.format(ports=", ".join(sorted(self._busy))))
        self.ports_text.setText(" ".join(texts) or _NO_PORTS)

    def take_keyboard_scan(self, text: str) -> None:
        """Keep a keyboard scanner: no port is opened later."""
        self._keep("", "")
        self._show_scan(_KEYBOARD, judge_scan(text))

    def take_port_scan(self, port: "Port", text: str) -> None:
        """Keep the port that the scan came from."""
        self._keep(port.name, port.device)
        self._show_scan(_SERIAL.format(port=port.name), judge_scan(text))

    def _keep(self, port: str, device: str) -> None:
        for name, value in (("port", port), ("speed", SPEEDS[0]), ("device", device)):
            self.settings.setValue(f"scanner/{name}", value)
        self.settings.sync()

    def _show_scan(self, kind: str, line: TestLine | None) -> None:
        set_style_property(self.state, "role", "done" if line is None or line.right else "warning")
        self.state.setText(f"Đã nhận một lần quét. {kind}")
        self.advice.setText(UNKNOWN_CODE if line is None else "" if line.right else line.advice)

    def _advance(self, place: int) -> None:
        """Judge characters that a scanner typed into the field, else go on."""
        text = self.typed.text()
        line = judge_typed_scan(text, True) if text else None
        if line is None:
            super()._advance(place)
            return
        self.typed.clear()
        set_style_property(self.state, "role", "warning")
        self.state.setText(_TYPED)
        self.advice.setText(line.advice)


def _list_ports() -> "list[Port]":
    from app.ui.devices import serial_port

    return serial_port.ports()
