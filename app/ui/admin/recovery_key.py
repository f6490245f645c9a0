"""Dialog that opens the office with the recovery key.

The key has eight groups with a check character each. The user also sets a new password.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.models.errors import Fault, Refusal
from app.ui.kit.error_line import ErrorLine
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import FieldBox, button, column, label, password_field, row
from app.usecases.accounts.key_permissions import GROUPS, invalid_groups
from app.wording.refusals import error_sentence

Recover = Callable[[str, str, str], object]
"""Function of name, new password and recovery key that opens the office; raises Refusal or Fault."""
_GROUP_LENGTH, _GROUPS_PER_ROW = 5, 4
_SEPARATORS = str.maketrans("", "", "-–—. \t\r\n")
_ABOUT = (
    "Két khóa hoặc mật khẩu không mở được dữ liệu. Gõ khóa trên trang khóa phục hồi cất trong két, "
    "rồi đặt mật khẩu mới cho người đang đăng nhập."
)


class RecoveryKeyDialog(QDialog):
    """Dialog with recovery key, name and new password.

    It is accepted after the office is open. A complete group is checked at once.
    """

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
        open_button, cancel_button = button("Mở dữ liệu", main=True), button("Quay lại")
        open_button.setDefault(True)
        open_button.clicked.connect(self.submit)
        cancel_button.clicked.connect(self.reject)
        foot = row(open_button, cancel_button)
        foot.addStretch(1)
        rows = [row(*self.groups[n : n + _GROUPS_PER_ROW]) for n in range(0, GROUPS, _GROUPS_PER_ROW)]
        key = column(label("Khóa phục hồi: 8 nhóm, mỗi nhóm 5 chữ và số", "caption"), *rows)
        fields = FieldGrid(self.name_box, self.secret_box, self.again_box, columns=1)
        above = (label(office, "title", wrap=True), label(_ABOUT, wrap=True))
        self.setLayout(column(*above, key, fields, foot, gap=2 * GRID, margin=3 * GRID))
        self.groups[0].setFocus()

    @property
    def key(self) -> str:
        """Return the typed key."""
        return "-".join(group.text() for group in self.groups)

    def fill(self, start: int, text: str) -> None:
        """Spread characters over the groups from group `start` on.

        A whole key may be pasted or scanned into the first group.
        """
        characters = text.translate(_SEPARATORS).upper()
        for place in range(start, GROUPS):
            part, characters = characters[:_GROUP_LENGTH], characters[_GROUP_LENGTH:]
            self.groups[place].setText(part)
            if not characters:
                complete = len(part) == _GROUP_LENGTH
                self.groups[min(place + complete, GROUPS - 1)].setFocus()
                break
        self.check_groups()

    def check_groups(self) -> bool:
        """Mark invalid complete groups; return whether there is none."""
        wrong = invalid_groups([group.text() for group in self.groups])
        for number, group in enumerate(self.groups, 1):
            set_style_property(group, "wrong", "true" if number in wrong else "false")
        if wrong:
            names = ", ".join(map(str, wrong))
            text = f"Nhóm thứ {names} gõ sai. Xem lại nhóm này trên tờ giấy."
            self.error_line.show_error(text, self, self.groups[min(wrong) - 1])
        else:
            self.error_line.clear_error(self)
        return not wrong

    def submit(self) -> None:
        """Open the office with the typed key, or show the error."""
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
        for line_edit in (*self.groups, self.secret, self.again):
            line_edit.clear()
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
            self.error_line.show_error(error_sentence(error), self, self.groups[0])


class _Group(QLineEdit):
    """Field of five characters; Backspace in an empty one moves back."""

    def __init__(self, dialog: RecoveryKeyDialog) -> None:
        super().__init__()
        self._dialog = dialog
        self.setMinimumWidth(96)
        self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhUppercaseOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._dialog.groups.index(self)
        if event.key() == Qt.Key.Key_Backspace and not self.text() and place:
            self._dialog.groups[place - 1].setFocus()
            return
        super().keyPressEvent(event)
