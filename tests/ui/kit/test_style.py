"""Contrast of palettes, Vietnamese texts of Qt, fonts, accessibility."""

import gc
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QFont, QFontInfo, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QToolButton,
)

from app.ui.dossier.actions import QUESTIONS
from app.ui.kit.fonts import body_font, load_fonts
from app.ui.kit.qt_translations import TRANSLATIONS
from app.ui.kit.style import DARK, LIGHT, Colours, apply_palette, apply_stylesheet, stylesheet
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import sheet
from tests.support.visual_checks import contrast

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
PALETTES = [LIGHT, DARK]
TEXT = ("ink", "quiet", "accent", "done", "warning", "error")


def test_contrast_follows_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", PALETTES)
def test_text_contrast(colours: Colours) -> None:
    pairs = [(name, ground) for name in TEXT for ground in ("paper", "ground")]
    pairs += [("ink", "chosen"), ("on_accent", "accent"), ("accent", "chosen")]
    pairs += [(ink, f"{level}_ground") for level in ("done", "warning", "error") for ink in (level, "ink", "accent")]
    weak = [pair for pair in pairs if contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) < 4.5]
    assert weak == []


@pytest.mark.parametrize("colours", PALETTES)
def test_edge_contrast(colours: Colours) -> None:
    pairs = [(name, ground) for name in ("edge", "accent", "error") for ground in ("paper", "ground")]
    weak = [pair for pair in pairs if contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) < 3]
    assert weak == []


def weak_rules(sheet: str, colours: Colours) -> list[str]:
    """Return the rules of a stylesheet with weak texts, below 4.5.

    A rule without a background is measured on pages and on fields.
    """
    weak = []
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", sheet):
        parts = dict(re.findall(r"(?<![\w-])([\w-]*color|background)\s*:\s*(#\w{6})", body))
        pairs = [(parts.get("color"), parts.get("background")), (parts.get("placeholder-text-color"), None)]
        pairs += [(parts.get("selection-color"), parts.get("selection-background-color"))]
        for text, background in pairs:
            grounds = [background] if background else [colours.paper, colours.ground]
            weak += [selector.strip() for ground in grounds if text and contrast(text, ground) < 4.5]
    return weak


@pytest.mark.parametrize("colours", PALETTES)
def test_text_of_every_style_rule_has_contrast(colours: Colours) -> None:
    assert weak_rules(stylesheet(colours, RESOURCES), colours) == []
    assert weak_rules("QLabel { color: #999999; background: #FFFFFF; }", LIGHT) == ["QLabel"]
    assert weak_rules("QLineEdit { selection-color: #777777; selection-background-color: #888888; }", LIGHT)


@pytest.mark.parametrize("colours", PALETTES)
def test_palette_has_contrast_in_every_state(qapp: Any, colours: Colours) -> None:
    """Also disabled texts, placeholders, selections and tool tips."""
    before, role = QPalette(qapp.palette()), QPalette.ColorRole
    apply_palette(qapp, colours)
    palette = QPalette(qapp.palette())
    qapp.setPalette(before)
    pairs = [
        (text, ground)
        for text in (role.Text, role.WindowText, role.ButtonText, role.PlaceholderText)
        for ground in (role.Base, role.Window, role.AlternateBase, role.Button)
    ]
    pairs += [(role.HighlightedText, role.Highlight), (role.ToolTipText, role.ToolTipBase)]
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)
    weak = [
        (group, pair)
        for group in groups
        for pair in pairs
        if contrast(palette.color(group, pair[0]).name(), palette.color(group, pair[1]).name()) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("colours", PALETTES)
def test_stylesheet_is_complete(colours: Colours) -> None:
    sheet = stylesheet(colours, RESOURCES)
    assert "$" not in sheet
    for picture in (colours.tick, colours.arrow):
        assert (RESOURCES / "icons" / picture).is_file()


def test_qt_buttons_are_vietnamese(translated_app: Any, qtbot: Any) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton(0x0FFFFC00))
    qtbot.addWidget(box)
    english = {
        "OK",
        "Open",
        "Save",
        "Cancel",
        "Close",
        "Discard",
        "Apply",
        "Reset",
        "Help",
        "Yes",
        "No",
        "Abort",
        "Retry",
        "Ignore",
    }
    words = {button.text().replace("&", "") for button in box.buttons()}
    assert len(words) > 8
    assert not words & english
    question = QMessageBox(
        QMessageBox.Icon.Question, "", "", QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    )
    qtbot.addWidget(question)
    assert {button.text() for button in question.buttons()} == {"Có", "Không"}


