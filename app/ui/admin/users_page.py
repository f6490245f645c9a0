"""Users page: list, add, change, reset and disable users."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent

from app.models.enums import Right
from app.models.errors import Refusal
from app.ui.admin.user_form import UserForm, UserFormInput
from app.ui.kit.columns import Column
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import LOW_WINDOW
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import column, command_button, label, row
from app.usecases.accounts.users import (
    AddUser,
    ChangeRoles,
    DisableUser,
    ListUsers,
    ResetUser,
    UserLine,
    add_user,
    change_roles,
    disable_user,
    list_users,
    reset_user,
)
from app.wording.refusals import error_sentence
from app.wording.status import role_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_EMPTY = "Chưa có ai trong danh sách. Bấm «Thêm người»."
_HINT = "Enter: đổi vai trò, đặt lại mật khẩu cho người đang chọn. Người đã ngừng vẫn còn tên trong những việc đã làm."
_READ_ONLY = "Chỉ người quản trị thêm, đặt lại và ngừng người làm việc."


def _roles(line: UserLine) -> str:
    return ", ".join(role_name(role) for role in (line.role, *line.also))


def _state(line: UserLine) -> str:
    if not line.active:
        return "Đã ngừng"
    return "Đang làm" if line.has_secret else "Chưa có mật khẩu"


_COLUMNS = (
    Column("Họ và tên", lambda line: line.name, 300),
    Column("Vai trò", _roles),
    Column("Tình trạng", _state, 160),
)

_DISABLE, _ENABLE = "Ngừng làm việc", "Cho làm việc lại"


class UsersPage(Page):
    """Page of the users of the office (Người làm việc).

    The use cases check the rights. Commands without the right are hidden.
    """

    title = "Người làm việc"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Người làm việc ở cơ quan")
        self.table.setObjectName("people.table")
        self.table.opened.connect(self.begin_change)
        self.add = command_button("Thêm người", "people.add", self.begin_add)
        self.change = command_button("Đổi vai trò, đặt lại mật khẩu", "people.change", self._change_current)
        self.disable = command_button(_DISABLE, "people.disable", self._disable_current)
        self.buttons = row(self.add, self.change, self.disable)
        self.buttons.addStretch(1)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_way())
        self.form: UserForm | None = None
        self._form_area = column()
        self._may_edit = Right.EDIT_USERS in runner.desk.facts.rights
        for each in (self.add, self.change, self.disable):
            if not self._may_edit:
                each.hide()
        hint = label(_HINT if self._may_edit else _READ_ONLY, "caption", wrap=True)
        self._list = TableOrHint(self.table, _EMPTY)
        self.setLayout(column(self.buttons, self._form_area, self._list, hint))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]

    def reload(self) -> None:
        """Read the users."""
        self.runner.read(list_users, ListUsers(), self.show_users, key="people", loads=self.model)

    def focus_start(self) -> None:
        """Focus the list."""
        self.table.setFocus()

    def back(self) -> bool:
        """Close the form."""
        if self.form is None:
            return False
        self.close_form()
        return True

    def show_users(self, people: "Sequence[UserLine]") -> None:
        """Show the users and select the same user again."""
        current = self.table.current
        self.model.show_rows(people)
        places = [
            place for place, line in enumerate(self.model.rows) if current is not None and line.name == current.name
        ]
        self.table.selectRow(places[0] if places else 0)
        self._show_way()

    def begin_add(self) -> None:
        """Open the form for a new user."""
        self._open(UserForm(None))

    def begin_change(self, line: UserLine) -> None:
        """Open the form for a known user."""
        if self._may_edit:
            self._open(UserForm(line))

    def close_form(self) -> None:
        """Close the form and discard its input."""
        if self.form is not None:
            self._form_area.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self._fit_height()
            self.table.setFocus()

    def _open(self, form: UserForm) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(self._save)
        form.cancelled.connect(self.close_form)
        self._form_area.addWidget(form)
        form.show()
        self._fit_height()
        form.focus_first_field()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Show the open form alone in a low window."""
        self._list.setVisible(self.form is None or self.window().height() >= LOW_WINDOW)

    def _change_current(self) -> None:
        if self.table.current is not None:
            self.begin_change(self.table.current)

    def _show_way(self) -> None:
        """Offer to disable the current user, or to enable a disabled one."""
        line = self.table.current
        self.disable.setText(_DISABLE if line is None or line.active else _ENABLE)

    def _disable_current(self) -> None:
        line = self.table.current
        if line is not None and not line.active:
            self.begin_enable(line)
        elif line is not None:
            message = f"{line.name} đã ngừng làm việc với chương trình. Bấm «{_ENABLE}» thì làm lại được."
            self._write(disable_user, DisableUser(line.name), line.name, "", message)

    def begin_enable(self, line: UserLine) -> None:
        """Open the form of a disabled user, who needs a new password."""
        self.begin_change(line)
        if self.form is not None:
            self.form.secret.setFocus()

    def _save(self, form_input: UserFormInput) -> None:
        main, *also = form_input.roles
        if form_input.new:
            added = AddUser(form_input.name, main, tuple(also), form_input.secret)
            self._write(
                add_user,
                added,
                form_input.name,
                form_input.secret,
                f"Đã thêm {form_input.name}. Đưa mật khẩu cho người đó.",
            )
        elif form_input.secret:
            again = ResetUser(form_input.name, form_input.roles, form_input.secret)
            done = f"Đã đặt lại mật khẩu của {form_input.name}. Người đó đăng nhập được ngay."
            self._write(reset_user, again, form_input.name, form_input.secret, done)
        else:
            changed = ChangeRoles(form_input.name, form_input.roles)
            on_saved = partial(self._saved, f"Đã ghi vai trò của {form_input.name}.")
            self.runner.write(change_roles, changed, on_saved, on_error=self._refused)

    def _write(
        self,
        use_case: "Callable[..., Sequence[UserLine]]",
        command: AddUser | ResetUser | DisableUser,
        name: str,
        secret: str,
        message: str,
    ) -> None:
        write = partial(self.runner.desk.write_password, use_case, command, name, secret)
        self.runner.run_serial(write, partial(self._saved, message), activity="Đang ghi", on_error=self._refused)

    def _saved(self, message: str, people: "Sequence[UserLine]") -> None:
        self.close_form()
        self.show_users(people)
        self.post_message(Level.DONE, message)

    def _refused(self, error: Exception) -> bool:
        return (
            self.form is not None
            and isinstance(error, Refusal)
            and self.form.show_error(error.field, error_sentence(error))
        )
