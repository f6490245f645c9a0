"""Signing in: who works at this desk, by name and password or PIN; before the window, and over it while locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from app.models.values import Fault, Refusal
from app.ui.style import GRID
from app.ui.widgets import FieldBox, button, column, label, row
from app.wording.refusals import sentence

Attempt = Callable[[str, str], object]
"""Tries a name and a password; raises Refusal or Fault with the reason."""
_FIRST = frozenset(("secret_unset", "secret_short", "secret_long", "secret_plain"))


class SignInDialog(QDialog):
    """Name, password or PIN, and what is wrong with them. Accepted once somebody is in."""

    def __init__(
        self, office: str, names: Sequence[str], name: str, attempt: Attempt, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Một Cửa – Đăng nhập")
        self._attempt = attempt
        self.name = QComboBox()
        self.name.setEditable(not names)
        self.name.addItems(list(names))
        if name and not names:
            self.name.setEditText(name)
        else:
            self.name.setCurrentText(name)
        self.name.setMinimumWidth(360)
        self.secret, self.again = _hidden(), _hidden()
        self.name_box = FieldBox("Họ và tên", self.name)
        self.secret_box = FieldBox("Mật khẩu hoặc mã PIN", self.secret)
        self.again_box = FieldBox("Lần đầu: gõ lại mật khẩu mới lần nữa", self.again)
        self.again_box.hide()
        self.do_it = button("Đăng nhập", main=True)
        self.do_it.setDefault(True)
        self.do_it.clicked.connect(self.try_in)
        away = button("Đóng chương trình")
        away.clicked.connect(self.reject)
        away.setVisible(parent is None)
        foot = row(self.do_it, away)
        foot.addStretch(1)
        parts = (label(office, "title", wrap=True), self.name_box, self.secret_box, self.again_box, foot)
        self.setLayout(column(*parts, gap=2 * GRID, margin=3 * GRID))
        (self.secret if self.name.currentText() else self.name).setFocus()

    def try_in(self) -> None:
        """Tries what was typed; a refusal is said under the field it names."""
        if not self.again_box.isHidden() and self.secret.text() != self.again.text():
            self.again_box.wrong("Hai lần gõ không giống nhau. Gõ lại.")
            return
        try:
            self._attempt(self.name.currentText(), self.secret.text())
        except (Refusal, Fault) as error:
            self._say(error)
            return
        self.secret.clear()
        self.again.clear()
        self.accept()

    def _say(self, error: Refusal | Fault) -> None:
        first = isinstance(error, Refusal) and error.code in _FIRST
        self.again_box.setVisible(first)
        named = isinstance(error, Refusal) and error.field == "user"
        (self.name_box if named else self.secret_box).wrong(sentence(error))
        self.adjustSize()

    def reject(self) -> None:
        """Esc leaves the program before the window, and does nothing over a locked one."""
        if self.parent() is None:
            super().reject()


def _hidden() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    return made
