"""Dialog in which users change their own password or PIN."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.models.errors import Refusal
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label, row
from app.usecases.accounts.signin import ChangeOwnSecret, change_own_secret
from app.wording.refusals import error_sentence

_WEAK = frozenset(("secret_unset", "secret_short", "secret_long", "secret_plain"))
_NOT_EQUAL = "Hai lần gõ không giống nhau. Gõ lại."


class OwnPasswordDialog(QDialog):
    """Dialog with the current password and the new one twice.

    Signal: `changed()` after the new password is valid.
    """

    changed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setWindowTitle("Đổi mật khẩu của tôi")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.former, self.new, self.again = (_hidden(f"own.{name}") for name in ("former", "new", "again"))
        self.former_box = FieldBox("Mật khẩu, PIN đang dùng", self.former)
        self.new.setPlaceholderText("từ 8 ký tự, hoặc PIN từ 6 chữ số")
        self.new_box = FieldBox("Mật khẩu, PIN mới", self.new)
        self.again_box = FieldBox("Gõ lại lần nữa", self.again)
        self.submit_button = button("Đổi mật khẩu", main=True)
        self.submit_button.setDefault(True)
        self.submit_button.clicked.connect(self.submit)
        cancel_button = button("Thôi  Esc")
        cancel_button.setAutoDefault(False)
        cancel_button.clicked.connect(self.reject)
        foot = row()
        foot.addStretch(1)
        for each in (self.submit_button, cancel_button):
            foot.addWidget(each)
        fields = FieldGrid(self.former_box, self.new_box, self.again_box, columns=1)
        head = label(runner.desk.facts.actor, "strong")
        self.setLayout(column(head, fields, foot, margin=3 * GRID))
        self.setMinimumWidth(520)
        self.former.setFocus()

    def submit(self) -> None:
        """Change the password to the typed one."""
        if self.new.text() != self.again.text():
            self.again_box.show_error(_NOT_EQUAL)
            return
        self.submit_button.setEnabled(False)
        desk, command = self._runner.desk, ChangeOwnSecret(self.former.text(), self.new.text())
        change = partial(desk.write_password, change_own_secret, command, desk.facts.actor, self.new.text())
        self._runner.run_serial(change, self._done, activity="Đang đổi mật khẩu", on_error=self._refused)

    def _done(self, _name: str) -> None:
        self.accept()
        self.changed.emit()

    def _refused(self, error: Exception) -> bool:
        self.submit_button.setEnabled(True)
        if not isinstance(error, Refusal) or error.field != "secret":
            return False
        (self.new_box if error.code in _WEAK else self.former_box).show_error(error_sentence(error))
        return True


def _hidden(name: str) -> QLineEdit:
    line_edit = QLineEdit()
    line_edit.setObjectName(name)
    line_edit.setEchoMode(QLineEdit.EchoMode.Password)
    line_edit.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    return line_edit
