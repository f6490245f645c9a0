"""Page of the register kept so far: columns, first rows, rows left out."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from app.models.errors import Fault, Refusal
from app.office.chosen_places import save_chosen_file
from app.office.guide.answers import Answers
from app.office.guide.guide import Guide
from app.ui.guide.page import GuideView, note, stacked
from app.ui.kit.file_dialogs import choose_open_file, choose_save_file
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID, ROW_HEIGHT
from app.ui.kit.widgets import button, column, label, row, tooltip_text
from app.usecases.intake.import_register import RegisterPlan, refused_rows_file
from app.wording.imports.register_import import column_label
from app.wording.refusals import error_sentence

_NO_FILE = "Chưa nhập sổ. Bấm Enter để đi tiếp: nhập sổ sau này ở trang Bảng của nơi khác cũng được."
_HOW = (
    "Sổ theo dõi giữ ở Excel (.xlsx, .csv). Cột được nhận ra theo chữ ở đầu cột; dòng sai được liệt kê và bỏ ra, không "
    "chặn các dòng khác. Chưa ghi gì trước khi lập cơ quan."
)
_COUNTS = "{file}: {good} dòng nhập được, {refused} dòng sai bị bỏ ra."
_SHOWN_ROWS, _SHOWN_REFUSED = 10, 100


class RegisterPage(GuideView):
    """A register file, and what its import would do."""

    title = "Sổ cũ"
    question = "Có sổ theo dõi hồ sơ từ trước không?"

    def __init__(self, guide: Guide, runner: Runner) -> None:
        super().__init__(guide, runner)
        self.file = self._reading = ""
        self.plan: RegisterPlan | None = None
        self.choose, self.none = button("Chọn tệp sổ…"), button("Chưa nhập sổ")
        self.choose.clicked.connect(self._choose)
        self.none.clicked.connect(self.forget)
        self.save = button("Lưu danh sách dòng bị bỏ…")
        self.save.clicked.connect(self._save)
        self.text = label(_NO_FILE, "strong", wrap=True)
        self.sample, self.refused = _table("Mười dòng đầu"), _table("Dòng bị bỏ")
        self.parts = QWidget()
        self.refused_text = label(role="caption")
        self.parts.setLayout(
            column(label("Mười dòng đầu, mỗi cột thành gì", "caption"), self.sample, self.refused_text, self.refused)
        )
        self.parts.hide()
        buttons = row(self.choose, self.none, self.save)
        buttons.addStretch(1)
        self.setLayout(stacked((note(_HOW), buttons, self.text, self.parts), gap=GRID))
        self.save.hide()

    @property
    def is_ready(self) -> bool:
        """Whether no file is being read."""
        return not self._reading

    def show_answers(self, answers: Answers) -> None:
        if answers.register and answers.register not in (self.file, self._reading):
            self.open_file(Path(answers.register))

    def read_answers(self, answers: Answers) -> Answers:
        return replace(answers, register=self._reading or self.file)

    def forget(self) -> None:
        """Go on without a register."""
        self.plan = None
        self._end_reading("")
        self.parts.hide()
        self.save.hide()
        self.text.setText(_NO_FILE)

    def _choose(self) -> None:
        file = choose_open_file(self, "Sổ theo dõi", "Bảng (*.xlsx *.csv)")
        if file is not None:
            self.open_file(file)

    def open_file(self, file: Path) -> None:
        """Read a register in the background and show what would be imported."""
        self._reading = str(file)
        self.text.setText(f"Đang đọc {file.name}…")
        self.readiness_changed.emit()
        self.runner.run_serial(
            lambda: self.guide.read_register(file),
            partial(self._show, file),
            activity="Đang đọc sổ",
            on_error=partial(self._on_error, file),
        )

    def _end_reading(self, file: str) -> None:
        """Keep a file that was read, or none; the button that goes on is next."""
        self.file, self._reading = file, ""
        self.readiness_changed.emit()
        if self.isVisible():
            self.answered.emit()

    def _on_error(self, file: Path, error: Exception) -> bool:
        if self._reading == str(file):
            self.forget()
            if isinstance(error, Refusal | Fault):
                self.text.setText(error_sentence(error))
        return isinstance(error, Refusal | Fault)

    def _show(self, file: Path, plan: RegisterPlan) -> None:
        if self._reading != str(file):
            return  # forgotten, or another file was chosen, while it was read
        self.plan = plan
        self._end_reading(str(file))
        self.text.setText(_COUNTS.format(file=file.name, good=len(plan.entries), refused=len(plan.refused)))
        heads = [f"{use.heading or f'Cột {use.place + 1}'}\n→ {column_label(use.column)}" for use in plan.uses]
        rows = [[line[use.place] for use in plan.uses] for line in plan.sample[:_SHOWN_ROWS]]
        _fill(self.sample, heads, rows)
        refused = plan.refused[:_SHOWN_REFUSED]
        _fill(self.refused, ["Dòng", "Vì sao bị bỏ"], [[str(each.row), each.reason] for each in refused])
        self.refused.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        more = f" ({_SHOWN_REFUSED} dòng đầu)" if len(plan.refused) > _SHOWN_REFUSED else ""
        self.refused_text.setText(f"{len(plan.refused)} dòng bị bỏ{more}:")
        for part in (self.refused, self.refused_text, self.save):
            part.setVisible(bool(plan.refused))
        self.parts.show()
        QTimer.singleShot(0, self, self.updateGeometry)  # after the layout of the tables, so that the page scrolls

    def _save(self) -> None:
        file = choose_save_file(self, "Lưu danh sách dòng bị bỏ", "dong-bi-bo.xlsx", "Bảng Excel (*.xlsx)")
        plan = self.plan
        if file is not None and plan is not None:
            self.runner.run_background(
                lambda _ticket: save_chosen_file(file, refused_rows_file(plan, plan.refused)),
                lambda _none: self.message.emit("done", f"Đã lưu vào {file.name}. Sửa rồi nhập lại sau cũng được."),
                activity="Đang lưu tệp",
            )


def _table(name: str) -> QTableWidget:
    table = QTableWidget(0, 0)
    table.setAccessibleName(name)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    table.setFixedHeight(6 * ROW_HEIGHT)
    return table


def _fill(table: QTableWidget, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table.setColumnCount(len(heads))
    table.setHorizontalHeaderLabels(list(heads))
    table.setRowCount(len(rows))
    for line, cells in enumerate(rows):
        for place, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(tooltip_text(text))
            table.setItem(line, place, item)
    table.resizeColumnsToContents()
    for place in range(len(heads)):
        table.setColumnWidth(place, min(table.columnWidth(place), 260))
