"""States of any page for screenshots: busy, failed, empty."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtTest import QTest

from app.services.sending.progress import Urgency
from app.ui.admin.sync_files_dialog import SyncFilesDialog
from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import COPY


def wait_for_answers(window: MainWindow) -> None:
    """Wait until the runner is idle."""
    while not window.runner.idle:
        QTest.qWait(1)


def busy(window: MainWindow) -> None:
    """Show progress of slow work."""
    window.banner.clear()
    window.go_to_page("reports")
    wait_for_answers(window)
    window.progress_line.show_work("Đang xuất sổ", True)
    window.progress_line.show_progress(1200, 5000, "Đang xuất sổ: 1.200 trong 5.000 hồ sơ")


def fault(window: MainWindow) -> None:
    """Show a fault of the machine with an action."""
    window.progress_line.hide()
    text = "Ổ đĩa đầy nên chưa ghi được. Xóa bớt tệp hoặc chọn nơi khác rồi làm lại; dữ liệu cũ còn nguyên."
    window.banner.show_message(BannerMessage(Level.ERROR, text, "Chọn nơi khác", lambda: None))


def worklist_empty(window: MainWindow) -> None:
    """Show the hint of an empty worklist."""
    window.banner.clear()
    desk = window.runner.desk
    lines, desk.answers["ListWork"] = desk.answers["ListWork"], ()  # type: ignore[attr-defined]
    window.worklist.view.set_value("work")
    window.go_to_page("worklist")
    window.worklist.reload()
    wait_for_answers(window)
    desk.answers["ListWork"] = lines  # type: ignore[attr-defined]


def sync_state(changes: dict[str, Any], window: MainWindow) -> None:
    """Show the sync page in another state."""
    window.banner.clear()
    answers = window.runner.desk.answers  # type: ignore[attr-defined]
    usual, answers["SyncStatus"] = answers["SyncStatus"], replace(answers["SyncStatus"], **changes)
    window.go_to_page("sync")
    window.sync.reload()
    wait_for_answers(window)
    answers["SyncStatus"] = usual


def sync_files(window: MainWindow) -> None:
    """Show the files that can be saved again."""
    window.go_to_page("sync")
    dialog = SyncFilesDialog(window.runner, window)
    dialog.show()
    wait_for_answers(window)
    dialog.grab().save(str(window.property("folder") / "sync-files-dialog.png"))
    dialog.reject()


_SYNC_STATES: dict[str, dict[str, Any]] = {
    "amber": {"urgency": Urgency.AMBER},
    "red": {"urgency": Urgency.RED, "waiting": 812},
    "fork": {"trouble": "bundle_fork", "values": (("fork", 3),), "stopped": True, "next_try_at": None},
    "ahead": {
        "trouble": "receiver_ahead",
        "values": (("expected", 12), ("newest", 7)),
        "stopped": True,
        "next_try_at": None,
    },
    "done": {"waiting": 0, "rejected": (), "trouble": "", "next_try_at": None},
    "new": {"waiting": 0, "sent": 0, "confirmed": 0, "rejected": (), "trouble": "", "last_try_at": None}
    | {"last_confirmed_at": None},
}


def intake_parties(window: MainWindow) -> None:
    """Show the intake form with all people, codes and groups."""
    window.go_to_page("intake")
    form = window.intake.form
    form.clear()
    form.choose_procedure(replace(COPY, priced_per_page=True))
    wait_for_answers(window)
    people = [{"name": "Lâm Thị Bích Ngà", "birth_date": "1999-03-08"}]
    codes = [{"code": "HT-2026-118", "system": "Hộ tịch điện tử"}]
    extra = {"co_applicants": people, "aliases": codes, "exempt": ["ho-ngheo"]}
    form.fill({**form.read(), "channel": "online", "level": 2, **extra}, form.chosen)


STATES: dict[str, Callable[[MainWindow], None]] = {
    "busy": busy,
    "trouble": fault,
    "worklist-empty": worklist_empty,
    "sync-files": sync_files,
    **{f"sync-{name}": partial(sync_state, changes) for name, changes in _SYNC_STATES.items()},
    "intake-parties": intake_parties,
}
