"""Preview of a document, to print it or save it as PDF."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui.kit.file_dialogs import choose_save_file
from app.ui.kit.layouts import resize_on_screen
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import button, column, label, row, tooltip_text
from app.ui.printing.print_desk import PrintJob
from app.ui.printing.printer import raster

_SCREEN_DPI = 110
_ZOOMS = (100, 125, 150, 200)
_MAX_ZOOMED_PAGES = 20
"""A longer document keeps its size, because its enlarged pages would take hundreds of megabytes."""
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
        self.zoom = _ZOOMS[0]
        self._runner = runner
        self.pages = QVBoxLayout()
        self.pages.setSpacing(2 * GRID)
        self._page_count = label("Đang dựng trang…", "caption")
        sheet = QWidget()
        sheet.setLayout(self.pages)
        scroll = QScrollArea()
        scroll.setWidget(sheet)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Trang giấy")
        print_button = button("In  Ctrl+P", main=True)
        save_button, close_button = button("Lưu tệp PDF…  Ctrl+S"), button("Đóng  Esc")
        print_button.setShortcut(QKeySequence("Ctrl+P"))
        save_button.setShortcut(QKeySequence("Ctrl+S"))
        print_button.setObjectName("preview.print")
        print_button.clicked.connect(self._print)
        save_button.clicked.connect(self._save)
        close_button.clicked.connect(self.reject)
        footer = row(self._page_count)
        footer.addStretch(1)
        for zoom_button in self._zoom_buttons():
            footer.addWidget(zoom_button)
        for each in (print_button, save_button, close_button):
            footer.addWidget(each)
        self.setLayout(column(scroll, footer, margin=2 * GRID))
        resize_on_screen(self, 760, 680)
        print_button.setFocus()
        self._draw()

    def _zoom_buttons(self) -> tuple[QPushButton, QPushButton]:
        smaller, larger = button("−"), button("+")
        for each, name, key, step in (
            (smaller, "Nhỏ lại, phím Ctrl và −", QKeySequence.StandardKey.ZoomOut, -1),
            (larger, "Phóng to, phím Ctrl và +", QKeySequence.StandardKey.ZoomIn, 1),
        ):
            each.setAccessibleName(name)
            each.setToolTip(tooltip_text(name))
            each.setShortcut(QKeySequence(key))
            each.clicked.connect(partial(self.change_zoom, step))
        return smaller, larger

    def change_zoom(self, step: int, _checked: bool = False) -> None:
        """Show the pages in the next larger or smaller size."""
        place = _ZOOMS.index(self.zoom) + step
        if 0 <= place < len(_ZOOMS) and 0 < self.pages.count() <= _MAX_ZOOMED_PAGES:
            self.zoom = _ZOOMS[place]
            self._draw()

    def _draw(self) -> None:
        pdf, dpi = self.job.prepared.pdf, _SCREEN_DPI * self.zoom // 100
        self._runner.run_background(
            lambda _ticket: raster(pdf, dpi), self._show_pages, activity="Đang dựng trang", pictures=True
        )

    def _show_pages(self, pictures: list[QImage]) -> None:
        while (item := self.pages.takeAt(0)) is not None:
            shown = item.widget()
            if shown is not None:
                shown.setParent(None)
                shown.deleteLater()
        for number, picture in enumerate(pictures, 1):
            sheet = QLabel()
            sheet.setPixmap(_scaled(picture, self.zoom))
            sheet.setFixedSize(sheet.pixmap().size())  # otherwise the layout squeezes and cuts the pages
            sheet.setAccessibleName(f"Trang {number}")
            self.pages.addWidget(sheet, alignment=Qt.AlignmentFlag.AlignHCenter)
        size = "80 mm" if self.job.prepared.paper == "80mm" else str(self.job.prepared.paper)
        zoom = "" if self.zoom == _ZOOMS[0] else f" · {self.zoom} %"
        self._page_count.setText(f"{len(pictures)} trang {size}{zoom}")

    def _print(self) -> None:
        self.print_requested.emit(self.job)
        self.accept()

    def _save(self) -> None:
        file_name = f"{self.job.code}-{self.job.form}.pdf"
        file = choose_save_file(self, "Lưu tệp PDF", file_name, "Tệp PDF (*.pdf)")
        if file is not None:
            self.save_requested.emit(self.job, file)
            self.accept()


def _scaled(picture: QImage, zoom: int) -> QPixmap:
    """Return a page, at 100 % no wider than the dialog.

    A landscape sheet is fully visible then.
    """
    smooth = Qt.TransformationMode.SmoothTransformation
    width = min(picture.width(), _MAX_WIDTH * zoom // 100)
    return QPixmap.fromImage(picture if width == picture.width() else picture.scaledToWidth(width, smooth))
