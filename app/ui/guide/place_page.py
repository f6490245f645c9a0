"""Page of the places: the data folder, a second place of backups, a stick."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from app.models.errors import Fault, Refusal
from app.office.guide.answers import Answers
from app.office.guide.guide import Guide
from app.ui.guide.page import FIELD_WIDTH, GuideView, line_field, note, stacked
from app.ui.kit.file_dialogs import choose_folder
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Choice, FieldBox, align_captions, button, column, label, row
from app.wording.refusals import error_sentence

_OWN = "Chỉ tài khoản Windows này"
_OWN_ELSEWHERE = "Chỉ tài khoản này của máy"
_SHARED = "Mọi tài khoản của máy này"
_SECOND = (
    "Mỗi giờ chương trình tự sao lưu vào thư mục dữ liệu và chép thêm sang nơi này: một ổ đĩa khác hoặc thư mục mạng."
)
_STICK = "USB: cắm vào rồi bấm nút của USB đó; từ đó mỗi lần cắm, bản sao lưu tự chép sang."


class PlacePage(GuideView):
    """Where data and backups are."""

    title = "Nơi để dữ liệu"
    question = "Dữ liệu nằm ở đâu trên máy này, bản sao lưu chép thêm sang đâu?"

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        shared = guide.places.shared is not None
        self.access = Choice((("own", _OWN if shared else _OWN_ELSEWHERE), ("shared", _SHARED)), "own", wraps=True)
        self.access.setObjectName("guide.access")
        self.access.setAccessibleName("Ai dùng được dữ liệu")
        self.access.setVisible(shared)
        self.folder = line_field("folder")
        self.second = line_field("second", placeholder="để trống: chưa có")
        self.boxes = {
            "folder": FieldBox("Thư mục dữ liệu (để nguyên nếu không có lý do khác)", self.folder),
            "second_backup": FieldBox("Nơi sao lưu thứ hai", self.second),
        }
        align_captions(self.boxes.values())
        self.sticks = FlowWidget()
        self.stick_text = label(_STICK, "caption", wrap=True)
        choose, choose_second = button("Chọn thư mục…"), button("Chọn nơi sao lưu…")
        choose.clicked.connect(self._choose_folder)
        choose_second.clicked.connect(self._choose_second)
        find = button("Tìm USB")
        find.clicked.connect(self._show_sticks)
        for line in (choose, choose_second, find):
            line.setMaximumWidth(FIELD_WIDTH // 3)
        second = column(self.boxes["second_backup"], choose_second, note(_SECOND), gap=GRID // 2)
        usb = row(find, self.sticks)
        usb.addStretch(1)
        stick = column(self.stick_text, usb, gap=GRID // 2)
        data = column(self.boxes["folder"], choose, gap=GRID // 2)
        self.setLayout(stacked((self.access, data, second, stick), gap=3 * GRID))
        self.set_fields(self.access, self.folder, self.second)
        self.access.chosen.connect(lambda _value: self._propose())

    def show_answers(self, answers: Answers) -> None:
        self.access.set_value("shared" if answers.shared else "own")
        self.folder.setText(str(self.guide.places.folder_for(answers.shared, answers.folder)))
        self.second.setText(answers.second_backup)
        self._show_sticks()

    def read_answers(self, answers: Answers) -> Answers:
        shared = self.access.value == "shared"
        typed = self.folder.text().strip()
        proposed = str(self.guide.places.folder_for(shared))
        folder = "" if typed == proposed else typed
        return replace(answers, shared=shared, folder=folder, second_backup=self.second.text().strip())

    def _propose(self) -> None:
        self.folder.setText(str(self.guide.places.folder_for(self.access.value == "shared")))
        self.boxes["folder"].clear_error()

    def _choose_folder(self) -> None:
        folder = choose_folder(self, "Thư mục dữ liệu")
        if folder is not None:
            self.folder.setText(str(folder))
            self.boxes["folder"].clear_error()

    def _choose_second(self) -> None:
        folder = choose_folder(self, "Nơi sao lưu thứ hai")
        if folder is not None:
            self.second.setText(str(folder))
            self.boxes["second_backup"].clear_error()

    def _show_sticks(self) -> None:
        buttons = []
        for drive in self.guide.sticks():
            stick = button(f"Dùng USB {drive}")
            stick.clicked.connect(partial(self._prepare_stick, drive))
            buttons.append(stick)
        self.sticks.set_parts(*buttons)
        self.stick_text.setText(_STICK if buttons else f"{_STICK} Chưa thấy USB nào đang cắm.")

    def _prepare_stick(self, drive: Path, _pressed: bool = False) -> None:
        try:
            folder = self.guide.prepare_stick(drive)
        except (Refusal, Fault) as error:
            self.message.emit("error", error_sentence(error))
            return
        self.message.emit("done", f"USB {drive} nhận bản sao lưu ở thư mục {folder.name}.")
