"""Fill the intake form from a citizen card.

Empty fields are filled. Where a typed value differs from the card, a dialog asks before anything is replaced.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values.numbers import searched_number
from app.ui.intake.card_compare import CardCompareDialog, differences
from app.ui.intake.form import IntakeForm
from app.ui.intake.person_fields import PersonFields
from app.ui.kit.runner import BannerMessage, Level, Runner

if TYPE_CHECKING:
    from app.usecases.dossiers.queries import EarlierApplicant
    from app.usecases.dossiers.scans import CardFields

_NOT_ON_CARD = ("phone", "email")


class CardFiller(QObject):
    """Fill a person's fields of the intake form from a card.

    `parent` is the parent of the dialog.
    """

    def __init__(self, form: IntakeForm, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._form, self._runner, self._parent = form, runner, parent

    def fill_person(self, person: PersonFields, card: "CardFields") -> None:
        """Fill `person` from `card`, after a dialog if typed values differ."""
        typed, on_card = person.read(), _card_line(card)
        self._close_earlier()
        if differing := differences(typed, on_card):
            CardCompareDialog(differing, partial(self._fill, person, card), self._parent).open()
        else:
            self._fill(person, card, {})

    def _close_earlier(self) -> None:
        for dialog in self._parent.findChildren(CardCompareDialog):
            dialog.reject()

    def _fill(self, person: PersonFields, card: "CardFields", accepted: Mapping[str, str]) -> None:
        """Fill empty fields and the `accepted` values of the card.

        Another id number means another person, so that phone and e-mail are cleared.
        """
        before = person.read()
        other_person = "id_number" in accepted
        typed = {key: value for key, value in before.items() if not (other_person and key in _NOT_ON_CARD)}
        person.fill({**_card_line(card), **typed, **accepted})
        self._form.edited.emit()
        self._look_up_person(person, card.id_number)
        text = " ".join((f"Đã điền theo thẻ của {card.name}.", *card.warnings))
        level = Level.WARNING if card.warnings else Level.DONE
        action = "Hoàn lại" if len(before) > 1 else ""
        self._runner.message_posted.emit(BannerMessage(level, text, action, partial(self._undo, person, before)))
        (person.phone if self._form.chosen else self._form.procedure).setFocus()

    def _look_up_person(self, person: PersonFields, number: str) -> None:
        """Look up the last visit for the values that are not on the card."""
        from app.usecases.dossiers.queries import FindPeople, find_people

        on_result = partial(self._fill_missing, person, number)
        self._runner.read(find_people, FindPeople(number), on_result, key="people.card", on_error=lambda _error: True)

    def _fill_missing(self, person: PersonFields, number: str, matches: "Sequence[EarlierApplicant]") -> None:
        same = [match for match in matches if searched_number(match.id_number) == number]
        if same and searched_number(person.id_number.text()) == number:
            person.fill_empty({"phone": same[0].phone, "email": same[0].email})
            self._form.edited.emit()

    def _undo(self, person: PersonFields, before: Mapping[str, Any]) -> None:
        person.fill(before)
        self._form.edited.emit()


def _card_line(card: "CardFields") -> dict[str, Any]:
    return {
        "id_number": card.id_number,
        "name": card.name,
        "birth_date": card.birth_date,
        "gender": card.gender,
        "address": card.address,
    }
