"""Field of the place where a dossier is received."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

from app.ui.kit.widgets import FieldBox

if TYPE_CHECKING:
    from app.services.law.terms import ReceivingPlace

_CAPTION, _OFFICE = "Nơi nhận", "Trụ sở cơ quan"
_MIN_CHARACTERS = 22


class PlaceField(FieldBox):
    """Combo box of the receiving places, hidden where none is offered.

    The last choice stays for the next dossier of the desk.

    Signals: `chosen()` after any change.
    """

    chosen = Signal()

    def __init__(self) -> None:
        self.places = QComboBox()
        self.places.setObjectName("intake.place")
        self.places.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.places.setMinimumContentsLength(_MIN_CHARACTERS)
        super().__init__(_CAPTION, self.places, "Nơi nhận hồ sơ")
        self._key = ""
        self.places.activated.connect(self._on_chosen)
        self.hide()

    def show_places(self, places: "Sequence[ReceivingPlace]") -> None:
        """Offer places and the office itself; hide the field for none."""
        before = self.value
        self.places.clear()
        self.places.addItem(_OFFICE, "")
        for place in places:
            self.places.addItem(place.name, place.key)
            self.places.setItemData(self.places.count() - 1, place.address or place.name, Qt.ItemDataRole.ToolTipRole)
        self.places.setCurrentIndex(max(0, self.places.findData(self._key)))
        self.setVisible(bool(places))
        if self.value != before:
            self.chosen.emit()

    @property
    def value(self) -> str:
        """Key of the chosen place; empty for the office itself."""
        return "" if self.isHidden() else str(self.places.currentData() or "")

    def set_value(self, key: str) -> None:
        """Choose a place by its key, also before the places are known."""
        self._key = key
        self.places.setCurrentIndex(max(0, self.places.findData(key)))

    def _on_chosen(self) -> None:
        self._key = str(self.places.currentData() or "")
        self.clear_error()
        self.chosen.emit()
