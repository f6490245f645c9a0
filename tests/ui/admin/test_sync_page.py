"""Sync page: writing of the bundle file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.enums import Action
from app.office.exchange import sync_send
from app.office.exchange.sync_send import PushResult, Trouble
from app.services.dossier_detail import ShowDossier
from app.services.sending.progress import Urgency
from app.ui.admin import sync_page
from app.ui.admin.sync_files_dialog import SyncFilesDialog
from app.ui.shell.sync_watch import SyncWatch
from app.ui.shell.window import MainWindow
from app.usecases.sync.answer import ResendDossier
from app.usecases.sync.export import BuildBundle, ExportedBundle, MarkCarried
from app.usecases.sync.plan import SendingPlan
from app.usecases.sync.status import RejectedDossier
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
    assert sum(isinstance(query, MarkCarried) for query in desk.queries) == 1
    window.sync.write(replace(exported, unsaved=(2, 3)), tmp_path / exported.file_name)
    wait_until_idle(window.runner)
    assert "Tệp số 2, 3 đã dựng mà chưa ghi ra lần nào" in window.banner.text
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

    def build_slowly(_office: object, _again: object) -> ExportedBundle:
        started.set()
        resume.wait(60)
        return exported

    monkeypatch.setattr(sync_page, "make_bundle", build_slowly)
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


def test_cancelled_export_builds_nothing(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []
    monkeypatch.setattr(sync_page, "choose_save_file", lambda _page, _title, name, _kinds: proposed.append(name))
    open_page(window, "sync", wait_until_idle)
    window.sync.export.click()
    wait_until_idle(window.runner)
    assert proposed == ["H29.12-03-000004.mcsync"]
    assert not {"BuildBundle", "StoreBundle"} & {type(command).__name__ for command in desk.queries}


def test_every_built_file_can_be_saved_again(
    window: MainWindow,
    desk: RecordingDesk,
    wait_until_idle: WaitUntilIdle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    desk.answers["BuildBundle"] = replace(desk.answers["BuildBundle"], sequence=3, stored=True)
    monkeypatch.setattr(sync_page, "choose_save_file", lambda _page, _title, name, _kinds: tmp_path / name)
    open_page(window, "sync", wait_until_idle)
    window.sync.card.files.click()
    wait_until_idle(window.runner)
    dialog = window.sync.findChild(SyncFilesDialog)
    assert [line.sequence for line in dialog.model.rows] == [4, 3, 2]
    dialog.table.selectRow(1)
    dialog.save.click()
    for _ in range(4):
        wait_until_idle(window.runner)
    assert {query.again for query in desk.queries if isinstance(query, BuildBundle)} == {3}
    assert (tmp_path / "H29.12-3-000004.mcsync").read_bytes() == b"bundle"


def test_page_shows_four_counts_the_trouble_and_the_key(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    state = desk.answers["SyncStatus"]
    at = state.last_confirmed_at
    desk.answers["SyncStatus"] = replace(
        state, last_try_at=at, next_try_at=at, trouble="no_network", urgency=Urgency.AMBER
    )
    open_page(window, "sync", wait_until_idle)
    card = window.sync.card
    assert {name: number.text() for name, number in card.numbers.items()} == {
        "waiting": "12",
        "sent": "25",
        "confirmed": "1.480",
        "rejected": "1",
    }
    assert "Chưa có mạng" in card.next_try.text() and "Thử lại lúc" in card.next_try.text()
    assert card.next_try.property("role") == "warning" and "4102 7733" in card.identity.text()


def test_rejected_dossier_is_resent_or_opened_at_its_field(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle
) -> None:
    code = desk.answers["SyncStatus"].rejected[0].code
    rejected = RejectedDossier(code, "Ngày sinh của chủ hồ sơ không đúng")
    desk.answers["SyncStatus"] = replace(desk.answers["SyncStatus"], rejected=(rejected,))
    open_page(window, "sync", wait_until_idle)
    window.sync.resend.click()
    wait_until_idle(window.runner)
    assert [query.code for query in desk.queries if isinstance(query, ResendDossier)] == [code]
    detail = desk.answers["ShowDossier"]
    shown = detail if not callable(detail) else detail(ShowDossier(code))
    desk.answers["ShowDossier"] = replace(shown, code=code, allowed=(Action.AMEND,))
    window.sync.correct.click()
    wait_until_idle(window.runner)
    assert window.current_page_name == "dossier"
    form = window.dossier.action_form
    assert form is not None and form.action == Action.AMEND
    assert form.boxes["birth_date"].inner.hasFocus() and rejected.reason in window.banner.text


def test_automatic_sender_follows_the_plan(
    window: MainWindow, desk: RecordingDesk, wait_until_idle: WaitUntilIdle, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[object] = []

    def push(office: object, *_arguments: object, hurried: bool) -> PushResult:
        assert not hurried
        rounds.append(office)
        return PushResult(2)

    monkeypatch.setattr(sync_send, "push", push)
    watch = SyncWatch(window.runner, window.status, window)
    watch.send_if_due()
    wait_until_idle(window.runner)
    assert rounds == []
    desk.answers["GetSendingPlan"] = SendingPlan(desk.now(), 8, Urgency.RED)
    watch.send_if_due()
    wait_until_idle(window.runner)
    wait_until_idle(window.runner)
    assert len(rounds) == 1 and window.status.text("silence") == "Chưa gửi được 8 ngày"
    watch.send_now()
    wait_until_idle(window.runner)
    assert len(rounds) == 2 and "Đã gửi 2 tệp" in window.banner.text
    monkeypatch.setattr(sync_send, "push", lambda *_, **_options: PushResult(0, Trouble("bundle_fork", (("fork", 4),))))
    watch.send_now()
    wait_until_idle(window.runner)
    assert "sai lệch số 4" in window.banner.text
