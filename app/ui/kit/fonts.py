"""Fonts of the window: Noto Sans from the resources.

Every Vietnamese mark fits the height of its lines.

Fonts may be added only after the application object exists; otherwise Qt aborts the process.
"""

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

FAMILY = "Noto Sans"
BODY_POINTS, CAPTION_POINTS = 10.5, 9.5
QT_READS_FONTS = sys.platform != "win32"
"""Qt maps font files, which takes no memory for their content.

On Windows its own reader knows no Vietnamese folder names.
"""
_log = logging.getLogger(__name__)


def load_fonts(resources: Path) -> bool:
    """Add the vendored fonts.

    Returns False and logs a warning if the family is missing.
    """
    for file in sorted((resources / "fonts" / "noto-sans").glob("*.ttf")):
        add_font(file, b"" if QT_READS_FONTS else file.read_bytes())
    present = QFontInfo(QFont(FAMILY)).family() == FAMILY
    if not present:
        _log.warning("screen font missing: %s", FAMILY)
    return present


def add_font(file: Path, content: bytes) -> int:
    """Add a font and return its number; `content` is used unless Qt reads it."""
    if QT_READS_FONTS:
        return QFontDatabase.addApplicationFont(str(file))
    return QFontDatabase.addApplicationFontFromData(QByteArray(content))


def semibold() -> QFont:
    """Return the body font in semibold weight."""
    font = body_font()
    font.setWeight(QFont.Weight.DemiBold)
    return font


def caption_font() -> QFont:
    """Return the font of captions, slightly smaller than the body font."""
    font = body_font()
    font.setPointSizeF(CAPTION_POINTS)
    return font


def body_font() -> QFont:
    """Return the body font.

    It has 10.5 pt and tabular figures, so that columns of numbers align.
    """
    font = QFont(FAMILY)
    font.setPointSizeF(BODY_POINTS)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
