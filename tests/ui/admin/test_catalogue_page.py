"""Tests of the catalogue page: filter, versions, saving, refusals."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.models.errors import Refusal
from app.models.procedures import COLUMNS
from app.ui.admin.catalogue_form import ProcedureForm
from app.ui.admin.catalogue_page import CataloguePage
from app.ui.shell.window import MainWindow
from app.usecases.catalogue.publishing import Publication
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
    return [model.data(model.index(place, len(model.columns) - 1)) for place in range(len(model.rows))]


def test_list_notes_gaps_and_withdrawal(page: CataloguePage) -> None:
    assert notes(page) == [
        "",
        "Cần hoàn chỉnh: thời hạn, phí, giấy tờ",
        "Phiên bản mới từ 01/03/2027",
        "Cần hoàn chỉnh: phí",
        "Đã thay bằng 2.001035",
    ]
    page.only_missing.setChecked(True)
    assert len(notes(page)) == 2


def test_typing_filters_and_enter_opens(
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


def test_form_returns_cells_of_version_unchanged(form: ProcedureForm) -> None:
    assert form.cells() == {**COPY_CELLS, "valid_from": ""}
    assert set(form.cells()) == set(COLUMNS)
    for line in form.papers.table.lines():
        assert line[0] in ("show", "submit")


def test_form_is_empty_for_version_without_data(form: ProcedureForm) -> None:
    form.show_cells({"code": "1.000001", "name": "Thử", "field": "Thử"})
    cells = form.cells()
    assert (cells["unit"], cells["supplement_clock"]) == ("unknown", "restart")
    filled = {name for name, text in cells.items() if text not in ("", "0")}
    assert filled == {"code", "name", "field", "unit", "supplement_clock"}


def test_save_is_based_on_latest_seen_version(
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


def test_invalid_cell_shows_error_below_field(
    page: CataloguePage, form: ProcedureForm, wait_until_idle: WaitUntilIdle
) -> None:
    form.fee.setText("nhiều")
    page.save_form()
    wait_until_idle(page.runner)
    assert "nhiều" in form.boxes["fee_vnd"].error and QApplication.focusWidget() is form.fee
    assert page.save.isEnabled() and form.fee.text() == "nhiều"


def test_invalid_field_is_scrolled_into_view(
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


def test_withdrawal_with_open_dossiers_requires_confirmation(
    page: CataloguePage, form: ProcedureForm, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    form.withdrawn.click()
    page.save_form()
    wait_until_idle(page.runner)
    assert page.save.text() == "Vẫn bãi bỏ" and "5 hồ sơ" in form.boxes["withdrawn"].error
    QTest.keyClicks(form.successor, "2.001035")
    assert page.save.text() == "Lưu thành phiên bản mới"  # an edit resets the confirmation
    page.save_form()
    wait_until_idle(page.runner)
    page.save_form()
    wait_until_idle(page.runner)
    assert [command.keep_running for command in desk.queries_of("SaveVersion")] == [False, False, True]


def test_unsaved_form_closes_on_second_escape(
    page: CataloguePage, form: ProcedureForm, window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    QTest.keyClicks(form.days, "5")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert page.form.isVisible() and "chưa lưu" in window.banner.text
    QTest.keyClick(window, Qt.Key.Key_Escape)
    wait_until_idle(window.runner)
    assert page.table.isVisible()


def test_save_after_concurrent_version_offers_reopening(
    page: CataloguePage, form: ProcedureForm, desk: RecordingDesk, window: MainWindow, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["SaveVersion"] = Refusal("version_meanwhile", None, code="2.000815", version=4)
    page.save_form()
    wait_until_idle(window.runner)
    assert "phiên bản 4" in window.banner.text and window.banner.message is not None
    assert window.banner.message.action == "Mở lại thủ tục"


def test_form_can_start_from_older_version(page: CataloguePage, form: ProcedureForm) -> None:
    page.versions.setFocus()
    QTest.keyClick(page.versions, Qt.Key.Key_End)
    page.versions.selectRow(2)
    QTest.keyClick(page.versions, Qt.Key.Key_Return)
    assert form.cells()["fee_rule"] == "" and form.steps.table.rowCount() == 0


def test_delete_removes_step(form: ProcedureForm) -> None:
    form.steps.table.setCurrentCell(1, 0)
    QTest.keyClick(form.steps.table, Qt.Key.Key_Delete)
    assert form.cells()["steps"] == "Bộ phận Một cửa:0.5 ; Lãnh đạo ký:0.25"


def test_new_button_opens_empty_form(page: CataloguePage, desk: RecordingDesk) -> None:
    QTest.mouseClick(page.findChild(QPushButton, "catalogue.new"), Qt.MouseButton.LeftButton)
    assert page.form.code.isEnabled() and QApplication.focusWidget() is page.form.code
    assert page.form.cells()["name"] == ""


def test_publication_is_taken_back_from_the_banner(
    page: CataloguePage, window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    desk.answers["PublishProcedures"] = Publication(0, 0)
    line = page.table.rows_model.rows[0]
    page.toggle_published(line)
    wait_until_idle(window.runner)
    message = window.banner.message
    assert message is not None and message.on_action is not None
    message.on_action()
    wait_until_idle(window.runner)
    assert [(each.codes, each.withdraw) for each in desk.queries_of("PublishProcedures")] == [
        ((line.code,), line.published),
        ((line.code,), not line.published),
    ]
