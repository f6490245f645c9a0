"""Turning somebody away from the intake page: what was typed is carried over, the reason is ticked or written, the slip
of Mẫu số 03 is numbered, kept and printed. Nothing typed is lost before the slip is on the disk."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from app.models.errors import Refusal
from app.models.instants import local_day
from app.models.text import mask_number
from app.ui.kit.page import CLOSES_FOR_NEXT_CITIZEN
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label, row, tooltip_text
from app.usecases.intake.turn_away import CounterRefusal, RefuseAtCounter, refuse_at_counter
from app.wording.refusals import error_sentence
from app.wording.turn_away_reasons import READY_REASONS, missing_papers

_NO_REASON_YET = "…"
_LONG_PAPERS = "Thiếu giấy tờ, trên phiếu ghi:"
_MAX_TEXT_WIDTH = 600
_CARRIED_FIELDS = ("procedure", "channel", "applicant", "submitter", "principal")
"""What of the form a slip is about: a term, a fee or a number of sets not yet asked stops no refusal."""
_NO_REASON = "Đánh dấu ít nhất một lý do, hoặc ghi lý do khác ở ô này."


class TurnAwayDialog(QDialog):
    """Who is turned away, from what, and why. Signal: `submitted(reason)`."""

    submitted = Signal(str)

    def __init__(self, procedure: str, who: str, missing: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Từ chối tiếp nhận hồ sơ")
        self.setProperty(CLOSES_FOR_NEXT_CITIZEN, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.other = QLineEdit()
        self.other.setObjectName("refuse.other")
        self.other_box = FieldBox("Lý do khác, hoặc ghi rõ thêm (in đúng như ghi)", self.other)
        lacking = missing_papers(missing)
        self.sentences = ([lacking] if lacking else []) + list(READY_REASONS)
        self.shortened = False
        self.ticks = [self._create_checkbox(place, said) for place, said in enumerate(self.sentences, 1)]
        self.ticks[0].setChecked(bool(lacking))
        self.submit_button = button("Từ chối, in phiếu    F9", main=True)
        self.submit_button.setObjectName("refuse.do")
        leave = button("Thôi, nhận hồ sơ  Esc")
        self.submit_button.clicked.connect(self.submit)
        leave.clicked.connect(self.reject)
        QShortcut(QKeySequence("F9"), self, self.submit)
        self.setLayout(self._build_layout(procedure, who, leave))
        self.setMinimumWidth(720)
        self.ticks[0].setFocus()

    def _build_layout(self, procedure: str, who: str, leave: QWidget) -> Any:
        foot = row(label("Phiếu từ chối có số riêng; không có hồ sơ, không có mã hồ sơ.", "caption", wrap=True))
        foot.setStretch(0, 1)
        for each in (self.submit_button, leave):
            foot.addWidget(each)
        head = column(label(who, "strong", wrap=True), label(procedure, wrap=True), gap=2)
        why = column(label("Lý do  (bấm số hoặc phím cách để đánh dấu)", "caption"), *self.ticks, gap=2)
        if self.shortened:
            whole = label(self.sentences[0], "caption", wrap=True)
            whole.setIndent(4 * GRID)
            why.insertWidget(2, whole)
        return column(head, why, self.other_box, foot, gap=2 * GRID, margin=2 * GRID)

    def _create_checkbox(self, place: int, said: str) -> QCheckBox:
        """A list of papers too long for the line stands whole under it: it is read before it is printed."""
        if place == 1 and self.fontMetrics().horizontalAdvance(said) > _MAX_TEXT_WIDTH:
            self.shortened = True
        made = QCheckBox(f"{place}  {_LONG_PAPERS if self.shortened and place == 1 else said}")
        made.setToolTip(tooltip_text(said))
        made.setAccessibleName(said)
        made.setObjectName(f"refuse.reason{place}")
        made.toggled.connect(lambda _on: self.other_box.clear_error())
        return made

    @property
    def reason(self) -> str:
        """What is ticked and what is written, as the slip says it."""
        ticked = [said for said, tick in zip(self.sentences, self.ticks, strict=True) if tick.isChecked()]
        return " ".join((*ticked, self.other.text().strip())).strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit ticks the sentence with that number, Enter refuses only on its button."""
        typed = event.text()
        if typed.isdecimal() and 1 <= int(typed) <= len(self.ticks) and not self.other.hasFocus():
            self.ticks[int(typed) - 1].toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """The reason as it stands; without one nothing is done."""
        if self.reason:
            self.submitted.emit(self.reason)
        else:
            self.show_error(_NO_REASON)

    def show_error(self, text: str) -> None:
        """Says what is wrong with the reason."""
        self.other_box.show_error(text)

    def set_busy(self, on: bool) -> None:
        """Nothing is pressed twice while the slip is being numbered."""
        self.submit_button.setEnabled(not on)


