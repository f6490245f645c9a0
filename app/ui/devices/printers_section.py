"""Printer section: printers, test pages, preferences of each form."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLayout, QLayoutItem, QLineEdit, QPushButton

from app.models.enums import PaperForm, PaperSize
from app.ui.devices.section import AttachedDevices, Section
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.page import Page
from app.ui.kit.runner import Level
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row
from app.ui.printing.preferences import (
    MAX_COPIES,
    FormPreference,
    is_network,
    paper_label,
    paper_sizes,
    parse_network_printer,
    printer_label,
)
from app.ui.printing.print_desk import short_name
from app.ui.printing.printer_list import PrinterLine, known_printers
from app.usecases.office.printers import GetPrinterTestPage, get_printer_test_page

_DEFAULT_PRINTER = "Máy in thường dùng"
_SYSTEM_PRINTER = "Máy in mặc định của máy tính"
_NO_PRINTER = "Chưa thấy máy in nào. Bật máy in, xem dây cắm rồi bấm «Tìm lại máy in»."
_INVALID_ADDRESS = "Địa chỉ chưa đúng. Ghi địa chỉ của máy in trong mạng, ví dụ 192.168.1.50 hoặc 192.168.1.50:9100."
_INSTRUCTIONS = "In trang thử, so thước với thước kẻ, quét hai mã trên trang ở mục thử máy quét bên dưới."
_ROLL_ONLY = "Máy in nhiệt qua mạng chỉ in khổ 80 mm, dành cho giấy người nộp cầm về."
_WIDE, _NARROW = 320, 96


def allow_shrinking(box: QComboBox, characters: int = 30) -> None:
    """Allow a combo box to be narrower than its longest entry."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(characters)
    box.setMinimumWidth(_WIDE // 2)


class FormPreferenceRow:
    """The fields of one form: printer, paper and copies."""

    def __init__(self, form: PaperForm) -> None:
        self.form = form
        self.printer, self.paper, self.copies = QComboBox(), QComboBox(), QComboBox()
        name = short_name(form)
        for field, caption in ((self.printer, "máy in"), (self.paper, "khổ giấy"), (self.copies, "số liên")):
            field.setAccessibleName(f"{name.capitalize()}: {caption}")
        for copies in range(1, MAX_COPIES + 1):
            self.copies.addItem(str(copies), copies)
        allow_shrinking(self.printer)
        self.paper.setFixedWidth(_NARROW)
        self.copies.setFixedWidth(_NARROW)
        for size in paper_sizes(form):
            self.paper.addItem(paper_label(size), size)

    @property
    def choice(self) -> FormPreference:
        """The preference selected in the fields."""
        printer, paper = str(self.printer.currentData() or ""), PaperSize(self.paper.currentData())
        return FormPreference(
            printer, PaperSize.ROLL_80 if is_network(printer) else paper, int(self.copies.currentData())
        )

    def show_choice(self, choice: FormPreference, lines: list[PrinterLine]) -> None:
        """Show a preference.

        A printer that is not available stays selected with a note.
        """
        rolls = PaperSize.ROLL_80.value in paper_sizes(self.form)
        fitting = [line for line in lines if rolls or not is_network(line.name)]
        _fill(self.printer, _DEFAULT_PRINTER, fitting, choice.printer)
        self.paper.setCurrentIndex(self.paper.findData(choice.paper.value))
        self.paper.setEnabled(not is_network(choice.printer))
        self.copies.setCurrentIndex(choice.copies - 1)


class PrinterSection(Section):
    """Printers of this machine and the preferences of each form."""

    def __init__(self, page: Page, machine: AttachedDevices) -> None:
        super().__init__(page, machine)
        self.preferences = machine.prints.preferences
        self.default_printer = QComboBox()
        self.default_printer.setObjectName("devices.printer")
        self.default_printer.setAccessibleName(_DEFAULT_PRINTER)
        allow_shrinking(self.default_printer)
        self.default_printer.activated.connect(
            lambda: machine.prints.set_preferred_printer(str(self.default_printer.currentData()))
        )
        self.table = QGridLayout()
        self.address = QLineEdit()
        self.address.setObjectName("devices.address")
        self.address.setAccessibleName("Địa chỉ máy in nhiệt trong mạng")
        self.address.setPlaceholderText("Ví dụ 192.168.1.50")
        self.address.setMaximumWidth(_WIDE)
        self.address.returnPressed.connect(self.add_network)
        self.forms = [FormPreferenceRow(form) for form in PaperForm]
        self.setLayout(column(self._printers_card(), self._preferences_card(), gap=2 * GRID))

    def _printers_card(self) -> QFrame:
        refresh, add = button("Tìm lại máy in"), button("Thêm máy in nhiệt qua mạng")
        refresh.clicked.connect(self.reload)
        add.clicked.connect(self.add_network)
        self.table.setHorizontalSpacing(3 * GRID)
        self.table.setVerticalSpacing(GRID)
        self.table.setColumnStretch(2, 1)
        footer = FlowWidget(refresh, self.address, add)
        return _card("Máy in", column(label(_INSTRUCTIONS, "caption", wrap=True), self.table, footer))

    def _preferences_card(self) -> QFrame:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(4, 1)
        grid.addWidget(label(_DEFAULT_PRINTER, "strong"), 0, 0)
        grid.addWidget(self.default_printer, 0, 1, 1, 3)
        for index, name in enumerate(("Giấy", "Máy in", "Khổ", "Số liên")):
            grid.addWidget(label(name, "caption"), 1, index)
        for position, line in enumerate(self.forms, 2):
            grid.addWidget(label(short_name(line.form).capitalize()), position, 0)
            for index, field in enumerate((line.printer, line.paper, line.copies), 1):
                grid.addWidget(field, position, index)
            line.printer.activated.connect(partial(self._choose, line))
            line.paper.activated.connect(partial(self._choose, line))
            line.copies.activated.connect(partial(self._choose, line))
        return _card("Giấy nào in ở máy nào", column(grid, label(_ROLL_ONLY, "caption", wrap=True)))

    def reload(self) -> None:
        """Find the printers in the background."""
        network = self.preferences.network_printers
        self.page.runner.run_background(
            lambda _ticket: known_printers(network), self.show_printers, activity="Đang tìm máy in"
        )

    def show_printers(self, lines: list[PrinterLine]) -> None:
        """Show the printers and the preference of each form."""
        self._clear_table()
        for position, line in enumerate(lines):
            self.table.addWidget(label(line.label, "strong"), position, 0)
            self.table.addWidget(label(line.papers_text), position, 1)
            self.table.addWidget(label(line.state, "caption"), position, 2)
            self.table.addLayout(self._test_buttons(line), position, 3)
        if not lines:
            self.table.addWidget(label(_NO_PRINTER, wrap=True), 0, 0, 1, 3)
        _fill(
            self.default_printer,
            _SYSTEM_PRINTER,
            [line for line in lines if not is_network(line.name)],
            self.preferences.default_printer,
        )
        for form in self.forms:
            form.show_choice(self.preferences.for_form(form.form), lines)

    def _test_buttons(self, line: PrinterLine) -> QLayout:
        buttons: list[QPushButton] = []
        for paper in line.papers:
            test_button = button(f"In thử {paper_label(paper.value)}")
            test_button.setAccessibleName(f"In trang thử {paper_label(paper.value)} ở {line.label}")
            test_button.clicked.connect(partial(self._print_test_page, line, paper))
            buttons.append(test_button)
        if is_network(line.name):
            remove_button = button("Bỏ")
            remove_button.clicked.connect(partial(self._drop_network, line.name))
            buttons.append(remove_button)
        return row(*buttons)

    def _print_test_page(self, line: PrinterLine, paper: PaperSize, _pressed: bool = False) -> None:
        name = f"trang thử {paper_label(paper.value)} ở {line.label}"
        self.page.runner.read(
            get_printer_test_page,
            GetPrinterTestPage(line.label, paper),
            lambda pdf: self.machine.prints.print_sheet(pdf, name, paper, line.name),
            activity="Đang dựng trang thử",
        )

    def add_network(self) -> None:
        """Add the typed thermal network printer."""
        printer = parse_network_printer(self.address.text())
        if not printer:
            self.page.post_message(Level.ERROR, _INVALID_ADDRESS)
            self.address.setFocus()
            return
        self.preferences.save_network_printers(tuple(dict.fromkeys((*self.preferences.network_printers, printer))))
        self.address.clear()
        self.reload()

    def _drop_network(self, name: str, _pressed: bool = False) -> None:
        self.preferences.save_network_printers(
            tuple(printer for printer in self.preferences.network_printers if printer != name)
        )
        self.reload()

    def _choose(self, line: FormPreferenceRow, _value: int) -> None:
        self.preferences.set_form(line.form, line.choice)
        line.paper.setCurrentIndex(line.paper.findData(line.choice.paper.value))
        line.paper.setEnabled(not is_network(line.choice.printer))

    def _clear_table(self) -> None:
        """Remove all rows; the buttons of a row are in a nested layout."""
        while (item := self.table.takeAt(0)) is not None:
            inner = item.layout()
            while inner is not None and (nested := inner.takeAt(0)) is not None:
                _dispose(nested)
            _dispose(item)


def _dispose(item: QLayoutItem) -> None:
    widget = item.widget()
    if widget is not None:
        widget.hide()
        widget.deleteLater()


def _fill(box: QComboBox, default: str, lines: list[PrinterLine], selected: str) -> None:
    box.clear()
    box.addItem(default, "")
    for line in lines:
        box.addItem(line.label, line.name)
    if selected and box.findData(selected) < 0:
        box.addItem(f"{printer_label(selected)} (chưa thấy)", selected)
    box.setCurrentIndex(max(0, box.findData(selected)))


def _card(title: str, inner: QLayout) -> QFrame:
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(column(label(title, "strong"), inner, margin=2 * GRID))
    return frame
