"""Layout of pages with long texts at common sizes; column widths.

No text is cut and no widgets overlap or are clipped. Every control has a name and is reached by Tab in view.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QScrollArea, QWidget

from app.models.enums import Action, Channel
from app.ui.dossier.actions import QUESTIONS
from app.ui.kit import fonts, style
from app.ui.kit.column_widths import ColumnWidthRequest, distribute_widths
from app.ui.kit.fonts import body_font
from app.ui.kit.page import Page
from app.ui.kit.style import DARK, LIGHT, apply_palette, apply_stylesheet
from app.ui.shell.window import MainWindow
from app.usecases.intake.accept import AcceptedDossier
from app.usecases.intake.check_form import FormDoubt
from app.wording.rules.counter import KINDS
from tests.support.fullest_desk import HOLDER, with_long_texts
from tests.support.recording_desk import AID, CODE, DUE, NOW, sheet
from tests.support.visual_checks import (
    clipped_widgets,
    cut_texts,
    describe,
    faint_texts,
    horizontal_scrolls,
    is_scrolled_away,
    main_buttons_out_of_view,
    missing_from_tab_order,
    nested_scrolls,
    overlapping_widgets,
    show_each_page,
    tab_order,
    unnamed_widgets,
    visible_widgets,
    wait_for_layout,
    without_focus_ring,
)
from tests.ui.conftest import RESOURCES
from tests.ui.kit.window_dialogs import DIALOGS, open_dialog

SIZES = {
    "an old screen at 150 %": (911, 464),
    "a small old screen": (1024, 728),
    "an old screen": (1366, 728),
    "a wide screen at 150 %": (1280, 680),
    "a wide screen": (1920, 1040),
}
"""Logical pixels without the task bar."""
LOW, OLD = SIZES["an old screen at 150 %"], SIZES["an old screen"]
WALKED_SIZES = (LOW, OLD)
"""Sizes in which every control is reached by Tab; in the others only the layout is measured."""
NARROW_SIZES = tuple(size for size in SIZES.values() if size[0] < OLD[0])
WIDER_PERCENT = 105
"""Width of a text on Windows in percent of the same text here."""
TITLE_BAR = 32
WIDE_TABLES = {"reports"}
"""Pages whose table has fourteen columns and scrolls horizontally in a narrow window."""


@pytest.fixture
def wider_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Widen the font of the window, as Windows does to the same font."""

    def wider() -> QFont:
        font = body_font()
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, WIDER_PERCENT)
        return font

    monkeypatch.setattr(fonts, "body_font", wider)
    monkeypatch.setattr(style, "body_font", wider)


def fill_intake(window: MainWindow) -> None:
    """Fill the intake page so that all optional fields are visible."""
    form = window.intake.form
    form.choose_procedure(with_long_texts(replace(AID, priced_per_page=True, boundary_free=True)))
    form.channel.set_value("online")
    people = (form.other_owner, form.co_applicants.tick, form.has_principal, form.other_codes.tick)
    for tick in (*people, form.terms.exempt_tick, form.terms.elsewhere_tick):
        tick.setChecked(True)
    window.intake.live_preview.read()


def show_saved(window: MainWindow) -> None:
    """Show the second dossier of a person, with all links of the banner."""
    accepted = AcceptedDossier(CODE, "6303260311000078", "received", NOW, DUE, ("Trong ngày.",), 8000, ())
    window.intake.saved_banner.show_dossier(accepted, HOLDER, 2)
    window.intake._clear()
    window.intake.saved_banner.show_prints("Chưa thấy máy in: 2 bản đang chờ.")


def ask_doubts(window: MainWindow) -> None:
    """Ask about two doubts."""
    sentence = "Số định danh cho biết năm sinh 1990, khác năm sinh đã ghi 1999. Hãy đối chiếu với giấy tờ."
    fill_intake(window)
    window.intake.doubt_bar.ask([FormDoubt("applicant.id_number", sentence, True)] * 2)


