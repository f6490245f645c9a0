"""Dialog in which two people make a new recovery page.

The former recovery key stays valid until the key is typed back from the printed page.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.models.errors import Refusal
from app.office.chosen_places import save_chosen_file
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.page import STAYS_OPEN
from app.ui.kit.runner import Runner
from app.ui.kit.second_person import SecondPerson
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.accounts.key_permissions import ApproveKeyChange, approve_key_change
from app.wording.refusals import error_sentence

if TYPE_CHECKING:
    from app.office.recovery import RecoveryPage

_HOW = (
    "Trang mới có khóa phục hồi mới và dấu vân tay của cơ quan. Lưu tệp PDF, in ra, rồi gõ lại khóa theo tờ giấy. "
    "Gõ đúng thì khóa cũ mới hết hiệu lực; thôi giữa chừng thì khóa cũ vẫn dùng được và tờ mới bỏ đi."
)
_SAVED = "Đã ghi {file}. In ra, kiểm tra tờ giấy rõ chữ, rồi gõ lại khóa phục hồi theo tờ giấy:"


class RecoveryPageDialog(QDialog):
    """Dialog for a new recovery page.

    Signal: `made(sentence)` after the key was typed back.
    """

    made = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._page: RecoveryPage | None = None
        self.setWindowTitle("Trang khóa phục hồi mới")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.second = SecondPerson(runner)
        self.second.availability_known.connect(self._on_approvers)
        self.saved = label(wrap=True)
        self.typed = QLineEdit()
        self.typed.setObjectName("recoveryPage.key")
        self.typed.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhUppercaseOnly)
        self.typed_box = FieldBox("Khóa phục hồi trên tờ giấy: 8 nhóm", self.typed)
        self.typed_part = QWidget()
        self.typed_part.setLayout(column(self.saved, self.typed_box))
        self.typed_part.hide()
        self.submit_button = button("Lập trang và lưu…", main=True)
        self.submit_button.setEnabled(False)
        self.submit_button.clicked.connect(self.submit)
        cancel_button = button("Thôi  Esc")
        cancel_button.setAutoDefault(False)
        cancel_button.clicked.connect(self.reject)
        first = column(label("Người thứ nhất", "caption"), label(runner.desk.facts.actor, "strong"), gap=2)
        foot = row()
        foot.addStretch(1)
        for each in (self.submit_button, cancel_button):
            foot.addWidget(each)
        about = label(_HOW, "caption", wrap=True)
        self.setLayout(column(about, first, self.second, self.typed_part, foot, gap=2 * GRID, margin=2 * GRID))
        self.setFixedWidth(600)

    def load(self) -> None:
        """Read the possible second persons."""
        self.second.load()

    def submit(self) -> None:
        """Approve and make the page, or check the typed key."""
        self.submit_button.setEnabled(False)
        if self._page is not None:
            self._runner.run_serial(
                partial(_finish, self._page, self.typed.text()),
                self._done,
                activity="Đang ghi",
                on_error=self._refused,
            )
            return
        command = ApproveKeyChange(self.second.credentials())
        self._runner.write(
            approve_key_change, command, lambda _none: self._begin(), on_error=self._refused, activity="Đang ghi"
        )

    def reject(self) -> None:
        """Abandon the new page; the former key stays valid."""
        if self._page is not None:
            self._runner.run_serial(self._page.abandon, lambda _none: None, activity="Đang ghi")
        super().reject()

    def save(self, file: Path) -> None:
        """Write the page to a file and ask for the key on it."""
        page = self._page
        if page is not None:
            self._runner.run_serial(
                lambda: save_chosen_file(file, page.pdf()),
                lambda _none: self._ask_key(file),
                activity="Đang ghi",
                on_error=self._refused,
            )

    def _begin(self) -> None:
        self._runner.run_serial(
            self._runner.desk.begin_recovery_page, self._choose_file, activity="Đang ghi", on_error=self._refused
        )

    def _choose_file(self, page: "RecoveryPage") -> None:
        self._page = page
        self.setProperty(STAYS_OPEN, True)  # the page is lost if it is not finished here
        file = choose_save_file(self, "Trang khóa phục hồi", "khoa-phuc-hoi.pdf", "PDF (*.pdf)")
        if file is None:
            self.reject()
        else:
            self.save(file)

    def _ask_key(self, file: Path) -> None:
        self.second.hide()
        self.saved.setText(_SAVED.format(file=file))
        self.typed_part.show()
        self.submit_button.setText("Đã cất tờ giấy: khóa mới có hiệu lực")
        self.submit_button.setEnabled(True)
        self.typed.setFocus()
        self.adjustSize()

    def _done(self, _none: None) -> None:
        self._page = None
        self.accept()
        self.made.emit("Khóa phục hồi mới có hiệu lực, khóa cũ hết hiệu lực. Cất tờ mới, hủy tờ cũ, xóa tệp PDF.")

    def _on_approvers(self, available: bool) -> None:
        self.submit_button.setEnabled(available)
        self.adjustSize()

    def _refused(self, error: Exception) -> bool:
        self.submit_button.setEnabled(True)
        if self.second.isVisible() and self.second.show_error(error):
            return True
        if not isinstance(error, Refusal) or error.field != "recovery_key":
            return False
        self.typed_box.show_error(error_sentence(error))
        return True


def _finish(page: "RecoveryPage", typed: str) -> None:
    page.check_typed(typed)
    page.finish()
