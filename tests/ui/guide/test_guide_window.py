"""The guide in its window, by keys alone."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit

from app.models.enums import PaperSize, Role
from app.office.guide.answers import FurtherPerson, GuidePage
from app.office.guide.places import GuidePlaces, holds_office, write_pointer
from app.ui.guide.founding_page import FoundingPage
from app.ui.guide.hours_page import HoursPage
from app.ui.guide.office_page import OfficePage
from app.ui.guide.people_page import PeoplePage
from app.ui.guide.printers_page import PrintersPage
from app.ui.guide.register_page import RegisterPage
from app.ui.guide.scanner_page import ScannerPage
from app.ui.guide.window import GuideWindow
from app.ui.kit.style import LIGHT, apply_palette, apply_stylesheet
from app.ui.printing.job import PrintHandoff, PrintOutcome
from app.ui.printing.preferences import PrintPreferences
from app.ui.printing.printer_list import PrinterLine
from tests.office.guide.guide_places import TYPED, guide_at_founding
from tests.support.offices import PASSWORD
from tests.support.visual_checks import (
    clipped_widgets,
    cut_texts,
    horizontal_scrolls,
    overlapping_widgets,
    wait_for_layout,
)
from tests.ui.guide.conftest import Open

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
MAX_KEYS = 150
PRINTER = PrinterLine("LBP", "Canon LBP2900", (PaperSize.A4, PaperSize.A5), "Sẵn sàng")


class Keys:
    """Presses keys in the window and counts them; typed text counts nothing."""

    def __init__(self, window: GuideWindow, qtbot: Any) -> None:
        self.window, self.qtbot, self.pressed = window, qtbot, 0

    def press(self, key: Qt.Key, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.window.focusWidget() or self.window, key)
            self.pressed += 1

    def enter(self, times: int = 1) -> None:
        self.press(Qt.Key.Key_Return, times)

    def type(self, *texts: str) -> None:
        """Type each text into the focused field and press Enter."""
        for text in texts:
            field = self.window.focusWidget()
            assert isinstance(field, QLineEdit), field
            if text:
                field.selectAll()
                field.insert(text)
                field.textEdited.emit(text)
            self.enter()

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))

    @property
    def page(self) -> GuidePage:
        return self.window.guide.page


def shown_texts(window: GuideWindow) -> list[str]:
    widgets = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return [widget.text() for widget in widgets]


def type_office(keys: Keys) -> None:
    keys.enter()
    assert keys.page == GuidePage.OFFICE
    keys.type("UBND xã Kiểm Thử", "UBND tỉnh Mẫu", "Tỉnh Mẫu", "", "12 đường Mẫu", "0236 300 0000", "H29.12", "7")
    assert keys.page == GuidePage.HOURS
    keys.enter()
    keys.type("Lê Văn Mẫu", "", "Trần Thị Bình", PASSWORD, PASSWORD)
    assert keys.page == GuidePage.PLACE
    keys.enter()
    assert keys.page == GuidePage.PRINTERS


def test_empty_folder_leads_to_a_founded_office_by_keys(
    open_guide: Open, qtbot: Any, places: GuidePlaces, tmp_path: Path
) -> None:
    window = open_guide()
    keys = Keys(window, qtbot)
    texts = shown_texts(window)
    type_office(keys)
    keys.wait(lambda: window.runner.idle)
    window.next_button.setFocus()
    keys.enter()
    assert keys.page == GuidePage.SCANNER
    keys.enter(2)
    assert keys.page == GuidePage.REGISTER
    keys.enter()
    assert keys.page == GuidePage.FOUNDING and not holds_office(places.default)
    keys.enter()
    page = window.view
    assert isinstance(page, FoundingPage)
    keys.wait(lambda: window.guide.founded)
    assert not window.next_button.isEnabled() and not window.back_button.isVisible()
    keys.press(Qt.Key.Key_Escape)
    page.save_sheet(tmp_path / "khóa.pdf")
    keys.wait(page.type_part.isVisible)
    sheet = window.guide.founded.sheet if window.guide.founded else None
    assert sheet is not None and (tmp_path / "khóa.pdf").read_bytes() == sheet.pdf
    keys.type("AAAAA", sheet.groups[sheet.asked_groups[1] - 1])
    assert page.boxes["group0"].error and keys.page == GuidePage.FOUNDING
    keys.type(sheet.groups[sheet.asked_groups[0] - 1].lower(), "")
    assert keys.page == GuidePage.DONE
    texts += shown_texts(window)
    keys.enter()
    assert window.result is not None and window.result.session is not None
    assert window.result.folder == places.default
    assert keys.pressed <= MAX_KEYS // 3
    assert not [text for text in texts if "--data" in text or "motcua-lenh" in text]
    assert not [text for text in texts for group in sheet.groups if group in text]


def test_closed_guide_begins_again_where_it_was_without_password(
    open_guide: Open, qtbot: Any, places: GuidePlaces
) -> None:
    type_office(Keys(open_guide(), qtbot))
    assert PASSWORD not in places.answers.read_text(encoding="utf-8")
    window = open_guide()
    keys = Keys(window, qtbot)
    assert keys.page == GuidePage.PRINTERS
    keys.press(Qt.Key.Key_Escape, 2)
    assert keys.page == GuidePage.PEOPLE
    page = window.view
    assert isinstance(page, PeoplePage)
    assert (page.admin.text(), page.secret.text()) == ("Trần Thị Bình", "")
    window = open_guide()
    assert window.guide.page == GuidePage.PEOPLE


def test_text_that_is_not_submitted_is_kept_when_the_window_closes(open_guide: Open, qtbot: Any) -> None:
    window = open_guide()
    keys = Keys(window, qtbot)
    keys.enter()
    keys.type("UBND xã Nửa Chừng")
    window = open_guide()
    page = window.view
    assert isinstance(page, OfficePage) and page.name.text() == "UBND xã Nửa Chừng"


def test_code_is_checked_while_it_is_typed(open_guide: Open, qtbot: Any) -> None:
    window = open_guide(GuidePage.OFFICE)
    page = window.view
    assert isinstance(page, OfficePage)
    page.code.setText("H29.1x")
    assert "H29.1x" in page.example.text() and not page.bars.isVisible()
    page.code.setText("H29.12")
    page.desk.setText("3")
    assert "H29.12-" in page.example.text() and "-20001" in page.example.text() and page.bars.isVisible()
    page.desk.setText("100")
    assert "100" in page.example.text() and not page.bars.isVisible()
    window.go_on()
    assert window.guide.page == GuidePage.OFFICE and page.boxes["name"].error


def test_wrong_hours_and_weak_password_stay_at_their_field(open_guide: Open, qtbot: Any) -> None:
    window = open_guide()
    keys = Keys(window, qtbot)
    keys.enter()
    keys.type("UBND xã Kiểm Thử", "UBND tỉnh Mẫu", "Tỉnh Mẫu", "", "", "", "H29.12", "1")
    page = window.view
    assert isinstance(page, HoursPage)
    keys.press(Qt.Key.Key_2)
    page.spans["tue"][1].setText("11:00-17:00")
    window.go_on()
    assert page.boxes["tue"].error and keys.page == GuidePage.HOURS
    page.spans["tue"][1].setText("13h-17h")
    window.go_on()
    assert keys.page == GuidePage.PEOPLE and window.guide.answers.hours["tue"][1] == "13h-17h"
    people = window.view
    assert isinstance(people, PeoplePage)
    keys.type("Lê Văn Mẫu", "", "Trần Thị Bình", "12345", "12345")
    assert people.boxes["secret"].error and keys.page == GuidePage.PEOPLE
    keys.type(PASSWORD, "khác hẳn")
    assert people.boxes["again"].error and keys.page == GuidePage.PEOPLE


def test_further_people_get_passwords_that_are_never_shown_or_kept(
    open_guide: Open, qtbot: Any, places: GuidePlaces
) -> None:
    window = open_guide()
    keys = Keys(window, qtbot)
    type_office(keys)
    window.go_back()
    window.go_back()
    page = window.view
    assert isinstance(page, PeoplePage)
    table = page.people.table
    QTest.keyClick(page.people.add, Qt.Key.Key_Space)
    for place, text in ((0, "Vũ Thị Mới"), (2, "con đò 17 bến"), (3, "con đò 71 bến")):
        table.setCurrentCell(0, place)
        QTest.keyClick(table, Qt.Key.Key_Return)
        field = table.indexWidget(table.currentIndex()) or table.findChild(QLineEdit)
        assert isinstance(field, QLineEdit)
        assert field.echoMode() == (QLineEdit.EchoMode.Password if place else QLineEdit.EchoMode.Normal)
        field.setText(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: table.state() != QAbstractItemView.State.EditingState)
    table.setCurrentCell(0, 1)
    QTest.keyClick(table, Qt.Key.Key_Space)
    window.go_on()
    assert window.guide.page == GuidePage.PEOPLE and page.people_error.isVisible()
    item = table.item(0, 3)
    assert item is not None and item.toolTip() == ""
    item.setText("con đò 17 bến")
    assert not page.people_error.isVisible()
    shown = table.itemDelegateForColumn(2).displayText("con đò 17 bến", QLocale())
    assert set(shown) == {"●"}
    window.go_on()
    assert window.guide.page == GuidePage.PLACE and window.guide.other_passwords == {"Vũ Thị Mới": "con đò 17 bến"}
    assert window.guide.answers.people == (FurtherPerson("Vũ Thị Mới", Role.OFFICER),)
    assert "con đò" not in places.answers.read_text(encoding="utf-8")


def test_register_of_ten_thousand_rows_is_shown_with_its_wrong_rows(
    open_guide: Open, qtbot: Any, places: GuidePlaces, tmp_path: Path
) -> None:
    """37 wrong rows are listed and left out; saving their list is one key."""
    with ExitStack() as locks:
        guide_at_founding(places, locks, TYPED).back(TYPED)
    window = open_guide(GuidePage.REGISTER)
    page = window.view
    assert isinstance(page, RegisterPage)
    file = tmp_path / "sổ 2025.csv"
    wrong = set(random.Random(37).sample(range(1, 10_001), 37))
    rows = [
        f"{n},{'31/02/2026' if n in wrong else '02/02/2026'},Nguyễn Thị Ẳm,Đăng ký khai sinh" for n in range(1, 10_001)
    ]
    file.write_text("TT,Ngày nhận,Họ và tên,Thủ tục\n" + "\n".join(rows) + "\n", encoding="utf-8")
    page.open_file(file)
    qtbot.waitUntil(lambda: window.runner.idle, timeout=120_000)
    assert "9963 dòng nhập được, 37 dòng sai" in page.text.text().replace(".", "")
    listed = {int(item.text()) for line in range(37) if (item := page.refused.item(line, 0)) is not None}
    assert page.refused.rowCount() == 37 and listed == {n + 1 for n in wrong}
    assert window.focusWidget() is window.next_button


def test_printer_is_kept_only_once_paper_was_seen(open_guide: Open, qtbot: Any, places: GuidePlaces) -> None:
    window = open_guide()
    type_office(Keys(window, qtbot))
    page = window.view
    assert isinstance(page, PrintersPage)
    qtbot.waitUntil(lambda: window.runner.idle)
    page.show_printers([PRINTER])
    page._sent(PRINTER, PaperSize.A4, PrintHandoff(PrintOutcome.UNREACHED, "LBP"))
    assert not page.ask.isVisible() and window.banner.isVisible()
    page._sent(PRINTER, PaperSize.A4, PrintHandoff(PrintOutcome.PRINTED, "LBP", 1))
    assert page.ask.isVisible() and window.focusWidget() is page.yes
    page.no.click()
    assert PrintPreferences(page.settings).default_printer == ""
    page._sent(PRINTER, PaperSize.A4, PrintHandoff(PrintOutcome.PRINTED, "LBP", 2))
    page.yes.click()
    assert PrintPreferences(page.settings).default_printer == "LBP" and window.focusWidget() is window.next_button
    page.address.setText("không phải địa chỉ")
    page._add_network()
    assert window.banner.isVisible() and page.preferences.network_printers == ()


def test_scanner_is_recognised_by_where_its_scan_comes_from(open_guide: Open, qtbot: Any) -> None:
    from app.ui.devices.serial_port import Port

    window = open_guide()
    keys = Keys(window, qtbot)
    type_office(keys)
    qtbot.waitUntil(lambda: window.runner.idle)
    window.go_on()
    page = window.view
    assert isinstance(page, ScannerPage)
    qtbot.waitUntil(lambda: window.runner.idle)
    page.take_port_scan(Port("COM3", "USB", "0C2E:0901:1"), "ABC")
    assert page.settings.value("scanner/port") == "COM3" and "COM3" in page.state.text()
    page.take_keyboard_scan("ABC")
    assert page.settings.value("scanner/port") == ""
    page._readers["COM9"] = page._readers.get("COM9") or (Port("COM9", "", ""), _Closed())
    page._show_state(Port("COM9", "", ""), "busy")
    assert "COM9" in page.ports_text.text()
    window.go_on()
    assert page._guard is None and page._readers == {} and QApplication.instance() is not None


class _Closed:
    """Reader of a port that another program holds."""

    def close(self) -> None:
        """Close nothing."""

    def deleteLater(self) -> None:
        """Delete nothing."""


def test_register_shows_columns_first_rows_and_rows_left_out(
    open_guide: Open, qtbot: Any, places: GuidePlaces, tmp_path: Path
) -> None:
    with ExitStack() as locks:
        guide_at_founding(places, locks, TYPED).back(TYPED)
    window = open_guide(GuidePage.REGISTER)
    page = window.view
    assert isinstance(page, RegisterPage)
    file = tmp_path / "sổ.csv"
    rows = [f"{n},{n:02}/02/2026,Nguyễn Thị Ẳm,{'không có' if n == 5 else 'Đăng ký khai sinh'}" for n in range(1, 21)]
    file.write_text("TT,Ngày nhận,Họ và tên,Thủ tục\n" + "\n".join(rows) + "\n", encoding="utf-8")
    page.open_file(file)
    qtbot.waitUntil(lambda: window.runner.idle)
    assert "19 dòng nhập được, 1 dòng sai" in page.text.text()
    assert (page.sample.rowCount(), page.refused.rowCount()) == (10, 1)
    assert page.refused.item(0, 0).text() == "6"
    broken = tmp_path / "hỏng.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut")
    page.open_file(broken)
    qtbot.waitUntil(lambda: window.runner.idle)
    assert page.file == "" and not page.parts.isVisible() and page.text.text()
    page.open_file(file)
    qtbot.waitUntil(lambda: window.runner.idle)
    window.go_on()
    assert window.guide.answers.register == str(file)
    file.unlink()
    window.guide.back(window.guide.answers)
    window.show_page(window.guide.page)
    window.go_on()
    assert window.guide.page == GuidePage.REGISTER and window.banner.isVisible()


SIZES_AT_150_PERCENT = [(911, 464), (1280, 680)]
"""Logical pixels of screens of 1366x768 and 1920x1080 without the task bar."""


@pytest.fixture
def styled(qapp: Any) -> Iterator[None]:
    apply_palette(qapp, LIGHT)
    apply_stylesheet(qapp, LIGHT, RESOURCES)
    yield
    qapp.setStyleSheet("")


def guide_faults(window: GuideWindow) -> dict[str, list[str]]:
    wait_for_layout(window)
    kinds = (cut_texts, overlapping_widgets, clipped_widgets, horizontal_scrolls)
    return {kind.__name__: parts for kind in kinds if (parts := kind(window))}


@pytest.mark.usefixtures("styled")
@pytest.mark.parametrize("size", SIZES_AT_150_PERCENT)
def test_nothing_overlaps_in_the_guide_at_150_percent(
    open_guide: Open, places: GuidePlaces, qtbot: Any, tmp_path: Path, size: tuple[int, int]
) -> None:
    with ExitStack() as locks:
        guide_at_founding(places, locks, TYPED).back(TYPED)
    window = open_guide(GuidePage.REGISTER)
    window.resize(*size)
    page = window.view
    assert isinstance(page, RegisterPage)
    faults = {"empty register": guide_faults(window)}
    file = tmp_path / "sổ.csv"
    rows = [f"{n},{n:02}/02/2026,Nguyễn Thị Ẳm,{'không có' if n == 5 else 'Đăng ký khai sinh'}" for n in range(1, 21)]
    file.write_text("TT,Ngày nhận,Họ và tên,Thủ tục\n" + "\n".join(rows) + "\n", encoding="utf-8")
    for time in ("first", "second"):
        page.open_file(file)
        qtbot.waitUntil(lambda: window.runner.idle)
        faults[f"register {time}"] = guide_faults(window)
        assert page.refused.height() == page.sample.height() == page.sample.minimumHeight()
    page.forget()
    while window.guide.page != GuidePage.START:
        faults[window.guide.page] = guide_faults(window)
        window.go_back()
        qtbot.waitUntil(lambda: window.runner.idle)
    faults[window.guide.page] = guide_faults(window)
    assert not {state: kinds for state, kinds in faults.items() if kinds}
    assert (window.width(), window.height()) == size


def test_nothing_new_is_founded_while_the_drive_of_the_data_is_missing(
    open_guide: Open, places: GuidePlaces, qtbot: Any, tmp_path: Path
) -> None:
    write_pointer(places, tmp_path / "ổ rời")
    window = open_guide()
    keys = Keys(window, qtbot)
    assert any("Cắm lại ổ đĩa" in text for text in shown_texts(window)), "before anything is chosen"
    window.view.way.set_value("new")
    keys.enter()
    assert keys.page == GuidePage.START and "Cắm lại ổ đĩa" in window.banner.text
