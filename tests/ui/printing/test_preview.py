"""Zoom and keys of the preview."""

from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from app.models.enums import PaperForm, PaperSize
from app.ui.printing.preview import PreviewDialog
from app.ui.printing.print_desk import PrintJob
from app.ui.shell.window import MainWindow
from app.usecases.documents.print_queue import RenderedDocument
from tests.support.recording_desk import CODE, blank_pdf


def test_preview_zooms_and_prints_by_keys(window: MainWindow, wait_until_idle: Any) -> None:
    job = PrintJob(CODE, RenderedDocument(blank_pdf(2), PaperForm.RECEIPT, PaperSize.A5))
    dialog = PreviewDialog(job, window.runner, window)
    wait_until_idle(window.runner)

    def widths() -> list[int]:
        items = [dialog.pages.itemAt(place) for place in range(dialog.pages.count())]
        sheets = [item.widget() for item in items if item is not None]
        return [sheet.pixmap().width() for sheet in sheets if isinstance(sheet, QLabel)]

    before = widths()
    dialog.change_zoom(1)
    wait_until_idle(window.runner)
    assert len(widths()) == 2 and abs(widths()[0] - before[0] * 1.25) <= 4
    dialog.change_zoom(-1)
    dialog.change_zoom(-1)
    wait_until_idle(window.runner)
    assert widths() == before
    keys = {each.shortcut().toString() for each in dialog.findChildren(QPushButton)}
    assert {"Ctrl+P", "Ctrl+S"} <= keys
    dialog.reject()