def correct_everything(window: MainWindow) -> None:
    """Open the correction of a dossier with all of its fields."""
    detail = sheet(allowed=(Action.AMEND,))
    owner = {**detail.applicant, "email": "huynh.thi.am.y.1999@kiemthu.gov.vn"}
    submitter = {**owner, "phone": "0912 345 678"}
    facts = {"pages": 12, "exempt": ["Người cao tuổi"], "level": "2"}
    co_applicants = ({key: owner[key] for key in ("name", "id_number", "phone")},)
    people = replace(detail, applicant=owner, submitter=submitter, co_applicants=co_applicants)
    full = replace(people, channel=Channel.ONLINE, fee_facts=facts)
    window.dossier.show_detail(with_long_texts(full))
    window.dossier.begin_action(Action.AMEND)
    assert window.dossier.action_form is not None and len(window.dossier.action_form.boxes) == 24


def show_rules(window: MainWindow, kind: str) -> None:
    """Show the fields of one kind of rules."""
    window.rules.kind.setCurrentIndex(window.rules.kind.findData(kind))
    window.rules.part_switch.reveal(window.rules.save)


STATES: dict[str, Callable[[MainWindow], None]] = {
    "intake": lambda window: None,
    "intake filled": fill_intake,
    "intake saved": show_saved,
    "intake doubts": ask_doubts,
    "worklist marked": lambda window: window.worklist._mark(window.worklist._all[0]),
    "worklist holder": lambda window: window.worklist.show_holder(HOLDER),
    "worklist people": lambda window: window.worklist.view.set_value("people"),
    "dossier": lambda window: window.dossier.show_detail(with_long_texts(sheet(allowed=tuple(QUESTIONS)))),
    "catalogue form": lambda window: window.catalogue.open_code("2.000815"),
    "dossier corrected": correct_everything,
    "people form": lambda window: window.people.begin_add(),
    **{f"rules {kind}": partial(show_rules, kind=kind) for kind in KINDS},
    "reports picture": lambda window: window.reports.view.set_value("picture"),
}


def begin_action(window: MainWindow, action: Action) -> None:
    """Open a dossier of usual texts and the form of an action."""
    window.open_dossier(CODE)
    while not window.runner.idle:
        QTest.qWait(1)
    window.dossier.show_detail(sheet(CODE, tuple(QUESTIONS)))
    window.dossier.begin_action(action)


_FORMS = (Action.SEND, Action.ASK_SUPPLEMENT, Action.SUPPLEMENT, Action.RETURN, Action.AMEND)
_LOW_STATES: dict[str, Callable[[MainWindow], None]] = {
    **{name: partial(MainWindow.go_to_page, name=name) for name in ("intake", "worklist", "start", "citizens")},
    **{action.value: partial(begin_action, action=action) for action in _FORMS},
}
"""Daily pages and the usual forms of a dossier, which fit a low window."""


def every_state(window: MainWindow, qtbot: Any) -> Iterator[str]:
    """Show each page in each of its states; yield the name of the state."""
    for page in window.pages:
        states = [state for state in STATES if state.split()[0] == page]
        for state in [page, *states]:
            window.go_to_page(page)
            if page == "dossier":
                window.open_dossier(CODE)
            qtbot.waitUntil(lambda: window.runner.idle)
            STATES.get(state, lambda _window: None)(window)
            qtbot.waitUntil(lambda: window.runner.idle)
            wait_for_layout(window)
            yield state


def layout_faults(top: QWidget, state: str, walked: bool) -> dict[str, list[str]]:
    """Return the layout faults of one state by kind; `walked` by Tab as well."""
    for area in top.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)
    wait_for_layout(top)
    faults = {
        "scroll within scroll": nested_scrolls(top),
        "main button out of view": main_buttons_out_of_view(top),
        "cut text": cut_texts(top),
        "overlapping": overlapping_widgets(top),
        "clipped": clipped_widgets(top),
        "horizontal scrolling": [] if state.partition(" (")[0] in WIDE_TABLES else horizontal_scrolls(top),
        "without name": unnamed_widgets(top),
        **(walk_faults(top) if walked else {}),
    }
    return {f"{state}: {kind}": parts for kind, parts in faults.items() if parts}


