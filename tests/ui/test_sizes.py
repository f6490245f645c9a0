"""Every page at the sizes of real desks, with the longest names an office meets: nothing cut, nothing over anything
else, nothing outside its room, every control named and reached by Tab, and in sight when it is reached."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.dossier.actions import QUESTIONS
from app.ui.kit.column_widths import Wish, fit
from app.ui.kit.style import LIGHT, dress, lay_ground
from app.ui.shell.window import MainWindow, build_window
from tests.support.fullest_desk import HOLDER, strained, strained_answers
from tests.support.recording_desk import AID, CODE, RecordingDesk, sheet
from tests.support.visual_checks import (
    at_rest,
    called,
    cut_words,
    nameless,
    never_tabbed,
    out_of_sight,
    outside,
    overlapping,
    shown,
    sideways,
    tabbed,
)

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SIZES = {
    "an old screen at 150 %": (911, 464),
    "an old screen": (1366, 728),
    "a wide screen at 150 %": (1280, 680),
    "a wide screen": (1920, 1040),
}
"""Logical pixels, less the system's own bar."""
WIDE_TABLES = {"reports"}
"""Fourteen columns of figures: in a narrow window they are gone along by the arrows."""


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def sized(request: Any, speaking: Any, qapp: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    """A dressed window of one size before a hard morning."""
    before = QApplication.font()
    lay_ground(qapp, LIGHT)
    dress(qapp, LIGHT, RESOURCES)
    desk = RecordingDesk(tmp_path, strained_answers())
    desk.facts = replace(desk.facts, office_name=f"UBND {HOLDER}", training=True)
    made = build_window(desk)
    qtbot.addWidget(made)
    made.resize(*request.param)
    made.show()
    made.activateWindow()
    made.begin()
    qtbot.waitUntil(lambda: made.runner.idle and made.isActiveWindow())
    yield made
    made.close()
    qapp.setStyleSheet("")
    qapp.setFont(before)


def filled(window: MainWindow) -> None:
    """An intake with everything asked that can be."""
    form = window.intake.form
    form.take_procedure(strained(replace(AID, by_page=True, boundary_free=True)))
    form.channel.set_value("online")
    for tick in (form.other_owner, form.has_principal, form.terms.exempt_tick, form.terms.elsewhere_tick):
        tick.setChecked(True)
    window.intake.live.read()


STATES: dict[str, Callable[[MainWindow], None]] = {
    "intake": lambda window: None,
    "intake filled": filled,
    "worklist marked": lambda window: window.worklist._mark(window.worklist._all[0]),
    "worklist people": lambda window: window.worklist.view.set_value("people"),
    "dossier": lambda window: window.dossier.show_sheet(strained(sheet(allowed=tuple(QUESTIONS)))),
    "catalogue form": lambda window: window.catalogue.open_code("2.000815"),
    "people form": lambda window: window.people.begin_add(),
    "reports picture": lambda window: window.reports.view.set_value("picture"),
}


def every_state(window: MainWindow, qtbot: Any) -> Iterator[str]:
    """Goes through the pages and their states."""
    for page in window.pages:
        states = [state for state in STATES if state.split()[0] == page]
        for state in [page, *states]:
            window.go(page)
            if page == "dossier":
                window.open_dossier(CODE)
            qtbot.waitUntil(lambda: window.runner.idle)
            STATES.get(state, lambda _window: None)(window)
            qtbot.waitUntil(lambda: window.runner.idle)
            at_rest(window)
            yield state


def wrong_with(window: MainWindow, state: str) -> dict[str, list[str]]:
    """What is wrong with one state, by kind."""
    stops, hidden = tabbed(window), []
    for stop in stops:
        stop.setFocus()
        QTest.qWait(1)
        hidden += [called(stop)] if out_of_sight(stop) else []
    found = {
        "cut": cut_words(window),
        "over": overlapping(window),
        "outside": outside(window),
        "sideways": [] if state in WIDE_TABLES else sideways(window),
        "nameless": nameless(window),
        "never reached": never_tabbed(window.stack.currentWidget(), stops),
        "reached out of sight": hidden,
    }
    return {f"{state}: {kind}": parts for kind, parts in found.items() if parts}


def test_nothing_is_cut_or_out_of_reach_on_any_page(sized: MainWindow, qtbot: Any) -> None:
    size, found = sized.size(), {}
    for state in every_state(sized, qtbot):
        found |= wrong_with(sized, state)
    assert found == {}
    assert sized.size() == size


@pytest.mark.parametrize("sized", [(1366, 728)], indirect=True)
def test_the_eye_sees_what_is_wrong(sized: MainWindow, qtbot: Any) -> None:
    """The measures themselves: a word cut on purpose, a part laid over another, a field without a name."""
    page = sized.intake
    page.form.other_owner.setFixedWidth(40)
    page.form.note.setAccessibleName("")
    page.aside.save.setParent(page)
    page.aside.save.setGeometry(page.rect().adjusted(0, 0, 40, 0))
    page.aside.save.show()
    at_rest(sized)
    assert any("Chủ hồ sơ là người khác" in part for part in cut_words(sized))
    assert any("intake.note" in part for part in nameless(sized))
    assert any("intake.save" in part for part in overlapping(sized))
    assert any("intake.save" in part for part in outside(sized))
    assert shown(sized)


wishes = st.lists(
    st.builds(
        Wish,
        usual=st.integers(32, 300),
        content=st.integers(32, 1500),
        title=st.integers(20, 120),
        whole=st.booleans(),
        left=st.booleans(),
        spare=st.integers(0, 2),
    ),
    min_size=1,
    max_size=9,
)


@given(wishes, st.integers(200, 2400))
def test_columns_fill_the_room_and_never_hide_a_title(asked: list[Wish], room: int) -> None:
    widths = fit(asked, room)
    kept = [(wish, width) for wish, width in zip(asked, widths, strict=True) if width]
    assert all(width or wish.spare for wish, width in zip(asked, widths, strict=True))
    assert all(width >= wish.least for wish, width in kept)
    least = sum(wish.least for wish, _width in kept)
    assert sum(widths) == room if least <= room else sum(widths) == least


def test_a_code_stays_whole_and_the_long_title_gives_way() -> None:
    code, name = Wish(160, 160, 60, whole=True), Wish(176, 400, 80)
    title, state = Wish(200, 1300, 60, left=True), Wish(148, 140, 80, spare=1)
    assert fit([code, name, title, state], 900)[0] == 160
    assert fit([code, name, title, state], 400)[3] == 0
    assert fit([code, name, title, state], 1600)[1] == 400
