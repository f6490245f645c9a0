"""The main window: frame, pages and navigation between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from app.models.enums import PaperForm, Right
from app.office.session import Desk
from app.ui.devices.wedge_guard import ScanGuard
from app.ui.kit.icons import IconFont, apply_icon_font, load_icon_font
from app.ui.kit.layouts import FittedScrollArea, PageStack
from app.ui.kit.page import Page
from app.ui.kit.runner import BannerMessage, Changed, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Banner, column, label, row
from app.ui.printing.paper_dialogs import PaperDialogs
from app.ui.printing.print_desk import PrintDesk
from app.ui.shell.chrome import NAV_ITEMS, Header, ProgressLine, Rail, StatusFact, StatusLine, pages_for, spread_row
from app.ui.shell.lock_screen import DeskLock
from app.ui.shell.lookup_box import LookupBox
from app.ui.shell.page_signals import connect_page
from app.ui.shell.pages import Pages, WindowPages
from app.ui.shell.status_facts import StatusFacts

if TYPE_CHECKING:
    from app.ui.devices.scanner_hub import ScannerDesk
    from app.ui.shell.clock_watch import ClockWatch
    from app.ui.shell.scan_router import ScanRouter

_CLOCK_MS = 1000
_COUNT_MS = 60_000


class MainWindow(QMainWindow, WindowPages):
    """The main window of one workstation."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setWindowTitle(f"Một Cửa – {desk.facts.office_name}")
        self.runner = Runner(desk, self)
        settings = QSettings(str(desk.facts.folder / "window.ini"), QSettings.Format.IniFormat)
        self.prints = PrintDesk(self.runner, settings, self)
        self._settings = settings
        self.guard: ScanGuard | None = None
        self._history: list[str] = []
        self._started = self._closing = False
        self.paper_dialogs = PaperDialogs(self.prints, self.runner, self)
        self.pages = Pages(self._make_page, self._add_page)
        self._lay_out()
        self._connect_frame()
        self.status_facts = StatusFacts(self.runner, self.prints, self.status)
        self.desk_lock = DeskLock(self.runner, self, desk.facts.office.lock_after)
        self._add_shortcuts()
        self._clock_timer = self._timer(_CLOCK_MS, self._show_time)
        self._count_timer = self._timer(_COUNT_MS, self._count)
        self._show_time()
        self.status.show_facts(
            [StatusFact("printer", "Máy in: đang tìm", "devices"), StatusFact("scanner", "", "devices")]
        )
        self.desk_lock.show_signed_in_user()
        self.go_to_page(self.home_page_name)
        self.setMinimumSize(880, 456)
        self.resize(1366, 728)

    def _make_page(self, name: str, kind: type[Page]) -> Page:
        create: Callable[..., Page] = kind
        if name == "devices":
            from app.ui.devices.section import AttachedDevices

            return create(self.runner, AttachedDevices(self.prints, self.scanners))
        return create(self.runner)

    @cached_property
    def scan_router(self) -> ScanRouter:
        """Router of scans, created with the first scan or by the deferred start."""
        from app.ui.shell.scan_router import ScanRouter

        return ScanRouter(self, self._settings)

    def _open_preprinted(self, code: str) -> None:
        self.scan_router.open_preprinted(code)

    def open_kiosk(self) -> None:
        """Open the citizens' screen."""
        self.scan_router.open_kiosk()

    def open_display(self) -> None:
        """Open the call display."""
        self.scan_router.open_display()

    @property
    def scanners(self) -> ScannerDesk:
        """The scanners of this machine."""
        return self.scan_router.scanners

    def _add_page(self, name: str, page: Page) -> None:
        self.stack.addWidget(page)
        self.status.move_to_end_of_tab_order()
        connect_page(name, page, self)

    def _lay_out(self) -> None:
        self.header, self.rail = Header(self.runner.desk.facts), Rail()
        self.status, self.banner, self.progress_line = StatusLine(), Banner(), ProgressLine()
        self.title = label(role="title")
        self.lookup_field = LookupBox(self.runner)
        self.stack = PageStack()
        scroll = FittedScrollArea(self.stack)
        self.stack.currentChanged.connect(lambda _page: scroll.verticalScrollBar().setValue(0))
        inner = column(spread_row(self.title, self.lookup_field), self.banner, self.progress_line, scroll, margin=GRID)
        inner.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inner.setStretch(3, 1)
        middle = row(self.rail, inner, gap=0)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(column(self.header, middle, self.status, gap=0))
        ground.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.setCentralWidget(ground)

    def _timer(self, interval: int, on_timeout: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(on_timeout)
        timer.start()
        return timer

    def _connect_frame(self) -> None:
        self.rail.page_requested.connect(self.go_if_allowed)
        self.status.fact_clicked.connect(self._open_fact)
        self.runner.message_posted.connect(self.banner.show_message)
        self.runner.changed.connect(self._on_changed)
        self.runner.slow_work_started.connect(self.progress_line.show_work)
        self.runner.progressed.connect(self.progress_line.show_progress)
        self.runner.became_idle.connect(self.progress_line.hide)
        self.lookup_field.search_requested.connect(self._look_up)
        self.lookup_field.dossier_requested.connect(self.open_dossier)
        self.lookup_field.preprinted_requested.connect(self._open_preprinted)

    def _add_shortcuts(self) -> None:
        for item in NAV_ITEMS:
            handler = self.focus_lookup if item.page == "lookup" else partial(self.go_if_allowed, item.page)
            self._key(item.key, handler)
        self._key("F9", self._save)
        self._key("F10", self._open_last)
        self._key("Ctrl+P", self._print_again)
        self._key("Ctrl+F", self._find)
        self._key("Esc", self._back)
        self._key("Ctrl+L", self.desk_lock.lock)

    def _key(self, keys: str, handler: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self, handler, context=Qt.ShortcutContext.WindowShortcut)

    def go_to_page(self, name: str) -> None:
        """Show the page `name` and remember the current one for Esc."""
        previous = self.current_page_name
        page = self.pages[name]
        if name == "help" and previous != name:
            self.help_page.show_help_for(previous)
        if previous not in (name, ""):
            self._history = [*self._history[-20:], previous]
        self.stack.setCurrentWidget(page)
        self.title.setText(page.title)
        self.rail.show_page(name)
        if name != "lookup":
            self.lookup_field.clear()
        page.focus_start()

    @property
    def current_page_name(self) -> str:
        """Name of the visible page, empty before the first."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self.pages.created.items() if page is shown), "")

    @property
    def home_page_name(self) -> str:
        """Name of the first page that the signed-in user may open."""
        return pages_for(self.runner.desk.facts.rights)[0]

    def go_if_allowed(self, name: str) -> None:
        """Show the page `name` if the signed-in user may open it.

        The look-up page has its field in the frame, so that field gets the focus.
        """
        rights = self.runner.desk.facts.rights
        if any(item.page == name for item in NAV_ITEMS) and name not in pages_for(rights):
            return
        if name == "lookup":
            self.focus_lookup()
        else:
            self.go_to_page(name)

    def focus_lookup(self) -> None:
        """Move the focus to the look-up box (F3)."""
        self.lookup_field.focus_and_select()

    def open_dossier(self, code: str) -> None:
        """Show the dossier `code`; an empty code does nothing."""
        if code:
            self.dossier.open_code(code)
            self.go_to_page("dossier")

    def reissue(self, code: str) -> None:
        """Open the intake page to reissue the void dossier `code`."""
        self.go_to_page("intake")
        self.intake.reissue(code)

    def connect_scan_guard(self, guard: ScanGuard) -> None:
        """Route the scans of `guard`."""
        self.guard = guard
        guard.scanned.connect(self.handle_scan)

    def handle_scan(self, text: str) -> None:
        """Route one scan of the guard or of a serial scanner."""
        self.scan_router.route(text)

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

    def _back(self) -> None:
        """Handle Esc: stop slow work, close an open part, hide the banner, or go back a page."""
        if self.progress_line.isVisible() and self.runner.stop():
            self.progress_line.hide()
            return
        if self.pages[self.current_page_name].back():
            return
        if self.banner.isVisible():
            self.banner.clear()
        elif self._history:
            self.go_to_page(self._history.pop())
            self._history.pop()

    def _on_changed(self, changes: frozenset[Changed], source: object) -> None:
        for page in tuple(self.pages.created.values()):
            page.on_changed(changes, source)
        self._count()

    def _count(self) -> None:
        self.status_facts.refresh()

    def resolve_clock(self, on_resolved: Callable[[], None]) -> None:
        """Show the clock dialog; call `on_resolved` after two users confirmed the day."""
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
        if self._started or self._closing:
            return
        self._started = True
        self.runner.run_background(lambda _ticket: _read_ahead(), self._finish_start, activity="Đang mở cửa sổ")

    def _finish_start(self, icons: IconFont) -> None:
        from app.ui.shell.backup_watch import BackupWatch

        apply_icon_font(icons)
        if "intake" in self.pages.created:
            self.intake.offer_draft()
        self.prints.preload()
        self.prints.find_printer()
        self.scanners.start()
        self._count()
        self.clock_watch.check()
        self.backups = BackupWatch(self.runner, self.status, self)
        self._create_next_page()

    def _create_next_page(self) -> None:
        """Create the next missing page, one in each pass of the event loop."""
        missing = [name for name in self.pages if name not in self.pages.created]
        if missing and not self._closing:
            self.pages[missing[0]].ensurePolished()
            QTimer.singleShot(0, self, self._create_next_page)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the draft and finish running writes before the window closes."""
        self._closing = True
        if "intake" in self.pages.created:
            self.intake.save_draft_now()
        self.scan_router.close()
        self._clock_timer.stop()
        self._count_timer.stop()
        self.runner.close()
        super().closeEvent(event)


def _read_ahead() -> IconFont:
    """Import the use cases of the first key presses and read the icon font, in a background thread."""
    import app.services.intake.command
    import app.usecases.catalogue.procedures
    import app.usecases.dossiers.earlier_visits
    import app.usecases.dossiers.queries
    import app.usecases.intake.accept
    import app.usecases.intake.draft
    import app.usecases.intake.preview
    import app.usecases.intake.reissue  # noqa: F401

    return load_icon_font()


def build_window(desk: Desk) -> MainWindow:
    """Return the main window of `desk`; a QApplication must exist."""
    return MainWindow(desk)
