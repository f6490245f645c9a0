"""Walks through the guide: closed, gone back from, answered wrongly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.models.enums import Role
from app.office.guide.answers import PAGES, USUAL_HOURS, Answers, FurtherPerson, GuidePage
from app.office.guide.places import GuidePlaces
from app.ui.guide.people_page import PeoplePage
from app.ui.guide.register_page import RegisterPage
from app.ui.guide.window import GuideWindow
from tests.office.guide.guide_places import TYPED
from tests.office.guide.test_checks import WRONG_ANSWERS
from tests.support.offices import PASSWORD
from tests.ui.guide.conftest import Open

OTHER_PASSWORD = "con đò 17 bến"
PAGES_BEFORE = PAGES[1:-1]
"""Pages with a question, before an office is founded."""


@pytest.fixture
def full(tmp_path: Path) -> Answers:
    """Answers that differ from the defaults on every page."""
    register = tmp_path / "sổ 2025.csv"
    register.write_text("TT,Ngày nhận,Họ và tên,Thủ tục\n1,02/02/2026,Nguyễn Thị Ẳm,Khai sinh\n", encoding="utf-8")
    second = tmp_path / "ổ thứ hai"
    second.mkdir()
    return replace(
        TYPED,
        place="Thử Nghiệm",
        address="12 đường Mẫu",
        phone="0236 300 0000",
        hours={**USUAL_HOURS, "wed": ("7h-11h", ""), "sat": ("07:30-11:30", "")},
        signer="Hồ Văn Hai",
        people=(FurtherPerson("Vũ Thị Mới", Role.OFFICER),),
        shared=True,
        folder=str(tmp_path / "dữ liệu riêng"),
        second_backup=str(second),
        fields=("Hộ tịch", "Chứng thực"),
        register=str(register),
    )


@pytest.fixture
def answer(qtbot: Any, full: Answers) -> Callable[[GuideWindow], None]:
    """Function that answers the visible page, without going on."""

    def answer_(window: GuideWindow) -> None:
        window.view.show_answers(full)
        if isinstance(window.view, PeoplePage):
            type_passwords(window.view)
        qtbot.waitUntil(lambda: window.runner.idle and window.view.is_ready)

    return answer_


def type_passwords(page: PeoplePage) -> None:
    for field in (page.secret, page.again):
        field.setText(PASSWORD)
    for place in (2, 3):
        item = page.people.table.item(0, place)
        assert item is not None
        item.setText(OTHER_PASSWORD)


def shown(window: GuideWindow) -> Answers:
    """Return the answers of the visible page alone."""
    return window.view.read_answers(Answers())


def test_guide_closed_on_any_page_begins_again_there(
    open_guide: Open, answer: Callable[[GuideWindow], None], places: GuidePlaces, qtbot: Any
) -> None:
    """Its answers are kept although the page was not left; passwords are not."""
    window = open_guide(GuidePage.START)
    window.go_on()
    for page in PAGES_BEFORE:
        assert window.guide.page == page
        answer(window)
        before = shown(window)
        window = open_guide()
        assert (window.guide.page, shown(window)) == (page, before)
        if isinstance(window.view, PeoplePage):
            assert window.view.secret.text() == "" and window.view.people.table.lines()[0][2:] == ("", "")
            type_passwords(window.view)
        window.go_on()
    assert window.guide.page == GuidePage.FOUNDING and window.view.boxes["secret"].isVisible()
    assert any("Chưa có mật khẩu: Vũ Thị Mới" in line.text() for line in window.view.findChildren(QLabel))
    text = places.answers.read_text(encoding="utf-8")
    assert PASSWORD not in text and OTHER_PASSWORD not in text


def test_going_back_from_any_page_to_any_earlier_one_keeps_all(
    open_guide: Open, answer: Callable[[GuideWindow], None], qtbot: Any
) -> None:
    window = open_guide(GuidePage.START)
    window.go_on()
    pages: dict[GuidePage, Answers] = {}
    for page in PAGES_BEFORE:
        answer(window)
        pages[page] = shown(window)
        for earlier in reversed(PAGES[1 : PAGES.index(page)]):
            window.go_back()
            assert (window.guide.page, shown(window)) == (earlier, pages[earlier])
        window.go_back()
        assert window.guide.page == GuidePage.START
        for later in PAGES[1 : PAGES.index(page) + 1]:
            window.go_on()
            qtbot.waitUntil(lambda: window.runner.idle and window.view.is_ready)
            assert (window.guide.page, shown(window)) == (later, pages[later])
        if page != GuidePage.FOUNDING:
            window.go_on()
    assert window.guide.password == PASSWORD
    assert not any("Chưa có mật khẩu" in line.text() for line in window.view.findChildren(QLabel))
    assert window.guide.other_passwords == {"Vũ Thị Mới": OTHER_PASSWORD}


def test_window_stays_open_while_it_founds_an_office(open_guide: Open, full: Answers, qtbot: Any) -> None:
    """The founding and the closing would both write the answers."""
    window = open_guide(GuidePage.START)
    window.guide.answers = replace(full, register="", page=GuidePage.FOUNDING)
    window.guide.page = GuidePage.FOUNDING
    window.guide.check_password(PASSWORD, PASSWORD, full.admin)
    window.show_page(GuidePage.FOUNDING)
    window.go_on()
    assert not window.close() and window.isVisible()
    assert "Đang lập cơ quan" in window.banner.text
    qtbot.waitUntil(lambda: window.runner.idle)
    assert window.guide.founded is not None and Path(window.guide.answers.founding_in) == Path(full.folder)
    assert window.close()
    window = open_guide()
    assert window.guide.resumed and window.guide.page == GuidePage.FOUNDING


@pytest.mark.parametrize("way", ["back", "close"])
def test_register_that_is_still_read_is_no_lost_answer(open_guide: Open, full: Answers, qtbot: Any, way: str) -> None:
    """A page that is entered reads its file again, and may be left then."""
    window = open_guide(GuidePage.START)
    window.guide.answers = replace(full, page=GuidePage.REGISTER)
    window.guide.page = GuidePage.REGISTER
    window.show_page(GuidePage.REGISTER)
    assert not window.next_button.isEnabled() and window.back_button.isVisible()
    window.go_on()
    assert window.guide.page == GuidePage.REGISTER
    if way == "back":
        window.go_back()
        assert window.guide.page == GuidePage.FIELDS
        window.go_on()
    else:
        window = open_guide()
    assert window.guide.page == GuidePage.REGISTER
    qtbot.waitUntil(lambda: window.runner.idle and window.view.is_ready)
    window.go_on()
    assert (window.guide.page, window.guide.answers.register) == (GuidePage.FOUNDING, full.register)


def test_register_given_up_while_it_is_read_stays_given_up(open_guide: Open, full: Answers, qtbot: Any) -> None:
    window = open_guide(GuidePage.START)
    window.guide.page = GuidePage.REGISTER
    window.show_page(GuidePage.REGISTER)
    page = window.view
    assert isinstance(page, RegisterPage)
    page.open_file(Path(full.register))
    QTest.mouseClick(page.none, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is window.next_button
    qtbot.waitUntil(lambda: window.runner.idle and window.view.is_ready)
    assert shown(window).register == "" and not page.parts.isVisible()


def test_wrong_answer_stays_on_its_page_with_a_sentence(open_guide: Open, full: Answers) -> None:
    """Every wrong answer is named at its field, else in the banner, and kept."""
    window = open_guide(GuidePage.START)
    for page, changes, code, field in (case for case in WRONG_ANSWERS if case[0] != GuidePage.REGISTER):
        with at_page(window, page, replace(full, **changes)) as view:
            if isinstance(view, PeoplePage):
                type_passwords(view)
            window.go_on()
            assert window.guide.page == page, code
            box = view.boxes.get(field)
            texts = [box.error if box else "", window.banner.text, getattr(view, "people_error", window.banner).text]
            assert any(texts), (page, changes)


@contextmanager
def at_page(window: GuideWindow, page: GuidePage, answers: Answers) -> Iterator[Any]:
    """Show a page with answers, without the errors of earlier ones."""
    view = window.pages.pop(page, None)
    if view is not None:
        window.stack.removeWidget(view)
        view.deleteLater()
    window.guide.answers, window.guide.page = answers, page
    window.show_page(page)
    yield window.view
