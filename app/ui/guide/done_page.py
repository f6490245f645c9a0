"""Last page: what was set up, and the first intake."""

from app.office.guide.answers import Answers
from app.office.guide.guide import Guide
from app.ui.guide.page import GuideView, stacked
from app.ui.kit.runner import Runner
from app.ui.kit.widgets import label

_DONE = "{office} đã sẵn sàng. Lần sau mở chương trình, chọn tên {name} và gõ mật khẩu."
_NEXT = (
    "Bấm Enter: trang Tiếp nhận mở ra. Chọn thủ tục, quét hoặc gõ thông tin người nộp, F9 để lưu và in giấy tiếp nhận."
)
_PEOPLE = "Máy này không có két khóa nên chưa thêm được: {names}. Thêm ở trang Cơ quan (F8), mỗi người kèm mật khẩu."
_REGISTER = "Sổ cũ: đã nhập {imported} hồ sơ, {refused} dòng bị bỏ."


class DonePage(GuideView):
    """The office is founded and its recovery page is kept."""

    title = "Xong"
    question = "Cơ quan đã lập xong."
    next_text = "Tiếp nhận hồ sơ đầu tiên  Enter"

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.text = label(role="strong", wrap=True)
        self.more = label(wrap=True)
        self.setLayout(stacked((self.text, self.more, label(_NEXT, wrap=True))))

    def show_answers(self, answers: Answers) -> None:
        self.text.setText(_DONE.format(office=answers.name, name=answers.admin))
        founded, imported = self.guide.founded, self.guide.imported
        lines = []
        if imported is not None:
            lines.append(_REGISTER.format(imported=imported.imported, refused=len(imported.refused)))
        if founded is not None and founded.without_password:
            lines.append(_PEOPLE.format(names=", ".join(founded.without_password)))
        self.more.setText("\n".join(lines))
        self.more.setVisible(bool(lines))
