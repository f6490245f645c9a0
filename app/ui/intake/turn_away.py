"""Turn a citizen away at the counter with a slip (Mẫu số 03)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from app.models.errors import Refusal
from app.models.text import mask_number
from app.ui.intake.draft import DraftAutosave
from app.ui.intake.form import IntakeForm
from app.ui.kit.page import CLOSES_FOR_NEXT_CITIZEN
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label, row, tooltip_text
from app.usecases.intake.turn_away import CounterRefusal, RefuseAtCounter, refuse_at_counter
from app.wording.refusals import error_sentence
from app.wording.turn_away_reasons import READY_REASONS, missing_papers

_NO_REASON_YET = "chưa ghi"
_LONG_PAPERS = "Thiếu giấy tờ, trên phiếu ghi:"
_MAX_TEXT_WIDTH = 600
_CARRIED_FIELDS = ("procedure", "channel", "applicant", "submitter", "principal")
"""Fields of the form that the slip needs; missing terms, fees or quantities do not prevent a refusal."""
_NO_REASON = "Đánh dấu ít nhất một lý do, hoặc ghi lý do khác ở ô này."


class TurnAwayDialog(QDialog):
    """Person, procedure and reason of a refusal at the counter.

    Signals: `submitted(reason)`.
    """

    submitted = Signal(str)

    def __init__(self, procedure: str, person: str, missing: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Từ chối tiếp nhận hồ sơ")
        self.setProperty(CLOSES_FOR_NEXT_CITIZEN, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.other = QLineEdit()
        self.other.setObjectName("refuse.other")
        self.other_box = FieldBox("Lý do khác, hoặc ghi rõ thêm (in đúng như ghi)", self.other)
        missing_reason = missing_papers(missing)
        self.sentences = ([missing_reason] if missing_reason else []) + list(READY_REASONS)
        self.shortened = False
        self.ticks = [self._create_checkbox(place, sentence) for place, sentence in enumerate(self.sentences, 1)]
        self.ticks[0].setChecked(bool(missing_reason))
        self.submit_button = button("Từ chối, in phiếu    F9", main=True)
        self.submit_button.setObjectName("refuse.do")
        cancel = button("Thôi, nhận hồ sơ  Esc")
        self.submit_button.clicked.connect(self.submit)
        cancel.clicked.connect(self.reject)
        QShortcut(QKeySequence("F9"), self, self.submit)
        self.setLayout(self._build_layout(procedure, person, cancel))
        self.setMinimumWidth(720)
        self.ticks[0].setFocus()

    def _build_layout(self, procedure: str, person: str, cancel: QWidget) -> QVBoxLayout:
        foot = row(label("Phiếu từ chối có số riêng; không có hồ sơ, không có mã hồ sơ.", "caption", wrap=True))
        foot.setStretch(0, 1)
        foot.addWidget(self.submit_button)
        foot.addWidget(cancel)
        head = column(label(person, "strong", wrap=True), label(procedure, wrap=True), gap=2)
        reasons = column(label("Lý do  (bấm số hoặc phím cách để đánh dấu)", "caption"), *self.ticks, gap=2)
        if self.shortened:
            full_text = label(self.sentences[0], "caption", wrap=True)
            full_text.setIndent(4 * GRID)
            reasons.insertWidget(2, full_text)
        return column(head, reasons, self.other_box, foot, gap=2 * GRID, margin=2 * GRID)

    def _create_checkbox(self, place: int, sentence: str) -> QCheckBox:
        """Return the checkbox of a reason.

        A list of papers too long for one line is shown in full below its checkbox, so that the clerk can read it
        before it is printed.
        """
        if place == 1 and self.fontMetrics().horizontalAdvance(sentence) > _MAX_TEXT_WIDTH:
            self.shortened = True
        checkbox = QCheckBox(f"{place}  {_LONG_PAPERS if self.shortened and place == 1 else sentence}")
        checkbox.setToolTip(tooltip_text(sentence))
        checkbox.setAccessibleName(sentence)
        checkbox.setObjectName(f"refuse.reason{place}")
        checkbox.toggled.connect(lambda _on: self.other_box.clear_error())
        return checkbox

    @property
    def reason(self) -> str:
        """The ticked and typed reasons as one text for the slip."""
        ticked = [sentence for sentence, tick in zip(self.sentences, self.ticks, strict=True) if tick.isChecked()]
        return " ".join((*ticked, self.other.text().strip())).strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle the reason of a digit key; Enter moves to the next field."""
        typed = event.text()
        if typed.isdecimal() and 1 <= int(typed) <= len(self.ticks) and not self.other.hasFocus():
            self.ticks[int(typed) - 1].toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Emit the reason, or show an error where there is none."""
        if self.reason:
            self.submitted.emit(self.reason)
        else:
            self.show_error(_NO_REASON)

    def show_error(self, text: str) -> None:
        """Show an error of the reason."""
        self.other_box.show_error(text)

    def set_busy(self, busy: bool) -> None:
        """Disable the button while the slip is being recorded.

        A second click would record it again.
        """
        self.submit_button.setEnabled(not busy)


class TurnAwayFlow:
    """The steps from the intake form to a recorded refusal slip.

    Nothing typed is lost before the slip is on disk, because the draft is saved first. `on_recorded(refusal, person)`
    is called with the recorded slip; `show_refusal(error, retry)` shows an error in the form.
    """

    def __init__(
        self,
        form: IntakeForm,
        runner: Runner,
        draft: DraftAutosave,
        parent: QWidget,
        *,
        on_recorded: Callable[[CounterRefusal, str], None],
        show_refusal: Callable[[Exception, Callable[[], None]], bool],
    ) -> None:
        self._form, self._runner, self._draft, self._parent = form, runner, draft, parent
        self._on_recorded, self._show_refusal = on_recorded, show_refusal
        self.dialog: TurnAwayDialog | None = None

    def open_dialog(self) -> None:
        """Open the dialog once the form names the person and the procedure."""
        form = self._form
        form.clear_errors()
        line = {key: value for key, value in form.read().items() if key in _CARRIED_FIELDS}
        if self._command(line, _NO_REASON_YET) is None or form.chosen is None:
            return
        dialog = TurnAwayDialog(form.chosen.name, _person_text(line), form.papers.missing, self._parent)
        dialog.submitted.connect(partial(self._submit, line))
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def close_dialog(self) -> None:
        """Close the dialog for the next citizen; the form stays."""
        if self.dialog is not None:
            self.dialog.reject()

    def _closed(self, _code: int) -> None:
        self.dialog = None

    def _command(self, line: Mapping[str, Any], reason: str) -> RefuseAtCounter | None:
        """Return the command, or show an error beside its field."""
        try:
            if self._form.chosen is None:
                raise Refusal("procedure_code", "procedure", text=str(line["procedure"])[:40])
            return RefuseAtCounter.read({**line, "reason": reason}, self._runner.desk.entry_day())
        except Refusal as refusal:
            self._show_error(line, reason, refusal)
            return None

    def _submit(self, line: Mapping[str, Any], reason: str) -> None:
        command = self._command(line, reason)
        if command is None or self.dialog is None:
            return
        self.dialog.set_busy(True)
        self._draft.save_now()
        self._runner.write(
            refuse_at_counter,
            command,
            partial(self._recorded, line),
            on_error=partial(self._on_error, line, reason),
            activity="Đang lập phiếu từ chối",
        )

    def _recorded(self, line: Mapping[str, Any], refusal: CounterRefusal) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._on_recorded(refusal, _person_text(line))

    def _on_error(self, line: Mapping[str, Any], reason: str, error: Exception) -> bool:
        if self.dialog is not None:
            self.dialog.set_busy(False)
        return self._show_error(line, reason, error)

    def _show_error(self, line: Mapping[str, Any], reason: str, error: Exception) -> bool:
        """Show an error of the reason in the dialog, another in the form.

        A doubted clock leaves the dialog open, because the command is repeated once the day is confirmed.
        """
        about_clock = isinstance(error, Refusal) and error.code.startswith("clock_")
        if self.dialog is not None and isinstance(error, Refusal) and error.field == "reason":
            self.dialog.show_error(error_sentence(error))
            return True
        if self.dialog is not None and not about_clock:
            self.dialog.reject()
        return self._show_refusal(error, partial(self._submit, line, reason))


def _person_text(line: Mapping[str, Any]) -> str:
    """Return the name and masked number of the person at the counter."""
    person = line.get("submitter") or line["applicant"]
    number = mask_number(str(person.get("id_number") or ""))
    return " · ".join(part for part in (str(person.get("name") or ""), number) if part)
