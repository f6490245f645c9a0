"""Save the intake form as a draft while it is typed.

Drafts are a list. They are offered after a power cut or a kill.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.intake.form import IntakeForm
from app.ui.intake.live_preview import create_timer
from app.ui.kit.runner import BannerMessage, Level, Runner

if TYPE_CHECKING:
    from app.usecases.intake.draft import DraftLine

_SAVE_MS = 700
"""Delay from the first unsaved change to the save, so the longest loss of typing."""


class DraftAutosave(QObject):
    """Save the draft of the form, offer and open the desk's drafts.

    `fill` is called to fill the form from one, `show_count` with the number of other drafts.
    """

    def __init__(
        self,
        form: IntakeForm,
        runner: Runner,
        fill: Callable[[Mapping[str, Any]], None],
        show_count: Callable[[int], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._form, self._runner, self._fill, self._show_count = form, runner, fill, show_count
        self._page = parent
        self._offered = False
        self._save_timer = create_timer(self, _SAVE_MS, self._save)

    def offer(self) -> None:
        """Offer the drafts of the previous run, once."""
        if not self._offered:
            self._offered = True
            self._list(self._offer)

    def _list(self, on_result: Callable[[Sequence[DraftLine]], None]) -> None:
        from app.usecases.intake.draft import ListDrafts, list_drafts

        own = "" if self._form.empty else self._form.request_id
        self._runner.read(list_drafts, ListDrafts(own), on_result, key="drafts", on_error=lambda _error: True)

    def _offer(self, lines: Sequence[DraftLine]) -> None:
        self._show_count(len(lines))
        if len(lines) == 1:
            from app.ui.intake.drafts_dialog import draft_name

            name = draft_name(lines[0].form)
            text, action = f"Có hồ sơ đang nhập dở{f' của {name}' if name else ''}.", "Mở lại"
            self._post(text, action, partial(self.open, lines[0].form), self._page if name else None)
        elif lines:
            self._post(f"Có {len(lines)} hồ sơ đang nhập dở.", "Xem bản nháp", self.show_list)

    def _post(self, text: str, action: str, on_action: Callable[[], None], page: QWidget | None = None) -> None:
        """Post an offer; one with a page goes with it and its person."""
        self._runner.message_posted.emit(BannerMessage(Level.WARNING, text, action, on_action, page))

    def show_list(self) -> None:
        """Show the drafts to choose from (Ctrl+D)."""
        self.save_now()
        self._list(self._show_list)

    def _show_list(self, lines: Sequence[DraftLine]) -> None:
        from app.ui.intake.drafts_dialog import DraftsDialog

        dialog = DraftsDialog(lines, self._page)
        dialog.open_requested.connect(self.open)
        dialog.delete_requested.connect(self.delete)
        dialog.open()

    def open(self, draft: Mapping[str, Any]) -> None:
        """Fill the form from a draft; a half-filled form is asked about."""
        if self._form.empty or str(draft.get("request_id") or "") == self._form.request_id:
            self._fill(draft)
            return
        from app.ui.intake.drafts_dialog import OpenDraftDialog, draft_name

        typed = draft_name(self._form.read())
        OpenDraftDialog(typed, draft_name(draft), partial(self._open_over, draft), self._page).open()

    def _open_over(self, draft: Mapping[str, Any]) -> None:
        """Keep the form as a draft and fill it from another."""
        self._save_timer.stop()
        self._save()
        self._fill(draft)

    def save_soon(self) -> None:
        """Save after a short delay."""
        if not self._save_timer.isActive():
            self._save_timer.start()

    def save_now(self) -> None:
        """Save pending changes at once, as when the window closes."""
        if self._save_timer.isActive():
            self._save_timer.stop()
            self._save()

    def _save(self) -> None:
        self._write(None if self._form.empty else self._form.read(), self._form.request_id)

    def delete(self, request_id: str) -> None:
        """Delete a draft; that of the form is not saved again."""
        if request_id == self._form.request_id:
            self._save_timer.stop()
        self._write(None, request_id)

    def _write(self, form: Mapping[str, Any] | None, request_id: str) -> None:
        from app.usecases.intake.draft import SaveDraft, save_draft

        self._runner.write(
            save_draft,
            SaveDraft(form, request_id),
            self._show_count,
            on_error=lambda _error: True,
            activity="Đang giữ bản nháp",
        )
