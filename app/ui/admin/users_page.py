"""Người làm việc: who works with the program and as what; to let somebody in, begin anew, or end his work."""

from functools import partial
from typing import TYPE_CHECKING, Any

from app.models.enums import Right
from app.models.errors import Refusal
from app.ui.admin.user_form import UserForm, UserFormInput
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.tables import Column, RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label, row
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
    from collections.abc import Sequence

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


class UsersPage(Page):
    """The people of the office. The core decides who may see and change them; what is not allowed is absent."""

    title = "Người làm việc"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Người làm việc ở cơ quan")
        self.table.setObjectName("people.table")
        self.table.opened.connect(self.begin_change)
        self.add = self._button("Thêm người", "people.add", self.begin_add)
        self.change = self._button("Đổi vai trò, đặt lại mật khẩu", "people.change", self._change_current)
        self.disable = self._button("Ngừng làm việc", "people.disable", self._disable_current)
        self.buttons = row(self.add, self.change, self.disable)
        self.buttons.addStretch(1)
        self.form: UserForm | None = None
        self._form_area = column()
        self._may_edit = Right.EDIT_USERS in runner.desk.facts.rights
        for each in (self.add, self.change, self.disable):
            if not self._may_edit:
                each.hide()
        hint = label(_HINT if self._may_edit else _READ_ONLY, "caption", wrap=True)
        self.setLayout(column(self.buttons, self._form_area, TableOrHint(self.table, _EMPTY), hint))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]

    def _button(self, text: str, name: str, then: Any) -> Any:
        made = button(text)
        made.setObjectName(name)
        made.clicked.connect(lambda _checked: then())
        return made

    def reload(self) -> None:
        """Asks who works here."""
        self.runner.read(list_users, ListUsers(), self.show_users, key="people")

    def focus_start(self) -> None:
        """The keyboard stands on the list."""
        self.table.setFocus()

    def back(self) -> bool:
        """Esc leaves what is being filled in."""
        if self.form is None:
            return False
        self.close_form()
        return True

    def show_users(self, people: "Sequence[UserLine]") -> None:
        """Shows everybody; the keyboard stays on the same person."""
        current = self.table.current
        self.model.show_rows(people)
        places = [place for place, line in enumerate(people) if current is not None and line.name == current.name]
        self.table.selectRow(places[0] if places else 0)

    def begin_add(self) -> None:
        """Opens the questions for somebody new."""
        self._open(UserForm(None))

    def begin_change(self, line: UserLine) -> None:
        """Opens the questions for somebody known."""
        if self._may_edit:
            self._open(UserForm(line))

    def close_form(self) -> None:
        """Closes the questions; what was typed into them is gone."""
        if self.form is not None:
            self._form_area.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.table.setFocus()

    def _open(self, form: UserForm) -> None:
        self.close_form()
        self.form = form
        form.submitted.connect(self._save)
        form.cancelled.connect(self.close_form)
        self._form_area.addWidget(form)
        form.show()
        form.focus_first_field()

    def _change_current(self) -> None:
        if self.table.current is not None:
            self.begin_change(self.table.current)

    def _disable_current(self) -> None:
        line = self.table.current
        if line is not None:
            said = f"{line.name} đã ngừng làm việc với chương trình. Đặt lại mật khẩu thì làm lại được."
            self._write(disable_user, DisableUser(line.name), line.name, "", said)

    def _save(self, wish: UserFormInput) -> None:
        main, *also = wish.roles
        if wish.new:
            added = AddUser(wish.name, main, tuple(also), wish.secret)
            self._write(add_user, added, wish.name, wish.secret, f"Đã thêm {wish.name}. Đưa mật khẩu cho người đó.")
        elif wish.secret:
            again = ResetUser(wish.name, wish.roles, wish.secret)
            self._write(reset_user, again, wish.name, wish.secret, f"Đã đặt lại mật khẩu của {wish.name}.")
        else:
            changed = ChangeRoles(wish.name, wish.roles)
            told = partial(self._saved, f"Đã ghi vai trò của {wish.name}.")
            self.runner.write(change_roles, changed, told, on_error=self._refused)

    def _write(self, use_case: Any, command: Any, name: str, secret: str, said: str) -> None:
        give = partial(self.runner.desk.write_password, use_case, command, name, secret)
        self.runner.run_serial(give, partial(self._saved, said), activity="Đang ghi", on_error=self._refused)

    def _saved(self, said: str, people: "Sequence[UserLine]") -> None:
        self.close_form()
        self.show_users(people)
        self.post_message(Level.DONE, said)

    def _refused(self, error: Exception) -> bool:
        return (
            self.form is not None
            and isinstance(error, Refusal)
            and self.form.show_error(error.field, error_sentence(error))
        )
