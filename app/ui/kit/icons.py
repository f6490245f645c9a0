"""Icons of one weight, always beside a word. The icon font is read only once the window stands, aside; until
then a place is kept for each icon."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import shiboken6
from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.ui.kit.style import current_colours

SIZE = 18
_SCALE = 3
"""Pixels drawn for each of the screen, so that an icon is sharp at 150 % and 200 %."""
_NAMES = {
    "intake": "file-document-plus-outline",
    "worklist": "format-list-checks",
    "start": "weather-sunset-up",
    "lookup": "magnify",
    "reports": "chart-box-outline",
    "registers": "notebook-outline",
    "sync": "swap-vertical",
    "citizens": "account-group-outline",
    "office": "office-building-outline",
    "help": "help-circle-outline",
    "done": "check-circle-outline",
    "look": "alert-outline",
    "mend": "alert-circle-outline",
}
_pending: list[Callable[[], None]] = []
_loaded_font: list[tuple[QFont, dict[str, str]]] = []


@dataclass(frozen=True)
class IconFont:
    """The icon font as it lies on the disk, and the letter each icon is in it."""

    content: bytes
    glyphs: dict[str, str]


def set_icon(widget: QAbstractButton | QLabel, name: str, colour: str = "quiet") -> None:
    """Puts an icon on a button or label, at once or as soon as the icon font is there."""
    if isinstance(widget, QLabel):
        widget.setFixedSize(SIZE, SIZE)
    else:
        widget.setIconSize(QSize(SIZE, SIZE))
    if _loaded_font:
        _draw(widget, name, colour)
    else:
        _pending.append(lambda: _draw(widget, name, colour))


def load_icon_font() -> IconFont:
    """The slow part, in any thread: the letters of the icon font and their names, as the library brings them. The
    library itself is not imported: it takes whole modules of Qt in, and that aside, while the window makes its parts,
    ended the program at one start in five."""
    found = find_spec("qtawesome")
    assert found is not None and found.submodule_search_locations
    fonts = Path(found.submodule_search_locations[0]) / "fonts"
    names = json.loads(next(fonts.glob("materialdesignicons6*charmap*.json")).read_text("utf-8"))
    letters = next(fonts.glob("materialdesignicons6*.ttf")).read_bytes()
    return IconFont(letters, {name: chr(int(names[icon], 16)) for name, icon in _NAMES.items()})


def apply_icon_font(icon_font: IconFont) -> None:
    """On the GUI thread: adds the one font that is used, and draws every icon asked for so far."""
    place = QFontDatabase.addApplicationFontFromData(QByteArray(icon_font.content))
    font = QFont(QFontDatabase.applicationFontFamilies(place)[0])
    font.setPixelSize(SIZE)
    _loaded_font.append((font, icon_font.glyphs))
    waiting, _pending[:] = list(_pending), []
    for draw in waiting:
        draw()


def _draw(place: QAbstractButton | QLabel, name: str, colour: str) -> None:
    if not shiboken6.isValid(place):
        return
    picture = _pixmap(name, getattr(current_colours(), colour))
    if isinstance(place, QLabel):
        place.setPixmap(picture)
    else:
        place.setIcon(QIcon(picture))


def _pixmap(name: str, colour: str) -> QPixmap:
    font, letters = _loaded_font[-1]
    picture = QPixmap(_SCALE * SIZE, _SCALE * SIZE)
    picture.setDevicePixelRatio(_SCALE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRect(0, 0, SIZE, SIZE), Qt.AlignmentFlag.AlignCenter, letters[name])
    painter.end()
    return picture
