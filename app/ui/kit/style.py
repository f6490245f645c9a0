"""Style of the window: palettes, stylesheet, and a grid of 8 px.

Contrast is at least 4.5:1 for text, and 3:1 for icons and edges of fields, in both palettes.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.fonts import body_font

GRID = 8
RAIL_WIDTH = 168
ROW_HEIGHT = 28
FIELD_HEIGHT = 32
LOW_WINDOW = 600
"""Height below which a window shows less at once: 1366×768 with text of 150 %."""
_KINDS_WITH_FONTS = ("QAbstractItemView", "QMenu", "QMessageBox", "QTipLabel", "QStatusBar")
"""Widgets for which desktops have fonts of their own; PySide6 6.11 takes these names as text, against its types."""


@dataclass(frozen=True)
class Colours:
    """One palette.

    `ground` is the background of pages, `paper` that of fields and tables. `done`, `warning` and `error` are the
    levels of a banner, each with its background. `tick` and `arrow` are pictures of 56 pixels, four times their size;
    as SVG they would load another library of Qt.
    """

    ground: str
    paper: str
    ink: str
    quiet: str
    line: str
    edge: str
    accent: str
    on_accent: str
    chosen: str
    done: str
    done_ground: str
    warning: str
    warning_ground: str
    error: str
    error_ground: str
    tick: str
    arrow: str


LIGHT = Colours(
    ground="#F7F8FA",
    paper="#FFFFFF",
    ink="#17202A",
    quiet="#52606D",
    line="#D5DAE1",
    edge="#808C99",
    accent="#0B5CAD",
    on_accent="#FFFFFF",
    chosen="#DCE9F7",
    done="#1B7F4B",
    done_ground="#EAF6EF",
    warning="#8A5D00",
    warning_ground="#FFF6E0",
    error="#B3261E",
    error_ground="#FDECEA",
    tick="tick-light.png",
    arrow="down-light.png",
)
DARK = Colours(
    ground="#14191F",
    paper="#1D242C",
    ink="#E9EEF3",
    quiet="#AEB9C4",
    line="#3A4653",
    edge="#7F8D9B",
    accent="#74B5F3",
    on_accent="#0C1A28",
    chosen="#24405C",
    done="#66CF95",
    done_ground="#16301F",
    warning="#E8BC5F",
    warning_ground="#33290F",
    error="#F59A92",
    error_ground="#3A1A18",
    tick="tick-dark.png",
    arrow="down-dark.png",
)

_SHEET = Template(
    """
QWidget { color: $ink; }
QMainWindow, #ground, QDialog { background: $ground; }
#paper, #aside, #card { background: $paper; border: 1px solid $line; border-radius: 4px; }
#paper QLabel, #aside QLabel, #card QLabel { border: none; background: transparent; }
QScrollArea, #clear { background: transparent; border: none; }
#card QScrollArea { border: 2px solid transparent; border-radius: 4px; }
#card QScrollArea:focus { border: 2px solid $accent; }
QLabel[role="title"] { font-size: 15pt; font-weight: 600; }
QLabel[role="code"] { font-size: 26pt; font-weight: 600; }
QLabel[role="date"] { font-size: 15pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="caption"] { font-size: 9.5pt; color: $quiet; }
QLabel[role="empty"], #card QLabel[role="empty"] { color: $quiet; background: $paper; border: 1px solid $line;
  border-radius: 4px; padding: 16px; }
QLabel[role="wrong"], #paper QLabel[role="wrong"], #aside QLabel[role="wrong"], #card QLabel[role="wrong"] {
  font-size: 9.5pt; color: $error; font-weight: 600; background: $paper;
  border: 1px solid $error; border-radius: 4px; padding: 1px 6px; }
QLabel[role="warning"] { color: $warning; font-weight: 600; }
QLabel[role="done"] { color: $done; font-weight: 600; }
QLabel[role="error"] { color: $error; font-weight: 600; }

