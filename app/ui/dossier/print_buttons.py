"""Buttons that print and preview the papers of a dossier."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from app.models.enums import PaperForm
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.widgets import button

PRINT_KEY, PREVIEW_KEY = "I", "X"
"""Keys of the dossier page that open the two menus; no action has them."""
_MOST_NUMBERED = 9


class PrintButtons(FlowWidget):
    """Buttons of the printable papers, and menus to print and preview one.

    The key of a menu opens it; the digit of an entry chooses it.

    Signals: `print_requested(PaperForm)`, `preview_requested(PaperForm)`.
    """

    print_requested = Signal(object)
    preview_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.print_menu, self.preview_menu = QMenu(self), QMenu(self)
        self._paper_buttons: dict[PaperForm, QPushButton] = {}
        self._menu_buttons = {
            PRINT_KEY: _menu_button("Chọn giấy in", PRINT_KEY, self.print_menu),
            PREVIEW_KEY: _menu_button("Xem trước", PREVIEW_KEY, self.preview_menu),
        }
        self.buttons: tuple[QPushButton, ...] = ()
        self._papers: tuple[tuple[PaperForm, str], ...] = ()

    def show_papers(self, papers: Sequence[tuple[PaperForm, str]]) -> None:
        """Show the papers that can be printed, each with its name."""
        if tuple(papers) == self._papers:
            return
        self._papers = tuple(papers)
        for menu, signal in ((self.print_menu, self.print_requested), (self.preview_menu, self.preview_requested)):
            menu.clear()
            for number, (form, name) in enumerate(papers, 1):
                digit = f"&{number}  " if number <= _MOST_NUMBERED else ""
                menu.addAction(f"{digit}{name.capitalize()}", partial(signal.emit, form))
        paper_buttons = (self._paper_button(form, name) for form, name in papers)
        self.buttons = (*paper_buttons, *self._menu_buttons.values()) if papers else ()
        self.arrange(*self.buttons)

    def _paper_button(self, form: PaperForm, name: str) -> QPushButton:
        if form not in self._paper_buttons:
            self._paper_buttons[form] = paper_button = button("")
            paper_button.setProperty("small", True)
            paper_button.setObjectName(f"print.{form.value}")
            paper_button.clicked.connect(lambda _checked: self.print_requested.emit(form))
        self._paper_buttons[form].setText(f"In {name}")
        return self._paper_buttons[form]

    def press(self, key: str) -> bool:
        """Open the menu of a key; False where it has none."""
        menu_button = self._menu_buttons.get(key.upper())
        if menu_button is None or not self._papers:
            return False
        menu_button.menu().popup(menu_button.mapToGlobal(QPoint(0, menu_button.height())))
        return True


def _menu_button(text: str, key: str, menu: QMenu) -> QPushButton:
    menu_button = button(f"{text}  {key}")
    menu_button.setProperty("small", True)
    menu_button.setMenu(menu)
    return menu_button
