"""Sync page: writing of the bundle file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.admin import sync_page
from app.ui.shell.window import MainWindow
from app.usecases.sync.export import ExportedBundle
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


def test_escape_does_not_lose_a_file_being_built(
    window: MainWindow,
    desk: RecordingDesk,
    wait_until_idle: WaitUntilIdle,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    started, resume = Event(), Event()
    exported = replace(desk.answers["StoreBundle"], more=True)

    def build_slowly(_office: object) -> ExportedBundle:
        started.set()
        resume.wait(60)
        return exported

    monkeypatch.setattr(sync_page, "export_bundle", build_slowly)
    monkeypatch.setattr(sync_page, "choose_save_file", lambda *_: tmp_path / exported.file_name)
    open_page(window, "sync", wait_until_idle)
    window.sync.export.click()
    qtbot.waitUntil(started.is_set)
    qtbot.waitUntil(window.progress_line.isVisible)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    resume.set()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert (tmp_path / exported.file_name).read_bytes() == b"bundle" and window.sync.export.isEnabled()
    assert "Còn bản ghi chờ gửi" in window.banner.text
