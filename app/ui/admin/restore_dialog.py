"""Dialog that restores a backup while no window is open.

It serves a new machine, a lost or exchanged database, and an office that goes back to a backup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QLayout, QLineEdit, QWidget

from app.models.errors import Fault, Refusal
from app.services.credentials import Credentials
from app.ui.kit.file_dialogs import choose_open_file
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.runner import bug_message
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label, password_field, row
from app.wording.backups import content_sentence, restored_sentence
from app.wording.office_proof import accepted_backup_sentence, backup_proof_lines
from app.wording.refusals import error_sentence

if TYPE_CHECKING:
    from app.office.restore_request import RestoreResult

_ABOUT = (
    "Chọn tệp sao lưu (.mcbackup). Trên máy mới: gõ khóa phục hồi và dấu vân tay in trên trang khóa phục hồi. Trên máy "
    "đang có dữ liệu: hai người cùng làm, hoặc một người và khóa phục hồi."
)
_NO_FINGERPRINT = "Tờ khóa phục hồi không có dấu vân tay (in từ bản chương trình trước)"
_FINGERPRINT_NEEDED = (
    "Máy này chưa biết chắc cơ quan. Gõ dấu vân tay theo tờ khóa phục hồi, hoặc quét mã QR trên tờ đó, để chắc bản sao "
    "lưu do chính cơ quan lập ra."
)
_TEXTS: Mapping[str, str] = {
    "backup_unproved": "Bản sao lưu này từ bản chương trình trước, không chứng minh được là do cơ quan lập ra. Nếu "
    "biết chắc nguồn gốc, hai người cùng nhận một lần: gõ tên và mật khẩu của cả hai.",
    "backup_unencrypted": "Bản sao lưu này của cơ quan thật mà không mã hóa. Chỉ bản từ trước khi có mã hóa mới như "
    "vậy; nếu biết chắc nguồn gốc, hai người cùng nhận một lần: gõ tên và mật khẩu của cả hai.",
    "backup_other_office": "Bản sao lưu này có dấu vân tay khác với cơ quan đang ở máy này. So với tờ khóa phục hồi; "
    "nếu đúng là của cơ quan, gõ dấu trên tờ giấy vào đây.",
    "fingerprint_none": "Bản sao lưu này từ bản chương trình trước, chưa có dấu vân tay để so. Để trống ô này; hai "
    "người cùng nhận.",
    "backup_other_desk": "Bản sao lưu này của {office} (mã {code}, quầy {desk}), máy này của cơ quan hoặc quầy khác. "
    "Chọn đúng bản.",
    "second_missing": "Việc này cần hai người: gõ tên và mật khẩu của người thứ hai, hoặc gõ khóa phục hồi.",
    "user_missing": "Gõ họ và tên của người thứ nhất.",
    "keys_password_missing": "Gõ mật khẩu của người thứ nhất, hoặc gõ khóa phục hồi.",
    "keys_password_wrong": "Tên hoặc mật khẩu không đúng, bản sao lưu vẫn khóa. Gõ lại, hoặc gõ khóa phục hồi.",
    "vault_lost": "Két khóa của máy không mở được bản sao lưu. Gõ mật khẩu, hoặc gõ khóa phục hồi.",
    "secret_missing": "Gõ mật khẩu hoặc mã PIN của «{name}».",
}
"""Sentences that name fields of the dialog in place of options of the command line."""
_PREPARED = "Đăng nhập bằng mật khẩu lúc lập bản sao lưu; quên thì mở bằng khóa phục hồi ở cửa sổ đăng nhập."


@dataclass(frozen=True)
class RestoreInput:
    """What the user typed: the backup and the credentials.

    `recovery` and `fingerprint` are of the recovery page, empty without one.
    """

    backup: Path
    recovery: str = field(repr=False)
    fingerprint: str
    first: Credentials
    second: Credentials | None


Restore = Callable[[RestoreInput, bool], "RestoreResult"]
"""Restores a backup, or only checks it if the second argument is true; raises Refusal or Fault."""


class RestoreDialog(QDialog):
    """Dialog of a restore. It is accepted after the office was restored.

    `known_office` is False on a new machine and where the office cannot be opened for `reason`; the fingerprint is
    then required.
    """

    _ended = Signal(object)

    def __init__(self, restore: Restore, known_office: bool, reason: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._restore, self._known_office = restore, known_office
        self._lane = ThreadPoolExecutor(1, "restore")
        self._busy = self._restored = False
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self.setWindowTitle("Một Cửa – Phục hồi bản sao lưu")
        self.state = label(role="strong", wrap=True)
        self.fields = self._build_fields()
        foot = self._build_foot()
        why = (label(reason, "warning", wrap=True),) if reason else ()
        self.about = label(_ABOUT, wrap=True)
        self.setLayout(column(*why, self.about, self.fields, self.state, foot, gap=2 * GRID, margin=3 * GRID))
        self.setFixedWidth(820)
        self.file.setFocus()

    def _build_fields(self) -> QWidget:
        self.file, self.recovery, self.fingerprint = (
            _line(name) for name in ("restore.file", "restore.recovery", "restore.fingerprint")
        )
        self.name, self.second = _line("restore.name"), _line("restore.second")
        self.secret, self.second_secret = password_field(), password_field()
        choose_button = button("Chọn tệp…")
        choose_button.setAutoDefault(False)
        choose_button.clicked.connect(self._choose)
        self.file_box = FieldBox("Tệp sao lưu", self.file)
        self.recovery_box = FieldBox("Khóa phục hồi: 8 nhóm", self.recovery)
        self.fingerprint_box = FieldBox("Dấu vân tay của cơ quan: gõ 6 nhóm, hoặc quét mã QR", self.fingerprint)
        self.name_box = FieldBox("Người thứ nhất: họ và tên", self.name)
        self.secret_box = FieldBox("Mật khẩu hoặc mã PIN", self.secret, "Mật khẩu của người thứ nhất")
        self.second_box = FieldBox("Người thứ hai: họ và tên", self.second)
        self.second_secret_box = FieldBox("Mật khẩu hoặc mã PIN", self.second_secret, "Mật khẩu của người thứ hai")
        self.no_fingerprint = QCheckBox(_NO_FINGERPRINT)
        self.no_fingerprint.setVisible(not self._known_office)
        keys = FieldGrid(self.recovery_box, self.fingerprint_box, columns=1)
        page = _card("Trang khóa phục hồi", column(keys, self.no_fingerprint))
        people = _card(
            "Người làm",
            column(FieldGrid(self.name_box, self.secret_box, self.second_box, self.second_secret_box, columns=2)),
        )
        choice = row(self.file_box)
        choice.addWidget(choose_button, 0, Qt.AlignmentFlag.AlignTop)
        area = QWidget()
        area.setLayout(column(choice, page, people, gap=2 * GRID))
        return area

    def _build_foot(self) -> QLayout:
        self.check_button = button("Kiểm tra bản sao lưu")
        self.check_button.setObjectName("restore.check")
        self.check_button.setDefault(True)  # the Enter of a scanner must not restore
        self.check_button.clicked.connect(lambda: self.submit(only_check=True))
        self.restore_button = button("Phục hồi", main=True)
        self.restore_button.setObjectName("restore.submit")
        self.restore_button.setAutoDefault(False)
        self.restore_button.clicked.connect(self._submit_or_accept)
        self.cancel_button = button("Thôi  Esc")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        foot = row(self.check_button, self.restore_button, self.cancel_button)
        foot.addStretch(1)
        return foot

    def read(self) -> RestoreInput:
        """Return what was typed."""
        second = Credentials(self.second.text(), self.second_secret.text()) if self.second.text().strip() else None
        return RestoreInput(
            backup=Path(self.file.text().strip()),
            recovery=self.recovery.text(),
            fingerprint=self.fingerprint.text(),
            first=Credentials(self.name.text(), self.secret.text()),
            second=second,
        )

    def submit(self, *, only_check: bool) -> None:
        """Check the backup, or restore it."""
        if self._busy or self._restored:
            return
        self.state.clear()
        if not self.file.text().strip():
            self._show_at(self.file_box, "Chọn tệp sao lưu.")
            return
        if not (only_check or self._known_office or self.fingerprint.text().strip() or self.no_fingerprint.isChecked()):
            self._show_at(self.fingerprint_box, _FINGERPRINT_NEEDED)
            return
        self._set_busy(True)
        self.state.setText("Đang kiểm tra…" if only_check else "Đang phục hồi, không tắt máy…")
        typed = self.read()
        future: Future[RestoreResult] = self._lane.submit(self._restore, typed, only_check)
        future.add_done_callback(lambda done: self._ended.emit((only_check, done)))

    def reject(self) -> None:
        """Close the dialog, unless a restore is running."""
        if self._busy:
            return
        if self._restored:
            self.accept()
        else:
            super().reject()

    def _submit_or_accept(self) -> None:
        if self._restored:
            self.accept()
        else:
            self.submit(only_check=False)

    def _choose(self) -> None:
        file = choose_open_file(self, "Tệp sao lưu", "Bản sao lưu (*.mcbackup)")
        if file is not None:
            self.file.setText(str(file))
            self.file_box.clear_error()

    def _on_ended(self, ended: tuple[bool, Future[RestoreResult]]) -> None:
        only_check, done = ended
        self._set_busy(False)
        error = done.exception()
        if isinstance(error, Refusal | Fault):
            self.state.clear()
            self._show_error(error)
        elif error is not None:
            self.state.setText(bug_message(error).text)
        else:
            self._show_result(done.result(), only_check)
        self._fit()

    def _show_result(self, result: RestoreResult, only_check: bool) -> None:
        accepted = (accepted_backup_sentence(*result.accepted_by),) if result.accepted_by else ()
        lines = [
            content_sentence(result.dossiers, result.last_event_at),
            *backup_proof_lines(result.fingerprint, result.compared, result.proved),
            *accepted,
        ]
        if not only_check:
            lines += [restored_sentence(result.replaced), _PREPARED]
            self._restored = True
            for line_edit in (self.recovery, self.secret, self.second_secret):
                line_edit.clear()
            for widget in (self.about, self.fields, self.check_button, self.cancel_button):
                widget.hide()
            self.restore_button.setText("Đăng nhập")
            self.restore_button.setFocus()
        self.state.setText("\n".join(lines))

    def _show_error(self, error: Refusal | Fault) -> None:
        text = _TEXTS[error.code].format(**error.values) if error.code in _TEXTS else error_sentence(error)
        box = self._box_of(error)
        if box is None:
            self.state.setText(text)
        else:
            self._show_at(box, text)

    def _show_at(self, box: FieldBox, text: str) -> None:
        box.show_error(text)
        self._fit()

    def _fit(self) -> None:
        """Fit the height to the texts, after the layout has their widths."""
        QTimer.singleShot(0, self, self.adjustSize)

    def _box_of(self, error: Refusal | Fault) -> FieldBox | None:
        """Return the box of the field that an error concerns."""
        if isinstance(error, Fault):
            return self.file_box if error.code == "backup_newer" else None
        second = self.second.text().strip()
        if error.field in ("secret", "user") and second and error.values.get("name") == second:
            return self.second_secret_box if error.field == "secret" else self.second_box
        boxes = {
            "file": self.file_box,
            "recovery_key": self.recovery_box,
            "fingerprint": self.fingerprint_box,
            "user": self.name_box,
            "secret": self.secret_box,
            "password": self.secret_box,
            "second": self.second_box,
        }
        return boxes.get(error.field or "")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for widget in (self.fields, self.check_button, self.restore_button, self.cancel_button):
            widget.setEnabled(not busy)


def _line(name: str) -> QLineEdit:
    line_edit = QLineEdit()
    line_edit.setObjectName(name)
    if name in ("restore.recovery", "restore.fingerprint"):
        line_edit.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhUppercaseOnly)
    return line_edit


def _card(title: str, inner: QLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(column(label(title, "strong"), inner, margin=2 * GRID))
    return frame
