"""Notice when the intake form is about another person than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.kit.runner import BannerMessage

if TYPE_CHECKING:
    from app.ui.intake.form import IntakeForm
    from app.ui.kit.page import Page


class PersonWatch(QObject):
    """Emits `person_changed` of a page once its form names another person.

    The person of a message is the one in the form when it is posted: a message that follows an automatic fill is about
    the filled person.
    """

    def __init__(self, page: Page, form: IntakeForm) -> None:
        super().__init__(page)
        self._page, self._form = page, form
        self._person = self._current()
        form.edited.connect(self._check)
        form.procedure_changed.connect(self._check)
        page.runner.message_posted.connect(self._note)

    def _current(self) -> tuple[str, str, str]:
        person = self._form.submitter
        return self._form.request_id, person.id_number.text().strip(), person.name.text().strip()

    def _note(self, message: BannerMessage) -> None:
        if message.page is self._page:
            self._person = self._current()

    def _check(self) -> None:
        before, self._person = self._person, self._current()
        if self._person != before:
            self._page.person_changed.emit()