def walk_faults(top: QWidget) -> dict[str, list[str]]:
    """Return what Tab does not reach, or reaches out of view."""
    stops, hidden = tab_order(top), []
    for stop in stops:
        stop.setFocus()
        QTest.qWait(1)
        hidden += [describe(stop)] if is_scrolled_away(stop) else []
    page = top.stack.currentWidget() if isinstance(top, MainWindow) else top
    return {"not in tab order": missing_from_tab_order(page, stops), "focused out of view": hidden}


def resize(window: MainWindow, size: tuple[int, int]) -> None:
    """Resize a window and wait for its layout."""
    window.resize(*size)
    wait_for_layout(window)


def page_faults(window: MainWindow, qtbot: Any, sizes: Iterable[tuple[int, int]], walked: bool) -> dict[str, list[str]]:
    """Return the layout faults of every page in each of its states."""
    faults = {}
    for size in sizes:
        resize(window, size)
        for state in every_state(window, qtbot):
            faults |= layout_faults(window, f"{state} {size}", walked and size in WALKED_SIZES)
        assert window.size().toTuple() == size
    return faults


def test_layout_of_every_page(fullest_window: MainWindow, qtbot: Any) -> None:
    assert page_faults(fullest_window, qtbot, SIZES.values(), walked=True) == {}


def dialog_faults(window: MainWindow, qtbot: Any) -> dict[str, list[str]]:
    """Return the layout faults of every dialog, also on a low screen."""
    faults, low = dict[str, list[str]](), QSize(*LOW) - QSize(0, TITLE_BAR)
    for name in DIALOGS:
        dialog = open_dialog(window, name, lambda: qtbot.waitUntil(lambda: window.runner.idle))
        wait_for_layout(dialog)
        if dialog.minimumSizeHint().boundedTo(low) != dialog.minimumSizeHint():
            faults[f"{name}: too large"] = [str(dialog.minimumSizeHint().toTuple())]
        if not isinstance(dialog, QFileDialog):  # of Qt
            faults |= layout_faults(dialog, name, walked=True)
            dialog.resize(dialog.size().boundedTo(low))
            faults |= layout_faults(dialog, f"low {name}", walked=False)
        dialog.reject()
    return faults


def test_layout_of_every_dialog(fullest_window: MainWindow, qtbot: Any) -> None:
    assert dialog_faults(fullest_window, qtbot) == {}


def test_layout_in_the_wider_font_of_windows(wider_font: None, qtbot: Any, request: pytest.FixtureRequest) -> None:
    window = request.getfixturevalue("fullest_window")
    faults = page_faults(window, qtbot, NARROW_SIZES, walked=False) | dialog_faults(window, qtbot)
    faults.pop(f"registers {LOW}: scroll within scroll", None)  # four lines of the longest texts below two rows
    assert faults == {}


def outer_scrolls(window: MainWindow) -> list[int]:
    """Return how far the areas around the page scroll."""
    page = window.stack.currentWidget()
    areas = [area for area in window.findChildren(QScrollArea) if area.isAncestorOf(page)]
    assert areas
    return [over for area in areas if (over := area.verticalScrollBar().maximum())]


