"""Help page, and the facts of the office file on the office page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.ui.admin.office_facts import hours_lines, paper_pairs
from app.ui.shell.help_page import search_help
from app.ui.shell.help_texts import FIRST_DAY, HELP
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def help_text(window: MainWindow) -> str:
    return "\n".join(part.text() for part in window.help_page.findChildren(QLabel))


def test_every_page_has_help() -> None:
    from app.ui.shell.pages import Pages

    pages = Pages(lambda _name, _kind: None, lambda _name, _page: None)
    assert set(pages) == set(HELP)
    for page in HELP.values():
        assert page.purpose.endswith(".") and page.steps and all(step.endswith(".") for step in page.steps)


def test_f1_shows_help_for_current_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    for page in ("worklist", "catalogue", "intake"):
        window.go_to_page(page)
        wait_until_idle(window.runner)
        QTest.keyClick(window, Qt.Key.Key_F1)
        wait_until_idle(window.runner)
        assert HELP[page].purpose in help_text(window) and all(step in help_text(window) for step in HELP[page].steps)
        QTest.keyClick(window, Qt.Key.Key_F1)
        assert HELP[page].purpose in help_text(window)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert window.current_page_name == page


def test_help_page_can_be_chosen(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("help")
    window.help_page.choice.setCurrentIndex(window.help_page.choice.findData("sync"))
    wait_until_idle(window.runner)
    assert HELP["sync"].purpose in help_text(window) and HELP["intake"].purpose not in help_text(window)


def test_office_page_shows_forms_signer_and_hours(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("office")
    wait_until_idle(window.runner)
    text = "\n".join(part.text() for part in window.office.findChildren(QLabel))
    for words in ("Thông tư 03/2025/TT-VPCP", "Lê Văn Chủ (thủ trưởng)", "Thứ Hai – Thứ Sáu: 07:30-11:30, 13:30-17:00"):
        assert words in text


def test_hours_and_form_set_texts(desk: RecordingDesk) -> None:
    office = replace(
        desk.facts.office,
        hours={"mon": ("07:30-11:30",), "wed": ("07:30-11:30",), "thu": ("07:30-11:30",), "sat": ("08:00-10:00",)},
    )
    assert hours_lines(office) == (
        "Thứ Hai: 07:30-11:30",
        "Thứ Tư – Thứ Năm: 07:30-11:30",
        "Thứ Bảy (chỉ tiếp nhận): 08:00-10:00",
    )
    assert dict(paper_pairs(office))["Thủ trưởng"] == office.head
    assert hours_lines(replace(office, hours={})) == ("chưa ghi",)


def test_help_is_searched_without_marks(window: MainWindow) -> None:
    window.go_to_page("help")
    assert window.help_page.begin_filter()
    window.help_page.words.setText("sao luu")
    assert "Sao lưu" in help_text(window) and "Không thấy" not in help_text(window)
    window.help_page.words.setText("xyzzy")
    assert "Không thấy «xyzzy»" in help_text(window)
    assert window.help_page.back() and HELP["intake"].purpose in help_text(window)


def test_help_finds_beginnings_of_words() -> None:
    assert search_help("Ctrl+F") and search_help("«in lại»") and search_help("sao luu usb")
    assert not search_help("uu ao") and not search_help("«»")


def test_help_has_the_first_day(window: MainWindow) -> None:
    window.go_to_page("help")
    window.help_page.choice.setCurrentIndex(window.help_page.choice.findData("first_day"))
    assert "F11" in help_text(window) and FIRST_DAY.purpose in help_text(window)
