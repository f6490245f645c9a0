"""Fields of the second user who approves an action: name and password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.models.errors import Refusal
from app.services.credentials import Credentials
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.runner import Runner
from app.ui.kit.widgets import FieldBox, column, label
from app.usecases.accounts.signin import Approvers, ListApprovers, list_approvers
from app.wording.refusals import error_sentence

_NO_APPROVER = "Chưa có người thứ hai xác nhận được. Thêm người ở trang Cơ quan (F8)."
_OWN_FIELDS = ("second", "user", "secret")


class SecondPerson(QWidget):
    """Name and password of the second user.

    Signals: `availability_known(bool)` once the approvers are loaded, False if one is required and none exists.
    """

    availability_known = Signal(bool)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.required = True
        self.name = QComboBox()
        self.name.setObjectName("second.name")
        self.name_box = FieldBox("Người thứ hai", self.name)
        self.secret = QLineEdit()
        self.secret.setObjectName("second.secret")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self.secret_box = FieldBox("Mật khẩu, mã PIN", self.secret, "Mật khẩu hoặc mã PIN của người thứ hai")
        self.no_approver = label(_NO_APPROVER, "warning", wrap=True)
        self.no_approver.hide()
        self.setLayout(column(FieldGrid(self.name_box, self.secret_box, columns=2), self.no_approver))

    def load(self) -> None:
        """Load the users who may approve."""
        self._runner.read(
            list_approvers, ListApprovers(), self.show_approvers, key="vouchers", on_error=lambda _error: True
        )

    def show_approvers(self, approvers: Approvers) -> None:
        """Show the approvers, or nothing if one user is enough."""
        self.required = approvers.required
        self.name.clear()
        self.name.addItems(list(approvers.names))
        self.name_box.setVisible(bool(approvers.names))
        self.secret_box.setVisible(bool(approvers.names) and approvers.secret)
        self.no_approver.setVisible(not approvers.names)
        self.setVisible(approvers.required)
        self.availability_known.emit(bool(approvers.names) or not approvers.required)

    def credentials(self) -> Credentials | None:
        """Return name and password, None if one user is enough."""
        return Credentials(self.name.currentText(), self.secret.text()) if self.required else None

    def show_error(self, error: Exception) -> bool:
        """Show a refusal under the field it names.

        False if it concerns another field.
        """
        if not isinstance(error, Refusal) or error.field not in _OWN_FIELDS:
            return False
        at_secret = error.field == "secret" and not self.secret_box.isHidden()
        (self.secret_box if at_secret else self.name_box).show_error(error_sentence(error))
        return True
