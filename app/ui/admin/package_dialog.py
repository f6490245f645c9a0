"""Dialog with the changes of a package, side by side, and a person's yes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.services.packages.change_cells import change_cells
from app.ui.kit.columns import Column
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.runner import Changed, Runner
from app.ui.kit.second_person import SecondPerson
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable, TableOrHint
from app.ui.kit.widgets import button, column, label, row
from app.usecases.sync.packages import ApplyPackage, PackageResult, PreviewPackage, apply_package, preview_package
from app.wording.received.packages import kind_name

_EMPTY = "Gói này không thay đổi gì ở đây. Vẫn có thể dùng, để lần sau không hỏi lại."
_HOW = (
    "Xem kỹ rồi mới dùng. Hồ sơ đang giải quyết giữ thủ tục và ngày hẹn đã ghi trên giấy; hồ sơ lệch hẹn thì gọi theo "
    "số bên cạnh."
)
_COLUMNS = (
    Column("Việc", lambda cells: cells.what, 168),
    Column("Nội dung", lambda cells: cells.subject, 280),
    Column("Đang có", lambda cells: cells.before, 240),
    Column("Sẽ là", lambda cells: cells.after),
)


class PackageDialog(QDialog):
    """Dialog of one package of the receiver.

    Signal: `applied(sentence)` after the package was applied.
    """

    applied = Signal(str)

    def __init__(self, runner: Runner, data: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._data = runner, data
        self._needs_second = False
        self.setWindowTitle("Gói từ nơi nhận")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = label(role="strong", wrap=True)
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Những thay đổi của gói")
        self.table.setObjectName("package.changes")
        self.apply_button = button("Đồng ý, dùng gói này", main=True)
        self.apply_button.setObjectName("package.apply")
        self.apply_button.setEnabled(False)
        self.apply_button.clicked.connect(self._apply)
        later_button = button("Để sau  Esc")
        later_button.clicked.connect(self.reject)
        self.second = SecondPerson(runner)
        self.second.hide()
        foot = row()
        foot.addStretch(1)
        for each in (self.apply_button, later_button):
            foot.addWidget(each)
        table = TableOrHint(self.table, _EMPTY)
        how = label(_HOW, "caption", wrap=True)
        box = column(self.heading, how, table, self.second, foot, gap=GRID, margin=2 * GRID)
        box.setStretch(2, 1)
        self.setLayout(box)
        resize_on_screen(self, 1000, 520)

    def load(self) -> None:
        """Read what the package would change."""
        self._runner.read(
            preview_package,
            PreviewPackage(self._data),
            self._show,
            key="package",
            on_error=self._refused,
            activity="Đang xem gói",
            loads=self.model,
        )

    def _show(self, result: PackageResult) -> None:
        self.heading.setText(f"Gói số {result.number}, {kind_name(result.kind)}: {result.title}")
        self.model.show_rows([change_cells(change) for change in result.changes])
        self.table.go_to_first()
        self.apply_button.setEnabled(not result.applied)
        self._needs_second = result.kind == "law" and not result.applied
        if self._needs_second:
            self.second.load()
        self.table.setFocus()

    def _apply(self) -> None:
        self.apply_button.setEnabled(False)
        self._runner.write(
            apply_package,
            ApplyPackage(self._data, self.second.credentials() if self._needs_second else None),
            self._done,
            changes=frozenset({Changed.SYNC}),
            on_error=self._refused,
            activity="Đang dùng gói",
        )

    def _done(self, result: PackageResult) -> None:
        self.accept()
        self.applied.emit(f"Đã dùng gói số {result.number}: {result.title}.")

    def _refused(self, error: Exception) -> bool:
        """Show a refusal of the second person here, any other in the window."""
        if self._needs_second and self.second.show_error(error):
            self.apply_button.setEnabled(True)
            return True
        self.reject()
        return False
