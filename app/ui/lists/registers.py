"""Registers page (F6): dossiers of a period and their printed lists."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.models.instants import local_day
from app.models.text import fold_text
from app.services.documents.register import RegisterTable
from app.services.dossier_lines import DossierLine
from app.ui.kit.date_edit import DayEdit
from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import PartSwitch
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import FieldBox, add_key, button, column, label, row
from app.ui.lists.columns import LINE_COLUMNS
from app.ui.lists.filter_bar import FilterBar
from app.usecases.documents.cash_sheet import PrepareCash, prepare_cash
from app.usecases.documents.list_exports import register_file
from app.usecases.documents.register import PrepareRegister, prepare_register, register_table
from app.usecases.dossiers.list_choices import ListFilterChoices, list_filter_choices
from app.usecases.dossiers.queries import ListFields, ListReceived, list_fields, list_received

_NONE_FILTERED = "Không có hồ sơ nào đúng điều đang lọc. Bấm «Bỏ lọc», xóa ô lọc, hoặc chọn ngày khác."
_EMPTY = "Những ngày này chưa tiếp nhận hồ sơ nào. Chọn ngày khác, hoặc bấm F2 để tiếp nhận."
_SELECT_MORE = "Chọn từ hai hồ sơ của cùng một người nộp (giữ Shift hoặc Ctrl khi chọn dòng), rồi bấm lại."
_ANY_FIELD = "Mọi lĩnh vực"


class RegistersPage(Page):
    """Page of the register, in the order of intake.

    Signals: `document_ready(name, prepared)` for a list to preview and print; `batch_requested(codes)` for one receipt
    of the selected dossiers; `preprinted_requested()` for preprinted receipts; `counter_refusals_requested()` for the
    slips of refusals at the counter; `handovers_requested(first, last)` for the hand-over lists of the shown days.
    """

    document_ready = Signal(str, object)
    batch_requested = Signal(object)
    preprinted_requested = Signal()
    counter_refusals_requested = Signal()
    handovers_requested = Signal(object, object)
    title = "Sổ theo dõi hồ sơ"
    reloads_on = frozenset({Changed.DOSSIER})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._all: tuple[DossierLine, ...] = ()
        today = local_day(runner.desk.now())
        self.from_day, self.to_day = DayEdit(), DayEdit()
        self.from_day.setObjectName("registers.from")
        self.to_day.setObjectName("registers.to")
        self.from_day.show_day(today - timedelta(days=today.weekday()))
        self.to_day.show_day(today)
        self.field = QComboBox()
        self.field.setObjectName("registers.field")
        self.field.setMinimumWidth(200)
        self.field.addItem(_ANY_FIELD, "")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Lọc theo mã, tên, thủ tục")
        self.model = RowsModel(LINE_COLUMNS)
        self.table = RowsTable(self.model, "Sổ theo dõi hồ sơ")
        self.table.setObjectName("registers.table")
        self.table.list_note = self._list_note
        self._count = label(role="caption")
        head = FlowWidget(
            FieldBox("Từ ngày", self.from_day),
            FieldBox("Đến hết ngày", self.to_day),
            FieldBox("Lĩnh vực", self.field),
        )
        self.filter_bar = FilterBar("registers", with_days=False)
        self.filter_bar.changed.connect(self.reload)
        self._table_area = TableOrHint(self.table, _EMPTY)
        choices, shown = QWidget(), QWidget()
        choices.setLayout(column(head, self.filter_bar))
        seek = row(FieldBox("Lọc  Ctrl+F", self.filter), self._count, gap=2 * GRID)
        seek.setStretch(0, 1)
        listed = column(seek, self._table_area, self._footer())
        listed.setStretch(1, 1)
        shown.setLayout(listed)
        self.part_switch = PartSwitch(self, {"Danh sách": (shown,), "Chọn ngày, lọc": (choices,)})
        box = column(self.part_switch, choices, shown)
        box.setStretch(2, 1)
        self.setLayout(box)
        self.from_day.day_changed.connect(self.reload)
        self.to_day.day_changed.connect(self.reload)
        self.field.activated.connect(lambda _place: self.reload())
        self.filter.textChanged.connect(self._show)
        self.table.opened.connect(lambda line: self.open_requested.emit(line.code))

    def _footer(self) -> FlowWidget:
        """Return the row of the commands."""
        parts: list[QWidget] = []
        commands = (
            ("handovers", "Phiếu bàn giao…", "", self._show_handovers),
            ("slips", "Phiếu từ chối…", "", self.counter_refusals_requested.emit),
            ("blanks", "Biên nhận in sẵn…", "", self.preprinted_requested.emit),
            ("batch", "Giấy chung", "Ctrl+G", self._batch),
            ("cash", "Bảng kê thu", "Ctrl+K", self._cash),
            ("print", "In sổ", "Ctrl+Shift+P", self._print),
            ("export", "Xuất Excel…", "Ctrl+E", self._export),
        )
        for name, text, keys, on_click in commands:
            command_button = add_key(button(text), keys) if keys else button(text)
            command_button.setObjectName(f"registers.{name}")
            command_button.clicked.connect(on_click)
            parts.append(command_button)
        return FlowWidget(*parts)

    def _batch(self) -> None:
        lines = [self.model.rows[index.row()] for index in self.table.selectionModel().selectedRows()]
        if len(lines) < 2:
            self.post_message(Level.WARNING, _SELECT_MORE)
        else:
            self.batch_requested.emit(tuple(line.code for line in lines))

    def _show_handovers(self) -> None:
        self.handovers_requested.emit(self.from_day.day, self.to_day.day)

    def _cash(self) -> None:
        """Prepare the cash sheet of the last shown day."""
        day = self.to_day.day
        on_prepared = partial(self.document_ready.emit, f"bang-ke-thu-{day:%Y%m%d}")
        query = PrepareCash(day, day)
        self.runner.read(prepare_cash, query, on_prepared, key="registers.cash", activity="Đang dựng bảng kê thu")

    @property
    def _is_filtered(self) -> bool:
        """Whether the rows in view are not the whole register of the days."""
        return bool(self.filter.text()) or not self.filter_bar.filter.is_empty

    def _list_note(self) -> str:
        """Return how the rows in view were chosen, for prints and exports."""
        days = f"Tiếp nhận từ {self.from_day.day:%d/%m/%Y} đến hết {self.to_day.day:%d/%m/%Y}"
        field = f", lĩnh vực {' '.join(self._fields)}" if self._fields else ""
        words = f"Lọc theo chữ «{self.filter.text().strip()}»." if self.filter.text().strip() else ""
        return " ".join(filter(None, (f"{days}{field}.", self.filter_bar.words.text(), words)))

    def _print(self) -> None:
        if self._is_filtered:
            self.table.print_list()
            return
        on_prepared = partial(self.document_ready.emit, self._file_name())
        query = PrepareRegister(self.from_day.day, self.to_day.day, fields=self._fields)
        self.runner.read(prepare_register, query, on_prepared, key="registers.print", activity="Đang dựng sổ")

    @property
    def _fields(self) -> tuple[str, ...]:
        field = str(self.field.currentData())
        return (field,) if field else ()

    def _file_name(self) -> str:
        return f"so-theo-doi-{self.from_day.day:%Y%m%d}-{self.to_day.day:%Y%m%d}"

    def _export(self) -> None:
        if self._is_filtered:
            self.table.export_list()
            return
        file = choose_save_file(self, "Xuất sổ theo dõi", f"{self._file_name()}.xlsx", "Bảng Excel (*.xlsx)")
        if file is not None:
            self.write(file)

    def write(self, file: Path) -> None:
        """Write the register of the chosen days to an Excel file."""
        query = PrepareRegister(self.from_day.day, self.to_day.day, fields=self._fields)
        self.runner.read(
            register_table, query, partial(self._write, file), key="registers.export", activity="Đang xuất sổ"
        )

    def _write(self, file: Path, table: RegisterTable) -> None:
        office = self.runner.desk.facts.office_name
        text = f"Đã xuất {table.dossiers} hồ sơ vào {file.name}."
        self.export_file(file, lambda: register_file(table, ".xlsx", office), text, "Đang xuất sổ")

    def reload(self) -> None:
        """Read the register of the chosen days."""
        self.runner.read(list_fields, ListFields(), self._show_fields, key="register.fields")
        self.runner.read(
            list_filter_choices, ListFilterChoices(), self.filter_bar.show_choices, key="register.choices", activity=""
        )
        field, chosen = "".join(self._fields), self.filter_bar.filter
        query = ListReceived(self.from_day.day, self.to_day.day, field=field, filter=chosen)
        self.runner.read(
            list_received, query, self._on_loaded, key="register", activity="Đang đọc sổ", loads=self.model
        )

    def _show_fields(self, fields: Sequence[str]) -> None:
        """List the fields; the chosen one stays even if it left the catalogue."""
        chosen = str(self.field.currentData())
        self.field.clear()
        self.field.addItem(_ANY_FIELD, "")
        for field in fields if chosen in ("", *fields) else (*fields, chosen):
            self.field.addItem(field, field)
        self.field.setCurrentIndex(self.field.findData(chosen))

    def focus_start(self) -> None:
        """Focus the table."""
        self.table.setFocus()

    def begin_filter(self) -> bool:
        self.part_switch.reveal(self.filter)
        self.filter.setFocus()
        return True

    def back(self) -> bool:
        """Clear the filter, or show all fields again."""
        if self.filter.text():
            self.filter.clear()
        elif self._fields:
            self.field.setCurrentIndex(0)
            self.reload()
        else:
            return self.filter_bar.clear()
        return True

    def _on_loaded(self, lines: Sequence[DossierLine]) -> None:
        self._all = tuple(lines)
        self._show()

    def _show(self) -> None:
        words = fold_text(self.filter.text()).split()
        matches = [
            line
            for line in self._all
            if all(word in fold_text(f"{line.code} {line.name} {line.procedure}") for word in words)
        ]
        self._table_area.hint.setText(_NONE_FILTERED if self._is_filtered else _EMPTY)
        self.model.show_rows(matches)
        self.table.go_to_first()
        self._count.setText(f"{len(matches)} hồ sơ · Enter: mở hồ sơ")
