"""Closing part of the day's page: what is left, and the closing itself."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from app.ui.kit.dates import format_time
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import Page
from app.ui.kit.runner import Level
from app.ui.kit.style import FIELD_HEIGHT, GRID
from app.ui.kit.widgets import button, column, label
from app.usecases.office.closing import (
    CloseDay,
    ClosingLine,
    DayClosing,
    GetClosing,
    PrintClosing,
    close_day,
    closing_sheet,
    get_closing,
)
from app.wording.documents import day_closing as words

if TYPE_CHECKING:
    from app.office.backup import BackupRound

_CLOSE, _SURE = "Chốt ngày, in phiếu", "Còn việc. Bấm lần nữa để chốt"
_READY = "Bấm lần nữa để chốt ngày"


class ClosingCard(QFrame):
    """State of the day's end; two presses close the day.

    Closing backs the office up, goes on record and prints a sheet of one page.

    Signals: `prints_requested()`, `handovers_requested()` for the lists of the day; `sheet_print_requested(pdf, name)`.
    """

    prints_requested = Signal()
    handovers_requested = Signal()
    sheet_print_requested = Signal(bytes, str)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("card")
        self._page, self._runner = page, page.runner
        self.closing: DayClosing | None = None
        self._armed = self._busy = False
        self.facts, self.state = label(wrap=True), label(role="caption")
        self.close_button, self.again_button = button(_CLOSE, main=True), button("In lại phiếu")
        self.close_button.setObjectName("start.close")
        self.again_button.hide()
        self.close_button.clicked.connect(self._press)
        self.again_button.clicked.connect(self._print)
        links = (
            _link("Giấy chưa in", self.prints_requested.emit),
            _link("Đếm khay", partial(page.page_requested.emit, "count")),
            _link("Phiếu bàn giao hôm nay", self.handovers_requested.emit),
            _link("Đồng bộ", partial(page.page_requested.emit, "sync")),
        )
        title = label("Cuối ngày", "strong")
        for each in (title, self.state):
            each.setMinimumHeight(FIELD_HEIGHT)
        head = FlowWidget(title, self.state, self.close_button, self.again_button, *links, line_gap=0)
        box = column(head, self.facts, gap=0)
        box.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self.setLayout(box)

    def reload(self) -> None:
        """Read the state of the day's end."""
        self._runner.read(get_closing, GetClosing(), self.show_closing, key="closing")

    def show_closing(self, closing: DayClosing) -> None:
        """Show the tasks, and who closed the day."""
        self.closing = closing
        self.facts.setText(" · ".join(map(_text, closing.lines)))
        closed = closing.closed_at is not None
        self.state.setText(
            f"Đã chốt lúc {format_time(closing.closed_at)}, {closing.actor}" if closing.closed_at else "Chưa chốt ngày"
        )
        self.again_button.setVisible(closed)
        self._disarm()

    def _disarm(self) -> None:
        self._armed = False
        self.close_button.setText(_CLOSE)

    def back(self) -> bool:
        """Handle Esc: take the first press back."""
        was_armed, self._armed = self._armed, False
        self._disarm()
        return was_armed

    def _press(self) -> None:
        if self._busy or self.closing is None:
            return
        if not self._armed:
            self._armed = True
            self.close_button.setText(_READY if all(line.settled for line in self.closing.lines) else _SURE)
            return
        self._busy = True
        self._disarm()
        backups = self._runner.desk.backups
        self._runner.run_background(
            lambda _ticket: backups.run_if_due(at_end=True),
            self._backed_up,
            activity="Đang sao lưu",
            on_error=self._not_backed_up,
            can_stop=False,  # the record and the sheet follow
        )

    def _backed_up(self, result: "BackupRound") -> None:
        self._record(CloseDay(result.at))

    def _not_backed_up(self, _error: Exception) -> bool:
        """Close the day without a backup; the record and the sheet name it."""
        self._record(CloseDay(None))
        return True

    def _record(self, command: CloseDay) -> None:
        self._runner.write(close_day, command, self._closed, on_error=self._failed, activity="Đang chốt ngày")

    def _failed(self, _error: Exception) -> bool:
        self._busy = False
        return False

    def _closed(self, closing: DayClosing) -> None:
        self._busy = False
        self.show_closing(closing)
        left = [words.task_name(line.task).lower() for line in closing.lines if not line.settled]
        note = f" Còn lại: {', '.join(left)}." if left else ""
        self._page.post_message(Level.WARNING if left else Level.DONE, f"Đã chốt ngày và ghi vào sổ.{note}")
        self._print()

    def _print(self) -> None:
        if self.closing is not None:
            self._runner.read(
                closing_sheet, PrintClosing(self.closing.day), self._print_pdf, activity="Đang dựng phiếu chốt ngày"
            )

    def _print_pdf(self, pdf: bytes) -> None:
        self.sheet_print_requested.emit(pdf, "phiếu chốt ngày")


def _text(line: ClosingLine) -> str:
    return f"{'✓' if line.settled else '○'} {words.task_name(line.task)}: {line.words}"


def _link(text: str, request: Callable[[], None]) -> QPushButton:
    link = button(text, link=True)
    link.clicked.connect(lambda _checked: request())
    return link
