"""Layout of pages with long texts at common sizes; column widths.

No text is cut and no widgets overlap or are clipped. Every control has a name and is reached by Tab in view.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.models.enums import Action
from app.ui.dossier.actions import QUESTIONS
from app.ui.kit.column_widths import ColumnWidthRequest, distribute_widths
from app.ui.kit.page import Page
from app.ui.kit.runner import BannerMessage, Level
from app.ui.kit.style import LIGHT, apply_palette, apply_stylesheet
from app.ui.shell.window import MainWindow, build_window
from app.usecases.intake.accept import AcceptedDossier
from app.usecases.intake.check_form import FormDoubt
from tests.support.fullest_desk import HOLDER, long_text_answers, with_long_texts
from tests.support.recording_desk import AID, CODE, DUE, NOW, RecordingDesk, sheet
from tests.support.visual_checks import (
    clipped_widgets,
    cut_texts,
    describe,
    horizontal_scrolls,
    is_scrolled_away,
    main_buttons_out_of_view,
    missing_from_tab_order,
    nested_scrolls,
    overlapping_widgets,
    tab_order,
    unnamed_widgets,
    visible_widgets,
    wait_for_layout,
    without_focus_ring,
)

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SIZES = {
    "an old screen at 150 %": (911, 464),
    "an old screen": (1366, 728),
    "a wide screen at 150 %": (1280, 680),
    "a wide screen": (1920, 1040),
}
"""Logical pixels without the task bar."""
WIDE_TABLES = {"reports"}
"""Pages whose table has fourteen columns and scrolls horizontally in a narrow window."""


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def sized_window(request: Any, translated_app: Any, qapp: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    """Styled window of one size with long texts."""
    font = QApplication.font()
    apply_palette(qapp, LIGHT)
    apply_stylesheet(qapp, LIGHT, RESOURCES)
    desk = RecordingDesk(tmp_path, long_text_answers())
    desk.facts = replace(desk.facts, office_name=f"UBND {HOLDER}", training=True)
    window = build_window(desk)
    qtbot.addWidget(window)
    window.resize(*request.param)
    window.show()
    window.activateWindow()
    window.start_deferred_work()
    qtbot.waitUntil(lambda: window.runner.idle and window.isActiveWindow())
    yield window
    window.close()
    qapp.setStyleSheet("")
    qapp.setFont(font)


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
    window.intake.form.clear()
    window.intake.saved_banner.show_dossier(accepted, HOLDER, 2)
    window.intake.saved_banner.show_prints("Chưa thấy máy in: 2 bản đang chờ.")


def ask_doubts(window: MainWindow) -> None:
    """Ask about two doubts."""
    sentence = "Số định danh cho biết năm sinh 1990, khác năm sinh đã ghi 1999. Hãy đối chiếu với giấy tờ."
    fill_intake(window)
    window.intake.saved_banner.hide()
    window.intake.doubt_bar.ask([FormDoubt("applicant.id_number", sentence, True)] * 2)


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
    "people form": lambda window: window.people.begin_add(),
    "reports picture": lambda window: window.reports.view.set_value("picture"),
}


def begin_action(window: MainWindow, action: Action) -> None:
    """Open a dossier of usual texts and the form of an action."""
    window.open_dossier(CODE)
    wait_for_layout(window)
    window.dossier.show_detail(sheet(CODE, tuple(QUESTIONS)))
    window.dossier.begin_action(action)


_FORMS = (Action.SEND, Action.ASK_SUPPLEMENT, Action.RETURN, Action.AMEND)
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


def layout_faults(window: MainWindow, state: str) -> dict[str, list[str]]:
    """Return the layout faults of one state by kind."""
    for area in window.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)
    wait_for_layout(window)
    nested, out_of_view = nested_scrolls(window), main_buttons_out_of_view(window)
    stops, hidden = tab_order(window), []
    for stop in stops:
        stop.setFocus()
        QTest.qWait(1)
        hidden += [describe(stop)] if is_scrolled_away(stop) else []
    faults = {
        "cut text": cut_texts(window),
        "overlapping": overlapping_widgets(window),
        "clipped": clipped_widgets(window),
        "horizontal scrolling": [] if state in WIDE_TABLES else horizontal_scrolls(window),
        "without name": unnamed_widgets(window),
        "not in tab order": missing_from_tab_order(window.stack.currentWidget(), stops),
        "focused out of view": hidden,
        "scroll within scroll": nested,
        "main button out of view": out_of_view,
    }
    return {f"{state}: {kind}": parts for kind, parts in faults.items() if parts}


def test_layout_of_every_page(sized_window: MainWindow, qtbot: Any) -> None:
    size, faults = sized_window.size(), {}
    for state in every_state(sized_window, qtbot):
        faults |= layout_faults(sized_window, state)
    assert faults == {}
    assert sized_window.size() == size


@pytest.mark.parametrize("sized_window", [SIZES["an old screen at 150 %"]], indirect=True)
@pytest.mark.parametrize("state", ["intake", "intake filled", "intake saved", "intake doubts"])
def test_intake_has_no_scroll_within_scroll(sized_window: MainWindow, qtbot: Any, state: str) -> None:
    window = sized_window
    window.go_to_page("intake")
    STATES[state](window)
    qtbot.waitUntil(lambda: window.runner.idle)
    wait_for_layout(window)
    page, save = window.intake, window.intake.side_panel.save
    areas = [area for area in window.findChildren(QScrollArea) if area.isAncestorOf(page)]
    assert areas and not [area for area in areas if area.verticalScrollBar().maximum()]
    for part in (page.form.procedure, save):
        assert window.rect().contains(QRect(part.mapTo(window, QPoint(0, 0)), part.size()))
        assert part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize("sized_window", [SIZES["an old screen at 150 %"]], indirect=True)
@pytest.mark.parametrize("action", [Action.SEND, Action.ASK_SUPPLEMENT, Action.SUPPLEMENT, Action.AMEND])
def test_whole_form_of_an_action_is_in_view(sized_window: MainWindow, qtbot: Any, action: Action) -> None:
    window = sized_window
    window.open_dossier(CODE)
    qtbot.waitUntil(lambda: window.runner.idle)
    window.dossier.begin_action(action)
    wait_for_layout(window)
    form = window.dossier.action_form
    assert form is not None
    qtbot.waitUntil(lambda: form.visibleRegion().boundingRect() == form.rect())


@pytest.mark.parametrize("sized_window", [SIZES["an old screen at 150 %"]], indirect=True)
def test_daily_pages_have_no_scroll_within_scroll(sized_window: MainWindow, qtbot: Any) -> None:
    """Only the table, or the lists of papers, scroll; the page does not."""
    window, scrolling = sized_window, []
    for name, prepare in _LOW_STATES.items():
        prepare(window)
        qtbot.waitUntil(lambda: window.runner.idle)
        wait_for_layout(window)
        page = window.stack.currentWidget()
        areas = [area for area in window.findChildren(QScrollArea) if area.isAncestorOf(page)]
        scrolling += [(name, over) for area in areas if (over := area.verticalScrollBar().maximum())]
        window.dossier.close_action()
    assert scrolling == []


@pytest.mark.parametrize("sized_window", [(911, 464), (1366, 728)], indirect=True)
def test_message_moves_nothing(sized_window: MainWindow, qtbot: Any) -> None:
    window = sized_window
    for name in window.pages:
        window.go_to_page(name)
        if name == "dossier":
            window.open_dossier(CODE)
        qtbot.waitUntil(lambda: window.runner.idle)
        for _turn in range(3):  # texts take their height after their width
            window.banner.clear()
            wait_for_layout(window)
        before = _places(window)
        text = "Chưa thấy máy in, 2 bản đang chờ. Bật máy in rồi in, hoặc xem và lưu thành tệp PDF."
        window.banner.show_message(BannerMessage(Level.WARNING, text, "Xem giấy chờ", lambda: None))
        wait_for_layout(window)
        assert window.banner.isVisible() and _places(window) == before
        assert window.header._clock.isVisible()
        window.banner.clear()
        wait_for_layout(window)
        assert _places(window) == before and window.header.office.isVisible()


def _places(window: MainWindow) -> dict[QWidget, QRect]:
    """Return where everything between the header and the status line is."""
    edges = (window.header, window.status)
    parts = [part for part in visible_widgets(window) if not any(edge.isAncestorOf(part) for edge in edges)]
    return {part: QRect(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts}


@pytest.mark.parametrize("sized_window", [(1366, 728)], indirect=True)
def test_every_field_and_button_shows_the_focus(sized_window: MainWindow, qtbot: Any) -> None:
    window, faults = sized_window, {}
    for name in window.pages:
        window.go_to_page(name)
        if name == "dossier":
            window.open_dossier(CODE)
        qtbot.waitUntil(lambda: window.runner.idle)
        wait_for_layout(window)
        stops = [stop for stop in tab_order(window) if not isinstance(stop, Page)]
        faults[name] = without_focus_ring(stops)
    assert {name: missing for name, missing in faults.items() if missing} == {}


@pytest.mark.parametrize("sized_window", [(1366, 728)], indirect=True)
def test_layout_checks_detect_faults(sized_window: MainWindow, qtbot: Any) -> None:
    page = sized_window.intake
    page.form.other_owner.setFixedWidth(40)
    page.form.note.setAccessibleName("")
    page.side_panel.save.setParent(page)
    page.side_panel.save.setGeometry(page.rect().adjusted(0, 0, 40, 0))
    page.side_panel.save.show()
    wait_for_layout(sized_window)
    assert any("Chủ hồ sơ là người khác" in part for part in cut_texts(sized_window))
    assert any("intake.note" in part for part in unnamed_widgets(sized_window))
    assert any("intake.save" in part for part in overlapping_widgets(sized_window))
    assert any("intake.save" in part for part in clipped_widgets(sized_window))
    assert visible_widgets(sized_window)


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
