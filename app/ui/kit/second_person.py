"""The second person of an act that two answer for: a name of the office and the password typed by him, here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.models.errors import Refusal
from app.services.credentials import Credentials
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, column, label, row
from app.usecases.accounts.signin import AskVouchers, Vouchers, ask_vouchers
from app.wording.refusals import sentence

_NOBODY = "Chưa có người thứ hai xác nhận được. Thêm người ở trang Cơ quan (F8)."
_ABOUT_HIM = ("second", "user", "secret")


class SecondPerson(QWidget):
    """Name and password of the second person. Signal: `known(bool)` once it was asked who may be: false where a second
    is wanted and nobody may."""

    known = Signal(bool)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.wanted = True
        self.name = QComboBox()
        self.name.setObjectName("second.name")
        self.name.setMinimumWidth(240)
        self.name_box = FieldBox("Người thứ hai", self.name)
        self.secret = QLineEdit()
        self.secret.setObjectName("second.secret")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self.secret.setMinimumWidth(240)
        self.secret_box = FieldBox("Mật khẩu hoặc mã PIN của người thứ hai", self.secret)
        self.nobody = label(_NOBODY, "look", wrap=True)
        self.nobody.hide()
        fields = row(gap=2 * GRID)
        fields.addWidget(self.name_box, 0, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.secret_box, 0, Qt.AlignmentFlag.AlignTop)
        fields.addStretch(1)
        self.setLayout(column(fields, self.nobody))

    def ask(self) -> None:
        """Asks who may be the second."""
        self._runner.ask(ask_vouchers, AskVouchers(), self.show_vouchers, key="vouchers", otherwise=lambda _error: True)

    def show_vouchers(self, may: Vouchers) -> None:
        """Offers those who may; where one person is enough, nothing shows."""
        self.wanted = may.wanted
        self.name.clear()
        self.name.addItems(list(may.names))
        self.name_box.setVisible(bool(may.names))
        self.secret_box.setVisible(bool(may.names) and may.secret)
        self.nobody.setVisible(not may.names)
        self.setVisible(may.wanted)
        self.known.emit(bool(may.names) or not may.wanted)

    def given(self) -> Credentials | None:
        """What was chosen and typed; None where one person is enough."""
        return Credentials(self.name.currentText(), self.secret.text()) if self.wanted else None

    def wrong(self, error: Exception) -> bool:
        """Says a refusal under the field it names; false where it is about something else."""
        if not isinstance(error, Refusal) or error.field not in _ABOUT_HIM:
            return False
        at_secret = error.field == "secret" and not self.secret_box.isHidden()
        (self.secret_box if at_secret else self.name_box).wrong(sentence(error))
        return True