QLineEdit, QSpinBox, QComboBox, QPlainTextEdit {
  background: $paper; color: $ink; border: 1px solid $edge; border-radius: 4px; padding: 4px 8px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QSpinBox, QComboBox { min-height: 22px; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus {
  border: 2px solid $accent; padding: 3px 7px; }
QLineEdit[wrong="true"] { border: 2px solid $error; padding: 3px 7px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url("$icons/$arrow"); width: 14px; height: 14px; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit, QComboBox QLineEdit:focus {
  border: none; padding: 0; min-height: 0; background: transparent; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $paper; }
QCalendarWidget QToolButton { color: $ink; background: transparent; font-weight: 600; padding: 4px; }
QCalendarWidget QAbstractItemView { background: $paper; selection-background-color: $accent;
  selection-color: $on_accent; outline: none; }
QSpinBox { padding: 0; min-height: 30px; max-height: 30px; }
QSpinBox:focus { padding: 0; min-height: 28px; max-height: 28px; }
QComboBox QAbstractItemView { background: $paper; border: 1px solid $edge; selection-background-color: $chosen;
  selection-color: $ink; }

QPushButton { background: $paper; border: 1px solid $edge; border-radius: 4px; padding: 4px 16px; min-height: 22px; }
QPushButton:hover { background: $chosen; }
QPushButton:focus { border: 2px solid $accent; padding: 3px 15px; }
QPushButton:pressed { background: $line; }
QPushButton[main="true"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[main="true"]:focus { border: 2px solid $ink; }
QPushButton:disabled, QPushButton[link="true"]:disabled { color: $quiet; border-color: $line; }
QPushButton[main="true"]:disabled { background: $line; color: $quiet; border: 1px solid $line; }
QPushButton[small="true"] { font-size: 9.5pt; padding: 2px 10px; min-height: 18px; }
QPushButton[small="true"]:focus { padding: 1px 9px; }
QPushButton[link="true"] { background: transparent; border: 2px solid transparent; color: $accent; font-weight: 600;
  padding: 2px 6px; text-align: left; }
QPushButton[dense="true"] { min-height: 20px; padding: 1px 6px; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid $accent; }

QLineEdit { placeholder-text-color: $quiet; }
QCheckBox::indicator, QTableView::indicator { width: 14px; height: 14px; border: 2px solid $edge; border-radius: 3px;
  background: $paper; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/$tick"); }
QRadioButton::indicator { width: 14px; height: 14px; border: 2px solid $edge; border-radius: 9px; background: $paper; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid $accent; }
QCheckBox, QRadioButton { spacing: 6px; padding: 3px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus, Choice[ringed="true"] { border: 2px solid $accent; border-radius: 4px; }
Choice { border: 2px solid transparent; }
Choice QRadioButton { border: none; padding: 1px; }

QTableView, QListView { background: $paper; border: 1px solid $line; border-radius: 4px; gridline-color: $line;
  selection-background-color: $chosen; selection-color: $ink; outline: none; }
QTableView:focus, QListView:focus { border: 2px solid $accent; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid $line; }
QTableView::item:selected, QListView::item:selected { background: $chosen; color: $ink; }
QHeaderView { background: $ground; }
QHeaderView::section { background: $ground; color: $quiet; font-size: 9.5pt; font-weight: 600; padding: 4px 11px;
  border: none; border-bottom: 1px solid $edge; }
#popup { border: 1px solid $edge; }

#header { background: $paper; border-bottom: 1px solid $line; }
#header QLabel { background: transparent; }
#rail { background: $paper; border-right: 1px solid $line; }
#rail QPushButton { text-align: left; border: 2px solid transparent; border-left: 4px solid transparent;
  border-radius: 0; padding: 0 8px 0 10px; min-height: 22px; background: transparent; }
#rail QPushButton:hover { background: $ground; }
#rail QPushButton:checked { border-left: 4px solid $accent; background: $chosen; font-weight: 600; }
#rail QPushButton:focus { border: 2px solid $accent; border-left: 4px solid $accent; }
#rail QLabel { background: transparent; }
#status { background: $paper; border-top: 1px solid $line; }
#status QPushButton { border: 2px solid transparent; background: transparent; padding: 2px 8px; font-size: 9.5pt;
  min-height: 20px; }
#status QPushButton:hover { background: $ground; }
#status QPushButton:focus { border: 2px solid $accent; }
#status QPushButton[urgency="amber"] { color: $warning; font-weight: 600; }
#status QPushButton[urgency="red"] { color: $error; font-weight: 600; }
#training { background: $warning_ground; color: $warning; font-weight: 600; padding: 4px 8px; border-radius: 4px; }

#banner { border-radius: 4px; }
#banner QLabel { background: transparent; }
#banner QLabel[dense="true"] { font-size: 9pt; }
#banner[level="done"] { background: $done_ground; border: 1px solid $done; border-left: 6px solid $done; }
#banner[level="warning"] { background: $warning_ground; border: 1px solid $warning; border-left: 6px solid $warning; }
#banner[level="error"] { background: $error_ground; border: 1px solid $error; border-left: 6px solid $error; }
#saved { background: $done_ground; border: 1px solid $done; border-left: 6px solid $done; border-radius: 4px; }
#saved QLabel, #doubts QLabel { background: transparent; }
#doubts { background: $warning_ground; border: 1px solid $warning; border-left: 6px solid $warning; }
#doubts { border-radius: 4px; }
QProgressBar { background: $line; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QScrollBar:vertical { background: $ground; width: 14px; margin: 0; }
QScrollBar::handle:vertical { background: $edge; min-height: 32px; border-radius: 4px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar:horizontal { background: $ground; height: 14px; margin: 0; }
QScrollBar::handle:horizontal { background: $edge; min-width: 32px; border-radius: 4px; margin: 2px; }
QToolTip { background: $paper; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu { background: $paper; border: 1px solid $edge; }
QMenu::item:selected { background: $chosen; color: $ink; }
"""
)


def stylesheet(colours: Colours, resources: Path) -> str:
    """Return the stylesheet for a palette, with images from `resources`."""
    return _SHEET.substitute(asdict(colours), icons=(resources / "icons").as_posix())


def system_colours() -> Colours:
    """Return the palette for the system's light or dark colour scheme."""
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def theme_colours(theme: str) -> Colours:
    """Return the palette of `light`, `dark` or the system's scheme."""
    return {"light": LIGHT, "dark": DARK}.get(theme) or system_colours()


def apply_palette(application: QApplication, colours: Colours) -> None:
    """Set palette and body font.

    Call it after `load_fonts` and before creating widgets.
    """
    with _no_collection():
        application.setPalette(_qt_palette(colours))
        application.setFont(body_font())
    application.setProperty("colours", colours)


def apply_stylesheet(application: QApplication, colours: Colours, resources: Path) -> None:
    """Set the stylesheet of the application.

    Call it after the window is built, because styling a whole window takes half as long as styling its parts.

    The first stylesheet gives lists, menus and boxes the fonts that the desktop has for them. On Windows that is
    another family, two points smaller.
    """
    with _no_collection():
        application.setStyleSheet(stylesheet(colours, resources))
        body = application.font()
        if any(application.font(kind) != body for kind in _KINDS_WITH_FONTS):  # type: ignore[call-overload]
            application.setFont(body_font())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Stop Python's collector while Qt goes through a list of all widgets.

    A widget of that list which the collector deletes meanwhile ends the process.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def current_colours() -> Colours:
    """Return the palette in use, for widgets that paint themselves."""
    application = QApplication.instance()
    colours = application.property("colours") if application else None
    return colours if isinstance(colours, Colours) else LIGHT


def set_style_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet uses, and restyle the widget."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # the first display styles it; every call of `style` loads many classes of Qt
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _qt_palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.ground))
    pairs = {
        role.Window: colours.ground,
        role.Base: colours.paper,
        role.AlternateBase: colours.ground,
        role.Button: colours.paper,
        role.Text: colours.ink,
        role.WindowText: colours.ink,
        role.ButtonText: colours.ink,
        role.PlaceholderText: colours.quiet,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.ToolTipBase: colours.paper,
        role.ToolTipText: colours.ink,
        role.Link: colours.accent,
    }
    for colour_role, colour in pairs.items():
        palette.setColor(colour_role, QColor(colour))
    for colour_role in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(colours.quiet))
    return palette
