"""Help page (F1): purpose and steps of a page, and all shortcuts."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QVBoxLayout

from app.disk import make_folder
from app.machine.folders import log_folder
from app.models.text import fold_text
from app.ui.kit.flow_layout import FlowWidget
from app.ui.kit.layouts import FieldGrid, ResponsiveRow
from app.ui.kit.page import Page
from app.ui.kit.runner import Level, Runner
from app.ui.kit.style import GRID
from app.ui.kit.widgets import FieldBox, button, column, label
from app.ui.shell.help_texts import FIRST_DAY, HELP, PageHelp
from app.wording.shortcuts import SHORTCUTS

_DEFAULT_PAGE = "intake"
_FIRST_DAY = "first_day"
_NOT_FOUND = "Không thấy «{words}» trong trợ giúp. Thử một từ khác, như «in lại», «bổ sung», «sao lưu»."
_LONGEST_WORDS = 40
_LOG_NOTE = "Nhật ký lỗi của chương trình, không có tên hay số của ai; gửi cho người hỗ trợ khi có lỗi."


class HelpPage(Page):
    """Help for each page, beside the list of shortcuts."""

    title = "Trợ giúp"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.choice = QComboBox()
        self.choice.setObjectName("help.page")
        self.words = QLineEdit()
        self.words.setObjectName("help.words")
        self.words.setMaxLength(_LONGEST_WORDS)
        self.words.setPlaceholderText("có dấu hay không")
        self.words.textChanged.connect(self._show)
        for name, help_ in _all_help().items():
            self.choice.addItem(help_.name, name)
        self.choice.currentIndexChanged.connect(self._show_chosen)
        self._text = QVBoxLayout()
        self._text.setSpacing(GRID)
        card = QFrame()
        card.setObjectName("card")
        search = FieldBox("Tìm  Ctrl+F", self.words)
        fields = FieldGrid(search, FieldBox("Trợ giúp về trang", self.choice), columns=1)
        inner = column(fields, self._text, margin=2 * GRID, gap=2 * GRID)
        inner.addStretch(1)
        card.setLayout(inner)
        self.log_button = button("Mở nhật ký")
        self.log_button.setObjectName("help.log")
        self.log_button.clicked.connect(self._open_log)
        log = FlowWidget(self.log_button, label(_LOG_NOTE, "caption"))
        self.setLayout(column(ResponsiveRow(card, _shortcuts()), log, gap=2 * GRID))
        self.show_help_for(_DEFAULT_PAGE)

    def show_help_for(self, page: str) -> None:
        """Show the help for `page`, or for intake where `page` has none."""
        place = self.choice.findData(page if page in HELP else _DEFAULT_PAGE)
        self.choice.setCurrentIndex(place)
        self._show_chosen()

    def begin_filter(self) -> bool:
        self.words.setFocus()
        self.words.selectAll()
        return True

    def back(self) -> bool:
        """Clear the search."""
        searching = bool(self.words.text())
        self.words.clear()
        return searching

    def focus_start(self) -> None:
        self.choice.setFocus()

    def _open_log(self) -> None:
        """Show the folder of the log, or its path where no program shows it."""
        folder = log_folder()
        make_folder(folder)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.post_message(Level.WARNING, f"Nhật ký ở thư mục {folder}. Gửi các tệp ở đó cho người hỗ trợ.")

    def _show_chosen(self) -> None:
        """Show the chosen page in place of what was searched."""
        self.words.blockSignals(True)
        self.words.clear()
        self.words.blockSignals(False)
        self._show()

    def _show(self) -> None:
        self._clear_text()
        words = self.words.text().strip()
        if words:
            self._show_matches(words)
            return
        page: PageHelp = _all_help()[str(self.choice.currentData())]
        self._text.addWidget(label(page.purpose, "strong", wrap=True))
        for place, step in enumerate(page.steps, 1):
            self._text.addWidget(label(f"{place}.  {step}", wrap=True))

    def _show_matches(self, words: str) -> None:
        matches = search_help(words)
        if not matches:
            self._text.addWidget(label(_NOT_FOUND.format(words=words), wrap=True))
        for name, steps in matches:
            self._text.addWidget(label(name, "strong", wrap=True))
            for step in steps:
                self._text.addWidget(label(f"•  {step}", wrap=True))

    def _clear_text(self) -> None:
        while (item := self._text.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()


def _all_help() -> dict[str, PageHelp]:
    return {_FIRST_DAY: FIRST_DAY, **HELP}


def search_help(words: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the sentences that have every word, by the page they are about.

    A word matches the beginning of one, with or without marks. Shortcuts are searched too.
    """
    searched = _folded_words(words)
    keys = PageHelp("Các phím", "", tuple(f"{key}: {meaning}" for key, meaning in SHORTCUTS))
    matches = []
    for page in (*_all_help().values(), keys):
        lines = (page.purpose, *page.steps)
        of_page = tuple(line for line in lines if line and _has_words(line, searched))
        if of_page:
            matches.append((page.name, of_page))
    return matches


def _folded_words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_text(text))


def _has_words(line: str, searched: Sequence[str]) -> bool:
    words = _folded_words(line)
    return bool(searched) and all(any(word.startswith(each) for word in words) for each in searched)


def _shortcuts() -> QFrame:
    grid = QGridLayout()
    grid.setHorizontalSpacing(3 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 1)
    for place, (key, meaning) in enumerate(SHORTCUTS):
        grid.addWidget(label(key, "strong"), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(meaning, wrap=True), place, 1)
    frame = QFrame()
    frame.setObjectName("card")
    box = column(label("Các phím", "strong"), grid, margin=2 * GRID)
    box.addStretch(1)
    frame.setLayout(box)
    return frame
