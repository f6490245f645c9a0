"""Dialog that resumes numbering: two users confirm the day."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.models.instants import local, local_day
from app.ui.kit.dates import format_day, format_time, weekday
from app.ui.kit.runner import Runner
from app.ui.kit.second_person import SecondPerson
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row
from app.usecases.office.clock import ClockState, ConfirmDay

_CLOCK_TRUSTED = "Đồng hồ máy không còn bị nghi ngờ. Đóng cửa sổ này và làm việc tiếp."
_INSTRUCTIONS = (
    "Ngày sai thì chỉnh ngày giờ của máy rồi lưu lại hồ sơ. Ngày đúng thì hai người cùng xác nhận: số hồ sơ lại được "
    "cấp trong ngày này, và mỗi hồ sơ nhận theo xác nhận được đánh dấu."
)
_ROWS = 5


_QUESTION = "Ngày sai thì chỉnh ngày giờ của máy rồi lưu lại hồ sơ. Ngày đúng thì xác nhận: số hồ sơ lại được cấp."
_TWO_PEOPLE = 2


class ClockDialog(QDialog):
    """State of the clock, day of the machine, and who confirms it.

    Signals: `confirmed()`, `open_requested(code)` for an affected dossier.
    """

    confirmed = Signal()
    open_requested = Signal(str)

    def __init__(self, state: ClockState, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle("Xác nhận ngày làm việc")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.doubt = label(state.doubt or _CLOCK_TRUSTED, "strong", wrap=True)
        self.day = label(role="title")
        self.second = SecondPerson(runner)
        self.second.availability_known.connect(self._on_approvers)
        self._alone = 0 < state.people < _TWO_PEOPLE
        self.submit_button = button("Đúng ngày này" if self._alone else "Hai người xác nhận ngày này", main=True)
        self.submit_button.clicked.connect(self._confirm)
        cancel = button("Thôi  Esc")
        cancel.clicked.connect(self.reject)
        first = column(
            label("Người xác nhận" if self._alone else "Người thứ nhất", "caption"),
            label(runner.desk.facts.actor, "strong"),
            gap=2,
        )
        foot = row(gap=GRID)
        foot.addStretch(1)
        foot.addWidget(self.submit_button)
        foot.addWidget(cancel)
        instructions = label(_QUESTION if self._alone else _INSTRUCTIONS, wrap=True)
        parts = column(self.doubt, label("Máy đang chỉ", "caption"), self.day, instructions, first, self.second)
        self.second.setVisible(not self._alone)
        if state.affected:
            self._add_accepted_codes(parts, state.affected)
        parts.addLayout(foot)
        parts.setContentsMargins(*[2 * GRID] * 4)
        self.setLayout(parts)
        self.setFixedWidth(600)
        self.submit_button.setEnabled(state.doubt is not None)
        self._show_day()

    def _show_day(self) -> None:
        now = self._runner.desk.now()
        day = local(now).date()
        name = weekday(day)
        self.day.setText(f"{name[0].upper()}{name[1:]} {format_day(day)}, {format_time(now)}")
        self._shown_date = local_day(now)

    def _add_accepted_codes(self, parts: QVBoxLayout, codes: Sequence[str]) -> None:
        """Add the list of dossiers accepted on confirmed days, newest first."""
        self.accepted_codes = QListWidget()
        self.accepted_codes.setAccessibleName("Hồ sơ đã nhận theo xác nhận của hai người")
        for code in reversed(codes):
            self.accepted_codes.addItem(QListWidgetItem(code))
        self.accepted_codes.setFixedHeight(
            min(_ROWS, len(codes)) * max(20, self.accepted_codes.sizeHintForRow(0)) + GRID
        )
        self.accepted_codes.itemActivated.connect(self._open)
        parts.addWidget(label(f"Hồ sơ đã nhận theo xác nhận như vậy: {len(codes)} (Enter để mở)", "caption"))
        parts.addWidget(self.accepted_codes)

    def _open(self, item: QListWidgetItem) -> None:
        self.open_requested.emit(item.text())
        self.reject()

    def load_approvers(self) -> None:
        """Load the users who may confirm as the second person."""
        if not self._alone:
            self.second.load()

    def _on_approvers(self, available: bool) -> None:
        self.submit_button.setEnabled(self.submit_button.isEnabled() and available)
        self.second.name.setFocus()

    def _confirm(self) -> None:
        self.submit_button.setEnabled(False)
        second = None if self._alone else self.second.credentials()
        job = partial(self._runner.desk.confirm_day, ConfirmDay(self._shown_date, second))
        self._runner.run_serial(job, self._done, on_error=self._refused, activity="Đang ghi xác nhận")

    def _done(self, _state: ClockState) -> None:
        self.accept()
        self.confirmed.emit()

    def _refused(self, error: Exception) -> bool:
        self.submit_button.setEnabled(True)
        self._show_day()
        return self.second.show_error(error)
