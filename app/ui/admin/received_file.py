"""A file of the receiver that a person opens: an answer or a package."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.models.errors import Refusal
from app.office.exchange.received_kind import is_answer
from app.services.sending.answers import SettledAnswer
from app.ui.admin.package_dialog import PackageDialog
from app.ui.kit.page import Page
from app.ui.kit.runner import Changed, Level, Task
from app.usecases.sync.answer import ApplyAnswer, apply_answer

SUFFIXES = (".mcack", ".mcdown")
_MAX_BYTES = 96 * 2**20


class ReceivedFile(QObject):
    """Reads a file, then applies an answer or shows a package."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def open(self, file: Path) -> None:
        """Read a file in the background and show what it is."""
        self._page.runner.run_background(partial(_read, file), self._on_read, activity="Đang đọc tệp")

    def _on_read(self, read: tuple[bytes, bool]) -> None:
        content, answers = read
        if not answers:
            self._show_package(content)
            return
        self._page.runner.write(
            apply_answer,
            ApplyAnswer(content),
            self._on_settled,
            changes=frozenset({Changed.SYNC}),
            activity="Đang nhận câu trả lời",
        )

    def _on_settled(self, answer: SettledAnswer) -> None:
        text = (
            f"Đã nhận câu trả lời cho tệp số {answer.sequence}: nhận {answer.accepted} bản ghi, "
            f"đã có {answer.already}, trả lại {answer.rejected}."
        )
        self._page.post_message(Level.WARNING if answer.rejected else Level.DONE, text)

    def _show_package(self, content: bytes) -> None:
        dialog = PackageDialog(self._page.runner, content, self._page)
        dialog.applied.connect(partial(self._page.post_message, Level.DONE))
        dialog.applied.connect(self._page.reload)
        dialog.load()
        dialog.open()


def _read(file: Path, _task: Task) -> tuple[bytes, bool]:
    """Return the content of a file, and whether it is an answer.

    Raises Refusal `file_missing`, `file_too_big`, or what `is_answer` raises.
    """
    try:
        with file.open("rb") as source:
            content = source.read(_MAX_BYTES + 1)
    except OSError:
        raise Refusal("file_missing", "file", file=file.name) from None
    if len(content) > _MAX_BYTES:
        raise Refusal("file_too_big", "file", file=file.name, limit=_MAX_BYTES // 2**20)
    return content, is_answer(content)