def test_file_dialog_is_vietnamese(translated_app: Any, qtbot: Any) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = {
        w.text().replace("&", "")
        for kind in (QLabel, QPushButton, QToolButton)
        for w in dialog.findChildren(kind)
        if w.text()
    }
    texts |= {w.toolTip() for w in dialog.findChildren(QToolButton) if w.toolTip()}
    assert "Tên tệp:" in texts
    assert {text for text in texts if text.isascii()} - set(TRANSLATIONS.values()) == set()


def test_unknown_text_is_not_translated(translated_app: Any) -> None:
    assert QCoreApplication.translate("Any", "Something else") == "Something else"


def test_screen_font_has_tabular_figures(qapp: Any) -> None:
    assert load_fonts(RESOURCES)
    font = body_font()
    assert QFontInfo(font).family() == "Noto Sans"
    from PySide6.QtGui import QFontMetricsF

    assert len({QFontMetricsF(font).horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_fonts_of_the_desktop_replace_none_of_the_window(qapp: Any) -> None:
    """Windows has fonts of its own for lists, menus and boxes."""
    font = QApplication.font()
    try:
        apply_palette(qapp, LIGHT)
        qapp.setStyleSheet("QWidget {}")  # the first one takes the fonts of this desktop, which has none
        before, body = QTableWidget(1, 1), body_font()
        for kind in ("QAbstractItemView", "QMenu", "QMessageBox"):
            QApplication.setFont(QFont("Noto Serif", 8), kind)
        apply_stylesheet(qapp, LIGHT, RESOURCES)
        after = QTableWidget(1, 1)
        widgets = [before, after, after.horizontalHeader(), QMenu(), QMessageBox()]
        assert {(widget.font().family(), widget.font().pointSizeF()) for widget in widgets} == {
            (body.family(), body.pointSizeF())
        }
    finally:
        qapp.setStyleSheet("")
        qapp.setFont(font)


class _CollectorState(QLabel):
    """A label that notes whether the collector runs while it is styled."""

    states: ClassVar[list[bool]] = []

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.states.append(gc.isenabled())


def test_collector_rests_while_all_widgets_are_styled(qapp: Any) -> None:
    """A widget that is deleted meanwhile ends the process."""
    font, widget = QApplication.font(), _CollectorState("Một Cửa")
    gc.enable()
    try:
        apply_stylesheet(qapp, LIGHT, RESOURCES)
        _CollectorState.states.clear()
        apply_palette(qapp, DARK)
        apply_stylesheet(qapp, DARK, RESOURCES)
        assert len(_CollectorState.states) >= 2 and not any(_CollectorState.states)
        assert gc.isenabled()
    finally:
        qapp.setStyleSheet("")
        qapp.setFont(font)
        widget.deleteLater()


def test_loaded_font_is_not_reported_missing(qapp: Any, tmp_path: Path, caplog: Any) -> None:
    assert load_fonts(tmp_path)  # loaded by an earlier test from the resources
    assert "missing" not in caplog.text


def test_buttons_fit_1366x768_screen(window: MainWindow, qapp: Any, qtbot: Any) -> None:
    font = QApplication.font()
    try:
        apply_palette(qapp, LIGHT)
        apply_stylesheet(qapp, LIGHT, RESOURCES)
        window.resize(QSize(1366, 728))
        window.dossier.show_detail(sheet(allowed=tuple(QUESTIONS)))
        for name in window.pages:
            window.go_to_page(name)
            qtbot.waitUntil(lambda: window.runner.idle)
            window.dossier.show_detail(sheet(allowed=tuple(QUESTIONS)))
            QApplication.processEvents()
            visible = [b for b in window.findChildren(QPushButton) if b.isVisible()]
            cut = [b.text() for b in visible if b.fontMetrics().horizontalAdvance(b.text()) > b.width() - 12]
            assert cut == [], name
        assert window.width() == 1366
    finally:
        qapp.setStyleSheet("")
        qapp.setFont(font)


def test_widgets_have_accessible_names(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    unnamed = [
        w.objectName() or type(w).__name__
        for kind in (QLineEdit, QComboBox, QAbstractButton)
        for w in window.findChildren(kind)
        if not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))
        and not w.isHidden()
        and w.objectName() != "qt_spinbox_lineedit"
    ]
    assert unnamed == []


def test_shortcuts_are_not_single_characters(window: MainWindow) -> None:
    """A single character would fire before the scan guard receives it."""
    from PySide6.QtGui import QShortcut

    keys = [shortcut.key().toString() for shortcut in window.findChildren(QShortcut)]
    assert [key for key in keys if len(key) == 1] == []
    assert {"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "Ctrl+P", "Ctrl+F", "Esc"} <= set(keys)


def test_icons_are_set_by_deferred_start(window: MainWindow, qtbot: Any) -> None:
    buttons = window.rail.findChildren(QPushButton)
    window.start_deferred_work()
    qtbot.waitUntil(lambda: window.runner.idle)
    assert buttons and [b.text() for b in buttons if b.icon().isNull()] == []
