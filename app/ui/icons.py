"""Icons of one weight, always beside a word. The icon font is read only once the window stands, aside, since that
costs 0.3 s; until then a place is kept for each icon."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.ui.style import colours_in_use

SIZE = 18
_NAMES = {
    "intake": "mdi6.file-document-plus-outline",
    "worklist": "mdi6.format-list-checks",
    "start": "mdi6.weather-sunset-up",
    "lookup": "mdi6.magnify",
    "reports": "mdi6.chart-box-outline",
    "registers": "mdi6.notebook-outline",
    "sync": "mdi6.swap-vertical",
    "citizens": "mdi6.account-group-outline",
    "office": "mdi6.office-building-outline",
    "help": "mdi6.help-circle-outline",
    "done": "mdi6.check-circle-outline",
    "look": "mdi6.alert-outline",
    "mend": "mdi6.alert-circle-outline",
}
_waiting: list[Callable[[], None]] = []
_font: list[Any] = []


def set_icon(place: QAbstractButton | QLabel, name: str, colour: str = "quiet") -> None:
    """Puts an icon on a button or label, at once or as soon as the icon font is there."""
    if isinstance(place, QLabel):
        place.setFixedSize(SIZE, SIZE)
    else:
        place.setIconSize(QSize(SIZE, SIZE))
    if _font:
        _draw(place, name, colour)
    else:
        _waiting.append(lambda: _draw(place, name, colour))


def read_icons() -> ModuleType:
    """The slow part, in any thread: the library of icons."""
    return import_module("qtawesome")


def draw_icons(library: ModuleType) -> None:
    """On the GUI thread: adds the one font that is used, and draws every icon asked for so far."""
    fonts = Path(str(library.__file__)).parent / "fonts"
    letters = next(fonts.glob("materialdesignicons6*.ttf")).name
    names = next(fonts.glob("materialdesignicons6*charmap*.json")).name
    _font.append(library.IconicFont(("mdi6", letters, names, str(fonts))))
    waiting, _waiting[:] = list(_waiting), []
    for draw in waiting:
        draw()


def _draw(place: QAbstractButton | QLabel, name: str, colour: str) -> None:
    if not shiboken6.isValid(place):
        return
    picture = _pixmap(name, getattr(colours_in_use(), colour))
    if isinstance(place, QLabel):
        place.setPixmap(picture)
    else:
        place.setIcon(QIcon(picture))


def _pixmap(name: str, colour: str) -> QPixmap:
    icon: QIcon = _font[-1].icon(_NAMES[name], color=colour)
    return icon.pixmap(QSize(SIZE, SIZE), 2.0)
