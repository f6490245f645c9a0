"""No field, button or table moves when a message comes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from app.ui.kit.runner import _BUG, BannerMessage, Level
from app.ui.kit.widgets import Banner, Choice
from app.ui.printing.preprinted_dialog import PreprintedDialog
from app.ui.shell.window import MainWindow
from app.usecases.intake.accept import AcceptedDossier
from app.usecases.intake.check_form import FormDoubt
from tests.support.fullest_desk import HOLDER
from tests.support.recording_desk import CODE, DUE, NOW
from tests.support.visual_checks import cut_texts, wait_for_layout
from tests.ui.kit.window_dialogs import DIALOGS, open_dialog
from tests.ui.test_sizes import fill_intake

_ONE_LINE = "Đã in 2 liên."
_THREE_LINES = _BUG
MESSAGES = [
    BannerMessage(level, text, "Xem giấy chờ" if text == _THREE_LINES else "", lambda: None)
    for level in Level
    for text in (_ONE_LINE, _THREE_LINES)
]
_SENTENCE = "Số định danh cho biết năm sinh 1990, khác năm sinh đã ghi 1999. Hãy đối chiếu với giấy tờ."
SIZES = ((911, 464), (1024, 728), (1366, 728))
_FIELDS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, Choice)


def places(top: QWidget) -> dict[QWidget, QRect]:
    """Return where the fields and buttons are; of a table, where it begins."""
    for _turn in range(3):  # texts take their height after their width
        QApplication.processEvents()
    rects = {}
    for part in (part for kind in _FIELDS for part in top.findChildren(kind)):
        if part.isVisible() and not isinstance(part.parent(), Banner):
            size = part.size()
            if isinstance(part, QAbstractItemView):
                size.setHeight(1)  # its end may give way
            rects[part] = QRect(part.mapTo(top, QPoint(0, 0)), size)
    return rects


def moved(top: QWidget, before: dict[QWidget, QRect]) -> list[str]:
    """Describe what has moved, and what is new where something else was."""
    after = places(top)
    faults = [
        f"{_name(part)} {before[part]} {after[part]}"
        for part in before.keys() & after.keys()
        if before[part] != after[part]
    ]
    covered = [
        (new, old)
        for new in after.keys() - before.keys()
        for old in before.keys() & after.keys()
        if _seen(new, top).intersects(_seen(old, top)) and not old.isAncestorOf(new)
    ]
    return faults + [f"{_name(new)} over {_name(old)}" for new, old in covered]


def _seen(part: QWidget, top: QWidget) -> QRect:
    """Return where a widget is in view."""
    visible = part.visibleRegion().boundingRect()
    return QRect(part.mapTo(top, visible.topLeft()), visible.size())


def _name(part: QWidget) -> str:
    return f"{type(part).__name__} {part.objectName() or part.accessibleName()}"


def test_no_page_moves_when_a_message_comes(fullest_window: MainWindow, qtbot: Any) -> None:
    window, faults = fullest_window, {}
    window.status.setFixedHeight(2 * window.status.height())  # facts come by themselves
    for size, name in ((size, name) for size in SIZES for name in window.pages):
        window.resize(*size)
        window.go_to_page(name)
        if name == "dossier":
            window.open_dossier(CODE)
        qtbot.waitUntil(lambda: window.runner.idle)
        before = places(window)
        for message in MESSAGES if name == "intake" else MESSAGES[-1:]:
            window.banner.show_message(message)
            window.progress_line.show_work("Đang xuất sổ: 1.200 trong 5.000 hồ sơ", True)
            faults[size, name, message.level, message.text[:9]] = moved(window, before)
            window.progress_line.hide()
            window.banner.clear()
            faults[size, name, "after"] = moved(window, before)
    assert {key: parts for key, parts in faults.items() if parts} == {}


def test_long_message_is_shown_whole(fullest_window: MainWindow) -> None:
    for size in SIZES:
        fullest_window.resize(*size)
        fullest_window.banner.show_message(MESSAGES[1])
        wait_for_layout(fullest_window)
        assert fullest_window.banner._text.text() == _THREE_LINES and not cut_texts(fullest_window.header)
        assert fullest_window.header._clock.isVisible()


def _ask_doubts(window: MainWindow, count: int) -> None:
    window.intake.doubt_bar.ask([FormDoubt("applicant.id_number", _SENTENCE, True)] * count)


def _show_saved(window: MainWindow) -> None:
    accepted = AcceptedDossier(CODE, "6303260311000078", "received", NOW, DUE, (_SENTENCE,), 8000, ())
    window.intake.saved_banner.show_dossier(accepted, HOLDER, 2)


def _show_prints(window: MainWindow) -> None:
    window.intake.saved_banner.show_prints("Chưa thấy máy in: 2 bản đang chờ.")


def test_intake_does_not_move_when_it_asks_or_has_saved(fullest_window: MainWindow, qtbot: Any) -> None:
    window, faults = fullest_window, {}
    questions: dict[str, Callable[[MainWindow], None]] = {
        "one doubt": partial(_ask_doubts, count=1),
        "three doubts": partial(_ask_doubts, count=3),
    }
    notices: dict[str, Callable[[MainWindow], None]] = {"saved": _show_saved, "prints": _show_prints}
    for size in SIZES:
        window.resize(*size)
        window.go_to_page("intake")
        for fill, steps in ((fill_intake, questions), (lambda window: window.intake._clear(), notices)):
            fill(window)
            window.intake.side_panel.show_drafts(2)
            qtbot.waitUntil(lambda: window.runner.idle)
            wait_for_layout(window)
            for step, show in steps.items():
                before = places(window)
                show(window)
                faults[size, step] = moved(window, before)
                window.intake.doubt_bar.close_question()
        window.intake.saved_banner.hide()
    assert {key: parts for key, parts in faults.items() if parts} == {}


def test_dossier_does_not_move_when_a_rating_is_asked_for(fullest_window: MainWindow, qtbot: Any) -> None:
    window = fullest_window
    window.open_dossier(CODE)
    qtbot.waitUntil(lambda: window.runner.idle)
    before = places(window)
    window.dossier.rating.ask_about(CODE)
    assert moved(window, before) == []


def test_no_dialog_moves_when_a_message_comes(fullest_window: MainWindow, qtbot: Any) -> None:
    window, faults = fullest_window, {}
    for name in DIALOGS:
        dialog = open_dialog(window, name, lambda: qtbot.waitUntil(lambda: window.runner.idle))
        before = places(dialog)
        for message in MESSAGES:
            window.banner.show_message(message)
            if isinstance(dialog, PreprintedDialog):
                dialog._show_message(message.level.value, message.text)
            faults[name, message.level] = moved(dialog, before)
        dialog.reject()
    assert {key: parts for key, parts in faults.items() if parts} == {}
