"""Sentences of the sign-in dialog; a typed name is never repeated."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.models.errors import Refusal
from app.ui.shell.signin_dialog import SignInDialog

_TYPED = "mật khẩu của tôi 48"


@pytest.mark.parametrize(
    ("code", "field", "box"),
    [
        ("user_unknown", "user", "name_box"),
        ("user_missing", "user", "name_box"),
        ("secret_missing", None, "secret_box"),
        ("sign_in_wait", "secret", "secret_box"),
        ("sign_in_wrong_wait", "secret", "secret_box"),
        ("keys_password_wrong", "secret", "secret_box"),
        ("keys_password_missing", "secret", "secret_box"),
    ],
)
def test_typed_name_is_not_repeated(qtbot: Any, code: str, field: str | None, box: str) -> None:
    def attempt(name: str, secret: str) -> None:
        raise Refusal(code, field, name=name, wait=40)

    dialog = SignInDialog("UBND xã Kiểm Thử", (), "", attempt)
    qtbot.addWidget(dialog)
    dialog.name.setEditText(_TYPED)
    dialog.submit()
    error = getattr(dialog, box).error
    assert error and _TYPED not in error and "MOTCUA" not in error
    assert dialog.name.currentText() == ("" if code == "user_unknown" else _TYPED)


@pytest.mark.parametrize("code", ["sign_in_wrong", "keys_password_wrong", "sign_in_wrong_wait"])
def test_wrong_password_names_caps_lock_and_input_method_uncut(qtbot: Any, code: str) -> None:
    def attempt(name: str, secret: str) -> None:
        raise Refusal(code, "secret", name=name, wait=40)

    dialog = SignInDialog("UBND xã Kiểm Thử", ("Trần Thị Bình",), "", attempt)
    dialog.setStyleSheet("* { font-size: 16pt; }")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.secret.setText("ĐỒNG LÚA")
    dialog.submit()
    assert "Caps Lock" in dialog.secret_box.error and "Telex" in dialog.secret_box.error
    assert "ĐỒNG" not in dialog.secret_box.error and dialog.secret.selectedText()
    (line,) = (each for each in dialog.findChildren(QLabel) if each.text() == dialog.secret_box.error)
    assert line.height() >= line.heightForWidth(line.width())
