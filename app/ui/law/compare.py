"""Old and new side by side: the pages of a form, or the words of a rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.models.errors import Refusal
from app.services.law_packages.form_samples import FormChange, FormSample
from app.ui.kit.runner import Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import column, label, row
from app.ui.printing.printer import raster
from app.wording.received.packages import ChangeCells
from app.wording.refusals import error_sentence

_NONE = "Chưa có"
_DRAWING = "Đang dựng trang…"
_DPI = 144
_LEAST_HEIGHT = 96


@dataclass(frozen=True)
class FormPictures:
    """The pages of a form before and after a change; no old ones if new."""

    change: FormChange
    old: Sequence[QImage]
    new: Sequence[QImage]


class CompareSide(QWidget):
    """One side: a caption above the text or the pages, which scroll."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self.pictures: list[QLabel] = []
        self._images: Sequence[QImage] = ()
        self.text = label(wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(GRID)
        inner = QWidget()
        inner.setObjectName("clear")
        box = column(self.text, self._pages, margin=GRID)
        box.addStretch(1)
        inner.setLayout(box)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would wrap the text again, which resizes without end.
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setAccessibleName(caption)
        self.setLayout(column(label(caption, "strong"), self.area, gap=GRID // 2))

    def show_text(self, text: str) -> None:
        """Show a text, one line for each part, and no pages."""
        self._show_images(())
        self.text.setText(text.replace("; ", "\n"))
        self.text.show()

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Show pages below each other, as wide as the side."""
        self.text.setVisible(not images)
        self.text.setText("" if images else _NONE)
        self._show_images(images)

    def _show_images(self, images: Sequence[QImage]) -> None:
        for picture in self.pictures:
            self._pages.removeWidget(picture)
            picture.hide()
            picture.deleteLater()
        self._images, self.pictures = images, [QLabel() for _ in images]
        for number, picture in enumerate(self.pictures, 1):
            picture.setAccessibleName(f"Trang {number}")
            self._pages.addWidget(picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._scale()
        self.area.verticalScrollBar().setValue(0)

    def fit_pages(self) -> None:
        """Scale the pages to the width of the side."""
        self._scale()

    def _scale(self) -> None:
        ratio = self.devicePixelRatioF()
        width = int((self.area.viewport().width() - 2 * GRID) * ratio)
        for picture, image in zip(self.pictures, self._images, strict=True):
            pixmap = QPixmap.fromImage(image)
            if 0 < width < image.width():
                pixmap = pixmap.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            pixmap.setDevicePixelRatio(ratio)
            picture.setPixmap(pixmap)
            picture.setFixedSize(pixmap.deviceIndependentSize().toSize())


class LawCompare(QWidget):
    """Two sides that scroll together.

    The pages are drawn in the lane of pictures, only those of the change chosen last.
    """

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._chosen: FormChange | None = None
        self.before, self.after = CompareSide("Đang có"), CompareSide("Sẽ là")
        line = row(self.before, self.after, gap=2 * GRID)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setMinimumHeight(_LEAST_HEIGHT)
        bars = [side.area.verticalScrollBar() for side in (self.before, self.after)]
        bars[0].valueChanged.connect(bars[1].setValue)
        bars[1].valueChanged.connect(bars[0].setValue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for side in (self.before, self.after):
            side.fit_pages()

    def show_words(self, cells: ChangeCells) -> None:
        """Show the words of a change."""
        self._chosen = None
        self.before.show_text(cells.before or _NONE)
        self.after.show_text(cells.after)

    def show_form(self, change: FormChange) -> None:
        """Show the pages of a form."""
        self._chosen = change
        for side in (self.before, self.after):
            side.show_text(_DRAWING)
        self._runner.run_background(
            lambda _task: self._draw(change),
            self._on_drawn,
            activity="Đang dựng trang",
            pictures=True,
            on_error=self._not_drawn,
        )

    def _draw(self, change: FormChange) -> FormPictures | None:
        """Return the pages, None if another change was chosen since."""
        if self._chosen is not change:
            return None
        return FormPictures(change, () if change.old is None else _pages(change.old), _pages(change.new))

    def _on_drawn(self, pictures: FormPictures | None) -> None:
        if pictures is not None and pictures.change is self._chosen:
            self.before.show_pages(pictures.old)
            self.after.show_pages(pictures.new)

    def _not_drawn(self, error: Exception) -> bool:
        """Show a refusal where the pages would be."""
        if not isinstance(error, Refusal):
            return False
        self.before.show_text("")
        self.after.show_text(error_sentence(error))
        return True


def _pages(sample: FormSample) -> Sequence[QImage]:
    return raster(sample.render(), _DPI)
