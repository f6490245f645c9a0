"""Icons of one weight, always beside a word. The icon font is read only once the window stands, since it costs 0.3 s;
until then a place is kept for each icon."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.ui.style import colours_in_use

SIZE = 18
_NAMES = {
    "intake": "mdi6.file-document-plus-outline",
    "worklist": "mdi6.format-list-checks",
    "lookup": "mdi6.magnify",
    "reports": "mdi6.chart-box-outline",
    "registers": "mdi6.notebook-outline",
    "sync": "mdi6.swap-vertical",
    "office": "mdi6.office-building-outline",
    "help": "mdi6.help-circle-outline",
    "done": "mdi6.check-circle-outline",
    "look": "mdi6.alert-outline",
    "mend": "mdi6.alert-circle-outline",
}
_waiting: list[Callable[[], None]] = []
_loaded: list[bool] = []


def set_icon(place: QAbstractButton | QLabel, name: str, colour: str = "quiet") -> None:
    """Puts an icon on a button or label, at once or as soon as the icon font is there."""
    if isinstance(place, QLabel):
        place.setFixedSize(SIZE, SIZE)
    else:
        place.setIconSize(QSize(SIZE, SIZE))
    if _loaded:
        _draw(place, name, colour)
    else:
        _waiting.append(lambda: _draw(place, name, colour))


def load_icons() -> None:
    """Reads the icon font and draws every icon asked for so far. Called once, after the window was first shown."""
    _loaded.append(True)
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
    import qtawesome

    icon: QIcon = qtawesome.icon(_NAMES[name], color=colour)
    return icon.pixmap(QSize(SIZE, SIZE), 2.0)
