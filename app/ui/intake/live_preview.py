"""The right column kept true while one types and while time goes by: the promise, the fee, what is missing, earlier
visits for the same matter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from app.ui.intake.form import IntakeForm
from app.ui.intake.side_panel import IntakeSidePanel
from app.ui.kit.runner import Runner

if TYPE_CHECKING:
    from app.usecases.dossiers.earlier_visits import Visits

_PAUSE_MS = 150
_REFRESH_MS = 20_000
"""How old a promise in sight may grow: the hour of 15:00, the end of the day and midnight alter it."""
_VISITOR = {"id_number": "id_number", "name": "name", "birth": "birth_date", "phone": "phone"}
"""What earlier visits are looked for by, and where a person's line has it."""


def page_timer(parent: QObject, pause: int, on_timeout: Any, single: bool = True) -> QTimer:
    """A timer of a page, not yet running."""
    made = QTimer(parent)
    made.setSingleShot(single)
    made.setInterval(pause)
    made.timeout.connect(on_timeout)
    return made


class LivePreview(QObject):
    """Asks for the right column what the form says now; only the newest answer is shown."""

    def __init__(self, form: IntakeForm, aside: IntakeSidePanel, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._aside, self._runner = form, aside, runner
        self._pause_timer = page_timer(self, _PAUSE_MS, self.read)
        self.refresh_timer = page_timer(self, _REFRESH_MS, self._read_promise, single=False)
        self.refresh_timer.start()

    def read_soon(self) -> None:
        """After the next short pause in typing."""
        self._pause_timer.start()

    def read(self) -> None:
        """Asks at once."""
        self._pause_timer.stop()
        chosen = self._form.chosen
        self._aside.show_missing(self._form.papers.missing, chosen is not None)
        if chosen is None:
            self._runner.cancel("promise")
            self._aside.show_promise(None, False)
            self._aside.show_visits()
            return
        self._read_promise()
        self._read_visits(chosen.code)

    def _read_promise(self) -> None:
        from app.usecases.intake.preview import preview_promise

        if (query := self._form.promise_query()) is not None:
            on_result = partial(self._show_promise, query.procedure)
            self._runner.read(preview_promise, query, on_result, key="promise", on_error=self._promise_failed)

    def _promise_failed(self, _error: Exception) -> bool:
        """Half an answer, such as a term of letters: no date stands there that is not so. Saving says what is wrong."""
        self._aside.show_promise(None, True)
        return True

    def _show_promise(self, code: str, preview: Any) -> None:
        if self._form.chosen is not None and self._form.chosen.code == code:
            self._aside.show_promise(preview, True, self._form.terms.exempt_tick.isChecked())

    def _read_visits(self, procedure: str) -> None:
        from app.usecases.dossiers.earlier_visits import EarlierVisits, earlier_visits

        form = self._form
        person = (form.owner if form.other_owner.isChecked() else form.submitter).read()
        keys = {name: str(person.get(key) or "") for name, key in _VISITOR.items()}
        if not any(keys.values()):
            self._runner.cancel("visits")
            self._aside.show_visits()
            return
        query = EarlierVisits(procedure=procedure, **keys)
        self._runner.read(earlier_visits, query, self._show_visits, key="visits", on_error=lambda _error: True)

    def _show_visits(self, visits: Visits) -> None:
        self._aside.show_visits(visits.same, visits.possible)
