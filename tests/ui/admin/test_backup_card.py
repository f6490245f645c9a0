"""Tests of backups in the window: status line, banner, backup card."""

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


def test_status_line_shows_time_of_last_backup(desk: Any, window: Any, qtbot: Any) -> None:
    run_backup_check(desk, window, qtbot)
    assert window.status.text("backup") == "Sao lưu 09:12"
    assert not window.banner.isVisible()


def test_failed_second_folder_is_reported_once(desk: Any, window: Any, qtbot: Any) -> None:
    desk.backups.round = Round(places=(Place(Path("E:/")), Place(Path("D:/phu"), "Ổ đĩa đã đầy.")))
    messages = []
    window.runner.message_posted.connect(messages.append)
    watch = run_backup_check(desk, window, qtbot)
    assert [message.text for message in messages] == [f"Chưa chép được bản sao lưu vào {Path('D:/phu')}: Ổ đĩa đã đầy."]
    assert window.status.text("backup") == "Sao lưu 09:12"
    watch.run_if_due()
    qtbot.waitUntil(lambda: len(desk.backups.calls) == 2 and window.runner.idle)
    assert len(messages) == 1, "the second round repeats no message"


def test_failed_backup_is_reported_in_status_line(desk: Any, window: Any, qtbot: Any) -> None:
    desk.backups.round = Fault("disk_full")
    messages = []
    window.runner.message_posted.connect(messages.append)
    watch = run_backup_check(desk, window, qtbot)
    watch.run_if_due()
    qtbot.waitUntil(lambda: len(desk.backups.calls) == 2 and window.runner.idle)
    assert window.status.text("backup") == "Chưa sao lưu được"
    assert [message.text.split(",")[0] for message in messages] == ["Ổ đĩa đã đầy"]


def test_office_page_runs_backup_and_sets_second_folder(desk: Any, window: Any, qtbot: Any) -> None:
    window.go_to_page("office")
    card = window.office.backups
    qtbot.waitUntil(lambda: "09:12 ngày 11/03/2026" in card.last.text())
    messages = []
    window.runner.message_posted.connect(messages.append)
    card.back_up()
    qtbot.waitUntil(lambda: bool(messages) and window.runner.idle)
    assert messages[0].text.startswith("Đã sao lưu vào")
    card._set_second_folder(Path("D:/phu"))
    qtbot.waitUntil(lambda: "phu" in card.second_place.text())
