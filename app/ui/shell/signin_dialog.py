"""Sign-in dialog, before the window and over the locked window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from app.models.errors import Fault, Refusal
from app.models.text import clean
from app.services.credentials import Credentials
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label, password_field, row
from app.wording.refusals import error_sentence

Attempt = Callable[..., object]
"""Signs in with a name and a password; an earlier release also needs no recovery key and a second person.

Raises Refusal or Fault with the reason.
"""
Recover = Callable[..., object]
"""Attempt with the recovery key as third argument; the password then replaces the user's."""
_KEY_ERROR_TEXTS = {
    "vault_lost": "Két khóa của máy không mở được dữ liệu (máy cài lại hoặc đổi tài khoản). Mở bằng khóa phục hồi.",
    "keys_password_wrong": "Tên hoặc mật khẩu không đúng, dữ liệu vẫn khóa. Gõ lại, hoặc mở bằng khóa phục hồi.",
    "keys_password_missing": "Gõ mật khẩu để mở dữ liệu, hoặc mở bằng khóa phục hồi.",
    "user_unknown": "",
}
"""Sentences for errors of the database keys; the dialog then offers the recovery key."""
_SIGN_IN_TEXTS = {
    "user_unknown": "Cơ quan không có ai tên vừa gõ. Gõ lại họ và tên ở ô này; mật khẩu gõ ở ô dưới.",
    "user_missing": "Ô này còn trống. Gõ họ và tên của mình.",
    "secret_missing": "Ô này còn trống. Gõ mật khẩu hoặc mã PIN của mình.",
    "keys_password_missing": "Ô này còn trống. Gõ mật khẩu để mở dữ liệu.",
}
"""Sentences of this dialog; none repeats the typed name, which may be a password."""
_WRONG_SECRET_CODES = frozenset(("sign_in_wrong", "keys_password_wrong", "sign_in_wrong_wait"))
_KEYBOARD_HINT = " Xem phím Caps Lock và bộ gõ tiếng Việt (Telex, VNI) có đang bật không."
"""Added to each error of a password, whatever was typed, so that it reveals nothing of the password."""
_UNPROVED_CODES = frozenset(("office_unproved", "office_unencrypted"))
"""Codes of an office of an earlier release, which two people accept once."""
_UNPROVED_TEXT = (
    "Cơ quan này từ bản chương trình trước: không chứng minh được tệp khóa và dữ liệu do chính cơ quan lập ra. "
    "Nếu biết chắc máy và thư mục này không bị ai thay, hai người cùng nhận một lần; việc này được ghi lại."
)
_FIRST_SECRET_CODES = frozenset(("secret_unset", "secret_short", "secret_long", "secret_plain"))


