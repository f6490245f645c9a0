"""Window of the guide: header, one page, «Quay lại» and «Tiếp tục»."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow, QWidget

from app.models.errors import Fault, Refusal
from app.office.desk import Desk
from app.office.guide.answers import PAGES, GuidePage
from app.office.guide.guide import Guide
from app.office.session import OfficeSession
from app.ui.guide.done_page import DonePage
from app.ui.guide.fields_page import FieldsPage
from app.ui.guide.founding_page import FoundingPage
from app.ui.guide.hours_page import HoursPage
from app.ui.guide.office_page import OfficePage
from app.ui.guide.page import GuideView
from app.ui.guide.people_page import PeoplePage
from app.ui.guide.place_page import PlacePage
from app.ui.guide.printers_page import PrintersPage
from app.ui.guide.register_page import RegisterPage
from app.ui.guide.scanner_page import ScannerPage
from app.ui.guide.start_page import StartPage
from app.ui.kit.file_dialogs import choose_folder
from app.ui.kit.layouts import FittedScrollArea, PageStack
from app.ui.kit.runner import BannerMessage, Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import MESSAGE_HEIGHT, Banner, button, column, label, row
from app.wording.refusals import error_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NO_DESK = cast("Desk", None)
"""No office exists yet; the runner of the guide runs background work only."""
_FOUNDING = "Đang lập cơ quan, chờ vài giây cho xong rồi đóng cửa sổ."
_KINDS: "Mapping[GuidePage, type[GuideView]]" = {
    GuidePage.START: StartPage,
    GuidePage.OFFICE: OfficePage,
    GuidePage.HOURS: HoursPage,
    GuidePage.PEOPLE: PeoplePage,
    GuidePage.PLACE: PlacePage,
    GuidePage.PRINTERS: PrintersPage,
    GuidePage.SCANNER: ScannerPage,
    GuidePage.FIELDS: FieldsPage,
    GuidePage.REGISTER: RegisterPage,
    GuidePage.FOUNDING: FoundingPage,
    GuidePage.DONE: DonePage,
}


@dataclass(frozen=True)
class GuideResult:
    """What to open after the guide.

    `session` is the founded office. Without it the office in `folder` is opened; `demo` is the demonstration.
    """

    folder: Path
    session: OfficeSession | None = None
    demo: bool = False


class GuideWindow(QMainWindow):
    """One page at a time; `result` is None until the guide has ended.

    `restore` shows the dialog of a restore and returns whether the office was restored.
    """

    def __init__(self, guide: Guide, restore: "Callable[[QWidget], bool]") -> None:
        super().__init__()
        self.guide, self._restore = guide, restore
        self.result: GuideResult | None = None
        self.setObjectName("ground")
        self.setWindowTitle("Một Cửa – Bắt đầu")
        self.runner = Runner(_NO_DESK, self)
        self.banner = Banner()
        self.runner.message_posted.connect(self.banner.show_message)
        self.step, self.title, self.question = label(role="strong"), label(role="title"), label(wrap=True)
        self.back_button, self.next_button = button("Quay lại  Esc"), button("Tiếp tục  Enter", main=True)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.stack = PageStack()
        self.pages: dict[GuidePage, GuideView] = {}
        self._lay_out()
        QShortcut(QKeySequence("Esc"), self, self.go_back, context=Qt.ShortcutContext.WindowShortcut)
        self.setMinimumSize(880, 456)
        self.resize(1366, 728)
        self.show_page(guide.page)

    def _lay_out(self) -> None:
        header = QFrame()
        header.setObjectName("header")
        line = row(self.step, self.banner)
        line.setContentsMargins(3 * GRID, 0, 2 * GRID, 0)
        header.setLayout(line)
        header.setFixedHeight(MESSAGE_HEIGHT)
        self.banner.toggled.connect(lambda shown: self.step.setVisible(not shown))  # so that nothing moves
        scroll = FittedScrollArea(self.stack)
        self.stack.currentChanged.connect(lambda _page: scroll.verticalScrollBar().setValue(0))
        footer = row(self.back_button, self.next_button)
        footer.addStretch(1)
        inner = column(self.title, self.question, scroll, footer, gap=GRID)
        inner.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        inner.setStretch(2, 1)
        ground = QWidget()
        ground.setObjectName("ground")
        box = column(header, inner, gap=0)
        box.setStretch(1, 1)
        ground.setLayout(box)
        self.setCentralWidget(ground)

    @property
    def view(self) -> GuideView:
        """The visible page."""
        return cast(GuideView, self.stack.currentWidget())

    def show_page(self, page: GuidePage) -> None:
        """Show a page with its answers and focus its first field."""
        view = self.pages.get(page)
        if view is None:
            view = self.pages[page] = self._create(_KINDS[page](self.guide, self.runner))
        self._show_view(view)
        place = PAGES.index(page)
        self.step.setText(f"Một Cửa · Lập cơ quan · bước {place + 1} trong {len(PAGES)}" if place else "Một Cửa")
        self.back_button.setVisible(self._may_go_back)

    @property
    def _may_go_back(self) -> bool:
        """Whether there is a page before; a founded office is not gone back from."""
        working = isinstance(self.view, FoundingPage) and not self.view.is_ready
        return self.guide.page not in (GuidePage.START, GuidePage.DONE) and self.guide.may_go_back and not working

    def _create(self, view: GuideView) -> GuideView:
        view.going_on.connect(self.go_on)
        view.message.connect(self._show_message)
        view.answered.connect(partial(self.next_button.setFocus, Qt.FocusReason.OtherFocusReason))
        view.readiness_changed.connect(partial(self._show_readiness, view))
        if isinstance(view, StartPage):
            view.way_chosen.connect(self._begin)
        self.stack.addWidget(view)
        return view

    def _show_view(self, view: GuideView) -> None:
        current = self.stack.currentWidget()
        if isinstance(current, GuideView):
            current.leave()
        self.banner.clear()
        view.show_answers(self.guide.answers)
        self.stack.setCurrentWidget(view)
        self.title.setText(view.title)
        self.question.setText(view.question)
        self._show_readiness(view)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        view.focus_start()

    def _show_readiness(self, view: GuideView) -> None:
        if self.stack.currentWidget() is view:
            self.next_button.setEnabled(view.is_ready)
            self.next_button.setText(view.next_text)
            self.back_button.setVisible(self._may_go_back)

    def _show_message(self, level: str, sentence: str) -> None:
        self.banner.show_message(BannerMessage(Level(level), sentence))

    def go_on(self) -> None:
        """Submit the visible page and show the next."""
        view = self.view
        if not view.is_ready:
            return
        answers = view.read_answers(self.guide.answers)
        if not view.submit():
            return
        if self.guide.page == GuidePage.DONE:
            self._finish(view)
            return
        try:
            page = self.guide.submit(answers)
        except Refusal as refusal:
            if not view.show_error(refusal):
                self._show_message("error", error_sentence(refusal))
            return
        except Fault as fault:
            self._show_message("error", error_sentence(fault))
            return
        self.show_page(page)

    def _finish(self, view: GuideView) -> None:
        """Show the last page, or open the office from it."""
        if not isinstance(view, DonePage):
            self.show_page(GuidePage.DONE)
        elif self.guide.founded is not None:
            self._end(GuideResult(self.guide.folder, self.guide.founded.session))

    def go_back(self) -> None:
        """Go to the page before; its answers are kept."""
        if not self._may_go_back:
            return
        try:
            page = self.guide.back(self.view.read_answers(self.guide.answers))
        except Fault as fault:
            self._show_message("error", error_sentence(fault))
            return
        self.show_page(page)

    def _begin(self, way: str) -> None:
        """Begin another way than a new office."""
        if way == "restore":
            if self._restore(self):
                self._end(GuideResult(self.guide.restore_folder))
        elif way == "open":
            folder = choose_folder(self, "Thư mục có dữ liệu của cơ quan")
            if folder is not None:
                self.open_existing(folder)
        else:
            self._open_demo()

    def open_existing(self, folder: Path) -> None:
        """Use a folder with an office, or show why not."""
        try:
            self._end(GuideResult(self.guide.open_existing(folder)))
        except (Refusal, Fault) as error:
            self._show_message("error", error_sentence(error))

    def _open_demo(self) -> None:
        self.next_button.setEnabled(False)
        self._show_message("warning", "Đang lập cơ quan tập huấn, chờ vài giây…")
        self.runner.run_serial(
            self.guide.open_demo,
            lambda folder: self._end(GuideResult(folder, demo=True)),
            activity="",
            on_error=self._no_demo,
        )

    def _no_demo(self, _error: Exception) -> bool:
        self.next_button.setEnabled(True)
        return False

    def _end(self, result: GuideResult) -> None:
        self.result = result
        QTimer.singleShot(0, self, self.close)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the answers typed so far; they are taken up at the next start.

        A window that creates an office stays open, because two writers of the answers would lose one of them.
        """
        if isinstance(self.view, FoundingPage) and self.view.is_founding:
            self._show_message("warning", _FOUNDING)
            event.ignore()
            return
        self.view.leave()
        if self.result is None and self.guide.page not in (GuidePage.START, GuidePage.DONE):
            try:
                self.guide.keep(self.view.read_answers(self.guide.answers))
            except Fault as fault:
                self._show_message("error", error_sentence(fault))
                event.ignore()
                return
        self.runner.close()
        super().closeEvent(event)
