"""The main window: the frame, the pages in it, and the ways between them. No rule of the counter stands here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from app.models.enums import PaperForm, Right
from app.office.session import Desk
from app.ui.devices.wedge_guard import ScanGuard
from app.ui.kit import lazy_use_cases
from app.ui.kit.icons import IconFont, apply_icon_font, load_icon_font
from app.ui.kit.layouts import FittedScrollArea, PageStack
from app.ui.kit.page import Page
from app.ui.kit.runner import BannerMessage, Changed, Level, Runner
from app.ui.kit.status_fact import StatusFact
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Banner, column, label, row
from app.ui.printing.paper_dialogs import PaperDialogs
from app.ui.printing.print_desk import PrintDesk
from app.ui.shell.chrome import NAV_ITEMS, Header, ProgressLine, Rail, StatusLine, pages_for, spread_row
from app.ui.shell.lock_screen import DeskLock
from app.ui.shell.lookup_box import LookupBox
from app.ui.shell.pages import Pages, WindowPages
from app.ui.shell.status_facts import StatusFacts

if TYPE_CHECKING:
    from app.ui.devices.scanner_hub import ScannerDesk
    from app.ui.shell.clock_watch import ClockWatch
    from app.ui.shell.scan_router import ScanRouter

_CLOCK_MS = 1000
_COUNT_MS = 60_000


class MainWindow(QMainWindow, WindowPages):
    """The window of one desk."""

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
        self._wire_frame()
        self.status_facts = StatusFacts(self.runner, self.prints, self.status)
        self.desk_lock = DeskLock(self.runner, self, desk.facts.office.lock_after)
        self._wire_keys()
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
        made: Callable[..., Page] = kind
        if name == "devices":
            from app.ui.devices.page import AttachedDevices

            return made(self.runner, AttachedDevices(self.prints, self.scanners))
        return made(self.runner)

    @cached_property
    def scan_router(self) -> ScanRouter:
        """Where scans lead, read with the first scan or once the window stands."""
        from app.ui.shell.scan_router import ScanRouter

        return ScanRouter(self, self._settings)

    def _open_preprinted(self, code: str) -> None:
        self.scan_router.open_preprinted(code)

    def _open_screen(self, name: str) -> None:
        self.scan_router.open_screen(name)

    @property
    def scanners(self) -> ScannerDesk:
        """The scanners of this machine."""
        return self.scan_router.scanners

    def _add_page(self, name: str, page: Page) -> None:
        """Lays a new page and wires what it asks of the window."""
        self.stack.addWidget(page)
        self.status.move_to_end_of_tab_order()
        asked: Any = page
        from app.ui.shell.signal_map import signal_map

        for signal, then in signal_map(self).items():
            if hasattr(page, signal):
                getattr(asked, signal).connect(then)
        if name == "intake":
            self.prints.status_changed.connect(asked.show_prints)

    def _lay_out(self) -> None:
        self.header, self.rail = Header(self.runner.desk.facts), Rail()
        self.status, self.banner, self.progress_line = StatusLine(), Banner(), ProgressLine()
        self.title = label(role="title")
        self.lookup_field = LookupBox(self.runner)
        self.stack = PageStack()
        room = FittedScrollArea(self.stack)
        self.stack.currentChanged.connect(lambda _page: room.verticalScrollBar().setValue(0))
        inner = column(spread_row(self.title, self.lookup_field), self.banner, self.progress_line, room, margin=GRID)
        inner.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inner.setStretch(3, 1)
        middle = row(self.rail, inner, gap=0)
        ground = QWidget()
        ground.setObjectName("ground")
        ground.setLayout(column(self.header, middle, self.status, gap=0))
        ground.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self.setCentralWidget(ground)

    def _timer(self, pause: int, then: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setInterval(pause)
        made.timeout.connect(then)
        made.start()
        return made

    def _wire_frame(self) -> None:
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

    def _wire_keys(self) -> None:
        for station in NAV_ITEMS:
            then = self.focus_lookup if station.page == "lookup" else partial(self.go_if_allowed, station.page)
            self._key(station.key, then)
        self._key("F9", self._save)
        self._key("F10", self._open_last)
        self._key("Ctrl+P", self._print_again)
        self._key("Ctrl+F", self._find)
        self._key("Esc", self._back)
        self._key("Ctrl+L", self.desk_lock.lock)

    def _key(self, keys: str, then: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self, then, context=Qt.ShortcutContext.WindowShortcut)

    def go_to_page(self, name: str) -> None:
        """Shows a page."""
        here = self.current_page_name
        page = self.pages[name]
        if name == "help" and here != name:
            self.help_page.show_help_for(here)
        if here not in (name, ""):
            self._history = [*self._history[-20:], here]
        self.stack.setCurrentWidget(page)
        self.title.setText(page.title)
        self.rail.show_page(name)
        if name != "lookup":
            self.lookup_field.clear()
        page.focus_start()

    @property
    def current_page_name(self) -> str:
        """Name of the page in sight."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self.pages.created.items() if page is shown), "")

    @property
    def home_page_name(self) -> str:
        """The first page of whoever works here."""
        return pages_for(self.runner.desk.facts.rights)[0]

    def go_if_allowed(self, name: str) -> None:
        """Shows a page asked for by rail or key, if the person at work may use it; the look-up is a page with its field
        above it."""
        rights = self.runner.desk.facts.rights
        if any(each.page == name for each in NAV_ITEMS) and name not in pages_for(rights):
            return
        if name == "lookup":
            self.focus_lookup()
        else:
            self.go_to_page(name)

    def focus_lookup(self) -> None:
        """F3: the caret goes to the look-up box, where it is there for the person at work."""
        self.lookup_field.focus_and_select()

    def open_dossier(self, code: str) -> None:
        """Shows one dossier."""
        if code:
            self.dossier.open_code(code)
            self.go_to_page("dossier")

    def _reissue(self, code: str) -> None:
        self.go_to_page("intake")
        self.intake.reissue(code)

    def connect_scan_guard(self, guard: ScanGuard) -> None:
        """Takes the scan guard's scans from now on."""
        self.guard = guard
        guard.scanned.connect(self.handle_scan)

    def handle_scan(self, text: str) -> None:
        """Takes a scan, as the guard and the scanners' lines send it."""
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
        begin_filter = getattr(self.pages[self.current_page_name], "begin_filter", self.focus_lookup)
        begin_filter()

    def _back(self) -> None:
        """Esc: stops slow work, closes what is open, takes the banner away, or goes back a page."""
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

    def _resolve_clock(self, then: Callable[[], None]) -> None:
        self.clock_watch.resolve(then)

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
        """Looks after the machine's clock from the first time it is asked for."""
        from app.ui.shell.clock_watch import ClockWatch

        made = ClockWatch(self.runner, self)
        made.fact_changed.connect(lambda fact: self.status.show_facts([fact]))
        made.open_requested.connect(self.open_dossier)
        return made

    def start_deferred_work(self) -> None:
        """Once the window can be typed in: the use cases, icons, the printer, the counts. What is slow to read is read
        aside, while the first key may already be typed."""
        if self._started or self._closing:
            return
        self._started = True
        self.runner.run_background(lambda _ticket: _preload(), self._finish_start, activity="Đang mở cửa sổ")

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
        """Makes the pages not yet gone to, one between two keys."""
        waiting = [name for name in self.pages if name not in self.pages.created]
        if waiting and not self._closing:
            self.pages[waiting[0]].ensurePolished()
            QTimer.singleShot(0, self, self._create_next_page)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lets what is being written end before the window goes."""
        self._closing = True
        if "intake" in self.pages.created:
            self.intake.save_draft_now()
        self.scan_router.close()
        self._clock_timer.stop()
        self._count_timer.stop()
        self.runner.close()
        super().closeEvent(event)


def _preload() -> IconFont:
    lazy_use_cases.preload_use_cases()
    return load_icon_font()


def build_window(desk: Desk) -> MainWindow:
    """The window of a desk, in an application that stands already."""
    return MainWindow(desk)
