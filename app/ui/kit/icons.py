"""Icons from the icon font, which is loaded after the start.

Widgets reserve the size of their icon until the font is loaded.
"""

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import shiboken6
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QAbstractButton, QLabel

from app.ui.kit.fonts import QT_READS_FONTS, add_font
from app.ui.kit.style import current_colours

if TYPE_CHECKING:  # PySide makes a class when it is first named, which would slow every start
    from PySide6.QtGui import QAction, QPixmap

SIZE = 18
_SCALE = 3
"""Drawn pixels for each pixel of the screen, so that icons are sharp at 150 % and 200 %."""
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
    "warning": "alert-outline",
    "error": "alert-circle-outline",
    "calendar": "calendar-month-outline",
}
_pending: list[Callable[[], None]] = []
_loaded_font: list[tuple[QFont, dict[str, str]]] = []


class IconFont(NamedTuple):
    """Icon font file, and the character of each icon.

    `content` is that of the file, empty where Qt reads it.
    """

    file: Path
    content: bytes
    glyphs: dict[str, str]


def set_icon(widget: "QAbstractButton | QAction | QLabel", name: str, colour: str = "quiet") -> None:
    """Set the icon of a button, action or label, now or once it is loaded."""
    if isinstance(widget, QLabel):
        widget.setFixedSize(SIZE, SIZE)
    elif isinstance(widget, QAbstractButton):
        widget.setIconSize(QSize(SIZE, SIZE))
    if _loaded_font:
        _draw(widget, name, colour)
    else:
        _pending.append(lambda: _draw(widget, name, colour))


def load_icon_font() -> IconFont:
    """Read the icon font from the qtawesome package; may run in any thread.

    The package itself is not imported, because it imports further Qt modules. Doing that in a background thread while
    the window was being created crashed one start in five.
    """
    package = find_spec("qtawesome")
    assert package is not None and package.submodule_search_locations
    fonts = Path(package.submodule_search_locations[0]) / "fonts"
    names = json.loads(next(fonts.glob("materialdesignicons6*charmap*.json")).read_text("utf-8"))
    file = next(fonts.glob("materialdesignicons6*.ttf"))
    content = b"" if QT_READS_FONTS else file.read_bytes()
    return IconFont(file, content, {name: chr(int(names[icon], 16)) for name, icon in _NAMES.items()})


def apply_icon_font(icon_font: IconFont) -> None:
    """Add the icon font and draw all pending icons; GUI thread only."""
    font_id = add_font(icon_font.file, icon_font.content)
    font = QFont(QFontDatabase.applicationFontFamilies(font_id)[0])
    font.setPixelSize(SIZE)
    _loaded_font.append((font, icon_font.glyphs))
    pending, _pending[:] = list(_pending), []
    for draw in pending:
        draw()


def _draw(widget: "QAbstractButton | QAction | QLabel", name: str, colour: str) -> None:
    if not shiboken6.isValid(widget):
        return
    pixmap = _pixmap(name, getattr(current_colours(), colour))
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap)
    else:
        from PySide6.QtGui import QIcon

        widget.setIcon(QIcon(pixmap))


def _pixmap(name: str, colour: str) -> "QPixmap":
    from PySide6.QtGui import QColor, QPainter, QPixmap

    font, glyphs = _loaded_font[-1]
    pixmap = QPixmap(_SCALE * SIZE, _SCALE * SIZE)
    pixmap.setDevicePixelRatio(_SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(QRect(0, 0, SIZE, SIZE), Qt.AlignmentFlag.AlignCenter, glyphs[name])
    painter.end()
    return pixmap
