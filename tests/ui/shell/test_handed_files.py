"""Files from Explorer in the window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QDesktopServices

from app.machine.folders import log_folder
from app.services.sending.answers import SettledAnswer
from app.sync.bundle import read_bundle
from app.sync.package import PackageHeader, write_package
from app.ui.admin.package_dialog import PackageDialog
from app.ui.shell.handed_files import HandedFiles
from app.ui.shell.second_start import StartListener
from app.ui.shell.window import MainWindow
from tests.support.offices import use_profile
from tests.support.recording_desk import RecordingDesk
from tests.support.sync_samples import RECEIVER_KEY, bundle_bytes, write_ack

WaitUntilIdle = Callable[[Any], None]
MADE_AT = "2026-02-12T17:05:00+07:00"
ANSWER = write_ack(read_bundle(bundle_bytes(0)), [], MADE_AT, RECEIVER_KEY)
PACKAGE = write_package(PackageHeader(7, "notice", "*", "Thông báo", MADE_AT), b"Text", RECEIVER_KEY)


@pytest.fixture
def handed(window: MainWindow, desk: RecordingDesk) -> Iterator[HandedFiles]:
    parent = QObject()
    yield HandedFiles(window, StartListener(desk.facts.folder, parent))
    parent.deleteLater()


def give(handed: HandedFiles, file: Path, content: bytes, wait_until_idle: WaitUntilIdle, window: MainWindow) -> None:
    file.write_bytes(content)
    handed.open(file)
    wait_until_idle(window.runner)


def test_answer_is_taken_once(
    handed: HandedFiles, window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    desk.answers["ApplyAnswer"] = SettledAnswer(4, 12, 1, 0)
    give(handed, tmp_path / "trả lời.MCACK", ANSWER, wait_until_idle, window)
    assert [command.content for command in desk.queries_of("ApplyAnswer")] == [ANSWER]
    assert window.current_page_name == "sync" and "tệp số 4: nhận 12 bản ghi" in window.banner.text


def test_package_is_shown_and_waits_for_a_yes(
    handed: HandedFiles, window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    give(handed, tmp_path / "goi.mcdown", PACKAGE, wait_until_idle, window)
    dialog = window.findChild(PackageDialog)
    assert dialog.isVisible() and [query.data for query in desk.queries_of("PreviewPackage")] == [PACKAGE]
    assert desk.queries_of("ApplyPackage") == []
    dialog.reject()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", bundle_bytes()], ids=["empty", "cut", "bundle"])
def test_file_of_another_kind_is_refused_in_a_sentence(
    handed: HandedFiles,
    window: MainWindow,
    desk: RecordingDesk,
    wait_until_idle: WaitUntilIdle,
    tmp_path: Path,
    content: bytes,
) -> None:
    give(handed, tmp_path / "goi.mcdown", content, wait_until_idle, window)
    assert window.banner.text.endswith(".") and not desk.queries_of("ApplyAnswer") + desk.queries_of("PreviewPackage")


def test_missing_file_is_refused_in_a_sentence(
    handed: HandedFiles, window: MainWindow, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    handed.open(tmp_path / "gone.mcack")
    wait_until_idle(window.runner)
    assert "gone.mcack" in window.banner.text


def test_own_bundle_is_not_applied(
    handed: HandedFiles, window: MainWindow, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    give(handed, tmp_path / "tệp 1.mcsync", bundle_bytes(), wait_until_idle, window)
    assert "nộp cho nơi nhận" in window.banner.text


def test_file_waits_while_the_window_is_locked(
    handed: HandedFiles, window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    desk.answers["ApplyAnswer"] = SettledAnswer(4, 12, 1, 0)
    window.desk_lock.locked = True
    give(handed, tmp_path / "a.mcack", ANSWER, wait_until_idle, window)
    assert desk.queries_of("ApplyAnswer") == []
    window.desk_lock.locked = False
    window.desk_lock.unlocked.emit()
    wait_until_idle(window.runner)
    assert len(desk.queries_of("ApplyAnswer")) == 1


def test_log_is_shown_from_the_help_page(
    window: MainWindow, wait_until_idle: WaitUntilIdle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[str] = []
    use_profile(monkeypatch, tmp_path)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()) or len(shown) == 1)
    window.go_to_page("help")
    window.help_page.log_button.click()
    assert Path(shown[0]) == log_folder() and log_folder().is_dir()
    window.help_page.log_button.click()
    assert str(log_folder()) in window.banner.text, "where no program shows folders, the path is read"


def test_law_package_goes_to_its_page(
    handed: HandedFiles,
    window: MainWindow,
    desk: RecordingDesk,
    wait_until_idle: WaitUntilIdle,
    tmp_path: Path,
) -> None:
    give(handed, tmp_path / "nghị định.mclaw", b"no package", wait_until_idle, window)
    assert window.current_page_name == "law"
    assert [query.data for query in desk.queries_of("ShowLaw")] == [b"no package"]


def test_file_waits_behind_the_citizens_screen(
    handed: HandedFiles,
    window: MainWindow,
    desk: RecordingDesk,
    wait_until_idle: WaitUntilIdle,
    tmp_path: Path,
) -> None:
    window.open_kiosk()
    give(handed, tmp_path / "goi.mcdown", PACKAGE, wait_until_idle, window)
    assert desk.queries_of("PreviewPackage") == []
    kiosk = window.scan_router.kiosk
    assert kiosk is not None
    kiosk.force_close()
    wait_until_idle(window.runner)
    window.desk_lock.locked = False
    window.desk_lock.unlocked.emit()
    wait_until_idle(window.runner)
    assert len(desk.queries_of("PreviewPackage")) == 1
    window.findChild(PackageDialog).reject()
