"""Menu of a table row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True)
class MenuEntry:
    """An entry: text, keys shown beside it, and what it does.

    An entry with `choices` opens a submenu.
    """

    text: str
    keys: str = ""
    on_chosen: Callable[[], object] = lambda: None
    choices: "tuple[MenuEntry, ...]" = ()


class RowMenu(QMenu):
    """Menu of entries; None is a line between groups."""

    def __init__(self, parent: QWidget, entries: Sequence[MenuEntry | None]) -> None:
        super().__init__(parent)
        for entry in entries:
            if entry is None:
                self.addSeparator()
            elif entry.choices:
                submenu = self.addMenu(entry.text)
                for choice in entry.choices:
                    _add(submenu, choice)
            else:
                _add(self, entry)


def _add(menu: QMenu, entry: MenuEntry) -> None:
    action = menu.addAction(entry.text)
    action.setShortcut(QKeySequence(entry.keys))
    action.triggered.connect(partial(_run, entry.on_chosen))


def _run(on_chosen: Callable[[], object], _checked: bool = False) -> None:
    on_chosen()
