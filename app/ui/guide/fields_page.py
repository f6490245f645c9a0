"""Page of the fields that the office handles."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.office.guide.answers import Answers
from app.office.guide.guide import Guide
from app.ui.guide.page import GuideView, note, stacked
from app.ui.kit.runner import Runner
from app.ui.kit.widgets import button, label, row

_HOW = (
    "Dấu cách: chọn hoặc bỏ. Lĩnh vực không chọn thì không hiện khi tiếp nhận; danh mục vẫn còn đủ, chọn thêm lúc nào "
    "cũng được ở trang Cơ quan (F8)."
)


class FieldsPage(GuideView):
    """All fields of the catalogue, each with its number of procedures."""

    title = "Lĩnh vực"
    question = "Cơ quan tiếp nhận lĩnh vực nào?"

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.list = QListWidget()
        self.list.setObjectName("guide.fields")
        self.list.setAccessibleName(self.question)
        self.list.setMinimumHeight(300)
        for field, procedures in guide.fields():
            item = QListWidgetItem(f"{field} ({procedures} thủ tục)")
            item.setData(Qt.ItemDataRole.UserRole, field)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        self.count = label(role="caption")
        every, none = button("Chọn tất cả"), button("Bỏ tất cả")
        every.clicked.connect(lambda: self._check(True))
        none.clicked.connect(lambda: self._check(False))
        buttons = row(every, none, self.count)
        buttons.addStretch(1)
        box = stacked((note(_HOW), buttons, self.list))
        box.setStretch(2, 1)
        self.setLayout(box)
        self.list.itemChanged.connect(lambda _item: self._show_count())
        self.set_fields(self.list)

    @property
    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    @property
    def is_ready(self) -> bool:
        """Whether at least one field is chosen."""
        return any(item.checkState() == Qt.CheckState.Checked for item in self._items)

    def show_answers(self, answers: Answers) -> None:
        self.list.blockSignals(True)
        for item in self._items:
            chosen = not answers.fields or item.data(Qt.ItemDataRole.UserRole) in answers.fields
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)
        self._show_count()

    def read_answers(self, answers: Answers) -> Answers:
        chosen = [item for item in self._items if item.checkState() == Qt.CheckState.Checked]
        names = tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen)
        return replace(answers, fields=() if len(chosen) == self.list.count() else names)

    def _check(self, chosen: bool) -> None:
        state = Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        self.list.blockSignals(True)
        for item in self._items:
            item.setCheckState(state)
        self.list.blockSignals(False)
        self._show_count()
        self.list.setFocus()

    def _show_count(self) -> None:
        chosen = sum(item.checkState() == Qt.CheckState.Checked for item in self._items)
        self.count.setText(f"Đã chọn {chosen} trên {self.list.count()} lĩnh vực.")
        self.readiness_changed.emit()
