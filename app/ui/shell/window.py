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
from app.ui.kit.icons import IconFont, draw_icons, read_icons
from app.ui.kit.layouts import PageStack, Scrolled
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Notice, Runner
from app.ui.kit.status_fact import Fact
from app.ui.kit.style import GRID
from app.ui.kit.widgets import Banner, column, label, row
from app.ui.printing.paper_dialogs import PaperDialogs
from app.ui.printing.print_desk import PrintDesk
from app.ui.shell.chrome import STATIONS, Header, Rail, StatusLine, WaitingLine, pages_for, spaced
from app.ui.shell.lock_screen import DeskLock
from app.ui.shell.lookup_box import LookupBox
from app.ui.shell.pages import Pages, WindowPages
from app.ui.shell.status_facts import DeskFacts

if TYPE_CHECKING:
    from app.ui.devices.scanner_hub import ScannerDesk
    from app.ui.shell.clock_watch import ClockWatch
    from app.ui.shell.scan_router import ScanWays

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
        self._trail: list[str] = []
        self._begun = self._over = False
        self.papers = PaperDialogs(self.prints, self.runner, self)
        self.pages = Pages(self._make_page, self._settle_page)
        self._lay_out()
        self._wire_frame()
        self.facts = DeskFacts(self.runner, self.prints, self.status)
        self.desk_lock = DeskLock(self.runner, self, desk.facts.office.lock_after)
        self._wire_keys()
        self._tick = self._timer(_CLOCK_MS, self._show_time)
        self._recount = self._timer(_COUNT_MS, self._count)
        self._show_time()
        self.status.show_facts([Fact("printer", "Máy in: đang tìm", "devices"), Fact("scanner", "", "devices")])
        self.desk_lock.show_who()
        self.go(self.home)
        self.setMinimumSize(880, 456)
        self.resize(1366, 728)

    def _make_page(self, name: str, kind: type[Page]) -> Page:
        made: Callable[..., Page] = kind
        if name == "devices":
            from app.ui.devices.page import Machine

            return made(self.runner, Machine(self.prints, self.scanners))
        return made(self.runner)

    @cached_property
    def ways(self) -> ScanWays:
        """Where scans lead, read with the first scan or once the window stands."""
        from app.ui.shell.scan_router import ScanWays

        return ScanWays(self, self._settings)

    def _open_blank(self, code: str) -> None:
        self.ways.open_blank(code)

    def _open_screen(self, name: str) -> None:
        self.ways.open_screen(name)

    @property
    def scanners(self) -> ScannerDesk:
        """The scanners of this machine."""
        return self.ways.scanners

    def _settle_page(self, name: str, page: Page) -> None:
        """Lays a new page and wires what it asks of the window."""
        self.stack.addWidget(page)
        self.status.stand_last()
        asked: Any = page
        from app.ui.shell.signal_map import wires_of

        for signal, then in wires_of(self).items():
            if hasattr(page, signal):
                getattr(asked, signal).connect(then)
        if name == "intake":
            self.prints.told.connect(asked.show_prints)

    def _lay_out(self) -> None:
        self.header, self.rail = Header(self.runner.desk.facts), Rail()
        self.status, self.banner, self.waiting = StatusLine(), Banner(), WaitingLine()
        self.title = label(role="title")
        self.lookup_field = LookupBox(self.runner)
        self.stack = PageStack()
        room = Scrolled(self.stack)
        self.stack.currentChanged.connect(lambda _page: room.verticalScrollBar().setValue(0))
        inner = column(spaced(self.title, self.lookup_field), self.banner, self.waiting, room, margin=GRID)
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
        self.rail.asked.connect(self.go_by_rail)
        self.status.asked.connect(self._open_fact)
        self.runner.said.connect(self.banner.show_notice)
        self.runner.changed.connect(self._announce)
        self.runner.waiting.connect(self.waiting.show_work)
        self.runner.progressed.connect(self.waiting.show_progress)
        self.runner.settled.connect(self.waiting.hide)
        self.lookup_field.words_asked.connect(self._look_up)
        self.lookup_field.dossier_asked.connect(self.open_dossier)
        self.lookup_field.blank_asked.connect(self._open_blank)

    def _wire_keys(self) -> None:
        for station in STATIONS:
            then = self.into_lookup if station.page == "lookup" else partial(self.go_by_rail, station.page)
            self._key(station.key, then)
        self._key("F9", self._save)
        self._key("F10", self._open_last)
        self._key("Ctrl+P", self._print_again)
        self._key("Ctrl+F", self._find)
        self._key("Esc", self._back)
        self._key("Ctrl+L", self.desk_lock.lock)

    def _key(self, keys: str, then: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self, then, context=Qt.ShortcutContext.WindowShortcut)

    def go(self, name: str) -> None:
        """Shows a page."""
        here = self.here
        page = self.pages[name]
        if name == "help" and here != name:
            self.guide.explain(here)
        if here not in (name, ""):
            self._trail = [*self._trail[-20:], here]
        self.stack.setCurrentWidget(page)
        self.title.setText(page.title)
        self.rail.show_page(name)
        if name != "lookup":
            self.lookup_field.clear()
        page.arrive()

    @property
    def here(self) -> str:
        """Name of the page in sight."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self.pages.made.items() if page is shown), "")

    @property
    def home(self) -> str:
        """The first page of whoever works here."""
        return pages_for(self.runner.desk.facts.rights)[0]

    def go_by_rail(self, name: str) -> None:
        """Shows a page asked for by rail or key, if the person at work may use it; the look-up is a page with its field
        above it."""
        rights = self.runner.desk.facts.rights
        if any(each.page == name for each in STATIONS) and name not in pages_for(rights):
            return
        if name == "lookup":
            self.into_lookup()
        else:
            self.go(name)

    def into_lookup(self) -> None:
        """F3: the caret goes to the look-up box, where it is there for the person at work."""
        self.lookup_field.take_caret()

    def open_dossier(self, code: str) -> None:
        """Shows one dossier."""
        if code:
            self.dossier.open_code(code)
            self.go("dossier")

    def _issue_again(self, code: str) -> None:
        self.go("intake")
        self.intake.issue_again(code)

    def listen_to(self, guard: ScanGuard) -> None:
        """Takes the scan guard's scans from now on."""
        self.guard = guard
        guard.scanned.connect(self.read_scan)

    def read_scan(self, text: str) -> None:
        """Takes a scan, as the guard and the scanners' lines send it."""
        self.ways.read(text)

    def _look_up(self, words: str, at_once: bool) -> None:
        if self.here != "lookup":
            self.go("lookup")
            self.lookup_field.setFocus()
        self.lookup.look_for(words, at_once)

    def _save(self) -> None:
        self._flush_keys()
        if self.here == "intake":
            self.intake.save()

    def _flush_keys(self) -> None:
        if self.guard is not None:
            self.guard.flush()

    def _open_last(self) -> None:
        self.open_dossier(self.intake.last_code)

    def _print_again(self) -> None:
        if Right.PRINT not in self.runner.desk.facts.rights:
            return
        on_dossier = self.here == "dossier"
        code, form = (self.dossier.code, PaperForm.RECEIPT) if on_dossier else self.intake.last_paper
        if code:
            self.prints.print_one(code, form)
        else:
            self.banner.show_notice(Notice(Level.LOOK, "Chưa có hồ sơ nào để in lại. Mở hồ sơ rồi bấm Ctrl+P."))

    def _find(self) -> None:
        begin_filter = getattr(self.pages[self.here], "begin_filter", self.into_lookup)
        begin_filter()

    def _back(self) -> None:
        """Esc: stops slow work, closes what is open, takes the banner away, or goes back a page."""
        if self.waiting.isVisible() and self.runner.stop():
            self.waiting.hide()
            return
        if self.pages[self.here].back():
            return
        if self.banner.isVisible():
            self.banner.clear()
        elif self._trail:
            self.go(self._trail.pop())
            self._trail.pop()

    def _announce(self, changes: frozenset[Changed], source: object) -> None:
        for page in tuple(self.pages.made.values()):
            page.hear(changes, source)
        self._count()

    def _count(self) -> None:
        self.facts.count()

    def _settle_clock(self, then: Callable[[], None]) -> None:
        self.clock.settle(then)

    def _open_fact(self, opens: str) -> None:
        if opens == "prints":
            self.papers.show_waiting()
        elif opens == "clock":
            self.clock.settle()
        else:
            self.go_by_rail(opens)

    def _show_time(self) -> None:
        self.header.show_time(self.runner.desk.now())

    @cached_property
    def clock(self) -> ClockWatch:
        """Looks after the machine's clock from the first time it is asked for."""
        from app.ui.shell.clock_watch import ClockWatch

        made = ClockWatch(self.runner, self)
        made.told.connect(lambda fact: self.status.show_facts([fact]))
        made.open_asked.connect(self.open_dossier)
        return made

    def begin(self) -> None:
        """Once the window can be typed in: the use cases, icons, the printer, the counts. What is slow to read is read
        aside, while the first key may already be typed."""
        if self._begun or self._over:
            return
        self._begun = True
        self.runner.aside(lambda _ticket: _read_the_rest(), self._go_on, what="Đang mở cửa sổ")

    def _go_on(self, icons: IconFont) -> None:
        from app.ui.shell.backup_watch import BackupWatch

        draw_icons(icons)
        if "intake" in self.pages.made:
            self.intake.offer_kept()
        self.prints.warm_up()
        self.prints.look_for_printer()
        self.scanners.start()
        self._count()
        self.clock.look()
        self.backups = BackupWatch(self.runner, self.status, self)
        self._make_next()

    def _make_next(self) -> None:
        """Makes the pages not yet gone to, one between two keys."""
        waiting = [name for name in self.pages if name not in self.pages.made]
        if waiting and not self._over:
            self.pages[waiting[0]].ensurePolished()
            QTimer.singleShot(0, self, self._make_next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lets what is being written end before the window goes."""
        self._over = True
        if "intake" in self.pages.made:
            self.intake.keep_now()
        self.ways.close()
        self._tick.stop()
        self._recount.stop()
        self.runner.close()
        super().closeEvent(event)


def _read_the_rest() -> IconFont:
    lazy_use_cases.read_ahead()
    return read_icons()


def build_window(desk: Desk) -> MainWindow:
    """The window of a desk, in an application that stands already."""
    return MainWindow(desk)
