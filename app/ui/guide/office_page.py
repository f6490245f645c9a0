"""Page of the office: names, place, code with its example, desk number."""

from dataclasses import replace

from app.models.errors import Refusal
from app.office.guide.answers import Answers
from app.office.guide.guide import Guide
from app.ui.guide.barcode_view import BarcodeView
from app.ui.guide.page import GuideView, line_field, note, stacked
from app.ui.kit.layouts import FieldGrid
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID, set_style_property
from app.ui.kit.widgets import FieldBox, column, label
from app.wording.refusals import error_sentence

_NAMES = ("name", "parent", "province", "place", "address", "phone", "agency_code", "workstation")
_FIELDS = {"parent": "parent_office", "agency_code": "code", "workstation": "desk"}
"""Fields that are not named as their answers."""
_EXAMPLE = "Hồ sơ đầu tiên hôm nay của máy này sẽ mang số {code}, mã vạch {key}:"
_NO_EXAMPLE = "Gõ mã cơ quan để xem số ví dụ và mã vạch."


class OfficePage(GuideView):
    """The office and its code."""

    title = "Cơ quan"
    question = "Cơ quan nào, máy nào?"

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.name = line_field("name", placeholder="UBND xã Kiểm Thử")
        self.parent_office = line_field("parent", placeholder="UBND tỉnh Mẫu")
        self.province = line_field("province", 320, "Tỉnh Mẫu")
        self.place = line_field("place", 320, "trống: tên của xã, phường")
        self.address = line_field("address", 320, "để trống cũng được")
        self.phone = line_field("phone", 320, "để trống cũng được")
        self.code = line_field("code", 240, "H29.12")
        self.desk = line_field("desk", 240)
        self.boxes = {
            "name": FieldBox("Tên cơ quan, như in trên giấy", self.name),
            "parent": FieldBox("Cơ quan cấp trên", self.parent_office),
            "province": FieldBox("Tỉnh, thành phố", self.province),
            "place": FieldBox("Địa danh trước ngày tháng", self.place),
            "address": FieldBox("Địa chỉ in trên giấy", self.address),
            "phone": FieldBox("Điện thoại in trên giấy", self.phone),
            "agency_code": FieldBox("Mã cơ quan (mã định danh điện tử)", self.code),
            "workstation": FieldBox("Số quầy của máy này, 1 đến 99", self.desk),
        }
        self.example, self.bars = label(_NO_EXAMPLE, "caption", wrap=True), BarcodeView()
        self.bars.hide()
        self._lay_out()
        self.texts = tuple(getattr(self, _FIELDS.get(name, name)) for name in _NAMES)
        self.set_fields(*self.texts)
        self.code.textChanged.connect(self._show_example)
        self.desk.textChanged.connect(self._show_example)

    def _lay_out(self) -> None:
        fields = FieldGrid(*self.boxes.values(), columns=2, wide=(self.boxes["name"], self.boxes["parent"]))
        others = note("Máy khác của cơ quan đã dùng số nào? Mỗi máy một số, hai máy trùng số thì số hồ sơ trùng nhau.")
        example = column(self.example, self.bars, gap=GRID)
        self.setLayout(stacked((fields, others, example)))

    def show_answers(self, answers: Answers) -> None:
        for name, field in zip(_NAMES, self.texts, strict=True):
            field.setText(getattr(answers, name))
        self._show_example()

    def read_answers(self, answers: Answers) -> Answers:
        return replace(answers, **{name: field.text() for name, field in zip(_NAMES, self.texts, strict=True)})

    def _show_example(self) -> None:
        """Check code and desk number while they are typed."""
        try:
            number = self.guide.example(self.read_answers(self.guide.answers))
        except Refusal as refusal:
            typed = bool(self.code.text().strip())
            self.example.setText(error_sentence(refusal) if typed else _NO_EXAMPLE)
            set_style_property(self.example, "role", "warning" if typed else "caption")
            self.bars.show_bars("")
            return
        self.example.setText(_EXAMPLE.format(code=number.code, key=number.key))
        set_style_property(self.example, "role", "caption")
        self.bars.show_bars(number.bars)
