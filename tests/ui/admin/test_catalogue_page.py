"""The catalogue's page before a desk that answers from a table: filter, versions, a new version, what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.models.errors import Refusal
from app.ui.admin.catalogue_form import ProcedureForm
from app.ui.admin.catalogue_page import CataloguePage
from app.ui.shell.window import MainWindow
from tests.support.page_answers import CATALOGUE, COPY_CELLS, HISTORY
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]


@pytest.fixture
def page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> CataloguePage:
    window.go_to_page("office")
    wait_until_idle(window.runner)
    QTest.mouseClick(window.office.findChild(QPushButton, "office.catalogue"), Qt.MouseButton.LeftButton)
    wait_until_idle(window.runner)
    return window.catalogue


@pytest.fixture
def form(page: CataloguePage, wait_until_idle: WaitUntilIdle) -> ProcedureForm:
    page.open_code("2.000815")
    wait_until_idle(page.runner)
    return page.form


def notes(page: CataloguePage) -> list[str]:
    model = page.table.rows_model
    return [model.data(model.index(place, 6)) for place in range(len(model.rows))]


def test_the_list_marks_what_is_unknown_and_what_is_over(page: CataloguePage) -> None:
    assert notes(page) == [
        "",
        "Cần hoàn chỉnh: thời hạn, phí, giấy tờ",
        "Phiên bản mới từ 01/03/2027",
        "Cần hoàn chỉnh: phí",
        "Đã thay bằng 2.001035",
    ]
    page.only_missing.setChecked(True)
    assert len(notes(page)) == 2


def test_one_types_to_filter_and_enter_opens(
    page: CataloguePage, window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    QTest.keyClicks(QApplication.focusWidget(), "khai sinh")
    wait_until_idle(window.runner)
    assert [line.code for line in page.table.rows_model.rows] == ["1.001193"]
    QTest.keyClick(page.filter, Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert page.history is HISTORY and not page.form.code.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    wait_until_idle(window.runner)
    assert page.table.isVisible() and page.filter.text() == "khai sinh"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    wait_until_idle(window.runner)
    assert len(page.table.rows_model.rows) == len(CATALOGUE)


def test_what_a_version_says_goes_through_the_form_unaltered(form: ProcedureForm) -> None:
    assert form.cells() == {**COPY_CELLS, "valid_from": ""}
    for line in form.papers.table.lines():
        assert line[0] in ("show", "submit")


def test_a_version_that_knows_nothing_leaves_the_form_empty(form: ProcedureForm) -> None:
    form.show_cells({"code": "1.000001", "name": "Thử", "field": "Thử"})
    cells = form.cells()
    assert (cells["unit"], cells["supplement_clock"]) == ("unknown", "restart")
    filled = {name for name, text in cells.items() if text not in ("", "0")}
    assert filled == {"code", "name", "field", "unit", "supplement_clock"}


def test_a_new_version_is_saved_on_the_one_last_seen(
    page: CataloguePage, form: ProcedureForm, desk: RecordingDesk, window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    form.fee.setFocus()
    form.fee.selectAll()
    QTest.keyClicks(form.fee, "5000")
    form.papers.add.click()
    editor = QApplication.focusWidget()
    QTest.keyClicks(editor, "Giay uy quyen")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    form.papers.table.setCurrentCell(2, 0)
    QTest.keyClick(form.papers.table, Qt.Key.Key_Space)
    form.valid_from.setText("11/03/2026")
    page.save_form()
    wait_until_idle(window.runner)
    (command,) = desk.queries_of("SaveVersion")
    assert (command.based_on, command.cells["fee_vnd"], command.cells["valid_from"]) == (3, "5000", "11/03/2026")
    assert command.cells["papers"].endswith(" ; show|1|0|Giay uy quyen")
    assert window.banner.text == (
        "Đã lưu phiên bản 4, áp dụng từ 11/03/2026. 5 hồ sơ đang giải quyết giữ phiên bản cũ."
    )


def test_a_wrong_cell_is_named_beside_it(
    page: CataloguePage, form: ProcedureForm, wait_until_idle: WaitUntilIdle
) -> None:
    form.fee.setText("nhiều")
    page.save_form()
    wait_until_idle(page.runner)
    assert "nhiều" in form.boxes["fee_vnd"].error and QApplication.focusWidget() is form.fee
    assert page.save.isEnabled() and form.fee.text() == "nhiều"


def test_a_wrong_field_out_of_sight_is_brought_into_it(
    page: CataloguePage,
    form: ProcedureForm,
    desk: RecordingDesk,
    window: MainWindow,
    qtbot: Any,
    wait_until_idle: WaitUntilIdle,
) -> None:
    desk.answers["SaveVersion"] = Refusal("day_shape", field="valid_from", text="31/02/2027")
    window.resize(1024, 640)
    page.save_form()
    wait_until_idle(page.runner)
    box = form.boxes["valid_from"]
    qtbot.waitUntil(lambda: not box.visibleRegion().isEmpty() and box.visibleRegion().boundingRect() == box.rect())


def test_a_withdrawal_with_running_dossiers_asks_once_more(
    page: CataloguePage, form: ProcedureForm, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    form.withdrawn.click()
    page.save_form()
    wait_until_idle(page.runner)
    assert page.save.text() == "Vẫn bãi bỏ" and "5 hồ sơ" in form.boxes["withdrawn"].error
    QTest.keyClicks(form.successor, "2.001035")
    assert page.save.text() == "Lưu thành phiên bản mới"  # what is typed afterwards is asked about anew
    page.save_form()
    wait_until_idle(page.runner)
    page.save_form()
    wait_until_idle(page.runner)
    assert [command.keep_running for command in desk.queries_of("SaveVersion")] == [False, False, True]


def test_what_is_not_saved_is_not_left_by_one_key(
    page: CataloguePage, form: ProcedureForm, window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    QTest.keyClicks(form.days, "5")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page.form.isVisible() and "chưa lưu" in window.banner.text
    QTest.keyClick(window, Qt.Key.Key_Escape)
    wait_until_idle(window.runner)
    assert page.table.isVisible()


def test_somebody_else_was_quicker(
    page: CataloguePage, form: ProcedureForm, desk: RecordingDesk, window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["SaveVersion"] = Refusal("version_meanwhile", None, code="2.000815", version=4)
    page.save_form()
    wait_until_idle(window.runner)
    assert "phiên bản 4" in window.banner.text and window.banner.message is not None
    assert window.banner.message.action == "Mở lại thủ tục"


def test_an_older_version_can_be_gone_on_from(page: CataloguePage, form: ProcedureForm) -> None:
    page.versions.setFocus()
    QTest.keyClick(page.versions, Qt.Key.Key_End)
    page.versions.selectRow(2)
    QTest.keyClick(page.versions, Qt.Key.Key_Return)
    assert form.cells()["fee_rule"] == "" and form.steps.table.rowCount() == 0


def test_a_line_is_taken_out_by_delete(form: ProcedureForm) -> None:
    form.steps.table.setCurrentCell(1, 0)
    QTest.keyClick(form.steps.table, Qt.Key.Key_Delete)
    assert form.cells()["steps"] == "Bộ phận Một cửa:0.5 ; Lãnh đạo ký:0.25"


def test_the_office_page_is_where_a_new_procedure_begins(page: CataloguePage, desk: RecordingDesk) -> None:
    QTest.mouseClick(page.findChild(QPushButton, "catalogue.new"), Qt.MouseButton.LeftButton)
    assert page.form.code.isEnabled() and QApplication.focusWidget() is page.form.code
    assert page.form.cells()["name"] == ""
