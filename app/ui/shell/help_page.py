"""Help page (F1): purpose and steps of a page, and all shortcuts."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QVBoxLayout

from app.disk import make_folder
from app.machine.folders import log_folder
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import ResponsiveRow
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label
from app.ui.shell.help_texts import HELP, PageHelp
from app.wording.shortcuts import SHORTCUTS

_DEFAULT_PAGE = "intake"
_LOG_NOTE = "Nhật ký lỗi của chương trình, không có tên hay số của ai; gửi cho người hỗ trợ khi có lỗi."


class HelpPage(Page):
    """Help for each page, beside the list of shortcuts."""

    title = "Trợ giúp"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.choice = QComboBox()
        self.choice.setObjectName("help.page")
        for name, help_ in HELP.items():
            self.choice.addItem(help_.name, name)
        self.choice.currentIndexChanged.connect(self._show)
        self._text = QVBoxLayout()
        self._text.setSpacing(GRID)
        card = QFrame()
        card.setObjectName("card")
        inner = column(FieldBox("Trợ giúp về trang", self.choice), self._text, margin=2 * GRID, gap=2 * GRID)
        inner.addStretch(1)
        card.setLayout(inner)
        self.log_button = button("Mở nhật ký")
        self.log_button.setObjectName("help.log")
        self.log_button.clicked.connect(self._open_log)
        log = FlowWidget(self.log_button, label(_LOG_NOTE, "caption"))
        self.setLayout(column(ResponsiveRow(card, _shortcuts()), log, gap=2 * GRID))
        self._show()

    def show_help_for(self, page: str) -> None:
        """Show the help for `page`, or for intake where `page` has none."""
        place = self.choice.findData(page if page in HELP else _DEFAULT_PAGE)
        self.choice.setCurrentIndex(place)

    def focus_start(self) -> None:
        self.choice.setFocus()

    def _open_log(self) -> None:
        """Show the folder of the log, or its path where no program shows it."""
        folder = log_folder()
        make_folder(folder)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.post_message(Level.WARNING, f"Nhật ký ở thư mục {folder}. Gửi các tệp ở đó cho người hỗ trợ.")

    def _show(self) -> None:
        while (item := self._text.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        page: PageHelp = HELP[str(self.choice.currentData())]
        self._text.addWidget(label(page.purpose, "strong", wrap=True))
        for place, step in enumerate(page.steps, 1):
            self._text.addWidget(label(f"{place}.  {step}", wrap=True))


def _shortcuts() -> QFrame:
    grid = QGridLayout()
    grid.setHorizontalSpacing(3 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 1)
    for place, (key, meaning) in enumerate(SHORTCUTS):
        grid.addWidget(label(key, "strong"), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(meaning, wrap=True), place, 1)
    frame = QFrame()
    frame.setObjectName("card")
    box = column(label("Các phím", "strong"), grid, margin=2 * GRID)
    box.addStretch(1)
    frame.setLayout(box)
    return frame
