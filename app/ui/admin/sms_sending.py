"""Card that sends waiting SMS through a modem or exports them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLayout, QLineEdit, QWidget

from app.models.errors import Fault
from app.office.chosen_places import save_chosen_file
from app.office.sms_round import Modem, SendRound, send_waiting_sms
from app.services.sms_lines import SmsLine
from app.ui.devices.printers_section import allow_shrinking
from app.ui.devices.serial_port import Port, ports
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Task
from app.ui.kit.style import GRID
from app.ui.kit.table_memory import window_settings
from app.ui.kit.widgets import FieldBox, button, column, label
from app.usecases.sms import outbox
from app.wording.refusals import error_sentence
from app.wording.sms import modem_problem

_PORT = "notices/port"
_KINDS = "Bảng Excel (*.xlsx);;Bảng CSV (*.csv)"
SMS_CHANGED = frozenset({Changed.SMS})


class SendCard(QFrame):
    """Card that sends or exports the waiting messages.

    Signals: `finished()` after messages may have been sent; `round_ended(SendRound | None)` from the background thread.
    """

    finished = Signal()
    round_ended = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("card")
        self._page, self.runner, self.post_message = page, page.runner, page.post_message
        self._settings = window_settings(self.runner.desk.facts.folder / "window.ini")
        self.sending = False
        self.queued: tuple[SmsLine, ...] = ()
        self.setLayout(column(label("Gửi tin đang chờ", "strong"), self._build_controls(), margin=2 * GRID))
        self.round_ended.connect(self._on_round_ended, Qt.ConnectionType.QueuedConnection)

    def _build_controls(self) -> QLayout:
        self.port, port_edit = QComboBox(), QLineEdit()
        port_edit.setPlaceholderText("Chọn hoặc gõ cổng, như COM5")
        self.port.setEditable(True)
        self.port.setLineEdit(port_edit)
        self.port.setObjectName("notices.port")
        allow_shrinking(self.port, 32)
        self.port.setEditText(str(self._settings.value(_PORT, "")))
        self.port_box = FieldBox("Cổng của modem", self.port)
        self.send = button("Gửi qua modem", main=True)
        self.send.setObjectName("notices.send")
        self.export = button("Xuất tệp cho phần mềm khác…")
        self.export.setObjectName("notices.export")
        refresh = button("Tìm lại cổng")
        self.send.clicked.connect(self._send)
        self.export.clicked.connect(self._ask_file)
        refresh.clicked.connect(self.look_for_ports)
        self.progress = label(role="caption")
        return column(FlowWidget(self.port_box, refresh, self.send, self.export, self.progress))

    def show_waiting(self, lines: tuple[SmsLine, ...]) -> None:
        """Set the messages that the commands send."""
        self.queued = lines
        self._set_busy(self.sending)

    def look_for_ports(self) -> None:
        """List the serial ports in the background; the typed port stays."""
        self.runner.run_background(lambda _ticket: ports(), self._show_ports, activity="Đang tìm cổng modem")

    def _show_ports(self, serial_ports: list[Port]) -> None:
        chosen = self.port.currentText()
        self.port.clear()
        for port in serial_ports:
            self.port.addItem(f"{port.name} – {port.description}", port.name)
        self.port.setEditText(chosen)

    def _send(self) -> None:
        port = self._chosen_port()
        if not port:
            self.port_box.show_error("Chọn cổng của modem, hoặc gõ tên cổng rồi bấm lại.")
            return
        self.port_box.clear_error()
        self._settings.setValue(_PORT, port)
        self._set_busy(True)
        self.runner.run_background(partial(self._send_round, port), lambda _none: None, activity="Đang gửi tin nhắn")

    def _chosen_port(self) -> str:
        """Return the name of the typed port, or of the chosen list entry."""
        typed = self.port.currentText().strip()
        place = self.port.findText(typed)
        return str(self.port.itemData(place)) if place >= 0 else typed

    def _send_round(self, port: str, ticket: Task) -> None:
        """Run a round; a signal reports its end because it may be stopped."""
        desk = self.runner.desk
        result: SendRound | None = None
        try:
            result = send_waiting_sms(
                desk,
                lambda: Modem(port),
                lambda done, all_: ticket.report(done, all_, f"Đang gửi tin nhắn {done + 1}/{all_}"),
                lambda: ticket.stopped,
            )
        finally:
            self.round_ended.emit(result)

    def _set_busy(self, busy: bool) -> None:
        self.sending = busy
        self.progress.setText("Đang gửi, Esc để dừng sau tin đang gửi." if busy else "")
        for each in (self.send, self.export):
            each.setEnabled(not busy and bool(self.queued))

    def _on_round_ended(self, result: SendRound | None) -> None:
        self._set_busy(False)
        if result is not None:
            refused = f", mạng không nhận {result.refused} (gửi lại sau)" if result.refused else ""
            counts = f"Đã gửi {result.sent} tin{refused}, còn chờ {result.left}."
            stopped = "Đã dừng theo yêu cầu. " if result.stopped else ""
            failure = f"{modem_problem(result.failure)} " if result.failure else ""
            level = Level.ERROR if result.failure else Level.WARNING if result.refused or result.stopped else Level.DONE
            self.post_message(level, f"{stopped}{failure}{counts}")
        self.finished.emit()
        self.runner.changed.emit(SMS_CHANGED, self._page)

    def _ask_file(self) -> None:
        file = _choose_table(self)
        if file is not None:
            self.write(file)

    def write(self, file: Path) -> None:
        """Export the waiting messages.

        They are marked as exported only after the file is on the disk.
        """
        lines = self.queued
        self.runner.run_background(
            lambda _ticket: save_chosen_file(file, outbox.sms_file(lines, file.suffix)),
            lambda _none: self._hand_over(file, lines),
            activity="Đang xuất tin nhắn",
        )

    def _hand_over(self, file: Path, lines: tuple[SmsLine, ...]) -> None:
        self.runner.write(
            outbox.mark_exported,
            outbox.MarkExported(tuple(line.id for line in lines)),
            partial(self._on_handed_over, file, lines),
            changes=SMS_CHANGED,
            source=self._page,
        )

    def _on_handed_over(self, file: Path, lines: tuple[SmsLine, ...], count: int) -> None:
        text = f"Đã ghi {count} tin vào {file.name}; các tin ấy tính là đã gửi. Đưa tệp cho phần mềm gửi."
        self._offer_again(Level.DONE, text, lines)
        self.finished.emit()

    def _offer_again(self, level: Level, text: str, lines: tuple[SmsLine, ...]) -> None:
        self.post_message(level, text, "Lưu thêm một tệp", partial(self._save_again, text, lines))

    def _save_again(self, before: str, lines: tuple[SmsLine, ...]) -> None:
        """Write exported messages once more; their state stays."""
        file = _choose_table(self)
        if file is None:
            self._offer_again(Level.DONE, before, lines)
            return
        self.runner.run_background(
            lambda _ticket: save_chosen_file(file, outbox.sms_file(lines, file.suffix)),
            lambda _none: self._offer_again(Level.DONE, f"Đã ghi lại {len(lines)} tin vào {file.name}.", lines),
            activity="Đang xuất tin nhắn",
            on_error=partial(self._not_written_again, lines),
        )

    def _not_written_again(self, lines: tuple[SmsLine, ...], error: Exception) -> bool:
        if isinstance(error, Fault):
            self._offer_again(Level.ERROR, error_sentence(error), lines)
        return isinstance(error, Fault)


def _choose_table(parent: QWidget) -> Path | None:
    """Return the chosen workbook or CSV file, None if cancelled."""
    return choose_save_file(parent, "Xuất tin nhắn", "tin-nhan.xlsx", _KINDS)
