"""Backups seen from the window: the status line says when, a trouble is told once, F8 asks for one."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.models.errors import Fault
from app.ui.shell.backup_watch import BackupWatch
from tests.support.recording_desk import Round


@dataclass(frozen=True)
class Place:
    folder: Path
    failure: str = ""


def run_backup_check(desk: Any, window: Any, qtbot: Any) -> BackupWatch:
    watch = BackupWatch(window.runner, window.status, window)
    watch.run_if_due()
    qtbot.waitUntil(lambda: "run_if_due" in desk.backups.calls and window.runner.idle)
    return watch


def test_the_status_line_says_when_the_last_backup_was_made(desk: Any, window: Any, qtbot: Any) -> None:
    run_backup_check(desk, window, qtbot)
    assert window.status.text("backup") == "Sao lưu 09:12"
    assert not window.banner.isVisible()


def test_a_place_that_failed_is_told_and_the_backup_stands(desk: Any, window: Any, qtbot: Any) -> None:
    desk.backups.round = Round(places=(Place(Path("E:/")), Place(Path("D:/phu"), "Ổ đĩa đã đầy.")))
    said = []
    window.runner.message_posted.connect(said.append)
    watch = run_backup_check(desk, window, qtbot)
    assert [notice.text for notice in said] == ["Chưa chép được bản sao lưu vào D:/phu: Ổ đĩa đã đầy."]
    assert window.status.text("backup") == "Sao lưu 09:12"
    watch.run_if_due()
    qtbot.waitUntil(lambda: len(desk.backups.calls) == 2 and window.runner.idle)
    assert len(said) == 1, "once is enough"


def test_no_backup_at_all_is_said_in_the_status_line_too(desk: Any, window: Any, qtbot: Any) -> None:
    desk.backups.round = Fault("disk_full")
    said = []
    window.runner.message_posted.connect(said.append)
    watch = run_backup_check(desk, window, qtbot)
    watch.run_if_due()
    qtbot.waitUntil(lambda: len(desk.backups.calls) == 2 and window.runner.idle)
    assert window.status.text("backup") == "Chưa sao lưu được"
    assert [notice.text.split(",")[0] for notice in said] == ["Ổ đĩa đã đầy"]


def test_a_backup_is_asked_for_on_f8(desk: Any, window: Any, qtbot: Any) -> None:
    window.go_to_page("office")
    card = window.office.backups
    qtbot.waitUntil(lambda: "09:12 ngày 11/03/2026" in card.last.text())
    said = []
    window.runner.message_posted.connect(said.append)
    card.back_up()
    qtbot.waitUntil(lambda: bool(said) and window.runner.idle)
    assert said[0].text.startswith("Đã sao lưu vào")
    card._set_second_folder(Path("D:/phu"))
    qtbot.waitUntil(lambda: "phu" in card.second_place.text())
