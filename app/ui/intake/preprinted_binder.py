"""Bind the intake form to a preprinted receipt, and release it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.ui.intake.form import IntakeForm
from app.ui.kit.runner import BannerMessage, Level, Runner

_SAVING = "Đang lưu hồ sơ trước. Quét lại biên nhận in sẵn {code}."
_OTHER_BOUND = "Đang nhập hồ sơ của biên nhận {bound}. Lưu (F9) hoặc bỏ (Ctrl+N), rồi quét lại {code}."
_UNBOUND = "Đã bỏ biên nhận in sẵn {code}: hồ sơ sẽ lấy số mới, tính từ giờ này."


class PreprintedBinder(QObject):
    """Bind and release preprinted receipts, except while `is_saving()`."""

    def __init__(self, form: IntakeForm, runner: Runner, parent: QObject, is_saving: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._form, self._runner, self._is_saving = form, runner, is_saving

    def bind(self, code: str) -> None:
        """Bind the form to the receipt `code` and focus its first empty field.

        A warning is shown instead while the form is saved or belongs to another receipt.
        """
        part = self._form.preprinted
        bound = part.code
        if self._is_saving():
            self._warn(_SAVING.format(code=code))
        elif bound not in ("", code) and not self._form.nothing_typed:
            self._warn(_OTHER_BOUND.format(bound=bound, code=code))
        else:
            if bound != code:
                part.bind(code)
                self._form.edited.emit()
            part.focus_first_missing()

    def unbind(self) -> bool:
        """Release the receipt; the banner offers to undo this.

        False where none is bound.
        """
        part = self._form.preprinted
        line = part.read()
        if not line or self._is_saving():
            return False
        part.bind("")
        self._form.edited.emit()
        self._form.procedure.setFocus()
        self._warn(_UNBOUND.format(code=line["blank"]), "Hoàn lại", partial(self._restore, line))
        return True

    def _restore(self, line: Mapping[str, Any]) -> None:
        self._form.preprinted.fill(line)
        self._form.preprinted.focus_first_missing()
        self._form.edited.emit()

    def _warn(self, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        self._runner.message_posted.emit(BannerMessage(Level.WARNING, text, action, on_action))
