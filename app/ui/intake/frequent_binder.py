"""Join the frequent procedures to the form: load, choose, place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from app.ui.intake.form import IntakeForm
from app.ui.intake.frequent_procedures import MAX_PROCEDURES
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner

if TYPE_CHECKING:
    from app.usecases.catalogue.procedures import ProcedureLine


class FrequentBinder(QObject):
    """Procedures on Ctrl+1 to Ctrl+9.

    A procedure keeps its digit. A new one gets the next free digit after its first dossier. Alt+digit puts the chosen
    procedure on a digit.
    """

    def __init__(self, form: IntakeForm, runner: Runner, page: Page) -> None:
        super().__init__(page)
        self._form, self._runner, self._page = form, runner, page
        form.papers_part.picked.connect(self._choose)
        for digit in range(1, MAX_PROCEDURES + 1):
            QShortcut(QKeySequence(f"Alt+{digit}"), page, partial(self.place, digit))

    def load(self) -> None:
        """Load the procedures and show them."""
        from app.usecases.catalogue.procedures import FrequentProcedures, frequent_procedures

        self._runner.read(
            frequent_procedures,
            FrequentProcedures(),
            self._form.papers_part.show_frequent,
            key="usual",
            on_error=lambda _error: True,
        )

    def keep(self, code: str) -> None:
        """Keep the procedure of a saved dossier, then load again."""
        from app.usecases.catalogue.procedures import KeepFrequent, keep_frequent

        self._write(partial(self._runner.write, keep_frequent, KeepFrequent(code)))

    def place(self, digit: int) -> None:
        """Put the chosen procedure on a digit."""
        from app.usecases.catalogue.procedures import PlaceFrequent, place_frequent

        line = self._form.chosen
        if line is None:
            self._page.post_message(Level.WARNING, f"Chọn thủ tục trước, rồi bấm Alt+{digit} để đặt vào Ctrl+{digit}.")
            return
        self._write(partial(self._runner.write, place_frequent, PlaceFrequent(line.code, digit)))
        self._page.post_message(Level.DONE, f"Ctrl+{digit} nay là «{line.name}».")

    def _write(self, write: Callable[..., object]) -> None:
        write(lambda _result: self.load(), on_error=lambda _error: True)

    def _choose(self, line: ProcedureLine) -> None:
        """Choose a frequent procedure and focus the next empty part."""
        form = self._form
        at_procedure = form.procedure.hasFocus()
        form.choose_procedure(line)
        if at_procedure:
            (form.papers if form.submitter.name.text() else form.submitter.id_number).setFocus()