class SignInDialog(QDialog):
    """Name and password or PIN. Accepted after a successful sign-in."""

    def __init__(
        self,
        office: str,
        names: Sequence[str],
        name: str,
        attempt: Attempt,
        parent: QWidget | None = None,
        recover: Recover | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._recover = office, recover
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
        self.secret, self.again = password_field(), password_field()
        self.name_box = FieldBox("Họ và tên", self.name)
        self.secret_box = FieldBox("Mật khẩu hoặc mã PIN", self.secret)
        self.again_box = FieldBox("Lần đầu: gõ lại mật khẩu mới lần nữa", self.again)
        self.again_box.hide()
        self.second, self.second_secret = QLineEdit(), password_field()
        self.second.setObjectName("signIn.second")
        self.second_box = FieldBox("Người thứ hai cùng nhận", self.second)
        self.second_secret_box = FieldBox("Mật khẩu của người thứ hai", self.second_secret)
        self.second_part = QWidget()
        self.second_part.setLayout(
            column(label(_UNPROVED_TEXT, wrap=True), FieldGrid(self.second_box, self.second_secret_box, columns=1))
        )
        self.second_part.hide()
        self.submit_button = button("Đăng nhập", main=True)
        self.submit_button.setDefault(True)
        self.submit_button.clicked.connect(self.submit)
        quit_button = button("Đóng chương trình")
        quit_button.clicked.connect(self.reject)
        quit_button.setVisible(parent is None)
        self.recovery_button = button("Mở bằng khóa phục hồi…")
        self.recovery_button.clicked.connect(self.open_recovery_key)
        self.recovery_button.hide()
        foot = row(self.submit_button, self.recovery_button, quit_button)
        foot.addStretch(1)
        fields = FieldGrid(self.name_box, self.secret_box, self.again_box, columns=1)
        parts = (label(office, "title", wrap=True), fields)
        self.setLayout(column(*parts, self.second_part, foot, gap=2 * GRID, margin=3 * GRID))
        (self.secret if self.name.currentText() else self.name).setFocus()

    def submit(self) -> None:
        """Try to sign in; show a refusal under the field it names."""
        for box in (self.name_box, self.secret_box, self.again_box, self.second_box, self.second_secret_box):
            box.clear_error()
        if not self.again_box.isHidden() and self.secret.text() != self.again.text():
            self.again_box.show_error("Hai lần gõ không giống nhau. Gõ lại.")
            return
        try:
            self._attempt(self.name.currentText(), self.secret.text(), *self._second_person())
        except (Refusal, Fault) as error:
            self._show_error(error)
            return
        for line_edit in (self.secret, self.again, self.second_secret):
            line_edit.clear()
        self.accept()

    def _second_person(self) -> tuple[str, Credentials] | tuple[()]:
        """Return no recovery key and the second person, once one is asked for."""
        if self.second_part.isHidden():
            return ()
        return "", Credentials(self.second.text(), self.second_secret.text())

    def _show_error(self, error: Refusal | Fault) -> None:
        if error.code in _UNPROVED_CODES and self.second_part.isHidden():
            self.second_part.show()
            self.second.setFocus()
            self.adjustSize()
            return
        second_box = self._second_box_of(error)
        if second_box is not None:
            second_box.show_error(_sentence(error))
            return
        is_first_secret = isinstance(error, Refusal) and error.code in _FIRST_SECRET_CODES
        self.again_box.setVisible(is_first_secret)
        about_name = isinstance(error, Refusal) and error.field == "user"
        locked = self._recover is not None and error.code in _KEY_ERROR_TEXTS
        text = (locked and _KEY_ERROR_TEXTS[error.code]) or _sentence(error)
        if error.code == "user_unknown" and self.name.isEditable():
            self.name.clearEditText()
        if error.code in _WRONG_SECRET_CODES:
            text += _KEYBOARD_HINT
            self.secret.selectAll()
        (self.name_box if about_name else self.secret_box).show_error(text)
        self.recovery_button.setVisible(locked)
        self.adjustSize()

    def _second_box_of(self, error: Refusal | Fault) -> FieldBox | None:
        """Return the box of an error about the second person, or None."""
        if self.second_part.isHidden() or isinstance(error, Fault):
            return None
        if error.field == "second":
            return self.second_box
        is_theirs = error.field == "secret" and error.values.get("name") == clean(self.second.text())
        return self.second_secret_box if is_theirs else None

    def open_recovery_key(self) -> None:
        """Open the database with the recovery key.

        It is needed where neither keystore nor password opens the database.
        """
        from app.ui.admin.recovery_key import RecoveryKeyDialog

        if self._recover is not None:
            dialog = RecoveryKeyDialog(self._office, self.name.currentText(), self._recover, self)
            if dialog.exec() == QDialog.DialogCode.Accepted:
                self.secret.clear()
                self.accept()

    def reject(self) -> None:
        """Handle Esc: quit before the window opens.

        Over a locked window it does nothing.
        """
        if self.parent() is None:
            super().reject()


def _sentence(error: Refusal | Fault) -> str:
    if error.code == "sign_in_wrong_wait":  # its sentence repeats the typed name
        error = Refusal("sign_in_wait", "secret", **error.values)
    return _SIGN_IN_TEXTS.get(error.code) or error_sentence(error)
