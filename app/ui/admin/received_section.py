"""Section of the sync page with what came from the receiver."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from app.services.packages.notices import Notice
from app.services.packages.received import Received, StateDifference, WaitingPackage
from app.ui.admin.package_dialog import PackageDialog
from app.ui.kit.columns import Column
from app.ui.kit.dates import format_instant
from app.ui.kit.page import Page
from app.ui.kit.runner import Level
from app.ui.kit.style import GRID
from app.ui.kit.tables import RowsModel, RowsTable
from app.ui.kit.widgets import column, label
from app.usecases.sync.packages import ShowReceived, show_received
from app.wording.received.packages import kind_name, national_status_name
from app.wording.status import status_name


@dataclass(frozen=True)
class ReceivedLine:
    """One line: what it is, of what, here, and at the receiver."""

    what: str
    subject: str
    ours: str
    theirs: str
    source: WaitingPackage | Notice | StateDifference


_COLUMNS = (
    Column("Từ nơi nhận", lambda line: line.what, 200),
    Column("Nội dung", lambda line: line.subject),
    Column("Ở đây", lambda line: line.ours, 256),
    Column("Trên Cổng, nơi nhận", lambda line: line.theirs, 256),
)
_HINT = "Enter: xem gói sẽ thay đổi gì, đọc thông báo, hoặc mở hồ sơ khác với Cổng. Không có gì tự áp dụng."


class ReceivedSection(QWidget):
    """Table of what waits for a person; hidden while there is nothing.

    Signal: `filled(bool)` with the rows.
    """

    filled = Signal(bool)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.model = RowsModel(_COLUMNS)
        self.table = RowsTable(self.model, "Từ nơi nhận: gói, thông báo, trạng thái khác với Cổng")
        self.table.setObjectName("sync.received")
        self.table.opened.connect(self._open)
        box = column(label("Từ nơi nhận", "strong"), self.table, label(_HINT, "caption", wrap=True), gap=GRID)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.hide()

    def load(self) -> None:
        """Read what came from the receiver."""
        self._page.runner.read(show_received, ShowReceived(), self.show_lines, key="sync.received", loads=self.model)

    def show_lines(self, received: Received) -> None:
        """Show the lines, or hide the section."""
        lines = (
            *map(_notice_line, received.notices),
            *map(_package_line, received.packages),
            *map(_difference_line, received.differences),
        )
        self.model.show_rows(lines)
        self.table.go_to_first()
        self.setVisible(bool(lines))
        self.filled.emit(bool(lines))

    def _open(self, line: ReceivedLine) -> None:
        if isinstance(line.source, StateDifference):
            self._page.open_requested.emit(line.source.code)
        elif isinstance(line.source, Notice):
            self._show_notice(line.source)
        else:
            self._show_package(line.source)

    def _show_notice(self, notice: Notice) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(f"Thông báo số {notice.number}")
        box.setText(notice.title)
        box.setInformativeText(notice.text)
        box.addButton("Đã đọc", QMessageBox.ButtonRole.AcceptRole)
        box.open()

    def _show_package(self, package: WaitingPackage) -> None:
        dialog = PackageDialog(self._page.runner, package.file, self)
        dialog.applied.connect(partial(self._page.post_message, Level.DONE))
        dialog.applied.connect(self.load)
        dialog.load()
        dialog.open()


def _notice_line(notice: Notice) -> ReceivedLine:
    return ReceivedLine("Thông báo", notice.title, "", format_instant(notice.made_at), notice)


def _package_line(package: WaitingPackage) -> ReceivedLine:
    what = f"Gói số {package.number}, {kind_name(package.kind)}"
    return ReceivedLine(what, package.title, "chưa dùng", format_instant(package.made_at), package)


def _difference_line(difference: StateDifference) -> ReceivedLine:
    what = "Khác Cổng, giữ của mình" if difference.is_ours_newer else "Khác Cổng, cần xem lại"
    ours = f"{status_name(difference.status)}, {format_instant(difference.at)}"
    theirs = f"{national_status_name(difference.portal_status)}, {format_instant(difference.portal_at)}"
    return ReceivedLine(what, difference.code, ours, theirs, difference)
