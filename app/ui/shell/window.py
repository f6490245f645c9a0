"""The main window of a workstation."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut

from app.machine.freed_memory import free_cycles, free_many_cycles, keep_for_good, return_gaps
from app.models.enums import PaperForm, Right
from app.office.desk import Desk
from app.ui.devices.wedge_guard import ScanGuard
from app.ui.kit.icons import IconFont, apply_icon_font, load_icon_font
from app.ui.kit.page import Page
from app.ui.kit.runner import BannerMessage, Changed, Level
from app.ui.shell.chrome import NAV_ITEMS, StatusFact
from app.ui.shell.frame import WindowFrame
from app.ui.shell.function_keys import FunctionKeys
from app.ui.shell.lock_screen import DeskLock
from app.ui.shell.page_signals import connect_page
from app.ui.shell.status_facts import StatusFacts

if TYPE_CHECKING:
    from app.services.queue.view import Queue
    from app.ui.devices.scanner_hub import ScannerDesk
    from app.ui.shell.clock_watch import ClockWatch
    from app.ui.shell.scan_router import ScanRouter
    from app.ui.shell.sync_watch import SyncWatch

_CLOCK_MS = 5000
"""The header shows minutes; each tick wakes a PC that is left alone."""
_COUNT_MS = 60_000
_SESSION_END_MS = 60_000
DAILY_PAGES = ("intake", "dossier")
"""Pages that are created before they are opened: a scan opens the second one."""
_FIRST_USE_CASES = (
    "app.services.intake.command",
    "app.usecases.catalogue.procedures",
    "app.usecases.dossiers.earlier_visits",
    "app.usecases.dossiers.queries",
    "app.usecases.intake.accept",
    "app.usecases.intake.draft",
    "app.usecases.intake.preview",
    "app.usecases.intake.reissue",
)
"""Modules that the first intake needs."""


class MainWindow(WindowFrame):
    """The main window of one workstation.

    It adds scans, shortcuts, lock and timers to the frame.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.guard: ScanGuard | None = None
        self._started = self.closing = self._sent_last = False
        self.restore_requested = self.asks_before_leaving = self.session_ends = False
        self.sync_watch: SyncWatch | None = None
        self.status.fact_clicked.connect(self._open_fact)
        self.runner.changed.connect(self._on_changed)
        self.lookup_field.search_requested.connect(self._look_up)
        self.lookup_field.moved.connect(self._move_in_results)
        self.lookup_field.dossier_requested.connect(self.open_dossier)
        self.lookup_field.preprinted_requested.connect(self._open_preprinted)
        self.status_facts = StatusFacts(self.runner, self.prints, self.status)
        self.desk_lock = DeskLock(self, desk.facts.office.lock_after)
        self.function_keys = FunctionKeys(self, self._is_blocked)
        self._add_shortcuts()
        self._clock_timer = self._timer(_CLOCK_MS, self._show_time)
        self._count_timer = self._timer(_COUNT_MS, self._count_again)
        self._show_time()
        self.status.show_facts(
            [StatusFact("printer", "Máy in: đang tìm", "devices"), StatusFact("scanner", "", "devices")]
        )
        self.desk_lock.show_signed_in_user()
        self.go_to_page(self.home_page_name)
        self.setMinimumSize(880, 456)
        self.resize(1366, 728)

    def _create_page(self, name: str, kind: type[Page]) -> Page:
        if name != "devices":
            return super()._create_page(name, kind)
        from app.ui.devices.page import DevicesPage
        from app.ui.devices.section import AttachedDevices

        return DevicesPage(self.runner, AttachedDevices(self.prints, self.scanners))

    @cached_property
    def scan_router(self) -> ScanRouter:
        """Router of scans, created with the first scan or by the deferred start."""
        from app.ui.shell.scan_router import ScanRouter

        return ScanRouter(self, self.desk_lock, self.settings)

    def _is_blocked(self) -> bool:
        """Return whether the window is locked or behind the citizens' screen."""
        covered = "scan_router" in self.__dict__ and self.scan_router.kiosk is not None
        return self.desk_lock.locked or covered

    def _open_preprinted(self, code: str) -> None:
        self.scan_router.open_preprinted(code)

    def open_kiosk(self) -> None:
        """Open the citizens' screen."""
        self.scan_router.open_kiosk()

    def open_display(self) -> None:
        """Open the call display."""
        self.scan_router.open_display()

    def announce_call(self, queue: Queue) -> None:
        """Sound a call of this desk."""
        self.scan_router.announce_call(queue)

    def open_feedback(self) -> None:
        """Show the register of feedback."""
        self.go_to_page("citizens")
        self.citizens.show_part("feedback")

    @property
    def scanners(self) -> ScannerDesk:
        """The scanners of this machine."""
        return self.scan_router.scanners

    def _add_page(self, name: str, page: Page) -> None:
        super()._add_page(name, page)
        connect_page(name, page, self)

    def _timer(self, interval: int, on_timeout: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(on_timeout)
        timer.start()
        return timer

    def _add_shortcuts(self) -> None:
        for item in NAV_ITEMS:
            handler = self.focus_lookup if item.page == "lookup" else partial(self.go_if_allowed, item.page)
            self._key(item.key, handler)
        self._key("F9", self._save)
        self._key("F10", self._open_last)
        self._key("Ctrl+P", self._print_again)
        self._key("Ctrl+F", self._find)
        self._key("Esc", self.go_back)
        self._key("Ctrl+L", self.desk_lock.lock)

    def _key(self, keys: str, handler: Callable[[], None]) -> None:
        if keys.startswith("F"):
            self.function_keys.add(keys, handler)
        QShortcut(QKeySequence(keys), self, handler, context=Qt.ShortcutContext.WindowShortcut)

    def connect_scan_guard(self, guard: ScanGuard) -> None:
        """Route the scans of `guard`."""
        self.guard = guard
        guard.scanned.connect(self.handle_scan)
        guard.on_function_key = self.function_keys.press

    def handle_scan(self, text: str) -> None:
        """Route one scan of the guard or of a serial scanner."""
        self.scan_router.route(text, None if self.guard is None else self.guard.origin)

    def _move_in_results(self, step: int) -> None:
        if self.current_page_name == "lookup":
            self.lookup.select_by(step)

    def _look_up(self, words: str, at_once: bool) -> None:
        if self.current_page_name != "lookup":
            self.go_to_page("lookup")
            self.lookup_field.setFocus()
        self.lookup.search(words, at_once)

    def _save(self) -> None:
        self._flush_keys()
        if self.current_page_name == "intake":
            self.intake.save()

    def _flush_keys(self) -> None:
        if self.guard is not None:
            self.guard.flush()

    def _open_last(self) -> None:
        self.open_dossier(self.intake.last_code)

    def _print_again(self) -> None:
        if Right.PRINT not in self.runner.desk.facts.rights:
            return
        on_dossier = self.current_page_name == "dossier"
        code, form = (self.dossier.code, PaperForm.RECEIPT) if on_dossier else self.intake.last_paper
        if code:
            self.prints.print_one(code, form)
        else:
            self.banner.show_message(
                BannerMessage(Level.WARNING, "Chưa có hồ sơ nào để in lại. Mở hồ sơ rồi bấm Ctrl+P.")
            )

    def _find(self) -> None:
        if not self.pages[self.current_page_name].begin_filter():
            self.focus_lookup()

    def _on_changed(self, changes: frozenset[Changed], source: object) -> None:
        for page in tuple(self.pages.created.values()):
            page.on_changed(changes, source)
        self._count()

    def _count_again(self) -> None:
        free_cycles()
        return_gaps()
        self._count()

    def _count(self) -> None:
        self.status_facts.refresh()

    def send_now(self) -> None:
        """Send to the receiver at once."""
        if self.sync_watch is not None:
            self.sync_watch.send_now()

    def open_law(self, file: Path) -> None:
        """Show on the page of law packages what a file would change."""
        self.go_to_page("law")
        self.law.open_handed(file)

    def restore_backup(self) -> None:
        """Close the window, so that a backup can be restored."""
        self.restore_requested = True
        self.close()

    def correct_dossier(self, code: str, reason: str) -> None:
        """Open a rejected dossier at the field that the reason names."""
        self.dossier.correct(code, reason)
        self.go_to_page("dossier")

    def open_table(self, file: object) -> None:
        """Show the page for tables of other programs with a file, or empty."""
        self.go_to_page("tables")
        if isinstance(file, Path):
            self.tables.open_file(file)

    def resolve_clock(self, on_resolved: Callable[[], None]) -> None:
        """Show the clock dialog.

        `on_resolved` is called after two users confirmed the day.
        """
        self.clock_watch.resolve(on_resolved)

    def _open_fact(self, target: str) -> None:
        if target == "prints":
            self.paper_dialogs.show_print_queue()
        elif target == "clock":
            self.clock_watch.resolve()
        else:
            self.go_if_allowed(target)

    def _show_time(self) -> None:
        self.header.show_time(self.runner.desk.now())

    @cached_property
    def clock_watch(self) -> ClockWatch:
        """Watch of the machine's clock, created on first use."""
        from app.ui.shell.clock_watch import ClockWatch

        watch = ClockWatch(self.runner, self)
        watch.fact_changed.connect(lambda fact: self.status.show_facts([fact]))
        watch.open_requested.connect(self.open_dossier)
        return watch

    def start_deferred_work(self) -> None:
        """Load use cases, icons, printer and counts after the window accepts keys.

        Slow imports run in the background lane, so that they do not delay the first key.
        """
        if self._started or self.closing:
            return
        self._started = True
        self.runner.run_background(lambda _ticket: _read_ahead(), self._finish_start, activity="Đang mở cửa sổ")

    def _finish_start(self, icons: IconFont) -> None:
        from app.ui.devices.caret_rest import CaretRest
        from app.ui.shell.backup_watch import BackupWatch
        from app.ui.shell.sync_watch import SyncWatch

        apply_icon_font(icons)
        if "intake" in self.pages.created:
            self.intake.offer_draft()
        self.prints.preload()
        self.prints.find_printer()
        self.scanners.start()
        if self.guard is not None:
            self.scanners.pace(self.guard)
        self._count()
        self.clock_watch.check()
        CaretRest(self)
        self.backups = BackupWatch(self.runner, self.status, self)
        self.sync_watch = SyncWatch(self.runner, self.status, self)
        self._create_next_page()

    def _create_next_page(self) -> None:
        """Create the next page that no user waits for.

        There is one in each pass of the event loop. The others are created when they are first opened: together they
        take 50 MB, and their code is read then.
        """
        missing = [name for name in DAILY_PAGES if name not in self.pages.created]
        if not missing:
            keep_for_good()
            self.runner.became_idle.connect(partial(self.runner.call_after_paint, free_many_cycles))
        elif not self.closing:
            self.pages[missing[0]].ensurePolished()
            QTimer.singleShot(0, self, self._create_next_page)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the draft and finish running writes before the window closes.

        What waits for the receiver is sent first; the window then closes by itself. A second try to close it, and the
        end of the session of the system, wait for nothing. In the program a user who closes the window over unfinished
        work is asked.
        """
        if self._asks_first() or self._sends_first():
            event.ignore()
            return
        self.closing = True
        if "intake" in self.pages.created:
            self.intake.save_draft_now()
        if self.guard is not None:
            self.guard.stop()
            self.guard = None
        self.desk_lock.stop()
        self.scan_router.close()
        self._clock_timer.stop()
        self._count_timer.stop()
        self.runner.close()
        super().closeEvent(event)

    def _asks_first(self) -> bool:
        """Ask about unfinished work; False if there is none."""
        from app.ui.shell.leave_dialog import LeaveDialog, unfinished_work

        copies = self.prints.queued_copies
        half_form = "intake" in self.pages.created and not self.intake.form.empty
        work = unfinished_work(copies, half_form)
        asks = self.asks_before_leaving and not (self.restore_requested or self.desk_lock.locked or self.session_ends)
        if not (asks and work):
            return False
        dialog = LeaveDialog(work, copies, self)
        dialog.print_chosen.connect(self.paper_dialogs.show_print_queue)
        dialog.leave_chosen.connect(self.leave)
        dialog.open()
        return True

    def leave(self) -> None:
        """Close the window without the question about unfinished work."""
        self.asks_before_leaving = False
        self.close()

    def expect_session_end(self) -> None:
        """Save the draft; let the window close at once for a while.

        The system announces the end of the session to every program and closes their windows after the last one has
        agreed. If one of them has stopped the end, the question comes back.
        """
        if "intake" in self.pages.created:
            self.intake.save_draft_now()
        self.session_ends = True
        QTimer.singleShot(_SESSION_END_MS, self, self._forget_session_end)

    def _forget_session_end(self) -> None:
        self.session_ends = False

    def _sends_first(self) -> bool:
        if self._sent_last or self.restore_requested or self.sync_watch is None or self.session_ends:
            return False
        self._sent_last = True
        return self.sync_watch.send_before_closing(self.close)


def _read_ahead() -> IconFont:
    """Import the first use cases and read the icon font.

    This runs in a background thread.
    """
    for name in _FIRST_USE_CASES:
        import_module(name)
    return load_icon_font()


def build_window(desk: Desk) -> MainWindow:
    """Return the main window of `desk`; a QApplication must exist."""
    return MainWindow(desk)
