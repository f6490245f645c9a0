"""Printing dialogs of the window."""

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.kit.page import CLOSES_FOR_NEXT_CITIZEN
from app.ui.kit.runner import Runner
from app.ui.printing.print_desk import PrintDesk, PrintJob


class PaperDialogs(QObject):
    """Opens the printing dialogs and tracks them.

    A scan that opens a dossier closes them.
    """

    def __init__(self, prints: PrintDesk, runner: Runner, window: QWidget) -> None:
        super().__init__(window)
        self._prints, self._runner, self._window = prints, runner, window
        self._open: list[QDialog] = []
        prints.preview_requested.connect(self.show_preview)
        prints.queue_requested.connect(self.show_print_queue)

    def show_preview(self, job: PrintJob) -> None:
        """Show the preview of a document."""
        from app.ui.printing.preview import PreviewDialog

        dialog = PreviewDialog(job, self._runner, self._window)
        dialog.print_requested.connect(self._prints.send)
        dialog.save_requested.connect(self._prints.save_file)
        self._show(dialog)

    def show_print_queue(self) -> None:
        """Show the documents that wait for a printer."""
        from app.ui.printing.queue_dialog import PrintQueueDialog

        dialog = PrintQueueDialog(self._prints.queue, self._prints.stuck_printer, self._window)
        self._prints.queue_loaded.connect(dialog.show_queue)
        dialog.print_requested.connect(self._prints.print_queued)
        dialog.view_requested.connect(self._prints.preview_queued)
        dialog.discard_requested.connect(self._prints.discard)
        dialog.printed_confirmed.connect(self._prints.confirm_printed)
        self._show(dialog)
        self._prints.reload_queue(loads=dialog.model)

    def show_preprinted(self) -> None:
        """Show the preprinted receipts."""
        from app.ui.printing.preprinted_dialog import PreprintedDialog

        dialog = PreprintedDialog(self._runner, self._window)
        dialog.document_ready.connect(self._prints.show_document)
        self._show(dialog)

    def show_counter_refusals(self) -> None:
        """Show the slips of refusals at the counter."""
        from app.ui.printing.refusal_slips_dialog import CounterRefusalsDialog

        dialog = CounterRefusalsDialog(self._runner, self._window)
        dialog.print_requested.connect(self._prints.print_one)
        dialog.view_requested.connect(self._prints.preview)
        self._show(dialog)

    def show_handover_lists(self, first: date, last: date) -> None:
        """Show the hand-over lists of a period."""
        from app.ui.printing.handover_lists_dialog import HandoverListsDialog

        dialog = HandoverListsDialog(self._runner, first, last, self._window)
        dialog.print_requested.connect(self._prints.print_one)
        dialog.view_requested.connect(self._prints.preview)
        self._show(dialog)

    def close_all(self) -> None:
        """Close every dialog, newest first.

        Page dialogs marked to close for the next citizen are closed too.
        """
        for dialog in tuple(reversed(self._open)):
            dialog.reject()
        for dialog in self._window.findChildren(QDialog):
            if dialog.property(CLOSES_FOR_NEXT_CITIZEN):
                dialog.reject()

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(lambda _code: self._open.remove(dialog))
        self._open.append(dialog)
        dialog.open()
