"""Sync page: writing of the bundle file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.ui.shell.window import MainWindow
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]


def open_page(window: MainWindow, page: str, wait_until_idle: WaitUntilIdle) -> None:
    window.go_to_page(page)
    wait_until_idle(window.runner)


def test_sync_file_is_written_or_error_is_shown(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, tmp_path: Path
) -> None:
    open_page(window, "sync", wait_until_idle)
    exported = desk.answers["StoreBundle"]
    window.sync.write(exported, tmp_path / exported.file_name)
    wait_until_idle(window.runner)
    assert (tmp_path / exported.file_name).read_bytes() == b"bundle"
    window.sync.write(exported, tmp_path / "không có" / "tep")
    wait_until_idle(window.runner)
    assert window.banner.message is not None and window.banner.message.action == "Chọn nơi khác"