def test_daily_pages_fit_a_low_window(fullest_window: MainWindow, qtbot: Any) -> None:
    """Only the table, or the lists of papers, scroll; the page does not."""
    window, scrolling = fullest_window, []
    resize(window, LOW)
    for state in ("intake", "intake filled", "intake saved", "intake doubts"):
        window.go_to_page("intake")
        STATES[state](window)
        qtbot.waitUntil(lambda: window.runner.idle)
        wait_for_layout(window)
        scrolling += [(state, over) for over in outer_scrolls(window)]
        for part in (window.intake.form.procedure, window.intake.side_panel.save):
            assert window.rect().contains(QRect(part.mapTo(window, QPoint(0, 0)), part.size())), state
            assert part.visibleRegion().boundingRect() == part.rect(), state
    for name, prepare in _LOW_STATES.items():
        prepare(window)
        qtbot.waitUntil(lambda: window.runner.idle)
        wait_for_layout(window)
        scrolling += [(name, over) for over in outer_scrolls(window)]
        form = window.dossier.action_form
        if form is not None:
            qtbot.waitUntil(lambda form=form: form.visibleRegion().boundingRect() == form.rect())
        window.dossier.close_action()
    assert scrolling == []


def test_no_text_is_faint(fullest_window: MainWindow, qapp: Any, qtbot: Any) -> None:
    window, faults = fullest_window, {}
    for colours in (LIGHT, DARK):
        if colours is DARK:
            apply_palette(qapp, DARK)
            apply_stylesheet(qapp, DARK, RESOURCES)
        for state in every_state(window, qtbot):
            faults[colours.ground, state] = faint_texts(window)
    assert {key: parts for key, parts in faults.items() if parts} == {}


def test_every_field_and_button_shows_the_focus(fullest_window: MainWindow, qtbot: Any) -> None:
    window, faults = fullest_window, {}
    for name in show_each_page(window, qtbot):
        stops = [stop for stop in tab_order(window) if not isinstance(stop, Page)]
        faults[name] = without_focus_ring(stops)
    assert {name: missing for name, missing in faults.items() if missing} == {}


def test_layout_checks_detect_faults(fullest_window: MainWindow, qtbot: Any) -> None:
    page = fullest_window.intake
    page.form.other_owner.setFixedWidth(40)
    page.form.note.setAccessibleName("")
    page.side_panel.save.setParent(page)
    page.side_panel.save.setGeometry(page.rect().adjusted(0, 0, 40, 0))
    page.side_panel.save.show()
    wait_for_layout(fullest_window)
    assert any("Chủ hồ sơ là người khác" in part for part in cut_texts(fullest_window))
    assert any("intake.note" in part for part in unnamed_widgets(fullest_window))
    assert any("intake.save" in part for part in overlapping_widgets(fullest_window))
    assert any("intake.save" in part for part in clipped_widgets(fullest_window))
    assert visible_widgets(fullest_window)


column_requests = st.lists(
    st.builds(
        ColumnWidthRequest,
        preferred=st.integers(32, 300),
        content=st.integers(32, 1500),
        title=st.integers(20, 120),
        never_cut=st.booleans(),
        takes_rest=st.booleans(),
        drop_order=st.integers(0, 2),
    ),
    min_size=1,
    max_size=9,
)


@given(column_requests, st.integers(200, 2400))
def test_column_widths_fill_table_and_show_titles(requests: list[ColumnWidthRequest], available: int) -> None:
    widths = distribute_widths(requests, available)
    shown = [(request, width) for request, width in zip(requests, widths, strict=True) if width]
    assert all(width or request.drop_order for request, width in zip(requests, widths, strict=True))
    assert all(width >= request.minimum for request, width in shown)
    least = sum(request.minimum for request, _width in shown)
    assert sum(widths) == available if least <= available else sum(widths) == least


def test_long_title_shrinks_before_code() -> None:
    code, name = ColumnWidthRequest(160, 160, 60, never_cut=True), ColumnWidthRequest(176, 400, 80)
    title, state = ColumnWidthRequest(200, 1300, 60, takes_rest=True), ColumnWidthRequest(148, 140, 80, drop_order=1)
    assert distribute_widths([code, name, title, state], 900)[0] == 160
    assert distribute_widths([code, name, title, state], 400)[3] == 0
    assert distribute_widths([code, name, title, state], 1600)[1] == 400
