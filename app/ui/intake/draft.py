"""Save the intake form as a draft while it is typed.

The draft is offered after a power cut or a kill.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.ui.intake.form import IntakeForm
from app.ui.intake.live_preview import create_timer
from app.ui.kit.runner import BannerMessage, Level, Runner

_SAVE_MS = 700
"""Delay from the first unsaved change to the save, so the longest loss of typing."""


class DraftAutosave(QObject):
    """Save the draft of the form; `open_draft` is called to restore one."""

    def __init__(
        self, form: IntakeForm, runner: Runner, open_draft: Callable[[Mapping[str, Any]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._form, self._runner, self._open_draft = form, runner, open_draft
        self._offered = False
        self._save_timer = create_timer(self, _SAVE_MS, self._save)

    def offer(self) -> None:
        """Offer the draft of the previous run, once."""
        from app.usecases.intake.draft import ReadDraft, read_draft

        if not self._offered:
            self._offered = True
            self._runner.read(read_draft, ReadDraft(), self._offer, on_error=lambda _error: True)

    def _offer(self, draft: Mapping[str, Any] | None) -> None:
        if draft and self._form.empty:
            text = f"Có hồ sơ đang nhập dở{_name_suffix(draft)}."
            self._runner.message_posted.emit(
                BannerMessage(Level.WARNING, text, "Mở lại", partial(self._open_draft, draft))
            )

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
        self._write(None if self._form.empty else self._form.read())

    def delete(self) -> None:
        """Delete the draft of an accepted dossier or a cleared form."""
        self._save_timer.stop()
        self._write(None)

    def _write(self, form: Mapping[str, Any] | None) -> None:
        from app.usecases.intake.draft import SaveDraft, save_draft

        self._runner.write(
            save_draft,
            SaveDraft(form),
            lambda _none: None,
            on_error=lambda _error: True,
            activity="Đang giữ bản nháp",
        )


def _name_suffix(draft: Mapping[str, Any]) -> str:
    person = draft.get("applicant")
    name = str(person.get("name") or "") if isinstance(person, Mapping) else ""
    return f" của {name}" if name else ""
