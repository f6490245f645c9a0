"""Dialog of the national form: period, file, refused dossiers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from app.services.reporting.national_form import RefusedDossier
from app.ui.admin import national_dialog
from app.ui.admin.national_dialog import NationalDialog
from app.ui.shell.window import MainWindow
from app.usecases.sync.national import BuiltNationalForm
from tests.support.recording_desk import RecordingDesk

WaitUntilIdle = Callable[[Any], None]
FORM = BuiltNationalForm(b"{}", 12, 30, (RefusedDossier("H29.12-260310-0004", "Hồ sơ đã hủy"),))


@pytest.fixture
def dialog(window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle) -> NationalDialog:
    """The dialog as F7 opens it."""
    desk.answers |= {"BuildNationalForm": FORM, "RecordNationalForm": None}
    window.go_to_page("sync")
    wait_until_idle(window.runner)
    window.sync.card.national.click()
    opened = window.findChild(NationalDialog)
    assert isinstance(opened, NationalDialog)
    return opened


def test_form_is_saved_and_refused_dossiers_are_listed(
    window: MainWindow,
    desk: RecordingDesk,
    dialog: NationalDialog,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    sentences: list[str] = []
    dialog.saved.connect(sentences.append)
    monkeypatch.setattr(national_dialog, "choose_save_file", lambda *_: tmp_path / "mau.json")
    dialog.export.click()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert (tmp_path / "mau.json").read_bytes() == b"{}" and "12 hồ sơ" in sentences[0]
    assert [line.code for line in dialog.model.rows] == ["H29.12-260310-0004"]
    assert "12 hồ sơ" in window.banner.text
    assert len(desk.queries_of("RecordNationalForm")) == 1 and dialog.export.isEnabled()


def test_file_that_cannot_be_written_is_reported(
    window: MainWindow,
    dialog: NationalDialog,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(national_dialog, "choose_save_file", lambda *_: tmp_path / "không có" / "mau.json")
    dialog.export.click()
    wait_until_idle(window.runner)
    assert str(tmp_path / "không có") in window.banner.text and dialog.export.isEnabled()


def test_closed_dialog_leaves_the_file_of_a_recorded_export(
    window: MainWindow,
    desk: RecordingDesk,
    dialog: NationalDialog,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(national_dialog, "choose_save_file", lambda *_: tmp_path / "mau.json")
    dialog.export.click()
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    wait_until_idle(window.runner)
    assert len(desk.queries_of("RecordNationalForm")) == 1 and (tmp_path / "mau.json").read_bytes() == b"{}"
