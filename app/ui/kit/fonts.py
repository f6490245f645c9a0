"""Letters of the window: Noto Sans from the program's own folder, so that every Vietnamese mark fits its line.

Fonts may be added only after the application object exists; before, Qt ends the process.
"""

import logging
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

FAMILY = "Noto Sans"
BODY_POINTS, CAPTION_POINTS = 10.5, 9.5
_log = logging.getLogger(__name__)


def load_fonts(resources: Path) -> bool:
    """Adds the vendored fonts. False where the family is still not there: Qt then draws with what it finds, and the
    administrator reads so in the log."""
    for file in sorted((resources / "fonts" / "noto-sans").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    present = QFontInfo(QFont(FAMILY)).family() == FAMILY
    if not present:
        _log.warning("screen font missing: %s", FAMILY)
    return present


def semibold() -> QFont:
    """The body font in its heavier weight."""
    font = body_font()
    font.setWeight(QFont.Weight.DemiBold)
    return font


def caption_font() -> QFont:
    """The font of captions, a little smaller than the body."""
    font = body_font()
    font.setPointSizeF(CAPTION_POINTS)
    return font


def body_font() -> QFont:
    """10.5 pt with figures of one width, so that columns of numbers stand under each other."""
    font = QFont(FAMILY)
    font.setPointSizeF(BODY_POINTS)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
