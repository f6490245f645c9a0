"""Page for tables of other programs: import, answers, reconciliation."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QProgressBar, QStackedLayout, QWidget

from app.models.enums import Right
from app.services.foreign_tables.false_late import LateLine
from app.services.register_import.columns import ColumnUse
from app.ui.kit.columns import Column
from app.ui.kit.file_dialogs import AcceptsFiles, choose_open_file, choose_save_file
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import Choice, FieldBox, button, column, label
from app.ui.reports.register_import import RegisterImport
from app.ui.reports.sample_table import SampleTable
from app.usecases.intake.import_register import ReadRegister, RegisterPlan, read_register, refused_rows_file
from app.usecases.reporting.false_late import AnswerLateList, LateAnswer, answer_late_list
from app.usecases.reporting.reconcile import ReconcileTable, reconcile_table
from app.wording.figures import mismatch_line
from app.wording.imports import false_late as late_words
from app.wording.imports.register_import import column_choices, column_label

_KINDS = (("import", "Nhập sổ cũ"), ("late", "Giải trình quá hạn"), ("figures", "Đối chiếu số liệu"))
_RIGHTS = {"import": Right.TAKE_IN, "late": Right.READ_LISTS, "figures": Right.READ_FIGURES}
_FILES, _MAPS = "Bảng (*.xlsx *.csv)", "Bảng ánh xạ (*.toml)"
_HINTS = {
    "import": "Chọn hoặc thả sổ theo dõi giữ ở Excel (.xlsx, .csv): xem mỗi cột thành gì rồi mới nhập.",
    "late": "Chọn hoặc thả danh sách hồ sơ bị báo quá hạn: mỗi dòng được đối chiếu với nhật ký của đơn vị.",
    "figures": "Chọn hoặc thả bảng 06a của nơi khác: mỗi chỗ không khớp hiện ở đây, dòng nào, cột nào.",
}


def _reason(line: LateLine) -> str:
    return late_words.reason(line.reason, line.at, line.due_at, line.due_there)


_USE_COLUMNS = (
    Column("Cột trong sổ", lambda use: use.heading or f"Cột {use.place + 1}", 260),
    Column("Thành", lambda use: column_label(use.column), 200),
    Column("Ví dụ", lambda use: use.example),
)
_LATE_COLUMNS = (
    Column("Mã trong danh sách", lambda line: line.code, 210),
    Column("Mã tại đơn vị", lambda line: line.own_code, 200),
    Column("Kết luận", lambda line: late_words.VERDICTS[line.verdict.value], 160),
    Column("Giải trình", _reason),
)
_CHECK_COLUMNS = (
    Column("Dòng", lambda check: str(check.line), 70, numeric=True),
    Column("Tên dòng", lambda check: check.row, 260),
    Column("Không khớp", lambda check: mismatch_line(check.identity, check.column)),
    Column("Phải là", lambda check: "một số" if check.expected is None else str(check.expected), 100, numeric=True),
    Column("Đang là", lambda check: str(check.found), 100, numeric=True),
)


class ForeignTablesPage(AcceptsFiles):
    """Page for a file of another program, chosen or dropped.

    Nothing is written before «Nhập».
    """

    title = "Bảng của nơi khác"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.file: Path | None = None
        self.content = b""
        self.map_text = ""
        self.plan: RegisterPlan | None = None
        self.late: LateAnswer | None = None
        self._places: dict[str, int] | None = None
        self._import = RegisterImport(runner, self)
        self.setAcceptDrops(True)
        kinds = [each for each in _KINDS if runner.desk.facts.rights >= {_RIGHTS[each[0]]}]
        self.kind = Choice(kinds, kinds[0][0])
        self.kind.setAccessibleName("Dùng bảng để làm gì")
        self.kind.setObjectName("tables.kind")
        self.choose = button("Chọn tệp…")
        self.choose.setObjectName("tables.choose")
        self.choose_map = button("Bảng ánh xạ…")
        self.choose_map.setObjectName("tables.map")
        self.choose_map.setToolTip("Tệp TOML nói cột nào thành gì, tên thủ tục nào là mã nào (như --map của dòng lệnh)")
        self.shown = Choice((("columns", "Cột"), ("rows", "Mười dòng đầu")), "columns")
        self.shown.setAccessibleName("Xem mỗi cột thành gì, hay mười dòng đầu của sổ")
        self.summary = label(role="strong", wrap=True)
        self.setLayout(self._build())
        self._connect_signals()
        self._show_kind(self.kind.value)

    def _build(self) -> Any:
        self._models = {name: RowsModel(columns) for name, columns in _TABLES.items()}
        self._tables = {name: self._table(model, name) for name, model in self._models.items()}
        self._body = QWidget()
        self._stack = QStackedLayout(self._body)
        for name in _TABLES:
            self._stack.addWidget(TableOrHint(self._tables[name], _HINTS[name]))
        self.sample = SampleTable()
        self._stack.addWidget(self.sample)
        head = FlowWidget(self.kind, self.choose, self.choose_map, self.shown)
        content = column(head, self.summary, self._body, self._foot())
        content.setStretch(2, 1)
        return content

    def _table(self, model: RowsModel, name: str) -> RowsTable:
        table = RowsTable(model, dict(_KINDS)[name])
        table.setObjectName(f"tables.{name}")
        return table

    def _foot(self) -> QWidget:
        self.meaning = QComboBox()
        self.meaning.setObjectName("tables.meaning")
        for value, caption in column_choices():
            self.meaning.addItem(caption, value)
        self.send = QCheckBox("Gửi cả các hồ sơ này lên trên")
        self.begin, self.cancel = button("Nhập", main=True), button("Dừng")
        self.begin.setObjectName("tables.import")
        self.save_refused = button("Lưu các dòng bị bỏ…")
        self.save_word, self.save_excel = button("Lưu Word…", main=True), button("Lưu Excel…")
        self.progress = QProgressBar()
        self.progress.hide()
        self.import_part = FlowWidget(
            FieldBox("Cột đang chọn thành", self.meaning), self.send, self.begin, self.cancel, self.save_refused,
        )  # fmt: skip
        self.late_part = FlowWidget(self.save_word, self.save_excel)
        foot = QWidget()
        foot.setObjectName("clear")
        foot.setLayout(column(self.progress, self.import_part, self.late_part, gap=GRID))
        return foot

    def _connect_signals(self) -> None:
        self.kind.chosen.connect(self._show_kind)
        self.choose.clicked.connect(self._choose)
        self.choose_map.clicked.connect(self._choose_map)
        self.shown.chosen.connect(lambda _view: self._show_table())
        self.begin.clicked.connect(self._begin)
        self.cancel.clicked.connect(self._import.stop)
        self._import.advanced.connect(self.progress.setValue)
        self._import.ended.connect(self._finish)
        self.save_refused.clicked.connect(self._save_refused)
        self.save_word.clicked.connect(partial(self._save_late, ".docx"))
        self.save_excel.clicked.connect(partial(self._save_late, ".xlsx"))
        self.meaning.activated.connect(self._change_meaning)
        self._tables["import"].selectionModel().currentRowChanged.connect(self._show_meaning)

    def focus_start(self) -> None:
        """Focus the button that chooses a file."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_file(self, file: Path) -> None:
        """Open a dropped file."""
        self.open_file(file)

    def _choose(self) -> None:
        file = choose_open_file(self, dict(_KINDS)[self.kind.value], _FILES)
        if file is not None:
            self.open_file(file)

    def _choose_map(self) -> None:
        file = choose_open_file(self, "Bảng ánh xạ", _MAPS)
        if file is not None:
            self.open_map(file)

    def open_map(self, file: Path) -> None:
        """Read MAP.toml, the meaning of columns and words."""
        self._places = None
        self.runner.run_background(
            lambda _task: file.read_text(encoding="utf-8-sig"),
            partial(self._on_map_read, file),
            activity="Đang đọc bảng ánh xạ",
            on_error=self._not_readable,
        )

    def _on_map_read(self, file: Path, text: str) -> None:
        self.map_text = text
        self.choose_map.setText(f"Bảng ánh xạ: {file.name}")
        self._examine()

    def open_file(self, file: Path) -> None:
        """Read a file in the background and show what it holds."""
        if file.suffix.lower() == ".toml":
            self.open_map(file)
            return
        self._places = None
        self.runner.run_background(
            lambda _task: file.read_bytes(),
            partial(self._on_read, file),
            activity="Đang đọc tệp",
            on_error=self._not_readable,
        )

    def _not_readable(self, error: Exception) -> bool:
        unreadable = isinstance(error, (OSError, UnicodeDecodeError))
        if unreadable:
            self.post_message(Level.ERROR, "Không đọc được tệp. Đóng tệp nếu đang mở ở Excel rồi chọn lại.")
        return unreadable

    def _on_read(self, file: Path, content: bytes) -> None:
        self.file, self.content = file, content
        self._examine()

    def _examine(self) -> None:
        if self.file is None:
            return
        name = self.file.name
        queries: dict[str, tuple[Any, Any, Any]] = {
            "import": (read_register, ReadRegister(self.content, name, self.map_text, self._places), self._show_plan),
            "late": (answer_late_list, AnswerLateList(self.content, name, ".docx", self.map_text), self._show_late),
            "figures": (reconcile_table, ReconcileTable(self.content, name), self._show_checks),
        }
        use_case, query, show = queries[self.kind.value]
        self.summary.setText("")
        rows = self._models[self.kind.value]
        self.runner.read(use_case, query, show, key="foreign table", activity="Đang xem bảng", loads=rows)

    def _show_kind(self, kind: str) -> None:
        self._show_table()
        self.choose_map.setVisible(kind != "figures")
        self.shown.setVisible(kind == "import")
        self.import_part.setVisible(kind == "import")
        self.late_part.setVisible(kind == "late")
        self.plan, self.late, self._import.refused = None, None, []
        self._enable()
        self._examine()

    def _show_table(self) -> None:
        is_sample = self.kind.value == "import" and self.shown.value == "rows"
        self._stack.setCurrentIndex(len(_TABLES) if is_sample else list(_TABLES).index(self.kind.value))

    def _enable(self) -> None:
        running = self._import.running
        self.begin.setEnabled(self.plan is not None and bool(self.plan.entries) and not running)
        self.cancel.setEnabled(running)
        self.save_refused.setEnabled(bool(self._import.refused) and not running)
        for save in (self.save_word, self.save_excel):
            save.setEnabled(self.late is not None)
        inputs: tuple[QWidget, ...] = (self.kind, self.choose, self.choose_map, self.meaning)
        for each in inputs:
            each.setEnabled(not running)

    def _show_plan(self, plan: RegisterPlan) -> None:
        self.plan, self._import.refused = plan, list(plan.refused)
        self._models["import"].show_rows(plan.uses)
        self.sample.show_plan(plan)
        fonts = f" Đã đổi bảng mã {', '.join(plan.conversions)} sang Unicode." if plan.conversions else ""
        self.summary.setText(
            f"«{plan.name}»: {len(plan.entries)} hồ sơ sẽ nhập, {plan.already} dòng lặp lại, "
            f"{len(plan.refused)} dòng bị bỏ.{fonts} Xem mỗi cột thành gì; cột sai thì chọn lại."
        )
        self._enable()

    def _show_meaning(self) -> None:
        use = self._current_use()
        if use is not None:
            self.meaning.setCurrentIndex(max(0, self.meaning.findData(use.column or "")))

    def _current_use(self) -> ColumnUse | None:
        row = self._tables["import"].currentIndex().row()
        return self.plan.uses[row] if self.plan is not None and 0 <= row < len(self.plan.uses) else None

    def _change_meaning(self) -> None:
        use, plan = self._current_use(), self.plan
        if use is None or plan is None:
            return
        chosen = str(self.meaning.currentData())
        places = {each.column: each.place for each in plan.uses if each.column and each.place != use.place}
        places.pop(chosen, None)
        self._places = {**places, **({chosen: use.place} if chosen else {})}
        self._examine()

    def _show_late(self, answer: LateAnswer) -> None:
        self.late = answer
        self._models["late"].show_rows(answer.lines)
        self.summary.setText(
            f"{answer.rows} dòng: {answer.late} quá hạn thật, {answer.lag} đồng bộ chậm, {answer.status_missing} thiếu "
            f"trạng thái, {answer.unknown} không có tại đơn vị."
        )
        self._enable()

    def _show_checks(self, result: Any) -> None:
        self._models["figures"].show_rows(result.checks)
        self.summary.setText(
            f"{result.rows} dòng, mọi phép cộng đều khớp."
            if not result.checks
            else f"{result.rows} dòng, {len(result.checks)} chỗ không khớp:"
        )

    def _begin(self) -> None:
        if self.plan is None:
            return
        self.progress.setRange(0, len(self.plan.entries))
        self.progress.setValue(0)
        self.progress.show()
        self._import.begin(self.plan, self.send.isChecked())
        self._enable()

    def _finish(self, text: str) -> None:
        self.progress.hide()
        self.summary.setText(text)
        self._enable()

    def _save_refused(self) -> None:
        plan, refused = self.plan, sorted(self._import.refused, key=lambda row: row.row)
        file = choose_save_file(self, "Lưu các dòng bị bỏ", "dong-bi-bo.xlsx", "Excel (*.xlsx)")
        if plan is not None and file is not None:
            self._save(file, lambda: refused_rows_file(plan, refused))

    def _save_late(self, ending: str) -> None:
        kinds = "Word (*.docx)" if ending == ".docx" else "Excel (*.xlsx)"
        file = choose_save_file(self, "Lưu bảng giải trình", f"giai-trinh-qua-han{ending}", kinds)
        if file is None or self.file is None:
            return
        query = AnswerLateList(self.content, self.file.name, ending, self.map_text)
        self.runner.read(
            answer_late_list, query, lambda answer: self._save(file, lambda: answer.file), key="late file",
            activity="Đang lập bảng giải trình",
        )  # fmt: skip

    def _save(self, file: Path, content: Callable[[], bytes]) -> None:
        self.export_file(file, content, f"Đã lưu {file.name}.", "Đang lưu")


_TABLES = {"import": _USE_COLUMNS, "late": _LATE_COLUMNS, "figures": _CHECK_COLUMNS}
