"""A citizen card comes to the intake: what is empty is filled; where something was typed otherwise, nothing is written
before the clerk has said what holds."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.ui.intake.card_compare import CardCompareDialog, differences
from app.ui.kit.runner import Level

if TYPE_CHECKING:
    from app.usecases.dossiers.queries import CardFields, EarlierApplicant

_NOT_ON_CARD = ("phone", "email")


class CardFiller(QObject):
    """Fills a person's fields of the intake page from a card."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self._page = page

    def fill_person(self, person: Any, card: "CardFields") -> None:
        """Fills a person, or asks first where the card tells otherwise than was typed."""
        typed, told = person.read(), _card_line(card)
        self._close_earlier()
        if unlike := differences(typed, told):
            CardCompareDialog(unlike, partial(self._fill, person, card), self._page).open()
        else:
            self._fill(person, card, {})

    def _close_earlier(self) -> None:
        for earlier in self._page.findChildren(CardCompareDialog):
            earlier.reject()

    def _fill(self, person: Any, card: "CardFields", taken: Mapping[str, str]) -> None:
        """The card's answers that were chosen, and all where nothing was typed. Phone and e-mail of somebody else
        go."""
        before = person.read()
        another = "id_number" in taken
        typed = {key: value for key, value in before.items() if not (another and key in _NOT_ON_CARD)}
        person.fill({**_card_line(card), **typed, **taken})
        self._page.edited()
        self._look_up_person(person, card.id_number)
        text = " ".join((f"Đã điền theo thẻ của {card.name}.", *card.warnings))
        undo = partial(self._undo, person, before)
        level = Level.WARNING if card.warnings else Level.DONE
        self._page.post_message(level, text, "Hoàn lại" if len(before) > 1 else "", undo)
        (person.phone if self._page.form.chosen else self._page.form.procedure).setFocus()

    def _look_up_person(self, person: Any, number: str) -> None:
        """What a card does not tell is taken from the person's last visit."""
        from app.usecases.dossiers.queries import FindPeople, find_people

        on_result = partial(self._fill_missing, person, number)
        self._page.runner.read(
            find_people, FindPeople(number), on_result, key="people.card", on_error=lambda _error: True
        )

    def _fill_missing(self, person: Any, number: str, found: "Sequence[EarlierApplicant]") -> None:
        same = [each for each in found if each.id_number == number]
        if same and person.id_number.text().strip() == number:
            person.fill_empty({key: getattr(same[0], key) for key in _NOT_ON_CARD})
            self._page.edited()

    def _undo(self, person: Any, before: Mapping[str, Any]) -> None:
        person.fill(before)
        self._page.edited()


def _card_line(card: "CardFields") -> dict[str, Any]:
    return {
        "id_number": card.id_number,
        "name": card.name,
        "birth_date": card.birth_date,
        "gender": card.gender,
        "address": card.address,
    }
