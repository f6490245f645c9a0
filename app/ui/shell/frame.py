"""The frame of the main window: pages and navigation between them."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMainWindow, QWidget

from app.office.desk import Desk
from app.ui.kit.layouts import FittedScrollArea, PageStack
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.table_memory import SETTINGS_FILE, window_settings
from app.ui.kit.widgets import Banner, column, label, row
from app.ui.printing.paper_dialogs import PaperDialogs
from app.ui.printing.print_desk import PrintDesk
from app.ui.shell.chrome import NAV_ITEMS, Header, ProgressLine, Rail, StatusLine, pages_for
from app.ui.shell.lookup_box import LookupBox
from app.ui.shell.pages import Pages, WindowPages

_MAX_HISTORY = 20


class WindowFrame(QMainWindow, WindowPages):
    """A window with pages, created on first use, and the ways between them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setWindowTitle(f"Một Cửa – {desk.facts.office_name}")
        self.runner = Runner(desk, self)
        self.settings = window_settings(desk.facts.folder / "window.ini")
        self.setProperty(SETTINGS_FILE, str(desk.facts.folder / "window.ini"))
        self.prints = PrintDesk(self.runner, self.settings, self)
        self.paper_dialogs = PaperDialogs(self.prints, self.runner, self)
        self._history: list[str] = []
        self.pages = Pages(self._create_page, self._add_page)
        self._lay_out()
        self.runner.message_posted.connect(self.banner.show_message)
        self.runner.slow_work_started.connect(self.progress_line.show_work)
        self.runner.progressed.connect(self.progress_line.show_progress)
        self.runner.became_idle.connect(self.progress_line.hide)
        self.rail.page_requested.connect(self.go_if_allowed)

    def show_office(self) -> None:
        """Show the office in title and header after a change of its name."""
        self.setWindowTitle(f"Một Cửa – {self.runner.desk.facts.office_name}")
        self.header.show_office(self.runner.desk.facts)

    def _create_page(self, _name: str, kind: type[Page]) -> Page:
        return kind(self.runner)

    def _add_page(self, _name: str, page: Page) -> None:
        self.stack.addWidget(page)
        page.person_changed.connect(partial(self.banner.leave_person, page))
        page.list_print_requested.connect(lambda title, pdf: self.prints.print_sheet(pdf, title))
        self.status.move_to_end_of_tab_order()

    def _lay_out(self) -> None:
        self.banner, self.rail = Banner(), Rail()
        self.header = Header(self.runner.desk.facts, self.banner)
        self.status, self.progress_line = StatusLine(), ProgressLine()
        self.title = label(role="title")
        self.lookup_field = LookupBox(self.runner)
        self.stack = PageStack()
        scroll = FittedScrollArea(self.stack)
        self.stack.currentChanged.connect(lambda _page: scroll.verticalScrollBar().setValue(0))
        head = row(self.title, self.progress_line, self.lookup_field, gap=2 * GRID)
        head.setStretch(1, 1)
        inner = column(head, scroll, gap=GRID - 2)
        inner.setContentsMargins(2 * GRID, 2, 2 * GRID, 2)
        inner.setStretch(1, 1)
        middle = row(self.rail, inner, gap=0)
        self.ground = QWidget()
        self.ground.setObjectName("ground")
        box = column(self.header, middle, self.status, gap=0)
        box.setStretch(1, 1)
        self.ground.setLayout(box)
        self.setCentralWidget(self.ground)

    def go_to_page(self, name: str) -> None:
        """Show the page `name` and remember the previous one for Esc."""
        previous = self.current_page_name
        page = self.pages[name]
        if name == "help" and previous != name:
            self.help_page.show_help_for(previous)
        if previous not in (name, ""):
            self._history = [*self._history[-_MAX_HISTORY:], previous]
        self.banner.leave_page(page)
        self.stack.setCurrentWidget(page)
        self.title.setText(page.title)
        self.rail.show_page(name)
        if name != "lookup":
            self.lookup_field.clear()
        page.focus_start()

    @property
    def current_page(self) -> Page | None:
        """The visible page, None before the first."""
        current = self.stack.currentWidget()
        return current if isinstance(current, Page) else None

    @property
    def current_page_name(self) -> str:
        """Name of the visible page, empty before the first."""
        current = self.stack.currentWidget()
        return next((name for name, page in self.pages.created.items() if page is current), "")

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

    def clear_error(self) -> None:
        """Hide an error without an action that no longer holds."""
        message = self.banner.message
        if message is not None and message.level is Level.ERROR and not message.action:
            self.banner.clear()

    def go_back(self) -> None:
        """Handle Esc.

        It stops slow work, closes an open part, hides the banner, or shows the previous page.
        """
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
