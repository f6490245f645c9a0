"""Keep the side panel up to date with the form and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from app.ui.intake.form import IntakeForm
from app.ui.intake.side_panel import IntakeSidePanel
from app.ui.kit.runner import Runner

if TYPE_CHECKING:
    from app.services.law.terms import ReceivingPlace
    from app.usecases.dossiers.earlier_visits import Visits
    from app.usecases.intake.check_form import FormDoubt
    from app.usecases.intake.preview import Preview

_PAUSE_MS = 150
_REFRESH_MS = 20_000
"""Refresh interval of the promise, because 15:00, the end of the day and midnight change it."""
_FRESH_MS = 20_000
"""Age up to which the check of an equal form is not repeated, because other desks record dossiers too."""
_VISITOR = {"id_number": "id_number", "name": "name", "birth": "birth_date", "phone": "phone"}
"""Fields of `EarlierVisits`, each with its key in a person of the intake line."""


def create_timer(parent: QObject, interval: int, on_timeout: Callable[[], None], single: bool = True) -> QTimer:
    """Return a stopped timer with an `interval` in milliseconds."""
    timer = QTimer(parent)
    timer.setSingleShot(single)
    timer.setInterval(interval)
    timer.timeout.connect(on_timeout)
    return timer


class LivePreview(QObject):
    """Query what the side panel shows; only the newest answer is used."""

    def __init__(self, form: IntakeForm, side_panel: IntakeSidePanel, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._side_panel, self._runner = form, side_panel, runner
        self._checked: tuple[Mapping[str, Any], tuple[FormDoubt, ...]] | None = None
        self._check_age = QElapsedTimer()
        runner.changed.connect(self._forget_check)
        self._pause_timer = create_timer(self, _PAUSE_MS, self.read)
        self.refresh_timer = create_timer(self, _REFRESH_MS, self._read_promise, single=False)
        self.refresh_timer.start()
        form.procedure_changed.connect(self._read_choices)

    def read_soon(self) -> None:
        """Query after the next short pause in typing."""
        self._pause_timer.start()

    def read(self) -> None:
        """Query at once."""
        self._pause_timer.stop()
        chosen = self._form.chosen
        self._read_doubts()
        self._side_panel.show_missing(self._form.papers.missing, chosen is not None)
        if chosen is None:
            self._runner.cancel("promise")
            self._side_panel.show_promise(None, False)
            self._side_panel.show_visits()
            return
        self._read_promise()
        self._read_visits(chosen.code)

    def _read_choices(self) -> None:
        """Read the exempt groups and the places of the day of receipt."""
        chosen, at = self._form.chosen, self._form.preprinted.received_at
        if chosen is None:
            return
        from app.usecases.intake.preview import ListFeeGroups, ListPlaces, list_fee_groups, list_places

        self._runner.read(
            list_fee_groups,
            ListFeeGroups(at),
            self._form.terms.show_groups,
            key="feeGroups",
            on_error=lambda _error: True,
        )
        show = partial(self._show_places, chosen.code)
        self._runner.read(list_places, ListPlaces(chosen.code, at), show, key="places", on_error=lambda _error: True)

    def _show_places(self, code: str, places: Sequence[ReceivingPlace]) -> None:
        if self._form.chosen is not None and self._form.chosen.code == code:
            self._form.place.show_places(places)

    def _read_doubts(self) -> None:
        if self._form.empty:
            self._runner.cancel("doubts")
            self._side_panel.show_doubts(())
            return
        from app.usecases.intake.check_form import CheckForm, check_form

        query = CheckForm(self._form.read())
        on_result = partial(self._show_doubts, query.form)
        self._runner.read(check_form, query, on_result, key="doubts", on_error=lambda _error: True)

    def _show_doubts(self, form: Mapping[str, Any], doubts: Sequence[FormDoubt]) -> None:
        self._side_panel.show_doubts([doubt.sentence for doubt in doubts])
        self._checked = form, tuple(doubts)
        self._check_age.start()

    def _forget_check(self) -> None:
        self._checked = None

    def known_doubts(self, form: Mapping[str, Any]) -> tuple[FormDoubt, ...] | None:
        """Return the doubts of a form that was just checked; None for another."""
        if self._checked is None or self._checked[0] != form or self._check_age.hasExpired(_FRESH_MS):
            return None
        return self._checked[1]

    def _read_promise(self) -> None:
        from app.usecases.intake.preview import preview_promise

        if (query := self._form.promise_query()) is not None:
            on_result = partial(self._show_promise, query.procedure)
            self._runner.read(preview_promise, query, on_result, key="promise", on_error=self._promise_failed)

    def _promise_failed(self, _error: Exception) -> bool:
        """Clear the promise of an incomplete form; saving reports what is wrong."""
        self._side_panel.show_promise(None, True)
        return True

    def _show_promise(self, code: str, preview: Preview) -> None:
        if self._form.chosen is not None and self._form.chosen.code == code:
            self._side_panel.show_promise(preview, True, self._form.terms.exempt_tick.isChecked())

    def _read_visits(self, procedure: str) -> None:
        from app.usecases.dossiers.earlier_visits import EarlierVisits, earlier_visits

        form = self._form
        person = (form.owner if form.other_owner.isChecked() else form.submitter).read()
        keys = {name: str(person.get(key) or "") for name, key in _VISITOR.items()}
        if not any(keys.values()):
            self._runner.cancel("visits")
            self._side_panel.show_visits()
            return
        query = EarlierVisits(procedure=procedure, **keys)
        self._runner.read(earlier_visits, query, self._show_visits, key="visits", on_error=lambda _error: True)

    def _show_visits(self, visits: Visits) -> None:
        self._side_panel.show_visits(visits.same, visits.possible)
