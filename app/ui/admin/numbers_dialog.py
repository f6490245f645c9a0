"""Dialog in which two people advance the number counter of the desk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.models.errors import Refusal
from app.ui.kit.date_edit import NumberEdit
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.runner import Runner
from app.ui.kit.second_person import SecondPerson
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.office.number_repair import (
    GetNumbersState,
    NumbersState,
    RepairNumbers,
    get_numbers_state,
    repair_numbers,
)
from app.wording.number_repairs import counter_lines
from app.wording.refusals import error_sentence

_HOW = (
    "Chỉ dùng khi bộ đếm hỏng, hoặc máy khác đã cấp số của quầy này. Số chỉ đi tới; số cũ, số mới, lý do và tên hai "
    "người được ghi vào sổ. Ngày khác: nhờ người quản trị."
)


class NumbersDialog(QDialog):
    """Dialog for the next dossier number of today.

    Signal: `changed(sentence)` after the next number was set.
    """

    changed = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._state: NumbersState | None = None
        self.setWindowTitle("Bộ đếm số hồ sơ của quầy")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.state_label, self.earlier_repairs = label(role="strong", wrap=True), label(role="caption", wrap=True)
        self.next, self.reason = NumberEdit(1, 9999), QLineEdit()
        self.next.setObjectName("numbers.next")
        self.reason.setObjectName("numbers.reason")
        self.next_box, self.reason_box = FieldBox("Số kế tiếp", self.next), FieldBox("Lý do", self.reason)
        self.second = SecondPerson(runner)
        self.second.availability_known.connect(self._on_approvers)
        self.submit_button = button("Hai người đặt số này", main=True)
        self.submit_button.clicked.connect(self._repair)
        self.submit_button.setEnabled(False)
        cancel_button = button("Thôi  Esc")
        cancel_button.clicked.connect(self.reject)
        first = column(label("Người thứ nhất", "caption"), label(runner.desk.facts.actor, "strong"), gap=2)
        foot = row()
        foot.addStretch(1)
        for each in (self.submit_button, cancel_button):
            foot.addWidget(each)
        texts = (self.state_label, self.earlier_repairs, label(_HOW, "caption", wrap=True))
        fields = FieldGrid(self.next_box, self.reason_box, columns=1)
        self.setLayout(column(*texts, fields, first, self.second, foot, gap=2 * GRID, margin=2 * GRID))
        self.setFixedWidth(600)

    def load(self) -> None:
        """Read the state of the numbers and the possible second persons."""
        self._runner.read(get_numbers_state, GetNumbersState(), self._show, key="numbers")
        self.second.load()

    def _show(self, state: NumbersState) -> None:
        self._state = state
        current, allowed = (state.given, state.highest), (state.least, state.most)
        self.state_label.setText("\n".join(counter_lines(state.day, state.desk, current, allowed)))
        self.earlier_repairs.setText("\n".join(repair.text for repair in state.repairs))
        self.earlier_repairs.setVisible(bool(state.repairs))
        self.next.setRange(state.least, state.most)
        self.next.setValue(state.least)
        self.next.setFocus()
        self.adjustSize()

    def _on_approvers(self, available: bool) -> None:
        self.submit_button.setEnabled(available)
        self.adjustSize()

    def _repair(self) -> None:
        if self._state is None:
            return
        self.submit_button.setEnabled(False)
        self.reason_box.clear_error()
        command = RepairNumbers(self._state.day, self.next.value(), self.reason.text(), self.second.credentials())
        self._runner.write(repair_numbers, command, self._done, on_error=self._refused, activity="Đang ghi")

    def _done(self, state: NumbersState) -> None:
        self.accept()
        self.changed.emit(f"Số kế tiếp của hôm nay là {state.given + 1}; đã ghi vào sổ cùng lý do và tên hai người.")

    def _refused(self, error: Exception) -> bool:
        self.submit_button.setEnabled(True)
        if self.second.show_error(error):
            return True
        box = {"next": self.next_box, "reason": self.reason_box}.get(getattr(error, "field", None) or "")
        if box is None or not isinstance(error, Refusal):
            return False
        box.show_error(error_sentence(error))
        return True
