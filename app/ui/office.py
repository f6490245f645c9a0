"""F8, this office and this machine: facts to read, the printer to choose, ways to what goes with them."""

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QWidget

from app.ui.backups import BackupCard
from app.ui.page import Page
from app.ui.runner import Runner
from app.ui.style import GRID
from app.ui.widgets import button, column, label, row

_SYSTEM = "Máy in mặc định của máy tính"


class OfficePage(Page):
    """The office page. Signals: `printer_chosen(name)`, empty for the system's own; `calendar_asked()`,
    `devices_asked()`, `catalogue_asked()`."""

    printer_chosen = Signal(str)
    calendar_asked = Signal()
    devices_asked = Signal()
    catalogue_asked = Signal()
    title = "Cơ quan và máy này"

    def __init__(self, runner: Runner, printer: str) -> None:
        super().__init__(runner)
        self.printer = QComboBox()
        self.printer.setAccessibleName("Máy in")
        self.printer.setMaximumWidth(420)
        self.printer.setMinimumWidth(320)
        self._wished = printer
        self.printer.activated.connect(lambda: self.printer_chosen.emit(str(self.printer.currentData())))
        calendar = button("Lịch làm việc: ngày nghỉ, làm bù, làm nửa ngày")
        calendar.setObjectName("office.calendar")
        calendar.clicked.connect(self.calendar_asked)
        devices = button("Máy in, máy quét: chọn máy, in thẻ thử, tự kiểm tra")
        devices.setObjectName("office.devices")
        devices.clicked.connect(self.devices_asked)
        catalogue = button("Danh mục thủ tục")
        catalogue.setObjectName("office.catalogue")
        catalogue.clicked.connect(self.catalogue_asked)
        ways = row(calendar, catalogue, devices)
        ways.addStretch(1)
        self.backups = BackupCard(runner)
        self.setLayout(column(self._facts(), self._machine(), self.backups, ways, gap=2 * GRID))
        self.layout().addStretch(1)  # type: ignore[union-attr]

    def _facts(self) -> QWidget:
        facts = self.runner.desk.facts
        pairs = (
            ("Cơ quan", facts.office_name),
            ("Cơ quan cấp trên", facts.parent),
            ("Quầy số", str(facts.workstation)),
            ("Người đang làm", facts.actor),
            ("Loại cơ sở dữ liệu", "Tập huấn: giấy có chữ MẪU" if facts.training else "Chính thức"),
            ("Thư mục dữ liệu", str(facts.folder)),
        )
        form = _form()
        for name, said in pairs:
            form.addRow(label(name, "caption"), label(said or "–", wrap=True))
        form.addRow(
            label(""), label("Sửa các mục này trong tệp office.toml của thư mục dữ liệu.", "caption", wrap=True)
        )
        return _card("Cơ quan", form)

    def _machine(self) -> QWidget:
        form = _form()
        form.addRow(label("Máy in", "caption"), self.printer)
        return _card("Máy này", form)

    def reload(self) -> None:
        """Asks the system, aside, which printers there are."""
        self.runner.aside(
            lambda _ticket: list(QPrinterInfo.availablePrinterNames()), self._show_printers, what="Đang tìm máy in"
        )
        self.backups.reload()

    def arrive(self) -> None:
        """The caret stands on the printer."""
        self.printer.setFocus()

    def _show_printers(self, names: list[str]) -> None:
        self.printer.clear()
        self.printer.addItem(_SYSTEM if names else "Chưa thấy máy in nào", "")
        for name in names:
            self.printer.addItem(name, name)
        place = self.printer.findData(self._wished)
        self.printer.setCurrentIndex(max(0, place))


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(3 * GRID)
    form.setVerticalSpacing(GRID)
    return form


def _card(title: str, form: QFormLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(column(label(title, "strong"), form, margin=2 * GRID))
    return frame