class TurnAwayFlow:
    """Leads from the intake form to a slip."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.dialog: TurnAwayDialog | None = None

    def open_dialog(self) -> None:
        """Opens the reasons, once the form tells who is turned away and from what."""
        page = self._page
        page.form.clear_errors()
        line = {key: told for key, told in page.form.read().items() if key in _CARRIED_FIELDS}
        if self._command(line, _NO_REASON_YET) is None:
            return
        dialog = TurnAwayDialog(page.form.chosen.name, _person_text(line), page.form.papers.missing, page)
        dialog.submitted.connect(partial(self._submit, line))
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def close_dialog(self) -> None:
        """Another person stands here: the reasons are closed, the form stays."""
        if self.dialog is not None:
            self.dialog.reject()

    def _closed(self, _code: int) -> None:
        self.dialog = None

    def _command(self, line: Mapping[str, Any], reason: str) -> RefuseAtCounter | None:
        """None where something is wrong, and that is said beside its field."""
        page = self._page
        try:
            if page.form.chosen is None:
                raise Refusal("procedure_code", "procedure", text=str(line["procedure"])[:40])
            return RefuseAtCounter.read({**line, "reason": reason}, local_day(page.runner.desk.now()))
        except Refusal as refusal:
            self._show_error(line, reason, refusal)
            return None

    def _submit(self, line: Mapping[str, Any], reason: str) -> None:
        command = self._command(line, reason)
        if command is None or self.dialog is None:
            return
        self.dialog.set_busy(True)
        self._page.save_draft_now()  # what was typed outlives whatever ends the program before the slip is on the disk
        self._page.runner.write(
            refuse_at_counter,
            command,
            partial(self._turned_away, line),
            source=self._page,
            on_error=partial(self._on_error, line, reason),
            activity="Đang lập phiếu từ chối",
        )

    def _turned_away(self, line: Mapping[str, Any], turned: CounterRefusal) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._page.show_turned_away(turned, _person_text(line))

    def _on_error(self, line: Mapping[str, Any], reason: str, error: Exception) -> bool:
        if self.dialog is not None:
            self.dialog.set_busy(False)
        return self._show_error(line, reason, error)

    def _show_error(self, line: Mapping[str, Any], reason: str, error: Exception) -> bool:
        """A wrong reason is said in the dialog; a doubted clock is settled first; anything else stands in the form."""
        about_clock = isinstance(error, Refusal) and error.code.startswith("clock_")
        if self.dialog is not None and isinstance(error, Refusal) and error.field == "reason":
            self.dialog.show_error(error_sentence(error))
            return True
        if self.dialog is not None and not about_clock:
            self.dialog.reject()
        return bool(self._page.show_refusal(error, partial(self._submit, line, reason)))


def _person_text(line: Mapping[str, Any]) -> str:
    """Who stands at the desk, his number masked."""
    person = line.get("submitter") or line["applicant"]
    number = mask_number(str(person.get("id_number") or ""))
    return " · ".join(part for part in (str(person.get("name") or ""), number) if part)
