"""Kiosk window: public status of a dossier and queue tickets.

A scanned receipt shows the steps of its dossier. Nothing else of the program is reachable.
The window returns to its start page after a pause. Closing it locks the desk.
"""

from collections.abc import Callable
from functools import partial
from textwrap import shorten

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.models.enums import PaperSize, SatisfactionFace, Service
from app.models.instants import local_day
from app.ui.citizens.ticket_print import TicketPrinting
from app.ui.kit.dates import format_day, format_promise, format_time
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.style import GRID, current_colours
from app.ui.kit.widgets import ElidedLabel, label, row
from app.usecases.citizens.queue import IssuedTicket, TakeTicket, take_ticket
from app.usecases.citizens.ratings import RateDossier, rate_dossier
from app.usecases.dossiers.public_status import GetPublicStatus, PublicStatus, get_public_status
from app.wording import citizens as words

RETURN_MS = 30_000
_CLOCK_MS = 10_000
_LOCKS = "Enter: đóng và khóa máy"
_OPENS = "Enter: đóng"
_MAX_CHARACTERS = 48
"""Length of a procedure name, so that it takes two lines of large type."""


class KioskWindow(QWidget):
    """Full-screen window for citizens.

    Signal: `closed()` before the window closes, while it still covers the main window.
    """

    closed = Signal()

    def __init__(self, runner: Runner, printer: Callable[[], str]) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("ground")
        self.setWindowTitle("Tra cứu hồ sơ")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.runner, self._printing = runner, TicketPrinting(runner, printer)
        self._may_close = False
        self.code = ""
        self.pages = QStackedWidget()
        self.start, self.dossier_view, self.message = self._start(), self._dossier_page(), self._message()
        self.leaving = self._leaving()
        for page in (self.start, self.dossier_view, self.message, self.leaving):
            self.pages.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
        box.addLayout(self._head())
        box.addWidget(self.pages)
        self.return_timer = QTimer(self)
        self.return_timer.setSingleShot(True)
        self.return_timer.setInterval(RETURN_MS)
        self.return_timer.timeout.connect(self.show_start)
        self.setStyleSheet(_style_sheet())

    def _head(self) -> QHBoxLayout:
        """Return the line of the office's name and clock."""
        self.office, self.clock = ElidedLabel(self.runner.desk.facts.office_name, "strong"), label()
        for each in (self.office, self.clock):
            each.setProperty("kiosk", "head")
        self._clock_timer = QTimer(self)
        self._clock_timer.setInterval(_CLOCK_MS)
        self._clock_timer.timeout.connect(self.show_time)
        self._clock_timer.start()
        self.show_time()
        head = row(self.office, self.clock)
        head.setStretch(0, 1)
        return head

    def show_time(self) -> None:
        """Show the time and the day of the office."""
        now = self.runner.desk.now()
        self.clock.setText(f"{format_time(now)}  {format_day(local_day(now))}")

    def _start(self) -> QWidget:
        title = _big("Quét giấy tiếp nhận")
        hint = _medium("để xem hồ sơ, hoặc lấy số:")
        line = QHBoxLayout()
        line.setSpacing(3 * GRID)
        self.services: dict[Service, QPushButton] = {}
        for service in Service:
            service_button = QPushButton(words.service_name(service))
            service_button.clicked.connect(partial(self.take_number, service))
            self.services[service] = service_button
            line.addWidget(service_button)
        return _centred(title, hint, line)

    def _dossier_page(self) -> QWidget:
        self.applicant, self.state, self.due = _medium(""), _big(""), _medium("")
        self.steps = [_medium(word) for word in words.STEPS]
        steps = QHBoxLayout()
        for each in self.steps:
            steps.addWidget(each)
        self.rating_question = _medium("Ông/bà có hài lòng không?")
        self.faces: dict[SatisfactionFace, QPushButton] = {}
        line = QHBoxLayout()
        line.setSpacing(3 * GRID)
        for face in SatisfactionFace:
            face_button = QPushButton(words.face_name(face))
            face_button.clicked.connect(partial(self._rate, face))
            self.faces[face] = face_button
            line.addWidget(face_button)
        return _centred(self.applicant, self.state, steps, self.due, self.rating_question, line)

    def _message(self) -> QWidget:
        self.message_title, self.message_detail = _big(""), _medium("")
        return _centred(self.message_title, self.message_detail)

    def _leaving(self) -> QWidget:
        training = self.runner.desk.facts.training
        return _centred(_big("Đóng trang này?"), _medium(_OPENS if training else _LOCKS))

    def show_start(self) -> None:
        """Show the start page and clear the data of the last citizen."""
        self.code = ""
        self.return_timer.stop()
        self.pages.setCurrentWidget(self.start)
        self.setFocus()

    def handle_scan(self, text: str) -> None:
        """Show the dossier of a scanned receipt."""
        self.show_start()
        self.return_timer.start()
        self.runner.read(
            get_public_status, GetPublicStatus(text), self._show_dossier, key="kiosk", on_error=self._on_error
        )

    def _on_error(self, _error: Exception) -> bool:
        self._show_message("Mời đến quầy", "Máy chưa xem được lúc này.")
        return True

    def _show_dossier(self, status: PublicStatus | None) -> None:
        if status is None:
            self._show_message("Không thấy hồ sơ", "Kiểm tra lại giấy tiếp nhận, hoặc hỏi tại quầy.")
            return
        self.code = status.code
        self.applicant.setText(f"{status.name} · {shorten(status.procedure, _MAX_CHARACTERS, placeholder='…')}")
        self.state.setText(status.state)
        self.due.setText(f"Hẹn trả {format_promise(status.due_at)}" if status.due_at and status.stage < 2 else "")
        self.due.setVisible(bool(self.due.text()))
        for place, each in enumerate(self.steps):
            each.setText(f"{'✓' if place <= status.stage else '○'} {words.STEPS[place]}")
            each.setProperty("reached", place <= status.stage)
            each.style().unpolish(each)
            each.style().polish(each)
        for part in (self.rating_question, *self.faces.values()):
            part.setVisible(status.may_rate)
        self.pages.setCurrentWidget(self.dossier_view)
        self.return_timer.start()

    def _show_message(self, text: str, more: str) -> None:
        self.message_title.setText(text)
        self.message_detail.setText(more)
        self.pages.setCurrentWidget(self.message)
        self.return_timer.start()

    def _rate(self, face: SatisfactionFace) -> None:
        command = RateDossier(self.code, face)
        self.runner.write(
            rate_dossier, command, lambda _rated: self._show_message("Cảm ơn ông/bà", ""), on_error=self._on_error
        )

    def take_number(self, service: Service) -> None:
        """Take a queue number, show it and print its ticket."""
        self.runner.write(
            take_ticket,
            TakeTicket(service),
            self._on_number_taken,
            changes=frozenset({Changed.QUEUE}),
            source=self,
            on_error=self._on_error,
            activity="Đang lấy số",
        )

    def _on_number_taken(self, taken: IssuedTicket) -> None:
        position = words.queue_position(taken.before, taken.minutes)
        self._show_message(f"Số {taken.number:03d}", f"{words.service_name(taken.service)}. {position}")
        if taken.printed is not None:
            self._printing.print(taken.printed, PaperSize.ROLL_80, self._show_outcome)

    def _show_outcome(self, printed: bool) -> None:
        if not printed:
            self.message_detail.setText(f"{self.message_detail.text()} Xin nhớ số này.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        confirming = self.pages.currentWidget() is self.leaving
        if event.key() == Qt.Key.Key_Q and event.modifiers() & keys == keys:
            self.pages.setCurrentWidget(self.leaving)
            self.return_timer.start()
        elif confirming and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.closed.emit()
            self.force_close()
        elif event.key() == Qt.Key.Key_Escape:
            self.show_start()
        event.accept()

    def force_close(self) -> None:
        """Close the window in code; the user cannot close it directly."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            self.return_timer.stop()
            self._clock_timer.stop()
            event.accept()
        else:
            event.ignore()  # Alt+F4 must not uncover the main window


def _big(text: str) -> QLabel:
    return _text(text, "big")


def _medium(text: str) -> QLabel:
    return _text(text, "medium")


def _text(text: str, size: str) -> QLabel:
    text_label = label(text)
    text_label.setWordWrap(True)
    text_label.setProperty("kiosk", size)
    text_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return text_label


def _centred(*parts: QWidget | QHBoxLayout) -> QWidget:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setSpacing(3 * GRID)
    box.addStretch(1)
    for part in parts:
        if isinstance(part, QHBoxLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
    box.addStretch(1)
    return page


def _style_sheet() -> str:
    colours = current_colours()
    return (
        f'QLabel[kiosk="big"] {{ font-size: 72px; font-weight: 600; color: {colours.ink}; }}'
        f'QLabel[kiosk="head"] {{ font-size: 28px; font-weight: 600; color: {colours.quiet}; }}'
        f'QLabel[kiosk="medium"] {{ font-size: 48px; color: {colours.ink}; }}'
        f'QLabel[reached="true"] {{ color: {colours.done}; font-weight: 600; }}'
        "QPushButton { font-size: 36px; font-weight: 600; padding: 24px 16px; min-height: 64px; }"
    )
