"""Page of the people: who signs, the first person, further people."""

from dataclasses import replace

from app.models.enums import Role
from app.models.errors import Refusal
from app.office.guide.answers import Answers, FurtherPerson
from app.office.guide.guide import Guide
from app.ui.guide.page import GuideView, line_field, note, secret_field, stacked
from app.ui.kit.error_line import ErrorLine
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.row_editor import CellColumn, RowEditor
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, column
from app.wording.refusals import error_sentence
from app.wording.status import role_name

_FIRST = (
    "Người thứ nhất lập cơ quan, có mọi quyền và là người quản trị. Mật khẩu từ 8 ký tự, hoặc mã PIN từ 6 chữ số; mật "
    "khẩu không được ghi vào đâu cả."
)
_FURTHER = (
    "Người khác cùng làm: thêm bây giờ, hoặc để sau ở trang Cơ quan (F8). Cho mật khẩu, gõ hai lần; để trống thì người "
    "ấy tự đặt lúc vào lần đầu. Máy không có két khóa thì ai cũng cần mật khẩu."
)
_ROLES = tuple((role.value, role_name(role)) for role in Role)


class PeoplePage(GuideView):
    """Signer, first person with a password, further people."""

    title = "Người làm việc"
    question = "Ai ký giấy tờ, ai làm ở máy này?"

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.head = line_field("head", 420)
        self.signer = line_field("signer", 420, "như người đứng đầu")
        self.admin = line_field("admin", 420)
        self.secret, self.again = secret_field("secret"), secret_field("again")
        self.people = RowEditor(
            "Người khác",
            (
                CellColumn("Họ và tên"),
                CellColumn("Vai trò (phím cách)", 190, _ROLES),
                CellColumn("Mật khẩu", 130, secret=True),
                CellColumn("Gõ lại", 130, secret=True),
            ),
            ("", Role.CLERK, "", ""),
            "Thêm người",
        )
        self.people.table.setMinimumHeight(96)
        self.people.setMaximumWidth(840)
        self.people_error = ErrorLine()
        self.boxes = {
            "head": FieldBox("Người đứng đầu cơ quan", self.head),
            "signer": FieldBox("Người ký giấy tờ ở quầy (để trống: người đứng đầu)", self.signer),
            "admin": FieldBox("Người thứ nhất làm ở máy này: họ và tên", self.admin),
            "secret": FieldBox("Mật khẩu hoặc mã PIN", self.secret),
            "again": FieldBox("Gõ lại lần nữa", self.again),
        }
        fields = FieldGrid(*self.boxes.values(), columns=2, wide=(self.boxes["admin"],))
        further = column(note(_FURTHER), self.people, gap=GRID // 2)
        self.setLayout(stacked((fields, note(_FIRST), further)))
        self.set_fields(self.head, self.signer, self.admin, self.secret, self.again)
        self.people.altered.connect(lambda: self.people_error.clear_error(self.people))

    def show_answers(self, answers: Answers) -> None:
        for name in ("head", "signer", "admin"):
            getattr(self, name).setText(getattr(answers, name))
        if answers.people != self._people:  # else typed passwords, which no answer has, would go
            passwords = [self.guide.other_passwords.get(person.name, "") for person in answers.people]
            self.people.table.show_lines(
                [
                    (person.name, person.role, password, password)
                    for person, password in zip(answers.people, passwords, strict=True)
                ]
            )

    @property
    def _people(self) -> tuple[FurtherPerson, ...]:
        return tuple(FurtherPerson(name, Role(role)) for name, role, *_passwords in self._lines())

    def read_answers(self, answers: Answers) -> Answers:
        people = self._people
        texts = {name: getattr(self, name).text() for name in ("head", "signer", "admin")}
        return replace(answers, people=people, **texts)

    def _lines(self) -> list[tuple[str, ...]]:
        """Return the rows with anything but the role of the empty row."""
        return [line for line in self.people.table.lines() if line[0] or any(line[2:])]

    def submit(self) -> bool:
        """Keep the passwords in memory; they are never in the answers."""
        if not self.admin.text().strip() or not self.head.text().strip():
            return True  # the check of the answers names the empty field
        try:
            self.guide.check_password(self.secret.text(), self.again.text(), self.admin.text())
            self.guide.check_other_passwords(self._people, [(line[2], line[3]) for line in self._lines()])
        except Refusal as refusal:
            self.show_error(refusal)
            return False
        return True

    def show_error(self, refusal: Refusal) -> bool:
        if refusal.field == "people":
            self.people_error.show_error(error_sentence(refusal), self.people)
            self.people.table.setFocus()
            return True
        return super().show_error(refusal)
