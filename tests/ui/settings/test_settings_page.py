"""Settings page: office file's lines, hours and this machine."""

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import MachineSettings
from app.ui.settings.page import SettingsPage
from app.ui.shell.window import MainWindow

_CHOICES = """
import sys
from pathlib import Path
from threading import Event

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.kit.style import LIGHT, current_colours
from app.ui.shell.window import build_window
from tests.support.recording_desk import RecordingDesk

application = QApplication([])
window = build_window(RecordingDesk(Path(sys.argv[1])))
window.show()
window.go_to_page("settings")
page, runner = window.settings_page, window.runner
page.machine.theme.set_value("light")
while not runner.idle:
    QTest.qWait(1)
lane_is_free = Event()
runner.run_serial(lane_is_free.wait, lambda _none: None, activity="")
for theme in ("dark", "light"):
    page.machine.theme.set_value(theme)
lane_is_free.set()
while not runner.idle:
    QTest.qWait(1)
print(runner.desk.machine.theme, current_colours() == LIGHT)
window.close()
"""


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.go_to_page("settings")
    return window.settings_page


def test_save_writes_the_changed_lines_only(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    page.office.fields["phone"].setText("0236 111 222")
    page.office.hours["sat"].setText("7h30-11h30")
    page.save()
    qtbot.waitUntil(lambda: bool(window.runner.desk.edits))
    edits = window.runner.desk.edits
    assert edits == [{"phone": "0236 111 222", "hours": {"sat": ("07:30-11:30",)}}]


def test_place_of_the_name_is_shown_as_empty(page: SettingsPage) -> None:
    assert page.office.fields["place"].text() == ""


def test_wrong_hours_are_shown_under_their_day(page: SettingsPage) -> None:
    page.office.hours["tue"].setText("bảy giờ")
    page.save()
    assert "07:30-11:30" in page.office.boxes["hours.tue"].error


def test_frame_shows_the_new_name(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    page.office.fields["name"].setText("UBND xã Kiểm Thử Mới")
    page.save()
    qtbot.waitUntil(lambda: "UBND xã Kiểm Thử Mới" in window.windowTitle())
    assert "UBND xã Kiểm Thử Mới" in window.header.office.full_text


def test_escape_puts_back_what_is_not_saved(page: SettingsPage) -> None:
    page.office.fields["name"].setText("Tên khác")
    assert page.back()
    assert page.office.fields["name"].text() == "UBND xã Kiểm Thử"
    assert not page.back()


def test_preview_writes_nothing(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    page.office.fields["name"].setText("UBND xã Xem Thử")
    with qtbot.waitSignal(page.document_ready):
        page.preview()
    query = window.runner.desk.queries_of("PreviewOfficePaper")[0]
    assert query.office.name == "UBND xã Xem Thử"
    assert window.runner.desk.edits == []


def test_machine_settings_are_kept(window: MainWindow, page: SettingsPage, qtbot: QtBot) -> None:
    page.machine.text_size.set_value("125")
    page.machine.sounds.setChecked(False)
    qtbot.waitUntil(lambda: window.runner.desk.machine.text_size == 125 and not window.runner.desk.machine.sounds)
    assert window.runner.desk.machine == MachineSettings(text_size=125, sounds=False)


def test_colours_follow_the_last_choice(tmp_path: Path) -> None:
    """Change colours in a process without widgets of other tests."""
    lines = [sys.executable, "-c", _CHOICES, str(tmp_path)]
    done = subprocess.run(lines, capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert done.stdout.split() == ["light", "True"]


def test_machine_file_keeps_the_choices(tmp_path: Path) -> None:
    from app.settings import read_machine_settings, write_machine_settings

    machine = MachineSettings(theme="dark", text_size=150, sounds=False)
    write_machine_settings(tmp_path / "machine.toml", machine)
    assert read_machine_settings(tmp_path / "machine.toml") == machine
    (tmp_path / "machine.toml").write_text('theme = "pink"\ntext_size = 99\nsounds = 3\n', encoding="utf-8")
    assert read_machine_settings(tmp_path / "machine.toml") == MachineSettings()
