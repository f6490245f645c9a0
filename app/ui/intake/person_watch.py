"""Notice when the intake form is about another person than before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.models.values.numbers import searched_number
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


def visitor_key(people: Mapping[str, Any]) -> Any:
    """Return what identifies the person at the counter.

    This is the id number, or else name and phone.
    """
    person = people.get("submitter") or people.get("applicant") or {}
    return searched_number(person.get("id_number")) or (person.get("name"), person.get("phone"))
