"""Button of the catalogue page that prints the posted papers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton

from app.ui.kit.page import Page
from app.ui.kit.widgets import button
from app.usecases.documents.posted_papers import (
    BOOKLET,
    CATALOGUE,
    FEES_LIST,
    SHEET,
    PreparedPosted,
    PreparePosted,
    prepare_posted,
)

_PAPERS = (
    (CATALOGUE, "A4", "Bảng niêm yết thủ tục, A4"),
    (CATALOGUE, "A3", "Bảng niêm yết thủ tục, A3"),
    (FEES_LIST, "A4", "Bảng phí, lệ phí"),
    (SHEET, "A4", "Phiếu của thủ tục đang chọn"),
    (BOOKLET, "A4", "Tập phiếu theo lĩnh vực của thủ tục đang chọn"),
)


class PostedMenu:
    """The button with a menu of papers.

    `chosen` returns code and field of the selected procedure; `on_ready` gets the PDF and its name.
    """

    def __init__(
        self, page: Page, chosen: Callable[[], tuple[str, str]], on_ready: Callable[[bytes, str], object]
    ) -> None:
        self._page, self._chosen, self._on_ready = page, chosen, on_ready
        self.button: QPushButton = button("&In niêm yết")
        self.button.setObjectName("catalogue.posted")
        self.menu = QMenu(self.button)
        for form, paper, text in _PAPERS:
            self.menu.addAction(text).triggered.connect(partial(self._on_chosen, form, paper, text))
        self.button.setMenu(self.menu)

    def _on_chosen(self, form: str, paper: str, text: str, _checked: bool = False) -> None:
        self.prepare(form, paper, text)

    def prepare(self, form: str, paper: str, text: str) -> None:
        """Draw a paper and hand it over for printing."""
        code, field = self._chosen()
        query = PreparePosted(
            form,
            codes=(code,) if form == SHEET and code else (),
            fields=(field,) if form == BOOKLET and field else (),
            paper=paper,
        )
        self._page.runner.read(
            prepare_posted, query, partial(self._on_prepared, text), key="posted", activity="Đang dàn trang"
        )

    def _on_prepared(self, text: str, prepared: PreparedPosted) -> None:
        self._on_ready(prepared.pdf, text.lower())
