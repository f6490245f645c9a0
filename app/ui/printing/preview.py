"""Preview of a document, to print it or save it as PDF."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row
from app.ui.printing.print_desk import PrintJob
from app.ui.printing.printer import raster

_SCREEN_DPI = 110
_MAX_WIDTH = 690


class PreviewDialog(QDialog):
    """Preview of one document, its pages below each other.

    Signals: `print_requested(PrintJob)`, `save_requested(PrintJob, Path)`.
    """

    print_requested = Signal(object)
    save_requested = Signal(object, object)

    def __init__(self, job: PrintJob, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.setWindowTitle(f"{job.title} – {job.code}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages = QVBoxLayout()
        self.pages.setSpacing(2 * GRID)
        self._page_count = label("Đang dựng trang…", "caption")
        sheet = QWidget()
        sheet.setLayout(self.pages)
        scroll = QScrollArea()
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Trang giấy")
        print_button, save_button, close_button = button("In", main=True), button("Lưu tệp PDF…"), button("Đóng")
        print_button.setObjectName("preview.print")
        print_button.clicked.connect(self._print)
        save_button.clicked.connect(self._save)
        close_button.clicked.connect(self.reject)
        footer = row(self._page_count)
        footer.addStretch(1)
        for each in (print_button, save_button, close_button):
            footer.addWidget(each)
        self.setLayout(column(scroll, footer, margin=2 * GRID))
        self.resize(760, 680)
        print_button.setFocus()
        pdf = job.prepared.pdf
        runner.run_background(
            lambda _ticket: raster(pdf, _SCREEN_DPI), self._show_pages, activity="Đang dựng trang", pictures=True
        )

    def _show_pages(self, pictures: list[QImage]) -> None:
        for number, picture in enumerate(pictures, 1):
            sheet = QLabel()
            sheet.setPixmap(_scaled(picture))
            sheet.setFixedSize(sheet.pixmap().size())  # otherwise the layout squeezes and cuts the pages
            sheet.setAccessibleName(f"Trang {number}")
            self.pages.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignHCenter)
        size = "80 mm" if self.job.prepared.paper == "80mm" else str(self.job.prepared.paper)
        self._page_count.setText(f"{len(pictures)} trang {size}")

    def _print(self) -> None:
        self.print_requested.emit(self.job)
        self.accept()

    def _save(self) -> None:
        file_name = f"{self.job.code}-{self.job.form}.pdf"
        file = choose_save_file(self, "Lưu tệp PDF", file_name, "Tệp PDF (*.pdf)")
        if file is not None:
            self.save_requested.emit(self.job, file)
            self.accept()


def _scaled(picture: QImage) -> QPixmap:
    """Return a page no wider than the dialog.

    A landscape sheet is fully visible then.
    """
    smooth = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(picture if picture.width() <= _MAX_WIDTH else picture.scaledToWidth(_MAX_WIDTH, smooth))
