"""Form of one user: name, roles and password."""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit

from app.models.enums import Role
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.style import GRID
from app.ui.kit.widgets import EnterAdvances, FieldBox, button, column, label, row
from app.usecases.accounts.users import UserLine
from app.wording.status import role_name

_NOT_EQUAL = "Hai lần gõ không giống nhau. Gõ lại."
_SECRET_REQUIRED = "Đặt mật khẩu từ 8 ký tự hoặc mã PIN từ 6 chữ số."
_FIRST_SECRET = "Mật khẩu hoặc mã PIN đầu tiên"
_NEW_SECRET = "Mật khẩu hoặc mã PIN mới (để trống: giữ như cũ)"


@dataclass(frozen=True)
class UserFormInput:
    """Input of the form, with the main role first.

    An empty `secret` leaves the password of a known user unchanged.
    """

    name: str
    roles: tuple[Role, ...]
    new: bool
    secret: str = field(default="", repr=False)


class UserForm(EnterAdvances):
    """Form that adds a user, or changes the user of `line`.

    Signals: `submitted(UserFormInput)`, `cancelled()`.
    """

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, line: UserLine | None) -> None:
        super().__init__()
        self._line = line
        self.name = QLineEdit("" if line is None else line.name)
        self.name.setObjectName("people.name")
        self.name.setReadOnly(line is not None)
        self.name_box = FieldBox("Họ và tên", self.name)
        self.main_role = QComboBox()
        self.main_role.setObjectName("people.role")
        for role in Role:
            self.main_role.addItem(role_name(role), role)
        self.secret, self.again = _hidden("people.secret"), _hidden("people.again")
        self.secret_box = FieldBox(_FIRST_SECRET if line is None or not line.has_secret else _NEW_SECRET, self.secret)
        self.again_box = FieldBox("Gõ lại lần nữa", self.again)
        self.other_roles = {role: QCheckBox(role_name(role)) for role in Role}
        self._show_line()
        self.main_role.currentIndexChanged.connect(self._show_other_roles)
        self._lay_out()
        self._show_other_roles()
        self.advance_on_enter(self.name, self.main_role, self.secret, self.again, *self.other_roles.values())

    def _lay_out(self) -> None:
        main = FieldBox("Vai trò chính", self.main_role)
        fields = FieldGrid(self.name_box, main, self.secret_box, self.again_box, columns=2)
        also = FlowWidget()
        also.set_parts(*self.other_roles.values())
        self.submit_button = button("Thêm người này" if self._line is None else "Ghi thay đổi", main=True)
        self.submit_button.setObjectName("people.save")
        self.submit_button.clicked.connect(self.submit)
        cancel_button = button("Thôi  Esc")
        cancel_button.clicked.connect(self.cancelled)
        frame = QFrame()
        frame.setObjectName("card")
        title = label("Thêm người" if self._line is None else f"Thay đổi: {self._line.name}", "strong", wrap=True)
        head = row(title, self.submit_button, cancel_button)
        head.setStretch(0, 1)
        also_line = row(label("Kiêm nhiệm", "caption"), also, gap=2 * GRID)
        also_line.setStretch(1, 1)
        frame.setLayout(column(head, fields, also_line, margin=2 * GRID))
        self.setLayout(column(frame))

    def _show_line(self) -> None:
        if self._line is not None:
            self.main_role.setCurrentIndex(self.main_role.findData(self._line.role))
            for role in self._line.also:
                self.other_roles[role].setChecked(True)

    def _show_other_roles(self) -> None:
        """Hide the main role among the other roles."""
        for role, tick in self.other_roles.items():
            tick.setVisible(role != self.main_role.currentData())

    def focus_first_field(self) -> None:
        """Focus the first editable field."""
        (self.name if self._line is None else self.main_role).setFocus()

    def submit(self) -> None:
        """Check the input and emit it."""
        if self.secret.text() != self.again.text():
            self.again_box.show_error(_NOT_EQUAL)
            return
        known = self._line is not None and self._line.has_secret and self._line.active
        if not self.secret.text() and not known:
            self.secret_box.show_error(_SECRET_REQUIRED)
            return
        main = Role(self.main_role.currentData())
        also = (role for role, tick in self.other_roles.items() if tick.isChecked() and role != main)
        self.submitted.emit(
            UserFormInput(self.name.text().strip(), (main, *also), self._line is None, self.secret.text())
        )

    def show_error(self, field: str | None, text: str) -> bool:
        """Show a refusal below its field; return whether the field exists."""
        box = {"name": self.name_box, "secret": self.secret_box}.get(field or "")
        if box is not None:
            box.show_error(text)
        return box is not None


def _hidden(name: str) -> QLineEdit:
    line_edit = QLineEdit()
    line_edit.setObjectName(name)
    line_edit.setEchoMode(QLineEdit.EchoMode.Password)
    line_edit.setMinimumWidth(200)
    return line_edit
