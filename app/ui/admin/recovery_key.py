"""The recovery key typed from its page before the window: eight groups, each told at once whether it is right, and the
new password of the person who types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.models.errors import Fault, Refusal
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import ErrorLine, FieldBox, button, column, label, password_field, row
from app.usecases.accounts.key_permissions import GROUPS, invalid_groups
from app.wording.refusals import error_sentence

Recover = Callable[[str, str, str], object]
"""Opens with a name, his new password and the recovery key; raises Refusal or Fault with the reason."""
_GROUP_LENGTH, _GROUPS_PER_ROW = 5, 4
_SEPARATORS = str.maketrans("", "", "-–—. \t\r\n")
_ABOUT = (
    "Két khóa hoặc mật khẩu không mở được dữ liệu. Gõ khóa trên trang khóa phục hồi cất trong két, "
    "rồi đặt mật khẩu mới cho người đang đăng nhập."
)


class RecoveryKeyDialog(QDialog):
    """Key, name and new password. Accepted once the office is open; a wrong group is told as soon as it is whole."""

    def __init__(self, office: str, name: str, recover: Recover, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Một Cửa – Khóa phục hồi")
        self._recover = recover
        self.groups = [_Group(self) for _ in range(GROUPS)]
        for number, group in enumerate(self.groups, 1):
            group.setAccessibleName(f"Nhóm thứ {number} của khóa phục hồi")
            group.textEdited.connect(self._typed)
        self.error_line = ErrorLine()
        self.name = QLineEdit(name)
        self.name_box = FieldBox("Họ và tên", self.name)
        self.secret, self.again = password_field(), password_field()
        self.secret_box = FieldBox("Mật khẩu mới", self.secret)
        self.again_box = FieldBox("Gõ lại mật khẩu mới", self.again)
        do_it, away = button("Mở dữ liệu", main=True), button("Quay lại")
        do_it.setDefault(True)
        do_it.clicked.connect(self.submit)
        away.clicked.connect(self.reject)
        foot = row(do_it, away)
        foot.addStretch(1)
        rows = [row(*self.groups[n : n + _GROUPS_PER_ROW]) for n in range(0, GROUPS, _GROUPS_PER_ROW)]
        key = column(label("Khóa phục hồi: 8 nhóm, mỗi nhóm 5 chữ và số", "caption"), *rows, self.error_line)
        above = (label(office, "title", wrap=True), label(_ABOUT, wrap=True))
        self.setLayout(
            column(*above, key, self.name_box, self.secret_box, self.again_box, foot, gap=2 * GRID, margin=3 * GRID)
        )
        self.groups[0].setFocus()

    @property
    def key(self) -> str:
        """The key as it stands."""
        return "-".join(group.text() for group in self.groups)

    def fill(self, start: int, text: str) -> None:
        """Lays signs out over the groups from one on: a whole key may be pasted or scanned into the first."""
        signs = text.translate(_SEPARATORS).upper()
        for place in range(start, GROUPS):
            part, signs = signs[:_GROUP_LENGTH], signs[_GROUP_LENGTH:]
            self.groups[place].setText(part)
            if not signs:
                whole = len(part) == _GROUP_LENGTH
                self.groups[min(place + whole, GROUPS - 1)].setFocus()
                break
        self.check_groups()

    def check_groups(self) -> bool:
        """Tells which whole groups are wrong; whether none is."""
        wrong = invalid_groups([group.text() for group in self.groups])
        for number, group in enumerate(self.groups, 1):
            set_style_property(group, "wrong", "true" if number in wrong else "false")
        if wrong:
            names = ", ".join(map(str, wrong))
            self.error_line.show_error(f"Nhóm thứ {names} gõ sai. Xem lại nhóm này trên tờ giấy.", self)
        else:
            self.error_line.clear_error(self)
        self.adjustSize()
        return not wrong

    def submit(self) -> None:
        """Opens with what was typed; a refusal is said where it belongs."""
        if not self.check_groups():
            return
        if not self.secret.text():
            self.secret_box.show_error("Chưa đặt mật khẩu mới.")
            return
        if self.secret.text() != self.again.text():
            self.again_box.show_error("Hai lần gõ không giống nhau. Gõ lại.")
            return
        try:
            self._recover(self.name.text(), self.secret.text(), self.key)
        except (Refusal, Fault) as error:
            self._show_error(error)
            return
        for typed in (*self.groups, self.secret, self.again):
            typed.clear()
        self.accept()

    def _typed(self) -> None:
        group = self.sender()
        if isinstance(group, _Group):
            self.fill(self.groups.index(group), group.text())

    def _show_error(self, error: Refusal | Fault) -> None:
        field = error.field if isinstance(error, Refusal) else None
        if field in ("user", "name"):
            self.name_box.show_error(error_sentence(error))
        elif field in ("secret", "password"):
            self.secret_box.show_error(error_sentence(error))
        else:
            self.error_line.show_error(error_sentence(error), self)
        self.adjustSize()


class _Group(QLineEdit):
    """Five signs; backspace in an empty one goes back to the one before."""

    def __init__(self, dialog: RecoveryKeyDialog) -> None:
        super().__init__()
        self._dialog = dialog
        self.setMinimumWidth(96)
        self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhUppercaseOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Goes back over an empty group."""
        place = self._dialog.groups.index(self)
        if event.key() == Qt.Key.Key_Backspace and not self.text() and place:
            self._dialog.groups[place - 1].setFocus()
            return
        super().keyPressEvent(event)
