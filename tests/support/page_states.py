"""States of any page for screenshots: busy, failed, empty."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtTest import QTest

from app.models.enums import Service
from app.services.sending.progress import Urgency
from app.ui.admin.sync_files_dialog import SyncFilesDialog
from app.ui.kit.runner import BannerMessage, Level
from app.ui.shell.window import MainWindow
from tests.support.recording_desk import COPY

_PAINT_MS = 400


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
    lines, desk.answers["ListWork"] = desk.answers["ListWork"], ()
    window.worklist.view.set_value("work")
    window.go_to_page("worklist")
    window.worklist.reload()
    wait_for_answers(window)
    desk.answers["ListWork"] = lines


def sync_state(changes: dict[str, Any], window: MainWindow) -> None:
    """Show the sync page in another state."""
    window.banner.clear()
    answers = window.runner.desk.answers
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


def citizens(window: MainWindow) -> None:
    """Show the queue."""
    window.go_to_page("citizens")


def citizens_ratings(window: MainWindow) -> None:
    """Show the ratings part."""
    window.go_to_page("citizens")
    window.citizens.show_part("ratings")


def citizens_transfer(window: MainWindow) -> None:
    """Show the dialog of a transfer."""
    window.go_to_page("citizens")
    wait_for_answers(window)
    QTest.qWait(_PAINT_MS)
    window.citizens.queue.open_transfer(window.citizens.queue.model.rows[0])


def citizens_answered(window: MainWindow) -> None:
    """Show an answered feedback and a wrong due day."""
    window.go_to_page("citizens")
    window.citizens.show_part("feedback")
    wait_for_answers(window)
    QTest.qWait(_PAINT_MS)
    window.citizens.register.boxes["content"].inner.setText("Máy lấy số không ra phiếu")
    window.citizens.register.boxes["due"].inner.setText("mai")
    window.citizens.register.enter()
    window.citizens.register.table.selectRow(2)


def kiosk(window: MainWindow) -> None:
    """Show the citizens' screen and the call display."""
    window.scan_router.open_kiosk()
    kiosk, folder = window.scan_router.kiosk, window.property("folder")
    kiosk.showNormal()
    kiosk.resize(window.size())
    kiosk.grab().save(str(folder / "kiosk-start.png"))
    window.handle_scan("6303260311000078")
    wait_for_answers(window)
    QTest.qWait(_PAINT_MS)
    kiosk.grab().save(str(folder / "kiosk-dossier.png"))
    kiosk.take_number(Service.INTAKE)
    wait_for_answers(window)
    QTest.qWait(_PAINT_MS)
    kiosk.grab().save(str(folder / "kiosk-number.png"))
    kiosk.pages.setCurrentWidget(kiosk.leaving)
    kiosk.grab().save(str(folder / "kiosk-leaving.png"))
    kiosk.force_close()
    window.scan_router.exclusive_handler = window.scan_router.kiosk = None
    window.scan_router.open_display()
    wait_for_answers(window)
    QTest.qWait(_PAINT_MS)
    window.scan_router.display.resize(window.size())
    wait_for_answers(window)
    QTest.qWait(_PAINT_MS)
    window.scan_router.display.grab().save(str(folder / "call-display.png"))
    window.scan_router.display.close()


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
    "citizens": citizens,
    "citizens-ratings": citizens_ratings,
    "citizens-transfer": citizens_transfer,
    "citizens-answered": citizens_answered,
    "kiosk": kiosk,
    "busy": busy,
    "trouble": fault,
    "worklist-empty": worklist_empty,
    "sync-files": sync_files,
    **{f"sync-{name}": partial(sync_state, changes) for name, changes in _SYNC_STATES.items()},
    "intake-parties": intake_parties,
}
