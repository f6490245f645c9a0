"""Page of the working hours by day, with the noon break."""

from dataclasses import replace
from itertools import count

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.office.guide.answers import USUAL_HOURS, USUAL_SPANS, Answers
from app.office.guide.guide import Guide
from app.ui.guide.page import GuideView, line_field, note, stacked
from app.ui.kit.error_line import ErrorLine
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Choice, FieldBox, label

_DAYS = {
    "mon": "Thứ Hai",
    "tue": "Thứ Ba",
    "wed": "Thứ Tư",
    "thu": "Thứ Năm",
    "fri": "Thứ Sáu",
    "sat": "Thứ Bảy",
    "sun": "Chủ Nhật",
}
_WAYS = (
    ("usual", f"Thứ Hai đến thứ Sáu, {USUAL_SPANS[0]} và {USUAL_SPANS[1]}"),
    ("own", "Giờ khác, ghi từng ngày"),
)
_HOW = (
    "Ghi như 07:30-11:30 hoặc 7h30-11h30. Giữa hai buổi là giờ nghỉ trưa. Để trống: không làm việc buổi đó; làm thông "
    "trưa thì ghi cả ngày vào ô buổi sáng. Thứ Bảy, Chủ Nhật có giờ: tiếp dân, không tính vào ngày hẹn."
)


class HoursPage(GuideView):
    """Usual hours, or morning and afternoon of each day."""

    title = "Giờ làm việc"
    question = "Cơ quan tiếp dân giờ nào? Ngày hẹn trả được tính theo giờ này."

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.way = Choice(_WAYS, "usual", wraps=True)
        self.way.setObjectName("guide.hours")
        self.way.setAccessibleName("Giờ làm việc")
        self.spans: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        self.days = QWidget()
        self.days.setLayout(self._grid())
        self.days.hide()
        self.setLayout(stacked((self.way, self.days)))
        self.way.chosen.connect(self._show_days)
        self.set_fields(self.way, *(field for pair in self.spans.values() for field in pair))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(3, 1)
        grid.addWidget(note(_HOW), 0, 0, 1, 4)
        for place, title in enumerate(("", "Buổi sáng", "Buổi chiều")):
            grid.addWidget(label(title, "caption"), 1, place)
        for line, (day, name) in zip(count(2), _DAYS.items(), strict=False):
            error = ErrorLine()
            pair = (line_field(f"{day}.morning", 160), line_field(f"{day}.afternoon", 160))
            boxes = [
                FieldBox("", field, f"{name}: {part}", error)
                for field, part in zip(pair, ("sáng", "chiều"), strict=True)
            ]
            grid.addWidget(label(name), line, 0)
            for place, box in enumerate(boxes, 1):
                grid.addWidget(box, line, place)
            self.spans[day], self.boxes[day] = pair, boxes[0]
        return grid

    def _show_days(self) -> None:
        own = self.way.value == "own"
        self.days.setVisible(own)
        if own and not any(field.text() for pair in self.spans.values() for field in pair):
            self._fill(Answers())

    def show_answers(self, answers: Answers) -> None:
        self.way.set_value("usual" if answers.usual_hours else "own")
        self._fill(answers)
        self.days.setVisible(not answers.usual_hours)

    def _fill(self, answers: Answers) -> None:
        for day, pair in self.spans.items():
            for field, span in zip(pair, answers.hours[day], strict=True):
                field.setText(span)

    def read_answers(self, answers: Answers) -> Answers:
        if self.way.value == "usual":
            return replace(answers, hours=dict(USUAL_HOURS))
        return replace(answers, hours={day: (first.text(), then.text()) for day, (first, then) in self.spans.items()})
