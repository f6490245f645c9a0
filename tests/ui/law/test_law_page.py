"""Law page: packages looked at, applied with a second person, taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.errors import Refusal
from app.ui.law.dialog import LawDialog
from app.ui.shell.window import MainWindow
from tests.support.page_answers import LAW, LAWS
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def open_page(window: MainWindow, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page("law")
    wait_until_idle(window.runner)


def take(window: MainWindow, file: Path, wait_until_idle: WaitUntilIdle) -> LawDialog:
    file.write_bytes(b"package")
    window.law.take_file(file)
    wait_until_idle(window.runner)
    return window.findChild(LawDialog)


def test_file_is_shown_side_by_side_and_applied_after_a_yes(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    open_page(window, wait_until_idle)
    dialog = take(window, tmp_path / "goi.mclaw", wait_until_idle)
    assert [(cells.what, cells.before) for cells in dialog.model.rows] == [
        ("Thủ tục", "phí: 2000"),
        ("Miễn, giảm phí", ""),
    ]
    assert LAW.touched[0] in dialog.touched.full_text and desk.queries_of("ApplyLaw") == []
    dialog.apply_button.click()
    wait_until_idle(window.runner)
    assert [command.data for command in desk.queries_of("ApplyLaw")] == [b"package"]
    assert "Đã áp dụng" in window.banner.text


def test_unknown_issuer_is_compared_by_fingerprint(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    def answer(query: Any) -> Any:
        if not query.fingerprint:
            raise Refusal("law_issuer_unknown", "file", issuer="Nơi lạ", fingerprint="1111 2222")
        if query.fingerprint != "1111 2222":
            raise Refusal("law_fingerprint", "fingerprint", fingerprint="1111 2222")
        return LAW

    desk.answers["ShowLaw"] = answer
    open_page(window, wait_until_idle)
    dialog = take(window, tmp_path / "goi.mclaw", wait_until_idle)
    assert "1111 2222" in dialog.unknown.text() and not dialog.apply_button.isEnabled()
    for typed, rows in (("9", 0), ("1111 2222", 2)):
        dialog.fingerprint.setText(typed)
        QTest.keyClick(dialog.fingerprint, Qt.Key.Key_Return)
        wait_until_idle(window.runner)
        assert len(dialog.model.rows) == rows
    dialog.apply_button.click()
    wait_until_idle(window.runner)
    assert [command.fingerprint for command in desk.queries_of("ApplyLaw")] == ["1111 2222"]


def test_damaged_file_is_refused_in_the_banner(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    def answer(_query: Any) -> Any:
        raise Refusal("law_incomplete", "file")

    desk.answers["ShowLaw"] = answer
    open_page(window, wait_until_idle)
    take(window, tmp_path / "goi.mclaw", wait_until_idle)
    assert "bị cụt" in window.banner.text
    window.law.take_file(tmp_path / "khong-co.mclaw")
    wait_until_idle(window.runner)
    assert "khong-co" in window.banner.text


def test_offered_package_opens_and_applied_one_is_taken_back(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    open_page(window, wait_until_idle)
    page = window.law
    page.note.setText("nhầm tỉnh")
    page.revert.click()
    wait_until_idle(window.runner)
    assert [(command.id, command.note) for command in desk.queries_of("RevertLaw")] == [(LAWS[0].id, "nhầm tỉnh")]
    page.table.selectRow(1)
    page.revert.click()
    assert "Chọn một gói" in window.banner.text and len(desk.queries_of("RevertLaw")) == 1
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    wait_until_idle(window.runner)
    assert [query.data for query in desk.queries_of("ShowLaw")] == [b"shipped"]


def test_file_dropped_on_the_office_page_is_shown(
    window: MainWindow, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    window.go_to_page("office")
    file = tmp_path / "goi.mclaw"
    file.write_bytes(b"package")
    window.office.take_file(file)
    wait_until_idle(window.runner)
    assert window.current_page_name == "law" and len(window.findChild(LawDialog).model.rows) == 2
