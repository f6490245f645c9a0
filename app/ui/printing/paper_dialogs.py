"""Dialogs about papers, above the window: a paper before it is printed, the papers that wait."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.kit.page import GIVES_WAY
from app.ui.kit.runner import Runner
from app.ui.printing.print_desk import Job, PrintDesk


class PaperDialogs(QObject):
    """Opens them and knows which are open, since a scan that opens a dossier closes them."""

    def __init__(self, prints: PrintDesk, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._prints, self._runner, self._window = prints, runner, window
        self._open: list[QDialog] = []
        prints.preview_asked.connect(self.show_preview)
        prints.list_asked.connect(self.show_waiting)

    def show_preview(self, job: Job) -> None:
        """Shows a paper before it is printed."""
        from app.ui.printing.preview import PreviewDialog

        dialog = PreviewDialog(job, self._runner, self._window)
        dialog.print_asked.connect(self._prints.send)
        dialog.save_asked.connect(self._prints.save_file)
        self._show(dialog)

    def show_waiting(self) -> None:
        """Shows the papers that wait for a printer."""
        from app.ui.printing.queue_dialog import WaitingDialog

        dialog = WaitingDialog(self._prints.waiting, self._prints.place_of, self._window)
        self._prints.waiting_read.connect(dialog.show_papers)
        dialog.print_asked.connect(self._prints.print_waiting)
        dialog.see_asked.connect(self._prints.see_waiting)
        dialog.let_go_asked.connect(self._prints.let_go)
        dialog.came_out.connect(self._prints.came_out)
        self._show(dialog)
        self._prints.recount()

    def show_blanks(self) -> None:
        """Shows the receipts printed with their numbers beforehand."""
        from app.ui.printing.preprinted_dialog import BlanksDialog

        dialog = BlanksDialog(self._runner, self._window)
        dialog.made.connect(self._prints.show_made)
        self._show(dialog)

    def show_slips(self) -> None:
        """Shows the slips of those who were turned away at the counter."""
        from app.ui.printing.refusal_slips_dialog import SlipsDialog

        dialog = SlipsDialog(self._runner, self._window)
        dialog.print_asked.connect(self._prints.print_one)
        dialog.see_asked.connect(self._prints.preview)
        self._show(dialog)

    def close_all(self) -> None:
        """Closes every dialog, the newest first, and those of pages that give way to the next citizen."""
        for dialog in tuple(reversed(self._open)):
            dialog.reject()
        for other in self._window.findChildren(QDialog):
            if other.property(GIVES_WAY):
                other.reject()

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _code: self._open.remove(dialog))
        self._open.append(dialog)
        dialog.open()
